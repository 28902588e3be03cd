# SPDX-License-Identifier: AGPL-3.0-or-later
"""The declared list of tables: what is not in it can't be published (DESIGN part 8)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from itertools import product
from typing import TypeVar

from goodoffices.core.errors import GoodOfficesError

TOTAL = "*"
MAX_DIMENSIONS, MAX_VALUES, MAX_TABLES = 6, 500, 200
MAX_CELLS = 100_000
Kind = TypeVar("Kind", bound=StrEnum)
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")


class BadDeclaration(GoodOfficesError):
    """A declaration, release or ledger that can't be read."""

    code = "bad_declaration"


class DimensionKind(StrEnum):
    """What a dimension may be. A person's place, unit, source or anything of a Mission is none of these on purpose."""

    CATEGORY = "category"
    COUNTRY = "country"
    REGION = "region"
    SEX = "sex"
    AGE = "age"
    STATUS = "status"
    LEGAL_STATE = "legal_state"
    OUTCOME = "outcome"


class PopulationKind(StrEnum):
    """How persons of one period stand to those of the next."""

    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to split: its values; ``fixed`` = a person's value never changes, so periods can be compared by it."""

    id: str
    kind: DimensionKind
    values: tuple[str, ...]
    fixed: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """Stock of a period = stock of the period before + those who entered - those who left."""

    stock: str
    entered: str
    left: str


@dataclass(frozen=True, slots=True)
class Table:
    """A declared table: who is counted, split by what. Totals over each dimension belong to it."""

    id: str
    population: str
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """Everything that may ever be published."""

    dimensions: Mapping[str, Dimension]
    populations: Mapping[str, PopulationKind]
    tables: Mapping[str, Table]
    balances: tuple[Balance, ...] = ()

    def cells_of(self, table: Table) -> list[tuple[str, ...]]:
        """Give every cell of a table, a value or ``*`` (all) for each of its dimensions."""
        return list(product(*((*self.dimensions[name].values, TOTAL) for name in table.dimensions)))

    def dimensions_of(self, population: str) -> tuple[str, ...]:
        """Give every dimension some table splits a population by, in the declared order."""
        used = {name for table in self.tables.values() if table.population == population for name in table.dimensions}
        return tuple(name for name in self.dimensions if name in used)


def read_declaration(value: object) -> Declaration:
    """Read a declaration file.

    Raises:
        BadDeclaration: a field is missing, unknown or of a wrong kind; a table splits by what isn't declared.
    """
    known = {"schema", "dimensions", "populations", "tables", "balances"}
    raw = fields(value, "declaration", known, needed=known - {"balances"})
    if raw["schema"] != 1 or isinstance(raw["schema"], bool):
        raise bad("schema", "isn't 1", "Write 1.")
    dimensions = {name: _dimension(name, one) for name, one in _named(raw["dimensions"], "dimensions").items()}
    populations = {
        name: choice(one, f"populations.{name}", PopulationKind)
        for name, one in _named(raw["populations"], "populations").items()
    }
    tables = {name: _table(name, one, dimensions, populations) for name, one in _named(raw["tables"], "tables").items()}
    if not tables or len(tables) > MAX_TABLES:
        raise bad("tables", f"doesn't have 1 to {MAX_TABLES} tables", "Declare each table that is published.")
    balances = tuple(
        _balance(one, f"balances[{index}]", populations) for index, one in enumerate(entries(raw.get("balances", [])))
    )
    return Declaration(dimensions, populations, tables, balances)


def _dimension(name: str, value: object) -> Dimension:
    at = f"dimensions.{name}"
    raw = fields(value, at, {"kind", "values", "fixed"}, needed={"kind", "values", "fixed"})
    values = tuple(text(one, f"{at}.values[{index}]") for index, one in enumerate(entries(raw["values"])))
    if not 2 <= len(values) <= MAX_VALUES or len(set(values)) != len(values) or TOTAL in values:
        raise bad(f"{at}.values", f"isn't 2 to {MAX_VALUES} different values", f'"{TOTAL}" stands for all of them.')
    if not isinstance(raw["fixed"], bool):
        raise bad(f"{at}.fixed", "is neither true nor false", "true = a person's value never changes.")
    return Dimension(name, choice(raw["kind"], f"{at}.kind", DimensionKind), values, raw["fixed"])


