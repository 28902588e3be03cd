# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

from django.urls import path

from goodoffices.demo import views

urlpatterns = [path("who/", views.choose_who, name="choose-who")]
