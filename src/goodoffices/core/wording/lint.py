# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read a text and give what in it may offend, press, leak or endanger: advice, never a rewriting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from goodoffices.core.wording.exempt import Quotation, named_words, quotations
from goodoffices.core.wording.letters import marked_places
from goodoffices.core.wording.patterns import match_from, surrounds
from goodoffices.core.wording.profiles import LANGUAGES, OFF, SUBJECTS, WEIGHT, WordingError, matrix
from goodoffices.core.wording.proper import bears_a_name
from goodoffices.core.wording.rules import Rule, Rules, Surrounding, rules_for
from goodoffices.core.wording.subject import addressee_is_subject, somebody_else_is_subject
from goodoffices.core.wording.text import Text, read_text
from goodoffices.core.wording.wordlist import wordlist

# A secret told in quotation marks is told; a censor reads quotations too.
NEVER_QUOTED = ("C11", "C12")
_BARE = 3  # a sentence of so many other words gives nothing to judge by


@dataclass(frozen=True, slots=True)
class Request:
    """What kind of text it is.

    Attributes:
        language: en, ru or uk.
        profile: mission, appeal, campaign, story or prisoner-letter.
        subject: "civilian" or "child" where the letter is about one.
        sourced: the text's legal conclusions carry their sources.
    """

    language: str
    profile: str
    subject: str | None = None
    sourced: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in the text, with why, and what may be written instead; offsets in code points of the NFC text."""

    category: str
    level: str
    start: int
    end: int
    text: str
    reason: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    first: int
    stop: int
    start: int
    end: int
    level: str


def lint(text: str, request: Request, rules: Rules | None = None) -> tuple[Finding, ...]:
    """Give the findings of a text in the order of their places.

    Args:
        text: any text; it is read in NFC.
        request: language, profile, subject, sources.
        rules: an organisation's own rules; by default those of the program.

    Raises:
        WordingError: the language, profile or subject doesn't exist.

    Source: REQUIREMENTS part F; CONTRACTS 3.6; docs/explanation/wording.md.
    """
    _check(request)
    rules = rules or rules_for(request.language)
    read = read_text(text, request.language)
    hits = _apart(_hits(read, rules, request))
    found = [_finding(hit, read, rules) for hit in hits]
    if request.profile == "prisoner-letter":
        found += _places(read, rules, request)
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.category)))


def _check(request: Request) -> None:
    for what, value, allowed in (
        ("language", request.language, LANGUAGES),
        ("profile", request.profile, matrix().profiles),
        ("subject", request.subject, (None, *SUBJECTS)),
    ):
        if value not in allowed:
            names = ", ".join(one for one in allowed if one)
            raise WordingError(
                f'"{value}" is no {what} that the wording check knows.', code=f"bad_{what}", hint=f"Choose: {names}."
            )


def _hits(text: Text, rules: Rules, request: Request) -> list[_Hit]:
    quoted = quotations(text)
    named: frozenset[int] | None = None
    hits = []
    for at, token in enumerate(text.tokens):
        for form in token.forms:
            candidates = list(rules.by_form.get(form, ()))
            for length in rules.prefix_lengths:
                candidates += rules.by_prefix.get(form[:length], ()) if len(form) >= length else ()
            for rule, pattern in candidates:
                level = _level(rule, request)
                stop = match_from(pattern, text, at) if level != OFF else None
                if stop is None or not _fits(rule, text, at, stop, rules):
                    continue
                named = named_words(text, rules) if named is None else named
                level = _spared(rule, text, range(at, stop), level, quoted, named, request)
                if level != OFF:
                    hits.append(_Hit(rule, at, stop, token.start, text.tokens[stop - 1].end, level))
    return hits


def _level(rule: Rule, request: Request) -> str:
    level = matrix().level(rule.category, request.profile, subject=request.subject, sourced=request.sourced)
    return rule.level if rule.level and WEIGHT[rule.level] < WEIGHT[level] else level


def _fits(rule: Rule, text: Text, first: int, stop: int, rules: Rules) -> bool:
    """Say whether the words are the term, not a namesake of it."""
    if rule.category in ("C1", "C2", "C4", "C5") and bears_a_name(text, first, stop):
        return False
    if rule.only and not any(_beside(one, text, first, stop) for one in rule.only):
        return False
    if any(_beside(one, text, first, stop) for one in rule.unless):
        return False
    if rule.subject == "addressee":
        return addressee_is_subject(text, first, rules)
    return not (rule.subject == "other" and somebody_else_is_subject(text, first, rules))


def _beside(one: Surrounding, text: Text, first: int, stop: int) -> bool:
    sentence = text.sentences[text.tokens[first].sentence]
    if one.kind == "bare":
        return len(sentence) - (stop - first) <= _BARE
    if one.kind == "alone":
        return len(sentence) == stop - first
    if one.kind == "name":
        return text.tokens[first].capital and not text.starts_sentence(first)
    if one.kind == "habit":
        return _by_habit(text, stop - 1)
    if one.kind == "beside":
        return surrounds(one.pattern, text, first, stop)
    where = sentence if one.kind == "sentence" else _paragraph(text, first)
    return any(match_from(one.pattern, text, at) is not None for at in where if not (first <= at < stop))


def _paragraph(text: Text, at: int) -> range:
    number = text.tokens[at].paragraph
    first = stop = at
    while first > 0 and text.tokens[first - 1].paragraph == number:
        first -= 1
    while stop < len(text.tokens) and text.tokens[stop].paragraph == number:
        stop += 1
    return range(first, stop)


def _by_habit(text: Text, at: int) -> bool:
    """Say whether a name stands with its article by choice: not where the text mostly leaves it out."""
    name = text.tokens[at].forms[0]
    places = [one for one, token in enumerate(text.tokens) if name in token.forms]
    with_article = sum(one > 0 and text.tokens[one - 1].forms[0] == "the" for one in places)
    return len(places) - with_article <= with_article


def _spared(
    rule: Rule,
    text: Text,
    words: range,
    level: str,
    quoted: tuple[Quotation, ...],
    named: frozenset[int],
    request: Request,
) -> str:
    """Give the level left after quotations, titles and names have been let pass."""
    if rule.category == "C12":
        return level
    if named.issuperset(words) and rule.category != "C11":
        return OFF
    if rule.category in NEVER_QUOTED:
        return level
    start, end = text.tokens[words.start].start, text.tokens[words.stop - 1].end
    for one in quoted:
        if one.start < start and end < one.end:
            if one.title and rule.category != "C1":
                return OFF
            if one.sourced or request.profile == "story":
                return rule.quoted or OFF
    if request.profile == "story" and rule.category == "C4" and _first_person(text, words.start):
        return OFF
    return level


_I = {
    "en": wordlist("i me my mine we us our ours myself ourselves"),
    "ru": wordlist("я меня мне мной мною мой моя мое мои моего моей моему моим моих мы нас нам нами наш наша наши"),
    "uk": wordlist("я мене мені мною мій моя моє мої мого моєї моєму моїм моїх ми нас нам нами наш наша наші"),
}


def _first_person(text: Text, at: int) -> bool:
    """Say whether somebody speaks for himself in the sentence."""
    sentence = text.sentences[text.tokens[at].sentence]
    return any(form in _I[text.language] for one in sentence for form in text.tokens[one].forms)


def _apart(hits: list[_Hit]) -> list[_Hit]:
    """Keep the longest of overlapping hits; a blocking hit is never hidden by a lighter one."""
    kept: list[_Hit] = []
    ordered = sorted(hits, key=lambda hit: (-(hit.stop - hit.first), -WEIGHT[hit.level], hit.first, hit.rule.category))
    for hit in ordered:
        hidden = False
        for other in kept:
            if hit.first >= other.stop or other.first >= hit.stop:
                continue
            same_words = (hit.first, hit.stop) == (other.first, other.stop)
            if hit.rule.category == other.rule.category or (
                not same_words and WEIGHT[hit.level] <= WEIGHT[other.level]
            ):
                hidden = True
                break
        if not hidden:
            kept.append(hit)
    return kept


def _finding(hit: _Hit, text: Text, rules: Rules) -> Finding:
    alternatives = hit.rule.alternatives
    if hit.rule.testimony and _is_testimony(text, hit.first, rules):
        alternatives = hit.rule.testimony
    return Finding(
        hit.rule.category, hit.level, hit.start, hit.end, text.nfc[hit.start : hit.end], hit.rule.reason, alternatives
    )


def _is_testimony(text: Text, at: int, rules: Rules) -> bool:
    """Say whether a survivor or witness speaks in the paragraph, for himself or through the writer."""
    slot = rules.sets.get("testimony")
    return any(
        (slot is not None and slot.takes(text.tokens[one]))
        or any(form in _I[text.language] for form in text.tokens[one].forms)
        for one in _paragraph(text, at)
    )


@lru_cache(maxsize=3)
def _place_rules(rules: Rules) -> dict[str, Rule]:
    return {rule.term.removeprefix("!"): rule for rule in rules.rules if rule.term.startswith("!place_")}


def _places(text: Text, rules: Rules, request: Request) -> list[Finding]:
    found = []
    by_kind = _place_rules(rules)
    for place in marked_places(text, rules.sets.get("party")):
        rule = by_kind.get(f"place_{place.kind}")
        level = _level(rule, request) if rule else OFF
        if rule and level != OFF:
            words = text.nfc[place.start : place.end]
            found.append(Finding(rule.category, level, place.start, place.end, words, rule.reason, rule.alternatives))
    return found
