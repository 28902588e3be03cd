# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which category weighs how much in which kind of text: the matrix, read from `data/matrix.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from goodoffices.core.errors import GoodOfficesError

LANGUAGES = ("en", "ru", "uk")
SUBJECTS = ("civilian", "child")
OFF, NOTE, WARN, BLOCK = "-", "note", "warn", "block"
WEIGHT = {OFF: 0, NOTE: 1, WARN: 2, BLOCK: 3}


class WordingError(GoodOfficesError):
    """A request the linter can't answer, or data it can't read."""

    code = "wording"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Levels by category and profile; which profiles a source frees; what a vulnerable subject blocks."""

    profiles: tuple[str, ...]
    levels: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, str]
    sourced: Mapping[str, frozenset[str]]
    by_subject: Mapping[str, frozenset[str]]

    def level(self, category: str, profile: str, *, subject: str | None = None, sourced: bool = False) -> str:
        """Give note, warn, block, or "-" where the category is off."""
        if sourced and profile in self.sourced.get(category, ()):
            return OFF
        if subject and profile in self.by_subject.get(category, ()):
            return BLOCK
        return self.levels[category][profile]


def read_matrix(written: str) -> Matrix:
    """Read a matrix from TOML.

    Raises:
        WordingError: it isn't TOML, or a category lacks a profile or has a level that doesn't exist.
    """
    try:
        raw = tomllib.loads(written)
        profiles = tuple(raw["profiles"])
        categories = raw["category"]
        for name, one in categories.items():
            if set(one["levels"]) != set(profiles) or not set(one["levels"].values()) <= set(WEIGHT):
                raise WordingError(
                    f"Category {name} doesn't give one level for each profile.",
                    where={"category": name},
                    hint=f"Levels are {', '.join(WEIGHT)}; profiles are {', '.join(profiles)}.",
                )
        return Matrix(
            profiles=profiles,
            levels={name: dict(one["levels"]) for name, one in categories.items()},
            titles={name: one["title"] for name, one in categories.items()},
            sourced={name: frozenset(one.get("sourced_passes_in", ())) for name, one in categories.items()},
            by_subject={name: frozenset(one.get("subject_blocks_in", ())) for name, one in categories.items()},
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise WordingError(f"The matrix can't be read: {error}.", where={"file": "matrix.toml"}) from error


@lru_cache(maxsize=1)
def matrix() -> Matrix:
    """Give the matrix that comes with the program."""
    return read_matrix(resources.files(__package__).joinpath("data/matrix.toml").read_text("utf-8"))
