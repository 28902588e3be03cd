# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which earlier row each row of a new edition continues.

Order (DESIGN part 3): a person's own word, exact hash, the list's own number, names and birth, then the linkage
engine at its automatic threshold. Whatever is ambiguous goes to a person: a wrong pair would give one person's
facts to another. A first edition has nothing to pair with, and nothing joins by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from goodoffices.core.linkage import Record, link
from goodoffices.intake.reading import KeyedRow, pair_rows

AUTO, ASK = "auto", "ask"


@dataclass(frozen=True, slots=True)
class Keys:
    """A row as pairing sees it: an id, the hash of all it says, its own number, the hash of who it speaks of."""

    id: int
    exact: str
    key: str
    who: str


@dataclass
class Paired:
    """The outcome: new id -> (old id, how), and new ids with the old ones a person must choose from."""

    pairs: dict[int, tuple[int, str]] = field(default_factory=dict)
    to_review: dict[int, list[int]] = field(default_factory=dict)

    @property
    def used(self) -> set[int]:
        return {old for old, _ in self.pairs.values()}

    @property
    def settled(self) -> set[int]:
        return self.pairs.keys() | self.to_review.keys()


def pair_by_keys(old: Sequence[Keys], new: Sequence[Keys], told: Mapping[int, int | None]) -> Paired:
    """Pair by a person's word (new id -> old id, None = nobody's), by hash, by number, by who is meant."""
    paired = Paired({row: (earlier, "person") for row, earlier in told.items() if earlier is not None})
    waiting_new = [row for row in new if row.id not in told]
    by_number = pair_rows(_keyed(_rest(old, paired.used), "key"), _keyed(waiting_new, "key"))
    for pair in by_number.pairs:
        paired.pairs[pair.new] = (pair.old, "exact" if pair.how == "exact" else "number")
    old_rest, new_rest = _rest(old, paired.used), _rest(waiting_new, paired.settled)
    # What is left differs in some cell: hashes are set apart, so that only who is meant counts.
    by_who = pair_rows(
        [KeyedRow(row.id, f"old {row.id}", row.who) for row in old_rest],
        [KeyedRow(row.id, f"new {row.id}", row.who) for row in new_rest],
    )
    rows = {row.id: row for row in (*old_rest, *new_rest)}
    for pair in by_who.pairs:
        if not numbered_apart(rows[pair.old], rows[pair.new]):
            paired.pairs[pair.new] = (pair.old, "who")
    return paired


def numbered_apart(old: Keys, new: Keys) -> bool:
    """Say whether the list itself gives two rows different numbers."""
    return bool(old.key and new.key and old.key != new.key)


def doubtful_numbers(paired: Paired, old: Mapping[int, Keys], new: Mapping[int, Keys]) -> list[tuple[int, int]]:
    """Give pairs by number whose names or birth changed: (new id, old id)."""
    return [
        (row, earlier)
        for row, (earlier, how) in paired.pairs.items()
        if how == "number" and old[earlier].who != new[row].who
    ]


def pair_by_engine(
    old: Mapping[int, Record], new: Mapping[int, Record], keys: Mapping[int, Keys], paired: Paired
) -> None:
    """Let the engine pair what is left: alone at the automatic threshold on both sides, else to a person.

    Where the list numbers two rows apart and says other names or another birth, "perhaps" isn't worth a question.
    """
    if not old or not new:
        return
    found = [
        (row, earlier, decision)
        for row, earlier, decision in _scored(old, new)
        if decision == AUTO or keys[row].who == keys[earlier].who or not numbered_apart(keys[earlier], keys[row])
    ]
    chosen: dict[int, list[tuple[int, str]]] = defaultdict(list)
    claimed: dict[int, int] = defaultdict(int)
    for row, earlier, decision in found:
        chosen[row].append((earlier, decision))
        claimed[earlier] += decision == AUTO
    for row, candidates in chosen.items():
        sure = [earlier for earlier, decision in candidates if decision == AUTO]
        if len(sure) == 1 and claimed[sure[0]] == 1:
            paired.pairs[row] = (sure[0], "engine")
        else:
            paired.to_review[row] = [earlier for earlier, _ in candidates]


def set_apart_contradictions(
    doubtful: Sequence[tuple[int, int]], old: Mapping[int, Record], new: Mapping[int, Record], paired: Paired
) -> None:
    """Send pairs by number to a person where the engine holds the two for different people."""
    if not doubtful:
        return
    likely = {(row, earlier) for row, earlier, _ in _scored(old, new)}
    for row, earlier in doubtful:
        if (row, earlier) not in likely:
            del paired.pairs[row]
            paired.to_review[row] = [earlier]


def _scored(old: Mapping[int, Record], new: Mapping[int, Record]) -> list[tuple[int, int, str]]:
    """Give (new id, old id, decision) of all cross pairs above "apart", the strongest first."""
    # Keys are given places, so that the outcome doesn't depend on inner ids.
    records = [*_as_side(old, "old"), *_as_side(new, "new")]
    result = link(records, deduplicated=frozenset({"old", "new"}), fit=False)
    found = []
    for place in range(len(result)):
        decision = result.decision(place)
        sides = sorted((result.keys[int(result.left[place])], result.keys[int(result.right[place])]))
        if decision in {AUTO, ASK} and sides[0][:3] == "new" and sides[1][:3] == "old":
            found.append((int(sides[0][3:]), int(sides[1][3:]), decision))
    return found


def _as_side(records: Mapping[int, Record], side: str) -> Iterable[Record]:
    return (replace(record, key=f"{side}{row:012d}", source=side) for row, record in records.items())


def _keyed(rows: Iterable[Keys], name: str) -> list[KeyedRow]:
    return [KeyedRow(row.id, row.exact, getattr(row, name)) for row in rows]


def _rest(rows: Iterable[Keys], used: Iterable[int]) -> list[Keys]:
    taken = set(used)
    return [row for row in rows if row.id not in taken]
