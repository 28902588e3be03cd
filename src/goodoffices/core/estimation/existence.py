# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a model can be estimated from a table at all.

Two questions, after sets that nobody shares were taken at their limit (see ``poisson``):

* *Does the estimate exist?* Only if some strictly positive table has the model's margins (Fienberg & Rinaldo
  2012). A converged fit with positive cells is such a table; where the fit leaves doubt, a linear program decides.
* *Is it identifiable?* Only if the remaining columns are independent on the remaining cells.

If an estimate exists for a model, it exists for every smaller model with the same unshared sets (Chan, Silverman &
Vincent 2021): the largest of a kind may settle all of it, and once a model fails, larger ones need no program.
"""

from __future__ import annotations

import numpy as np

from goodoffices.core.estimation.poisson import Fits
from goodoffices.core.estimation.table import Bools, Floats, Ints, contains

POSITIVE_FIT = 1e-6  # smallest fitted count and greatest gap at which a fit is taken for a proof
NEAR_MARGINS = 1e-8
POSITIVE = 1e-5  # tables of whole numbers have optima at fractions with small denominators


def exists(counts: Floats, cols: Ints, held: Bools, fits: Fits, width: int) -> Bools:
    """Tell for each fitted model whether its estimate exists; counts of shape (2 ** lists,)."""
    smallest = np.where(fits.cells, fits.fitted, np.inf).min(axis=1)
    found = (smallest > POSITIVE_FIT) & (fits.gap < NEAR_MARGINS)
    kinds: dict[bytes, list[int]] = {}
    for index in np.flatnonzero(~found)[np.argsort(held[~found].sum(axis=1), kind="stable")].tolist():
        kinds.setdefault(fits.cells[index].tobytes(), []).append(index)
    for members in kinds.values():
        cells = fits.cells[members[0]]
        if has_positive_table(counts, cols[fits.used[members].any(axis=0)], cells, width):
            found[members] = True
            continue
        failing: list[Bools] = []
        for index in members:
            if not any((small <= held[index]).all() for small in failing):
                found[index] = has_positive_table(counts, cols[fits.used[index]], cells, width)
                failing += [] if found[index] else [held[index]]
    return np.asarray(found, dtype=np.bool_)


def has_positive_table(counts: Floats, cols: Ints, cells: Bools, width: int) -> bool:
    """Tell by a linear program whether a strictly positive table on these cells has these margins.

    Maximises the smallest cell ``s`` (at most 1) of a table with the counted margins.
    """
    kept = np.flatnonzero(cells)
    design = contains(width)[np.ix_(cols, kept)].astype(np.float64)
    margins = design @ counts[kept]
    # Imported when first needed: few tables leave doubt, and it takes longer to load than to fit a table.
    from scipy.optimize import Bounds, LinearConstraint, milp

    # With x = s + y, y >= 0: design y + (design 1) s = margins.
    equal = np.column_stack([design, design.sum(axis=1)])
    cost = np.zeros(equal.shape[1])
    cost[-1] = -1.0
    highest = np.full(equal.shape[1], np.inf)
    highest[-1] = 1.0
    done = milp(cost, constraints=LinearConstraint(equal, margins, margins), bounds=Bounds(0.0, highest))
    return bool(done.status == 0 and -done.fun > POSITIVE)


def identifiable(cols: Ints, held: Bools, fits: Fits, width: int) -> Bools:
    """Tell for each fitted model whether its columns are independent on its cells."""
    found = np.ones(len(held), dtype=np.bool_)
    doubtful = np.flatnonzero((fits.used != held).any(axis=1))
    if not len(doubtful):
        return found
    within = contains(width).astype(np.float64)
    unions = cols[:, None] | cols[None, :]
    used = fits.used[doubtful]
    matrix = (fits.cells[doubtful].astype(np.float64) @ within.T)[:, unions]
    matrix *= used[:, :, None] & used[:, None, :]
    diagonal = np.arange(len(cols))
    matrix[:, diagonal, diagonal] += ~used
    found[doubtful] = np.linalg.eigvalsh(matrix)[:, 0] > 1e-9
    return found
