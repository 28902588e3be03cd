# SPDX-License-Identifier: AGPL-3.0-or-later
"""Comparable forms and levels of place, unit and category; symmetric, 0 = one side says nothing."""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache
from importlib import resources

from rapidfuzz.distance import OSA

from goodoffices.core.names.fold import fold, repair_scripts, stem

RESIDENCE = ("missing", "same", "same_renamed", "close", "same_region", "different")
HELD = ("missing", "same", "same_place", "different")
UNIT = ("missing", "same", "different")
CATEGORY = ("missing", "same", "different")

_REGION = re.compile(r"(?i)\b(?:обл\w*|область|oblast|region|край|krai|province|prov|ол)\b\.?")
_KIND = re.compile(
    r"(?i)^(?:м|г|гор|місто|город|с|село|смт|пгт|пос|посел\w*|city|town|village|c|m|g|of|район|р-н|raion)$"
)
_HELD_KIND = {"sizo": "sizo", "cizo": "sizo", "vk": "ik", "ik": "ik", "fku": "", "m": "", "g": "", "k": "ik"}


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[int, ...]]:
    packed = resources.files(__package__).joinpath("data/places.json.gz").read_bytes()
    return {form: tuple(ids) for form, ids in json.loads(gzip.decompress(packed)).items()}


@lru_cache(maxsize=10_000)
def place_forms(folded: str) -> tuple[str, ...]:
    """Give every folded name the gazetteer has for the settlements of this name: old, new, in the other languages."""
    meant = set(_places().get(folded, ()))
    return tuple(sorted(form for form, ids in _places().items() if meant.intersection(ids))) if meant else ()


def _words(text: str) -> list[str]:
    return [repair_scripts(word) for word in re.findall(r"[^\W_]+(?:['’ʼ`][^\W_]+)*", text)]


@lru_cache(maxsize=100_000)
def residence_form(text: str | None) -> str:
    """Give ``settlement|region`` in folded letters; either half may be empty."""
    if not text:
        return ""
    region = ""
    rest: list[str] = []
    for part in re.split(r"[,;()]", text):
        if _REGION.search(part):
            region = region or stem("".join(fold(word) for word in _words(_REGION.sub(" ", part))))
        else:
            rest.extend(fold(word) for word in _words(part) if not _KIND.match(word))
    if not rest and not region:
        return ""
    return f"{''.join(rest)}|{region}"


def residence_level(left: str, right: str) -> int:
    """Compare two places of residence (`RESIDENCE`); renamed towns meet through the gazetteer."""
    if not left or not right:
        return 0
    mine, my_region = left.split("|")
    theirs, their_region = right.split("|")
    if not mine or not theirs:
        return 4 if my_region and my_region == their_region else 0
    if mine == theirs:
        return 5 if my_region and their_region and my_region != their_region else 1
    if set(_places().get(mine, ())) & set(_places().get(theirs, ())):
        return 2
    if min(len(mine), len(theirs)) >= 4 and (
        OSA.distance(mine, theirs) <= 1 + (min(len(mine), len(theirs)) >= 8)
        or (min(len(mine), len(theirs)) >= 5 and (mine in theirs or theirs in mine))
    ):
        return 3
    return 4 if my_region and my_region == their_region else 5


@lru_cache(maxsize=50_000)
def held_form(text: str | None) -> str:
    """Give ``town|kind|number`` of a place of detention in folded letters."""
    if not text:
        return ""
    kind, number = "", ""
    rest: list[str] = []
    for word in _words(text):
        folded = fold(word)
        if word.isdigit():
            number = number or word
        elif folded in _HELD_KIND:
            kind = kind or _HELD_KIND[folded]
        elif not _KIND.match(word):
            rest.append(stem(folded))
    return f"{''.join(sorted(rest))}|{kind}|{number}"


def held_level(left: str, right: str) -> int:
    """Compare two places of detention (`HELD`); people are moved, so a difference weighs little."""
    if not left or not right:
        return 0
    mine, theirs = left.split("|"), right.split("|")
    if left == right:
        return 1
    if mine[0] and theirs[0]:
        near = mine[0] == theirs[0] or OSA.normalized_similarity(mine[0], theirs[0]) >= 0.7
        if not near:
            return 3
        clash = mine[2] and theirs[2] and mine[2] != theirs[2]
        return 2 if clash or mine[1:] != theirs[1:] else 1
    if mine[1:] == theirs[1:] and mine[2]:
        return 2
    return 0 if not mine[2] or not theirs[2] else 3


_BORDER_GUARD = ("border", "prikordon", "pogran")


@lru_cache(maxsize=50_000)
def unit_form(text: str | None) -> str:
    """Give the number of a military unit, or its folded words when it has none."""
    if not text:
        return ""
    number = re.search(r"\d{1,5}", text)
    if number:
        return number[0].lstrip("0") or "0"
    folded = "".join(stem(fold(word)) for word in _words(text))
    return "border" if any(root in folded for root in _BORDER_GUARD) else folded


def unit_level(left: str, right: str) -> int:
    """Compare two units (`UNIT`)."""
    if not left or not right:
        return 0
    return 1 if left == right else 2


_CIVIL = ("civi", "grajd", "hostag")
_POW = ("pov", "prisoner", "visk", "voen", "milit", "polon")


@lru_cache(maxsize=1_000)
def category_form(text: str | None) -> str:
    """Give ``civilian``, ``pow``, or the folded word."""
    if not text:
        return ""
    folded = "".join(fold(word) for word in _words(text))
    if folded.startswith(_CIVIL):
        return "civilian"
    return "pow" if folded.startswith(_POW) else folded


def category_level(left: str, right: str) -> int:
    """Compare two categories (`CATEGORY`)."""
    return 0 if not left or not right else 1 if left == right else 2
