# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the registry's mistakes are called on screen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from goodoffices.web.problems import Saying, register_problems

_OPEN_AGAIN = _("Open the page again.")
_CHOOSE_FILTER = _("Choose from the filters.")

register_problems(
    {
        "filter_refused": Saying(_("The list can't be filtered so."), _CHOOSE_FILTER),
        "filter_refused.sort": Saying(_("The list can't be sorted so."), _("Choose from the headings.")),
        "filter_refused.not_seen": Saying(
            _("You can't filter or sort by this: your role doesn't see it."), _("Take the filter off.")
        ),
        "bad_query": Saying(_("A filter can't be read."), _CHOOSE_FILTER),
        "bad_format": Saying(_("There is no such format."), _("Choose CSV or XLSX.")),
        "export_too_large": Saying(
            _("People on this list: %(people)s. One file may hold %(limit)s."),
            _("Narrow the list by a filter and export it in parts."),
        ),
        "not_free": Saying(
            _("Sources don't say that this person is free."), _("Whoever is held is not asked to testify.")
        ),
        "no_mention": Saying(_("Nothing stands that is said of this person.")),
        "bad_assessment": Saying(_("This property or confidence isn't known."), _("Choose from the lists.")),
        "bad_assessment.empty": Saying(_("An assessment needs a value.")),
        "bad_note": Saying(_("A note is empty or too long; it may have up to %(limit)s signs.")),
        "bad_note.above_you": Saying(
            _("You could not read this note yourself."), _("Choose a lower mark of who may read it.")
        ),
        "bad_condition": Saying(_("A description is empty or too long; it may have up to %(limit)s signs.")),
        "source_exists": Saying(_("There is a source with this key."), _("Use it, or give another key.")),
        "ambiguous_source": Saying(
            _("Several sources go by this key."), _("Choose the source by its title, on the page of lists.")
        ),
        "cannot_undo": Saying(
            _("This can't be taken back: it isn't recorded, or was taken back already."), _OPEN_AGAIN
        ),
        "cannot_undo.newer_edition": Saying(
            _("A newer edition of this list came in after it."), _("Take the newest edition back first.")
        ),
        "cannot_undo.withdrawn": Saying(_("This source was withdrawn already.")),
        "cannot_undo.not_withdrawn": Saying(_("This source isn't withdrawn, or was restored already."), _OPEN_AGAIN),
        "artifact_damaged": Saying(
            _("The stored file can't be opened, or isn't what was stored."),
            _("Tell your administrator: it must be restored from a backup."),
        ),
        "same_mention": Saying(_("A record can't be compared with itself.")),
        "retired_mention": Saying(_("One of the two records was taken back."), _("Open the list again.")),
        "other_room": Saying(_("The history room and the work are never joined."), _("Leave them apart.")),
        "bad_split": Saying(
            _("A split takes some of one person's records and leaves some."), _("Tick some of them, not all.")
        ),
        "judgement_conflict.barred": Saying(
            _("Somebody judged two of these records to be different people."),
            _("Look at those judgements first; take one back if it was wrong."),
        ),
        "judgement_conflict.still_joined": Saying(
            _("Other judgements still join these two records."),
            _("On the person's page press “These are not all one person”: it shows all records and cuts all joins."),
        ),
    }
)
