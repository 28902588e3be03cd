# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the cells of a column look like: dates, sexes, names with a patronymic, phones, addresses, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from goodoffices.core.dates import DateUnreadable, read_date
from goodoffices.intake.reading.value_words import MISSING, category_of, sex_of

_SAMPLE = 200
_ENOUGH = 0.6
_SEAL_FROM = 0.3

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,20}")
_PHONE_START = re.compile(r"^(?:\+|\(?0\d{2}|8[\s(-]?\d{3}|38\(?0|7[\s(-]\d{3})")
_STREET = re.compile(
    r"\b(?:вул|вулиця|просп|пров|буд|кв|ул|улица|проспект|переулок|дом|д|street|st|avenue|ave|road|apt|calle|avenida)\b"
    r"\.?[^,]*,?.*\d",
    re.IGNORECASE,
)
_PATRONYMIC = re.compile(
    r"\b[\w'’ʼ-]+(?:ович|евич|євич|йович|івна|ївна|овна|евна|инична|ich|ych|ovna|evna|ivna|yivna)(?:а|у|ом|ем|і|ої|ы|ой)?\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’ʼ.-]*(?:,?\s+[^\W\d_][\w'’ʼ.-]*){1,4}")
# Years before the wars whose lists we read: a date in them is a birth rather than a capture.
_ADULT_YEAR = re.compile(r"(?<!\d)(?:19[0-9]{2}|200[0-9])(?!\d)")
_NAME_LIKE = re.compile(r"[^\d@/\\]+")


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shares of the filled cells, 0 to 1, that look like something.

    Attributes:
        seen: cells looked at.
        filled: cells that are neither empty nor a sign of "unknown".
        distinct: share of different values among the filled.
    """

    seen: int
    filled: int
    distinct: float
    dates: float
    years: float
    small_numbers: float
    whole_numbers: float
    sexes: float
    categories: float
    patronymics: float
    names: float
    texts: float
    phones: float
    emails: float
    streets: float
    grown_up: float

    @property
    def must_seal(self) -> str:
        """Name the sealed target the content itself demands, "" if none."""
        return "contact" if max(self.phones, self.emails) >= _SEAL_FROM else ""

    @property
    def several_words(self) -> bool:
        """Tell whether most cells are names of two words or more."""
        return max(self.names, self.patronymics) >= _ENOUGH

    def likely_target(self) -> tuple[str, float]:
        """Guess a target from content alone: (target, confidence), ("", 0) if nothing is clear."""
        if self.filled < 3:
            return "", 0.0
        if self.sexes >= 0.9:
            return "sex", 0.75
        if self.categories >= 0.8:
            return "category", 0.7
        if self.patronymics >= _ENOUGH:
            return "name", 0.75
        if self.streets >= 0.5:
            return "contact", 0.6
        return "", 0.0

    def likely_unnamed(self) -> tuple[str, float]:
        """Guess a target for a column without any header, where a weak guess is better than none."""
        if self.filled < 3:
            return "", 0.0
        if self.dates - self.years >= 0.8:
            return ("dob", 0.5) if self.grown_up >= _ENOUGH else ("event_date", 0.4)
        if self.several_words and self.distinct >= 0.8 and self.texts >= 0.9:
            return "name", 0.5
        if self.whole_numbers >= 0.95 and self.distinct == 1:
            return "record_id", 0.4
        return "", 0.0

    def agrees_with(self, target: str) -> bool | None:
        """Tell whether content bears a header out, speaks against it, or says nothing (None)."""
        if self.filled < 3:
            return None
        test = _TESTS.get(target)
        return None if test is None else test(self)


def _dated(shape: Shapes) -> bool:
    return shape.dates >= _ENOUGH


_TESTS: dict[str, Callable[[Shapes], bool | None]] = {
    **dict.fromkeys(("dob", "event_date", "capture_date", "release_date", "death_date"), _dated),
    "birth_year": lambda shape: shape.years >= _ENOUGH,
    "sex": lambda shape: shape.sexes >= _ENOUGH,
    "age": lambda shape: shape.small_numbers >= _ENOUGH,
    "name": lambda shape: shape.texts >= _ENOUGH,
    "family_name": lambda shape: shape.texts >= _ENOUGH,
    "given_name": lambda shape: shape.texts >= _ENOUGH,
    "patronymic": lambda shape: shape.texts >= _ENOUGH,
    "category": lambda shape: True if shape.categories >= _ENOUGH else None,
    "record_id": lambda shape: shape.distinct >= 0.95,
    "contact": lambda shape: True if max(shape.phones, shape.emails, shape.streets) >= _SEAL_FROM else None,
}


def shapes_of(values: Sequence[str]) -> Shapes:
    """Measure the cells of one column; looks at 200 at most."""
    seen = [value.strip() for value in values[:_SAMPLE]]
    filled = [value[:300] for value in seen if value.casefold() not in MISSING]
    total = max(1, len(filled))

    def share(test: Callable[[str], object]) -> float:
        return sum(bool(test(value)) for value in filled) / total

    return Shapes(
        seen=len(seen),
        filled=len(filled),
        distinct=len(set(filled)) / total,
        dates=share(_is_date),
        years=share(lambda value: re.fullmatch(r"(?:1[89]|20)\d\d", value)),
        small_numbers=share(_is_age),
        whole_numbers=share(str.isdigit),
        sexes=share(sex_of),
        categories=share(category_of),
        patronymics=share(_PATRONYMIC.search),
        names=share(lambda value: len(value) <= 80 and _NAME.fullmatch(value)),
        texts=share(lambda value: len(value) <= 120 and _NAME_LIKE.fullmatch(value)),
        phones=share(_is_phone),
        emails=share(_EMAIL.search),
        streets=share(_STREET.search),
        grown_up=share(_ADULT_YEAR.search),
    )


def _is_date(value: str) -> bool:
    try:
        read_date(value, pivot=99)
    except DateUnreadable as error:
        return error.code in ("ambiguous_order", "not_a_calendar_date")
    return True


def _is_age(value: str) -> bool:
    match = re.match(r"(\d{1,3})(?![\d./-])", value)
    return match is not None and int(match[1]) <= 120


def _is_phone(value: str) -> bool:
    digits = sum(sign.isdigit() for sign in value)
    return 9 <= digits <= 15 and bool(_PHONE.fullmatch(value) and _PHONE_START.match(value)) and not _is_date(value)
