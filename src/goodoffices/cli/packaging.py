# SPDX-License-Identifier: AGPL-3.0-or-later
"""`packages` and `check-package`: release packages from files. Pure: no store, no set-up."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from goodoffices.core.errors import GoodOfficesError

MOST_BYTES = 256 * 1024 * 1024
Progress = Callable[[str, float], None]


def find_packages(
    cases: Path, out: Path, explain: str = "", seconds: float | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Answer every case of a file and write the answers.

    Args:
        cases: ``{"instances": [...]}``.
        out: where ``{"<name>": {...}}`` goes.
        explain: id of a person to say more about, in every case that has the person.
        seconds: how long searching may take for each case.
        progress: told the share done.

    Returns:
        ``out``, ``cases`` and ``unproved``: for each case with unproved levels their names.

    Raises:
        GoodOfficesError: a file can't be read or written, a case can't be used, or no case has the person.
    """
    from goodoffices.core.packages import answer, load_cases

    if seconds is not None and not 0 < seconds < float("inf"):
        raise GoodOfficesError("The time limit is not a time.", code="bad_time_limit", hint="Give seconds above 0.")
    loaded = _at(cases, load_cases, read_json(cases))
    if explain and not any(one.id == explain for case in loaded for one in case.people):
        raise GoodOfficesError(
            "No case has a person with this id.",
            code="no_person",
            where={"file": str(cases), "option": "--explain"},
            hint="Give an id from the people of a case.",
        )
    found = {}
    for number, case in enumerate(loaded):
        if progress:
            progress("packages", number / len(loaded))
        with _solver_kept_off_stdout():
            found[case.name] = answer(case, seconds=seconds, explain=explain)
    if progress:
        progress("packages", 1.0)
    _write(out, found)
    unproved = {
        name: [level for level, sure in said["proved"].items() if not sure]
        for name, said in found.items()
        if not all(said["proved"].values())
    }
    return {"out": str(out), "cases": len(found), "unproved": unproved}


def check(case_file: Path, package_file: Path) -> dict[str, Any]:
    """Check one package against one case, without a solver.

    Returns:
        ``feasible``, ``levels``, and where not feasible ``broken`` (named limits) and ``stages_wrong``.

    Raises:
        GoodOfficesError: a file can't be read, or the case or the package can't be used.
    """
    from goodoffices.core.packages import check_package, levels_form

    case = _at(case_file, _one_case, read_json(case_file))
    checked = _at(package_file, lambda document: check_package(case, document), read_json(package_file))
    said: dict[str, Any] = {"feasible": checked.feasible, "levels": levels_form(checked.levels)}
    if not checked.feasible:
        said |= {"broken": list(checked.broken), "stages_wrong": list(checked.stages_wrong)}
    return said


def read_json(path: Path) -> Any:
    """Read a JSON file strictly: no field twice in an object, no NaN, decimals kept exactly.

    Raises:
        GoodOfficesError: it can't be read so.
    """
    where = {"file": str(path)}
    if not path.is_file():
        raise GoodOfficesError(f"There is no file {path}.", code="no_file", where=where)
    if path.stat().st_size > MOST_BYTES:
        raise GoodOfficesError("The file is too large.", code="too_large", where=where, hint="Split it by case.")
    try:
        text = path.read_text("utf-8-sig")
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise GoodOfficesError(
            "The file is not UTF-8 text.", code="not_json", where=where, hint="Save as UTF-8."
        ) from None
    except json.JSONDecodeError as error:
        where |= {"line": str(error.lineno), "column": str(error.colno)}
        raise GoodOfficesError("The file is not JSON.", code="not_json", where=where, hint="Mend it there.") from None
    except (RecursionError, ValueError, ArithmeticError):
        raise GoodOfficesError(
            "The file is not JSON that can be read.",
            code="not_json",
            where=where,
            hint="Look for lists nested without end, or numbers with thousands of digits.",
        ) from None
    except GoodOfficesError as error:
        error.where = where | error.where
        raise


@contextmanager
def _solver_kept_off_stdout() -> Iterator[None]:
    """Send what the solver's C++ prints to stderr: stdout is for the result alone."""
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        os.dup2(2, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _one_case(document: Any) -> Any:
    from goodoffices.core.packages import load_case, load_cases

    if not isinstance(document, dict) or "instances" not in document:
        return load_case(document)
    cases = load_cases(document)
    if len(cases) > 1:
        raise GoodOfficesError("The file has several cases.", code="bad_case", hint="Give a file with the one case.")
    return cases[0]


def _at(path: Path, read: Callable[[Any], Any], document: Any) -> Any:
    """Name the file in whatever is wrong with what stands in it."""
    try:
        return read(document)
    except GoodOfficesError as error:
        error.where = {"file": str(path)} | error.where
        raise


def _no_number(word: str) -> NoReturn:
    raise GoodOfficesError(f"{word} is no number.", code="not_json", hint="Write a finite number.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise GoodOfficesError("A field stands twice.", code="not_json", where={"field": twice}, hint="Keep one.")
    return found


def _write(out: Path, found: dict[str, Any]) -> None:
    """Write whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(found, file, ensure_ascii=False, indent=1)
            file.write("\n")
        Path(name).replace(out)
    except OSError as error:
        raise GoodOfficesError(
            f"The answer can't be written: {error.strerror}.", code="no_output", where={"file": str(out)}
        ) from None
