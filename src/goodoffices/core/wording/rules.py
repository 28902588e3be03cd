# SPDX-License-Identifier: AGPL-3.0-or-later
"""Terms as data: what to find, around what not to, why, and what to write instead.

One TOML file a language. A group has a category, a reason, alternatives and terms; editor, date and source stand at
the top and may be given again for a group. An organisation may read its own file with `read_rules`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from goodoffices.core.wording.folding import fold_plain
from goodoffices.core.wording.patterns import Pattern, PatternError, Slot, parse_pattern
from goodoffices.core.wording.profiles import WEIGHT, WordingError, matrix

_FILE_KEYS = {"schema", "language", "editor", "date", "source", "sets", "group", "names", "testimony"}
_GROUP_KEYS = {
    "category", "reason", "alternatives", "plain", "terms", "unless", "only", "level", "editor", "date", "source",
    "quoted", "subject", "testimony",
}  # fmt: skip
_TERM_KEYS = {"t", "unless", "only", "alternatives", "reason", "level", "quoted", "subject"}


@dataclass(frozen=True)
class Surrounding:
    """Words beside a term. Kinds: ``beside`` (a pattern with ^), ``sentence`` (@), ``paragraph`` (@@), ``bare``,
    ``alone``,
    ``name`` (capital inside a sentence), ``habit`` (the text seldom writes the name without an article).

    Its words are opened into their forms when the term is first met: most never are.
    """

    kind: str
    written: str
    language: str
    sets: Mapping[str, str]

    @cached_property
    def pattern(self) -> Pattern:
        return parse_pattern(self.written, self.language, self.sets) if self.written else ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One term.

    Attributes:
        term: as written in the data.
        patterns: one or more ways to match it.
        unless: surroundings in which it is another word; only: without one of these it is.
        level: the heaviest level it may have, or "" for the matrix's own.
        quoted: level inside a quotation with a source; "" = exempt.
        subject: "addressee" = fires only when an addressee is its subject; "other" = unless somebody else is.
        testimony: alternatives when a survivor or witness speaks.
    """

    term: str
    category: str
    patterns: tuple[Pattern, ...]
    reason: str
    alternatives: tuple[str, ...]
    testimony: tuple[str, ...]
    unless: tuple[Surrounding, ...]
    only: tuple[Surrounding, ...]
    level: str
    quoted: str
    subject: str
    editor: str
    date: date
    source: str


@dataclass(frozen=True, eq=False)
class NamedSets:
    """The named sets of a language; each is opened into its forms when first asked for."""

    language: str
    written: Mapping[str, str]
    _opened: dict[str, Slot] = field(default_factory=dict)

    def get(self, name: str) -> Slot | None:
        if name in self.written and name not in self._opened:
            self._opened[name] = parse_pattern(f"<{name}>", self.language, self.written)[0]
        return self._opened.get(name)


@dataclass(frozen=True, eq=False)
class Rules:
    """All rules of one language, with an index by the forms and beginnings of their first word."""

    language: str
    rules: tuple[Rule, ...]
    names: tuple[Pattern, ...]
    sets: NamedSets
    by_form: Mapping[str, tuple[tuple[Rule, Pattern], ...]]
    by_prefix: Mapping[str, tuple[tuple[Rule, Pattern], ...]]
    prefix_lengths: tuple[int, ...]
    names_by_form: Mapping[str, tuple[Pattern, ...]]


def read_rules(written: str, file: str) -> Rules:
    """Read the rules of one language from TOML.

    Raises:
        WordingError: a key is unknown or missing, a term is blank or told twice, a pattern can't be read. ``where``
            names file, group and term.
    """
    try:
        raw = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise WordingError(f"The file isn't TOML: {error}.", where={"file": file}) from error
    _known(raw, _FILE_KEYS, {"schema", "language", "editor", "date", "group"}, {"file": file})
    language, sets = raw["language"], raw.get("sets", {})
    rules: list[Rule] = []
    for number, group in enumerate(raw["group"], 1):
        place = {"file": file, "group": number}
        _known(group, _GROUP_KEYS, {"category", "reason", "alternatives"}, place)
        for term in _terms_of(group, place):
            rules.append(_read_rule(term, group, raw, place))
    _no_repeats(rules, file)
    names = tuple(parse_pattern(one, language, sets) for one in raw.get("names", ()))
    return _index(tuple(rules), names, NamedSets(language, sets))


def _terms_of(group: Mapping[str, Any], place: dict[str, Any]) -> list[dict[str, Any]]:
    plain = [part.strip() for part in group["plain"].replace("\n", " ").split(",")] if "plain" in group else []
    terms = [{"t": one} for one in plain] + list(group.get("terms", ()))
    if not terms:
        raise WordingError("A group has no terms.", where=place, hint="Give plain = or terms =.")
    for term in terms:
        _known(term, _TERM_KEYS, {"t"}, place)
        if not str(term["t"]).strip() or term["t"].strip().lower() in ("null", "none", "nan"):
            raise WordingError("A term is blank.", where=place, hint="Take the empty entry or the stray comma out.")
    return terms


