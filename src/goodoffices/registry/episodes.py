# SPDX-License-Identifier: AGPL-3.0-or-later
"""The detention line: episodes drawn from what sources say. Pure.

An episode is a label on a mention's claims (DESIGN part 3). Labels of several records are of one detention when
their days of capture don't contradict each other; a record that gives no day belongs to the detention it could
best belong to: the latest. What is shown as ended is only what a source says ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goodoffices.core.dates import PartialDate, gap_days, overlaps
from goodoffices.core.vocabulary import ACCESS_PROPERTIES, Property, Status
from goodoffices.registry.drafts import ClaimFact, MentionFacts
from goodoffices.registry.portrait import read_edtf

TELLING = frozenset(
    {
        Property.CAPTURE_DATE,
        Property.CAPTURE_PLACE,
        Property.HOLDING_AUTHORITY,
        Property.HOLDING_STATE,
        Property.REQUESTING_STATE,
        Property.PLACE_HELD,
        Property.CHARGE,
        Property.SENTENCE,
        Property.RELEASE_DATE,
        Property.SIGHTING,
        *ACCESS_PROPERTIES,
    }
)
ONE_CAPTURE_DAYS = 31


@dataclass(frozen=True, slots=True)
class Episode:
    """One detention: its claims by property, in order of reliability.

    ``taken`` and ``released`` are EDTF or empty; ``official`` says that a register or a court names it, else there
    is evidence only; ``place_disclosed`` that such a source names the place.
    """

    taken: str
    released: str
    ended_by_status: str
    official: bool
    place_disclosed: bool
    claims: dict[str, tuple[ClaimFact, ...]]

    @property
    def ended(self) -> bool:
        return bool(self.released or self.ended_by_status)


def episodes_of(mentions: Sequence[MentionFacts], official_sources: frozenset[int]) -> list[Episode]:
    """Draw the detentions of one person, earliest first.

    Args:
        mentions: the visible records.
        official_sources: inner ids of sources by which the holding side itself speaks.
    """
    parts = [part for mention in mentions for part in _parts(mention)]
    dated = [part for part in parts if part[0]]
    groups: list[list[_Part]] = []
    for part in sorted(dated, key=lambda one: (_first_day(one[0]), one[2].order)):
        for group in groups:
            if _one_capture(part[0], group[0][0]):
                group.append(part)
                break
        else:
            groups.append([part])
    undated = [part for part in parts if not part[0]]
    if undated and groups:
        groups[-1].extend(undated)
    elif undated:
        groups.append(undated)
    return [_episode(group, official_sources) for group in groups]


def held_since(episodes: Sequence[Episode], today: date) -> tuple[int | None, str]:
    """Say how many days the latest detention has lasted, and since when (EDTF).

    Returns:
        (days, since); days is None where the day isn't known, since empty where nothing is, or where it ended.
    """
    if not episodes or episodes[-1].ended or not episodes[-1].taken:
        return None, ""
    since = episodes[-1].taken
    read = read_edtf(since)
    if read and read.exact_day and read.exact_day <= today:
        return (today - read.exact_day).days, since
    return None, since


_Part = tuple[str, tuple[ClaimFact, ...], MentionFacts]


def _parts(mention: MentionFacts) -> list[_Part]:
    labels = sorted({claim.episode for claim in mention.claims if claim.property in TELLING})
    found: list[_Part] = []
    for label in labels:
        claims = tuple(
            claim
            for claim in mention.claims
            if claim.episode == label and (claim.property in TELLING or claim.property == Property.STATUS)
        )
        found.append((_best_date(claims, Property.CAPTURE_DATE), claims, mention))
    return found


def _episode(group: Sequence[_Part], official_sources: frozenset[int]) -> Episode:
    ranked = sorted(group, key=lambda part: (part[2].reliability, part[2].order))
    claims: dict[str, tuple[ClaimFact, ...]] = {}
    for _taken, told, _mention in ranked:
        for claim in told:
            claims[claim.property] = (*claims.get(claim.property, ()), claim)
    official = [part for part in ranked if part[2].source_id in official_sources]
    every = [claim for told in claims.values() for claim in told]
    statuses = {claim.value for claim in claims.get(Property.STATUS, ())}
    return Episode(
        taken=_best_date(every, Property.CAPTURE_DATE),
        released=_best_date(every, Property.RELEASE_DATE),
        ended_by_status=str(Status.RELEASED) if statuses == {Status.RELEASED} else "",
        official=bool(official),
        place_disclosed=any(claim.property == Property.PLACE_HELD for part in official for claim in part[1]),
        claims=claims,
    )


def _best_date(claims: Iterable[ClaimFact], prop: str) -> str:
    said = [claim.value for claim in claims if claim.property == prop and read_edtf(claim.value)]
    exact = [value for value in said if (read := read_edtf(value)) and read.exact_day]
    return (exact or said or [""])[0]


def _first_day(edtf: str) -> date:
    read = read_edtf(edtf)
    return read.earliest if read and read.earliest else date.min


def _one_capture(left: str, right: str) -> bool:
    one, other = read_edtf(left), read_edtf(right)
    if one is None or other is None:
        return True
    return overlaps(one, other) or _near(one, other)


def _near(one: PartialDate, other: PartialDate) -> bool:
    gap = gap_days(one, other)
    return gap is not None and abs(gap) <= ONE_CAPTURE_DAYS
