# SPDX-License-Identifier: AGPL-3.0-or-later
"""Find protected facts in a text: names in any script and case, places by any of their names, numbers, dates.

A fact is found by its forms, not by its spelling. What is found is a place in the text for a person to look at; what
isn't, proves nothing: a paraphrase, a nickname or a hint gives a person away and no engine sees it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodoffices.core.disclosure.leak_figures import find_date, find_number
from goodoffices.core.disclosure.leak_words import Word, name_keys, normal, spellings, words_of
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.linkage.fields import place_forms
from goodoffices.core.names import fold, given_ids, parse_name, patronymic_id

NEAR = 3
GAP = 5
SHORT_SURNAME = 4


class BadFact(GoodOfficesError):
    """A protected fact that can't be looked for."""

    code = "bad_fact"


class FactKind(StrEnum):
    """What a protected fact is."""

    NAME = "name"
    PLACE = "place"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ProtectedFact:
    """A fact that must not be in a text.

    Attributes:
        id: the caller's own id; findings carry it, never the value.
        kind: what it is.
        value: a name in any script and order, a place, a number with or without letters, or a day as ISO date.
    """

    id: str
    kind: FactKind
    value: str


@dataclass(frozen=True, slots=True)
class Leak:
    """A protected fact found: which, where (code points of the NFC text), and by what kind of form."""

    fact: str
    kind: FactKind
    start: int
    end: int
    by: str


def find_leaks(text: str, facts: Sequence[ProtectedFact]) -> tuple[Leak, ...]:
    """Find protected facts in a text.

    Args:
        text: any text; offsets count code points of its NFC form.
        facts: what must not be in it.

    Returns:
        Findings in order of place, overlapping ones of one fact merged.

    Raises:
        BadFact: a day isn't an ISO date.
    """
    text = normal(text)
    words = words_of(text)
    found: list[Leak] = []
    for fact in facts:
        found += _merged(fact, sorted(_find(fact, text, words)))
    return tuple(sorted(found, key=lambda leak: (leak.start, leak.end, leak.fact)))


Span = tuple[int, int, str]


def _find(fact: ProtectedFact, text: str, words: tuple[Word, ...]) -> Iterator[Span]:
    if fact.kind is FactKind.NAME:
        yield from _names(fact.value, words)
    elif fact.kind is FactKind.PLACE:
        yield from _places(fact.value, text, words)
    elif fact.kind is FactKind.NUMBER:
        yield from ((start, end, "number") for start, end in find_number(normal(fact.value), text))
    else:
        yield from ((start, end, "date") for start, end in find_date(_day(fact), text))


def _day(fact: ProtectedFact) -> date:
    try:
        return date.fromisoformat(fact.value)
    except ValueError:
        raise BadFact(
            "A protected day isn't a calendar date.", where={"fact": fact.id}, hint="Write it as 1991-04-03."
        ) from None


def _merged(fact: ProtectedFact, spans: list[Span]) -> list[Leak]:
    found: list[Leak] = []
    for start, end, by in spans:
        if found and start < found[-1].end:
            last = found[-1]
            found[-1] = Leak(fact.id, fact.kind, last.start, max(end, last.end), last.by)
        else:
            found.append(Leak(fact.id, fact.kind, start, end, by))
    return found


@dataclass(frozen=True, slots=True)
class _Name:
    """A protected name by its keys: surnames one by one, given names and patronymics by the ids they stand for."""

    surnames: tuple[frozenset[str], ...]
    lengths: tuple[int, ...]
    given: frozenset[str]
    patronymics: frozenset[str]


def _name(value: str) -> _Name:
    surnames: dict[frozenset[str], int] = {}
    given: set[str] = set()
    patronymics: set[str] = set()
    for reading in parse_name(value)[:1]:
        for part in reading.family.split():
            folds = {fold(one) for one in spellings(part)}
            surnames[frozenset(key for one in folds for key in name_keys(one))] = len(fold(part))
        given |= {one for part in reading.given.replace("-", " ").split() for one in given_ids(fold(part))}
        patronymics |= {patronymic_id(fold(reading.patronymic))} - {""}
    return _Name(tuple(surnames), tuple(surnames.values()), frozenset(given), frozenset(patronymics))


