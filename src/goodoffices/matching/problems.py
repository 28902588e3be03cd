# SPDX-License-Identifier: AGPL-3.0-or-later
"""What matching's mistakes are called on screen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from goodoffices.web.problems import Saying, register_problems

_OPEN_AGAIN = _("Open the page again.")

register_problems(
    {
        "bad_decision": Saying(_("This isn't an answer."), _OPEN_AGAIN),
        "bad_id": Saying(_("This isn't the address of a record."), _OPEN_AGAIN),
        "run_under_way": Saying(_("The machine is still joining."), _("Wait until it is done, then look again.")),
        "nothing_ready": Saying(_("Nothing is ready to be joined."), _("Compare one by one.")),
    }
)
