# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

from django.urls import path

from goodoffices.access import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="login"),
    path("sign-out/", views.sign_out, name="logout"),
    path("set-up/", views.set_up, name="set-up"),
    path("language/", views.set_language, name="set_language"),
]
