# SPDX-License-Identifier: AGPL-3.0-or-later
"""One small door to a solver of whole-number programs: SciPy's always, HiGHS' own binding where it is installed.

A solver only finds and bounds. What it finds is rounded to whole numbers and checked again in exact arithmetic here;
what it can't close to a gap of zero is never called optimal.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from goodoffices.core.packages.errors import SolverFailed

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NO_TIME = 0.0
FEASIBLE_POINT = 2  # HiGHS' own number for "a solution is there and keeps all rows"


class Status(Enum):
    """How a search ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Problem:
    """Minimise ``cost @ x`` with ``low <= rows @ x <= high`` and ``lower <= x <= upper``, x whole.

    All numbers are whole or infinite; shapes: cost, lower, upper (n,), rows (m, n), low, high (m,).
    With ``relaxed`` x need not be whole: its optimum bounds the whole one.
    """

    cost: Floats
    rows: sparse.csr_matrix
    low: Floats
    high: Floats
    lower: Floats
    upper: Floats
    relaxed: bool = field(default=False)


@dataclass(frozen=True)
class Answer:
    """What a search gave: whole values where found (relaxed: any), its value, a lower bound of any value.

    ``reduced`` is the reduced cost of each column of a relaxed problem: how little it matters.
    """

    status: Status
    values: Any
    value: float
    bound: float
    reduced: Any = None


class Solver(Protocol):
    """What the engine asks of a solver."""

    def solve(self, problem: Problem, seconds: float | None = None) -> Answer:
        """Minimise; without ``seconds`` until proved."""
        ...  # pragma: no cover


class ScipySolver:
    """``scipy.optimize.milp``: always there."""

    def solve(self, problem: Problem, seconds: float | None = None) -> Answer:
        """Minimise with the HiGHS inside SciPy."""
        options: dict[str, float] = {"mip_rel_gap": 0.0}
        if seconds is not None:
            if seconds <= NO_TIME:
                return Answer(Status.STOPPED, None, np.inf, -np.inf)
            options["time_limit"] = seconds
        if problem.relaxed:
            return _relaxed(problem, options)
        found = milp(
            problem.cost,
            integrality=np.ones(len(problem.cost)),
            bounds=Bounds(problem.lower, problem.upper),
            constraints=[LinearConstraint(problem.rows, problem.low, problem.high)] if problem.rows.shape[0] else [],
            options=options,
        )
        if found.status == 2:
            return Answer(Status.INFEASIBLE, None, np.inf, np.inf)
        if found.status not in (0, 1):
            raise SolverFailed("The solver failed.", where={"status": int(found.status)})
        bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
        return _answer(problem, found.x, found.status == 0, bound)


class HighsSolver:
    """``highspy``: the same HiGHS without SciPy's wrapping; optional."""

    def solve(self, problem: Problem, seconds: float | None = None) -> Answer:
        """Minimise with HiGHS' own binding."""
        import highspy

        if seconds is not None and seconds <= NO_TIME:
            return Answer(Status.STOPPED, None, np.inf, -np.inf)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.0)
        if seconds is not None:
            solver.setOptionValue("time_limit", seconds)
        solver.passModel(_highs_model(highspy, problem))
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Answer(Status.INFEASIBLE, None, np.inf, np.inf)
        closed = status == highspy.HighsModelStatus.kOptimal
        if not closed and status != highspy.HighsModelStatus.kTimeLimit:
            raise SolverFailed("The solver failed.", where={"status": str(status)})
        info, solution = solver.getInfo(), solver.getSolution()
        if problem.relaxed:
            value = info.objective_function_value if closed else -np.inf
            return Answer(
                Status.OPTIMAL if closed else Status.STOPPED,
                np.array(solution.col_value),
                value,
                value,
                np.array(solution.col_dual),
            )
        has = info.primal_solution_status == FEASIBLE_POINT
        return _answer(problem, np.array(solution.col_value) if has else None, closed, float(info.mip_dual_bound))


def default_solver() -> Solver:
    """Give the faster solver that is installed."""
    return HighsSolver() if importlib.util.find_spec("highspy") else ScipySolver()


def keeps_exactly(problem: Problem, values: Ints) -> bool:
    """Check whole values against every row and bound in whole-number arithmetic."""
    rows = problem.rows.astype(np.int64)
    sums = rows @ values
    return bool(
        np.all(sums >= problem.low)
        and np.all(sums <= problem.high)
        and np.all(values >= problem.lower)
        and np.all(values <= problem.upper)
    )


def _answer(problem: Problem, found: Any, closed: bool, bound: float) -> Answer:
    """Round and check what a solver found."""
    if found is None:
        return Answer(Status.STOPPED, None, np.inf, bound)
    status = Status.OPTIMAL if closed else Status.STOPPED
    values = np.rint(found).astype(np.int64)
    if not keeps_exactly(problem, values):
        raise SolverFailed("A rounded answer breaks a row.", hint="Report the case: its numbers are too far apart.")
    return Answer(status, values, float(problem.cost @ values), bound)


def _relaxed(problem: Problem, options: dict[str, float]) -> Answer:
    """Solve without wholeness by ``linprog``, which also tells the reduced costs."""
    same = problem.low == problem.high
    above, below = ~same & np.isfinite(problem.high), ~same & np.isfinite(problem.low)
    parts = [problem.rows[above], -problem.rows[below]]
    found = linprog(
        problem.cost,
        A_ub=sparse.vstack(parts, format="csr"),
        b_ub=np.concatenate([problem.high[above], -problem.low[below]]),
        A_eq=problem.rows[same],
        b_eq=problem.high[same],
        bounds=np.column_stack([problem.lower, problem.upper]),
        method="highs",
        options={key: value for key, value in options.items() if key == "time_limit"},
    )
    if found.status == 2:
        return Answer(Status.INFEASIBLE, None, np.inf, np.inf)
    if found.status == 1 or found.x is None:
        return Answer(Status.STOPPED, None, np.inf, -np.inf)
    reduced = found.lower.marginals + found.upper.marginals
    return Answer(Status.OPTIMAL, found.x, float(found.fun), float(found.fun), reduced)


def _highs_model(highspy: Any, problem: Problem) -> Any:
    model = highspy.HighsLp()
    columns = problem.rows.tocsc()
    model.num_col_, model.num_row_ = len(problem.cost), problem.rows.shape[0]
    model.col_cost_, model.col_lower_, model.col_upper_ = problem.cost, problem.lower, problem.upper
    model.row_lower_, model.row_upper_ = problem.low, problem.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = columns.indptr, columns.indices
    model.a_matrix_.value_ = columns.data.astype(float)
    if not problem.relaxed:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(problem.cost)
    return model
