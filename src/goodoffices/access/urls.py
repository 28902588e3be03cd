# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

from django.urls import path

from goodoffices.access import factor_views, staff_views, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="login"),
    path("sign-in/second/", factor_views.second_step, name="second-step"),
    path("sign-in/again/", factor_views.step_up, name="step-up"),
    path("account/", factor_views.account, name="account"),
    path("account/passkeys/add/", factor_views.add_passkey, name="passkey-add"),
    path("account/passkeys/<uuid:public_id>/remove/", factor_views.remove_passkey, name="passkey-remove"),
    path("account/app/add/", factor_views.add_app, name="app-add"),
    path("account/app/remove/", factor_views.remove_app, name="app-remove"),
    path("account/code/", factor_views.print_code, name="code-print"),
    path("staff/", staff_views.staff, name="staff"),
    path("staff/invite/", staff_views.invite, name="invite"),
    path("staff/invitations/<uuid:public_id>/withdraw/", staff_views.withdraw, name="invitation-withdraw"),
    path("staff/<uuid:public_id>/close/", staff_views.close, name="account-close"),
    path("invited/<str:token>/", staff_views.invited, name="invited"),
    path("sign-out/", views.sign_out, name="logout"),
    path("set-up/", views.set_up, name="set-up"),
    path("language/", views.set_language, name="set_language"),
]
