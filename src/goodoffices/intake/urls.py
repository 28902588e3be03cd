# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

urlpatterns: list[object] = []
