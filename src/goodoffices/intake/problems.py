# SPDX-License-Identifier: AGPL-3.0-or-later
"""What intake's mistakes are called on screen: files that can't be read, steps that can't be taken."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from goodoffices.web.problems import Saying, register_problems

_OPEN_AGAIN = _("Open the list's page and go on from there.")
_WAIT = _("Wait until it is done.")
_PLAIN = _("Save the list as a plain XLSX workbook or as CSV and hand it in again.")
_CHOOSE_MEANING = _("Choose one of the meanings offered.")

register_problems(
    {
        # The file.
        "list_unreadable": Saying(_("This can't be read as a list."), _PLAIN),
        "file_unopened": Saying(_("The file can't be opened.")),
        "file_missing": Saying(_("The file can't be opened.")),
        "empty_file": Saying(_("The list has no rows.")),
        "file_too_large": Saying(_("The file is too large. Split it into parts.")),
        "line_too_long": Saying(_("A line of the file is too long to be a row of a list. Is it the right file?")),
        "row_too_long": Saying(_("A row of the workbook is too long to be a row of a list. Is it the right file?")),
        "not_text": Saying(_("This isn't a list as text or as an XLSX workbook. Save it as CSV or XLSX.")),
        "is_markup": Saying(_("This is a web page or a document, not a list. Save it as CSV or XLSX.")),
        "is_pdf": Saying(
            _("The file is a PDF document, not a list."),
            _("Ask for the list as a table, or copy the table into a spreadsheet."),
        ),
        "is_rtf": Saying(_("The file is a text document, not a list."), _PLAIN),
        "is_image": Saying(
            _("The file is a picture, not a list."),
            _("Type the list into a spreadsheet; keep the picture as the original."),
        ),
        "is_archive": Saying(_("The file is an archive, not a list."), _("Unpack it and hand in the list inside.")),
        "is_database": Saying(_("The file is a database, not a list."), _("Export the table as CSV.")),
        "is_parquet": Saying(_("The file is a column store (Parquet), not a list."), _("Export the table as CSV.")),
        "is_document": Saying(_("The file is an office document, but not an XLSX workbook."), _PLAIN),
        "macros": Saying(
            _("The workbook holds macros."), _("Save it as a workbook without macros (.xlsx) and hand that in.")
        ),
        "no_sheet": Saying(
            _("The workbook has no sheet with rows."), _("Hand in a workbook with the list on a visible sheet.")
        ),
        "unknown_sheet": Saying(_("The workbook has no sheet of that name."), _("Name one of its visible sheets.")),
        "workbook_too_large": Saying(
            _("The workbook takes more memory or time to open than can be given."),
            _("Save the list as CSV, or split it into several workbooks."),
        ),
        "old_office_format": Saying(_("This is an old workbook (XLS). Save it as XLSX or CSV.")),
        "encrypted_workbook": Saying(_("The workbook is locked by a password. Save it without.")),
        "damaged_archive": Saying(_("The workbook is damaged. Open it, save it anew and hand that in.")),
        "nested_archive": Saying(_("The file is packed twice. Unpack it and hand in the list itself.")),
        "unpacks_too_large": Saying(_("The file unpacks to far too much. Hand in the list itself.")),
        "too_many_entries": Saying(_("The workbook holds more parts than can be taken."), _PLAIN),
        "unsafe_entry": Saying(_("A part of the workbook leads out of it."), _PLAIN),
        "overlapping_entries": Saying(_("Parts of the workbook overlap."), _PLAIN),
        "forbidden_markup": Saying(_("The workbook holds markup that no spreadsheet program writes."), _PLAIN),
        "too_many_columns": Saying(_("The list has too many columns. Is it the right file?")),
        "too_many_rows": Saying(_("The list has too many rows. Split it into parts.")),
        "bad_delimiter": Saying(_("The sign between cells must be a single one.")),
        "unknown_encoding": Saying(_("The encoding named is not known."), _("Choose one from the list.")),
        # Its source and its columns.
        "list_refused": Saying(_("This list can't be taken."), _OPEN_AGAIN),
        "unknown_source": Saying(_("There is no source with this key."), _("Describe the source first.")),
        "source_withdrawn": Saying(_("This source was withdrawn. Restore it first, or describe a new one.")),
        "no_name_column": Saying(_("Say which column holds the name or the family name.")),
        "target_taken": Saying(_("Two columns have the same meaning. Keep one and make the other a note.")),
        "bad_mapping": Saying(_("The columns can't be read so."), _CHOOSE_MEANING),
        "unknown_column": Saying(_("The list has no column of that name."), _CHOOSE_MEANING),
        "repair_not_offered": Saying(
            _("This repair is not offered for this problem."), _("Choose one of those on the page.")
        ),
        # Its way.
        "not_now": Saying(_("This step can't be done now."), _OPEN_AGAIN),
        "no_such_cell": Saying(_("This cell can't be corrected."), _OPEN_AGAIN),
        "not_offered": Saying(_("That row isn't among those this row may continue."), _OPEN_AGAIN),
        "busy": Saying(_("Another process is at work on this list."), _WAIT),
        "outrun": Saying(
            _("Somebody was quicker: the list is being recorded, or has a newer edition by now."),
            _("Open its page again; if it has a newer edition, make the preview again."),
        ),
        "nobody_named": Saying(_("The report names nobody."), _("Give at least one name.")),
    }
)
