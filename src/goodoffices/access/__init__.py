# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is acting, what they may do, and the one way to get an object in a request."""
