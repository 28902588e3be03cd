# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading the whole ledger again: is every line what it was, where it was, and are they all there?

The tree state in the same store can be forged by whoever can forge the lines, so that a cut-off end, or a
ledger written anew with right hashes, shows only against a checkpoint kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import DEFAULT_DB_ALIAS, transaction

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.commitment import BadSalt, opens
from goodoffices.core.sealing.merkle import EMPTY_ROOT, BadTree, Frontier
from goodoffices.ledger.acts import PRIVATE_ERASED
from goodoffices.ledger.models import STATE_ID, Entry, EntrySubject, PrivateFact, TreeState

CHUNK = 1000
# What reading or hashing a row raises when somebody's hand left it in no shape at all.
MALFORMED = (GoodOfficesError, ValueError, TypeError, AttributeError, KeyError)


class Why(StrEnum):
    """What is wrong with the first bad line."""

    EDITED = "edited"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"
    STATE_CHANGED = "state_changed"
    INDEX_CHANGED = "index_changed"
    PRIVATE_CHANGED = "private_changed"
    PRIVATE_MISSING = "private_missing"


@dataclass(frozen=True)
class Checkpoint:
    """A tree once seen by somebody outside: so many lines, this root (hex)."""

    size: int
    root: str


@dataclass(frozen=True)
class AuditReport:
    """The verdict. ``entries`` and ``root`` are those of the lines found good; ``why`` is a code of Why.

    ``first_bad`` is None when all is good, and when only a checkpoint tells that the whole was written anew.
    """

    ok: bool
    entries: int
    root: str
    first_bad: int | None = None
    why: str | None = None
    private_kept: int = 0
    private_erased: int = 0


class _Bad(Exception):
    """The walk has met a bad line."""

    def __init__(self, seq: int | None, why: Why) -> None:
        super().__init__(seq, why)
        self.seq, self.why = seq, why


@dataclass
class _Walk:
    """What is known after the lines read so far, all good."""

    using: str
    checkpoint: Checkpoint | None
    tree: Frontier = field(default_factory=Frontier)
    kept: int = 0
    missing: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)


def verify_audit(using: str = DEFAULT_DB_ALIAS, checkpoint: Checkpoint | None = None) -> AuditReport:
    """Read a store's ledger from the first line to the last and say what is wrong first, if anything.

    Lines may be added meanwhile: the end is compared with the tree state in one short transaction.

    Args:
        using: the store.
        checkpoint: a size and root kept outside; without one, a cut-off end with a matching tree state, or a
            whole ledger written anew, can't be seen.
    """
    walk, first_bad, why = _Walk(using, checkpoint), None, None
    try:
        _walk_to_the_end(walk)
    except _Bad as bad:
        first_bad, why = bad.seq, bad.why
    return AuditReport(
        ok=why is None,
        entries=walk.tree.size,
        root=walk.tree.root().hex(),
        first_bad=first_bad,
        why=why,
        private_kept=walk.kept,
        private_erased=len(walk.missing & walk.erased),
    )


def _walk_to_the_end(walk: _Walk) -> None:
    if Entry.objects.using(walk.using).filter(seq__lt=1).exists():
        raise _Bad(0, Why.INSERTED)
    if walk.checkpoint and walk.checkpoint.size == 0 and walk.checkpoint.root != EMPTY_ROOT.hex():
        raise _Bad(None, Why.REWRITTEN)
    while _take_chunk(walk) == CHUNK:
        pass
    # The rest in one transaction with the tree state, so that nobody writes between the two.
    with transaction.atomic(using=walk.using):
        state = TreeState.objects.using(walk.using).select_for_update().filter(pk=STATE_ID).first()
        while _take_chunk(walk) == CHUNK:
            pass
        _compare_state(walk, state)
    if walk.checkpoint and walk.checkpoint.size > walk.tree.size:
        raise _Bad(walk.tree.size + 1, Why.TRUNCATED)
    unexplained = walk.missing - walk.erased
    if unexplained:
        raise _Bad(min(unexplained), Why.PRIVATE_MISSING)


def _compare_state(walk: _Walk, state: TreeState | None) -> None:
    size = state.size if state else 0
    if walk.tree.size < size:
        raise _Bad(walk.tree.size + 1, Why.TRUNCATED)
    if state is None and walk.tree.size:
        raise _Bad(walk.tree.size, Why.STATE_CHANGED)
    if walk.tree.size > size:
        raise _Bad(size + 1, Why.INSERTED)
    try:
        if state is not None and state.tree != walk.tree:
            raise _Bad(size, Why.STATE_CHANGED)
    except (BadTree, ValueError):
        raise _Bad(size, Why.STATE_CHANGED) from None


