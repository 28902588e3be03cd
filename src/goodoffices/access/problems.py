# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the mistakes of accounts are called on screen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from goodoffices.web.problems import Saying, register_problems

register_problems(
    {
        "factor_refused.has_app": Saying(
            _("There is an authenticator app on this account already."), _("Take it off first, then add the new one.")
        ),
        "factor_refused.digits": Saying(
            _("These are not the digits the app shows now."),
            _("If they are refused again, look at the clock of your phone."),
        ),
        "factor_refused.most_keys": Saying(
            _("There are ten passkeys on this account already."), _("Take one off that you don't use.")
        ),
        "factor_refused.last": Saying(
            _("This is the only second factor of the account."),
            _("Add another passkey or an authenticator app first."),
        ),
        "shown_once": Saying(
            _("This was done already, and what it showed is shown once."), _("If you need it again, make a new one.")
        ),
        "invitation_refused": Saying(
            _("This invitation doesn't work."), _("Ask the person who invited you for a new one; they last a week.")
        ),
        "cannot_close.own": Saying(_("You can't close your own account."), _("Ask another administrator.")),
        "passkey_refused": Saying(
            _("The passkey's answer doesn't hold."),
            _("Try again with a passkey you enrolled here, or use another way."),
        ),
    }
)
