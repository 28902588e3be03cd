# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a mistake is called on screen: code -> a sentence and how to mend it, in the reader's language.

A ``GoodOfficesError`` carries a code, plain values and English for consoles and logs. Its words for pages stand
here and in each app's ``problems.py``; a code that is raised for more than one reason says which by
``where["why"]`` and has one saying for each ("cannot_undo.newer_edition").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

UNKNOWN_VALUE = "…"


@dataclass(frozen=True)
class Saying:
    """A sentence and a hint, lazily translated; ``%(name)s`` takes the value of that name from ``where``."""

    sentence: Any
    hint: Any = ""


@dataclass(frozen=True)
class Told:
    """A mistake in words. ``lang`` is "en" where only the program's own English is known, else empty."""

    text: str
    lang: str = ""


class _Values(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return UNKNOWN_VALUE


_SAYINGS: dict[str, Saying] = {}


def register_problems(sayings: Mapping[str, Saying]) -> None:
    """Add the words of an app's codes; a code has one home.

    Raises:
        ValueError: the code has words already.
    """
    for key, saying in sayings.items():
        if _SAYINGS.get(key, saying) is not saying:
            raise ValueError(f"the problem {key!r} has words already")
        _SAYINGS[key] = saying


def known_problems() -> frozenset[str]:
    """Give every code, and every code with its reason, that has words."""
    return frozenset(_SAYINGS)


def tell(said: Mapping[str, Any]) -> Told:
    """Say a mistake in the reader's language.

    Args:
        said: the wire form, ``GoodOfficesError.as_dict()`` or what was stored of it.
    """
    code, where = str(said.get("code", "")), said.get("where") or {}
    saying = _SAYINGS.get(f"{code}.{where.get('why', '')}") or _SAYINGS.get(code)
    if saying is None:
        return Told(f"{said.get('message', '')} {said.get('hint', '')}".strip(), "en")
    values = _Values(where)
    text = " ".join(str(part) % values if "%(" in str(part) else str(part) for part in _parts(saying))
    row = where.get("row")
    return Told(_("Row %(row)s: %(problem)s") % {"row": row, "problem": text} if row else text)


def _parts(saying: Saying) -> list[Any]:
    return [part for part in (saying.sentence, saying.hint) if str(part)]


_OPEN_AGAIN = gettext_lazy("Open the page again and repeat the act.")

register_problems(
    {
        "bad_key": Saying(gettext_lazy("This page was used for another act already."), _OPEN_AGAIN),
        "account_exists": Saying(
            gettext_lazy("There is an account with this e-mail address."), gettext_lazy("Sign in with it.")
        ),
        "setup_refused": Saying(
            gettext_lazy("This token doesn't work."),
            gettext_lazy("Print a new one at the console: goodoffices init --token"),
        ),
        "conflict": Saying(
            gettext_lazy("Somebody changed this while you were writing."),
            gettext_lazy("Compare both versions and save again."),
        ),
        "empty": Saying(gettext_lazy("There is no date."), gettext_lazy("Leave it empty only if nothing is known.")),
        "unreadable": Saying(
            gettext_lazy("This can't be read as a date."),
            gettext_lazy("Write it as YYYY-MM-DD, or as a year."),
        ),
        "not_a_calendar_date": Saying(
            gettext_lazy("This date isn't in the calendar."),
            gettext_lazy("Correct it, or give only the part that is sure: the year, or month and year."),
        ),
        "ambiguous_order": Saying(
            gettext_lazy("Day and month can't be told apart in this date."),
            gettext_lazy("Write it as YYYY-MM-DD."),
        ),
        "two_digit_year": Saying(
            gettext_lazy("The year of this date has two digits."), gettext_lazy("Write it with four.")
        ),
        "year_out_of_range": Saying(
            gettext_lazy("The year of this date is out of range."),
            gettext_lazy("Years from 0001 to 9999 can be kept."),
        ),
        "interval_reversed": Saying(
            gettext_lazy("The span ends before it begins."), gettext_lazy("Put the earlier date first.")
        ),
        "other_calendar": Saying(
            gettext_lazy("This date is of another calendar."),
            gettext_lazy("Give it in the Gregorian calendar; keep the original wording as a note."),
        ),
        "several_dates": Saying(
            gettext_lazy("There are several dates here."),
            gettext_lazy("Keep one; put the others into notes."),
        ),
    }
)
