# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shared kit of the interface: templates, components, stylesheet, fonts, small scripts. No models."""