def _take_chunk(walk: _Walk) -> int:
    """Read and check the next lines; give how many."""
    after = walk.tree.size
    entries = _read(walk.using, after)
    if not entries:
        return 0
    numbers = [entry.seq for entry in entries]
    private = PrivateFact.objects.using(walk.using).in_bulk(numbers)
    links = _links(walk.using, numbers)
    for entry in entries:
        _check_chain(walk, entry)
        if links.get(entry.seq, set()) != _subjects(entry):
            raise _Bad(entry.seq, Why.INDEX_CHANGED)
        _check_private(walk, entry, private.get(entry.seq))
        if entry.act == PRIVATE_ERASED and isinstance(entry.facts, dict):
            walk.erased.add(entry.facts.get("entry", 0))
    return len(entries)


def _read(using: str, after: int) -> list[Entry]:
    """Read the next chunk; a row that can't even be read ends it, and is bad if it comes first."""
    rows = Entry.objects.using(using).filter(seq__gt=after).order_by("seq")
    try:
        return list(rows[:CHUNK])
    except MALFORMED:
        pass
    good: list[Entry] = []
    numbers = list(rows.values_list("seq", flat=True)[:CHUNK])
    for seq in numbers:
        try:
            good.append(rows.get(seq=seq))
        except MALFORMED:
            if good:
                return good
            raise _Bad(seq, Why.EDITED) from None
    return good


def _links(using: str, numbers: list[int]) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = {}
    rows = EntrySubject.objects.using(using).filter(entry_id__gte=numbers[0], entry_id__lte=numbers[-1])
    for seq, kind, subject in rows.values_list("entry_id", "kind", "subject"):
        found.setdefault(seq, set()).add((kind, str(subject)))
    return found


def _subjects(entry: Entry) -> set[tuple[str, str]]:
    try:
        return {(kind, subject) for kind, subject in entry.subjects}
    except MALFORMED:
        raise _Bad(entry.seq, Why.EDITED) from None


def _check_chain(walk: _Walk, entry: Entry) -> None:
    """Check number, leaf hash and root of a line, and add it to the tree."""
    expected = walk.tree.size + 1
    if entry.seq != expected:
        raise _Bad(expected, Why.REORDERED if _is_elsewhere(walk.using, expected) else Why.DELETED)
    leaf = _leaf(entry, entry.seq)
    if leaf is None or leaf.hex() != entry.leaf_hash:
        raise _diagnose(walk.using, entry)
    tree = walk.tree.append(leaf)
    root = tree.root().hex()
    if root != entry.root:
        raise _diagnose(walk.using, entry)
    if walk.checkpoint and walk.checkpoint.size == tree.size and walk.checkpoint.root != root:
        raise _Bad(None, Why.REWRITTEN)
    walk.tree = tree


def _check_private(walk: _Walk, entry: Entry, fact: PrivateFact | None) -> None:
    """Check the content behind a line against its commitment, if it hasn't been erased."""
    if fact is None:
        if entry.commitment is not None:
            walk.missing.add(entry.seq)
        return
    try:
        fits = entry.commitment is not None and opens(
            bytes.fromhex(entry.commitment), fact.value, bytes.fromhex(fact.salt)
        )
    except (BadSalt, *MALFORMED):
        fits = False
    if not fits:
        raise _Bad(entry.seq, Why.PRIVATE_CHANGED)
    walk.kept += 1


def _diagnose(using: str, entry: Entry) -> _Bad:
    """Say how a line came to be bad where it stands.

    A row moved whole still has the leaf hash of its old number. Was that lower, a forged line that fits was
    pushed in there. Else the question is whether some other row has the leaf hash of this number: then the
    true line was moved away, because rows changed places or one was pushed in; if none has, the true line is
    gone, or this is it, edited.
    """
    number = _number_hashed(using, entry)
    if number is not None and number < entry.seq:
        return _Bad(number, Why.INSERTED)
    was_moved = number is not None and number > entry.seq
    if _is_elsewhere(using, entry.seq):
        return _Bad(entry.seq, Why.REORDERED if was_moved else Why.INSERTED)
    return _Bad(entry.seq, Why.DELETED if was_moved else Why.EDITED)


def _is_elsewhere(using: str, seq: int) -> bool:
    """Say whether a later row has the content and leaf hash of number ``seq``."""
    return any(
        leaf is not None and leaf.hex() == row.leaf_hash for row in _later(using, seq) for leaf in (_leaf(row, seq),)
    )


def _later(using: str, seq: int) -> Iterator[Entry]:
    while rows := _read_leniently(using, seq):
        yield from rows
        seq = rows[-1].seq


def _read_leniently(using: str, after: int) -> list[Entry]:
    try:
        return _read(using, after)
    except _Bad:
        return []


def _number_hashed(using: str, entry: Entry) -> int | None:
    highest = Entry.objects.using(using).order_by("-seq").values_list("seq", flat=True).first() or 0
    try:
        # One more than there are: after a line was taken out, the last one stands a number too low.
        return entry.line.number_hashed(bytes.fromhex(entry.leaf_hash), highest + 1)
    except MALFORMED:
        return None


def _leaf(entry: Entry, seq: int) -> bytes | None:
    try:
        return entry.line.hash_as(seq)
    except MALFORMED:
        return None