def _table(
    name: str, value: object, dimensions: Mapping[str, Dimension], populations: Mapping[str, PopulationKind]
) -> Table:
    at = f"tables.{name}"
    raw = fields(value, at, {"population", "dimensions"}, needed={"population", "dimensions"})
    split = tuple(text(one, f"{at}.dimensions[{index}]") for index, one in enumerate(entries(raw["dimensions"])))
    for one in split:
        if one not in dimensions:
            raise bad(f"{at}.dimensions", f'names "{one[:40]}", which isn\'t declared', "Declare the dimension.")
    if not 1 <= len(split) <= MAX_DIMENSIONS or len(set(split)) != len(split):
        raise bad(f"{at}.dimensions", f"isn't 1 to {MAX_DIMENSIONS} different dimensions", "Correct the list.")
    population = text(raw["population"], f"{at}.population")
    if population not in populations:
        raise bad(f"{at}.population", "isn't declared", "Declare it under populations.")
    size = 1
    for one in split:
        size *= len(dimensions[one].values) + 1
    if size > MAX_CELLS:
        raise bad(at, f"has {size:,} cells", f"At most {MAX_CELLS:,} can be checked.")
    return Table(name, population, split)


def _balance(value: object, at: str, populations: Mapping[str, PopulationKind]) -> Balance:
    names = ("stock", "entered", "left")
    raw = fields(value, at, set(names), needed=set(names))
    said = {name: text(raw[name], f"{at}.{name}") for name in names}
    for name, population in said.items():
        wanted = PopulationKind.STOCK if name == "stock" else PopulationKind.FLOW
        if populations.get(population) is not wanted:
            raise bad(f"{at}.{name}", f"isn't a declared {wanted}", "Declare it so under populations.")
    return Balance(**said)


def bad(field: str, what: str, hint: str) -> BadDeclaration:
    """Make the one error of this reader."""
    return BadDeclaration(f"{field} {what}.", where={"field": field}, hint=hint)


def fields(value: object, at: str, known: set[str], *, needed: set[str]) -> Mapping[str, object]:
    """Read an object with these keys and no other."""
    if not isinstance(value, dict):
        raise bad(at, "isn't an object", "Write it as {...}.")
    for name in value:
        if name not in known:
            near = get_close_matches(name, sorted(known), 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"Known are: {', '.join(sorted(known))}."
            raise bad(f"{at}.{name[:80]}", "isn't known", hint)
    for name in sorted(needed - value.keys()):
        raise bad(f"{at}.{name}", "is missing", "Add it.")
    return value


def entries(value: object, at: str = "list", most: int = MAX_CELLS) -> list[object]:
    """Read a list of a bounded length."""
    if not isinstance(value, list) or len(value) > most:
        raise bad(at, f"isn't a list of at most {most:,}", "Write [...].")
    return value


def text(value: object, at: str) -> str:
    """Read a text that isn't empty."""
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        raise bad(at, "isn't a text of 1 to 200 characters", "Correct it.")
    return value


def choice(value: object, at: str, kinds: type[Kind]) -> Kind:
    """Read one word of an enum."""
    allowed = [str(one) for one in kinds]
    if not isinstance(value, str) or value not in allowed:
        raise bad(at, "isn't one of the words it may be", f"Write one of: {', '.join(allowed)}.")
    return kinds(value)


def _named(value: object, at: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise bad(at, "isn't an object", 'Write {"name": {...}}.')
    for name in value:
        if not _ID.fullmatch(name):
            raise bad(f"{at}.{name[:80]}", "isn't a name", "Use small letters, digits and underscores.")
    return value