def _names(value: str, words: tuple[Word, ...]) -> Iterator[Span]:
    """A surname in capitals gives a person away by itself; short, small-written or common ones with a given name."""
    name = _name(value)
    if not name.surnames:
        yield from _given_alone(value, words)
        return
    for index, word in enumerate(words):
        for keys, length in zip(name.surnames, name.lengths, strict=True):
            if not keys & word.keys or abs(len(word.folded) - length) > 4:
                continue
            beside = _beside(name, words, index)
            telling = word.capital and (length >= SHORT_SURNAME or (length == SHORT_SURNAME - 1 and not word.opens))
            if telling or beside is not None:
                other = word if beside is None else beside
                yield min(word.start, other.start), max(word.end, other.end), "surname"
        follows = words[index + 1] if index + 1 < len(words) else None
        if follows is not None and _is_given(name, word) and _is_patronymic(name, follows):
            yield word.start, follows.end, "given_and_patronymic"


def _given_alone(value: str, words: tuple[Word, ...]) -> Iterator[Span]:
    """A name of one word that is no surname (a call sign, a nickname): its forms, in capitals."""
    keys = frozenset(key for part in value.split() for key in name_keys(fold(part)))
    yield from ((word.start, word.end, "single_name") for word in words if word.capital and keys & word.keys)


def _beside(name: _Name, words: tuple[Word, ...], index: int) -> Word | None:
    """Find a word within three that is the person's given name or patronymic, in any case or script."""
    for at in range(max(0, index - NEAR), min(len(words), index + NEAR + 1)):
        if at != index and (_is_given(name, words[at]) or _is_patronymic(name, words[at])):
            return words[at]
    return None


def _is_given(name: _Name, word: Word) -> bool:
    if len(word.folded) < 3:
        return False
    return any(name.given & frozenset(given_ids(key)) for key in (word.folded, *word.keys))


def _is_patronymic(name: _Name, word: Word) -> bool:
    return len(word.folded) >= 4 and patronymic_id(word.folded) in name.patronymics


# How a kind of place of detention is written, in three languages and by its letters.
_KINDS = (
    frozenset(["sizo", "cizo", "izolator", "remand", "detention"]),
    frozenset(["ik", "vk", "koloni", "colon", "kolon", "koloniia"]),
    frozenset(["ivs", "itt", "vtimqasov", "vremen", "temporari"]),
)


def _places(value: str, text: str, words: tuple[Word, ...]) -> Iterator[Span]:
    """All words of a place one after another, by any of its names; or its kind and number (СИЗО-2, colony No. 2)."""
    named = [word for word in words_of(normal(value)) if len(word.folded) >= 3 and not _kind(word)]
    numbers = [number for number in _numbers(value) if number]
    kinds = {kind for word in words_of(normal(value)) if (kind := _kind(word))}
    for kind in kinds:
        yield from _kind_and_number(kind, numbers, text, words)
    if not named:
        return
    wanted = [_place_keys(word.folded) for word in named]
    whole = _place_keys("".join(word.folded for word in named)) if len(named) > 1 else frozenset()
    # Little words between (Ростов-на-Дону) differ by language; they don't count on either side.
    weighty = [word for word in words if len(word.folded) >= 3]
    for index, word in enumerate(weighty):
        run = weighty[index : index + len(wanted)]
        if not word.capital:
            continue
        if len(run) == len(wanted) and all(keys & one.keys for keys, one in zip(wanted, run, strict=True)):
            if run[-1].end - run[0].start <= sum(one.end - one.start for one in run) + GAP * len(run):
                yield run[0].start, run[-1].end, "place"
        elif whole & word.keys:
            yield word.start, word.end, "place"


def _place_keys(folded: str) -> frozenset[str]:
    forms = {folded, *place_forms(folded)}
    return frozenset(key for form in forms for key in name_keys(form) | {form})


def _kind(word: Word) -> frozenset[str] | None:
    return next((kind for kind in _KINDS if (word.keys | {word.folded}) & kind), None)


def _numbers(value: str) -> list[str]:
    return ["".join(run) for run in _digit_runs(value)]


def _digit_runs(text: str) -> Iterator[str]:
    run = ""
    for char in text:
        if char.isdecimal():
            run += str(int(char))
        elif run:
            yield run
            run = ""
    if run:
        yield run


def _kind_and_number(kind: frozenset[str], numbers: list[str], text: str, words: tuple[Word, ...]) -> Iterator[Span]:
    for index, word in enumerate(words):
        if _kind(word) != kind:
            continue
        stop = words[index + 1].start if index + 1 < len(words) else len(text)
        tail = text[word.end : min(stop, word.end + 8)]
        for number in numbers:
            if number in _digit_runs(tail):
                yield word.start, word.end + tail.index(number[-1]) + 1 if number[-1] in tail else word.end, "facility"