def _read_rule(
    term: Mapping[str, Any], group: Mapping[str, Any], top: Mapping[str, Any], place: dict[str, Any]
) -> Rule:
    where = {**place, "term": term["t"]}
    language, sets = top["language"], top.get("sets", {})
    category, level = group["category"], term.get("level", group.get("level", ""))
    if category not in matrix().levels or level not in ("", *WEIGHT):
        raise WordingError(f"There is no category {category} or level {level}.", where=where)
    try:
        return Rule(
            term=term["t"],
            category=category,
            patterns=tuple(parse_pattern(one, language, sets) for one in term["t"].split(" / ")),
            reason=_filled(term.get("reason", group["reason"]), where),
            alternatives=_words(term.get("alternatives", group["alternatives"]), where),
            testimony=tuple(group.get("testimony", ())),
            unless=tuple(
                _surrounding(one, language, sets) for one in [*group.get("unless", ()), *term.get("unless", ())]
            ),
            only=tuple(_surrounding(one, language, sets) for one in term.get("only", group.get("only", ()))),
            level=level,
            quoted=term.get("quoted", group.get("quoted", "")),
            subject=term.get("subject", group.get("subject", "")),
            editor=group.get("editor", top["editor"]),
            date=group.get("date", top["date"]),
            source=group.get("source", top.get("source", "")),
        )
    except PatternError as error:
        raise WordingError(error.message, where={**where, **error.where}, hint=error.hint) from error


def _surrounding(written: str, language: str, sets: Mapping[str, str]) -> Surrounding:
    if written in ("bare", "alone", "name", "habit"):
        return Surrounding(written, "", language, sets)
    for sign, kind in (("@@ ", "paragraph"), ("@ ", "sentence")):
        if written.startswith(sign):
            return Surrounding(kind, written[len(sign) :], language, sets)
    if sum(word.startswith("^") for word in written.split()) != 1:
        raise PatternError(
            f'"{written}" doesn\'t say where the term stands.', hint="Mark it with one ^, or begin with @."
        )
    return Surrounding("beside", written, language, sets)


def _index(rules: tuple[Rule, ...], names: tuple[Pattern, ...], sets: NamedSets) -> Rules:
    language = sets.language
    forms: dict[str, list[tuple[Rule, Pattern]]] = {}
    prefixes: dict[str, list[tuple[Rule, Pattern]]] = {}
    for rule in rules:
        for pattern in rule.patterns:
            head = pattern[0]
            for form in head.forms | {fold_plain(one, language) for one in head.exact}:
                forms.setdefault(form, []).append((rule, pattern))
            for prefix in head.prefixes:
                prefixes.setdefault(prefix, []).append((rule, pattern))
    named: dict[str, list[Pattern]] = {}
    for pattern in names:
        for form in pattern[0].forms | {fold_plain(one, language) for one in pattern[0].exact}:
            named.setdefault(form, []).append(pattern)
    return Rules(
        language,
        rules,
        names,
        sets,
        {form: tuple(found) for form, found in forms.items()},
        {prefix: tuple(found) for prefix, found in prefixes.items()},
        tuple(sorted({len(prefix) for prefix in prefixes})),
        {form: tuple(found) for form, found in named.items()},
    )


def _known(found: Any, allowed: set[str], needed: set[str], where: dict[str, Any]) -> None:
    keys = set(found) if isinstance(found, dict) else set()
    if not isinstance(found, dict) or keys - allowed or needed - keys:
        wrong = ", ".join(sorted((keys - allowed) | (needed - keys))) or "not a table"
        raise WordingError(f"Unknown or missing: {wrong}.", where=where, hint=f"Keys: {', '.join(sorted(allowed))}.")


def _filled(value: Any, where: dict[str, Any]) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WordingError("A reason is blank.", where=where)
    return value


def _words(value: Any, where: dict[str, Any]) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
        raise WordingError("Alternatives are a list of words, none of them blank.", where=where)
    return tuple(value)


def _no_repeats(rules: list[Rule], file: str) -> None:
    seen: set[tuple[str, str]] = set()
    for rule in rules:
        if (rule.category, rule.term) in seen:
            raise WordingError("A term is told twice.", where={"file": file, "term": rule.term})
        seen.add((rule.category, rule.term))


@lru_cache(maxsize=3)
def rules_for(language: str) -> Rules:
    """Give the rules that come with the program for ``en``, ``ru`` or ``uk``; the first call opens the dictionary."""
    file = f"{language}.toml"
    return read_rules(resources.files(__package__).joinpath("data", file).read_text("utf-8"), file)
