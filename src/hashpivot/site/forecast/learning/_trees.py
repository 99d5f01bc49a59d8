"""LightGBM behind one small door: one thread, the same answer every time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from hashpivot.core import optional_library

from ...model import Floats

Model = Callable[[Floats], Floats]


def boosted(
    features: Floats,
    targets: Floats,
    loss: str = "l1",
    *,
    trees: float,
    rate: float,
    leaves: float,
    seed: float,
    least_rows: float = 40,
) -> Model:
    """Boosted trees.

    Args:
        features: (rows, features); gaps are allowed.
        targets: (rows,).
        loss: `l1` for the median, `l2` for the mean.
        trees: Number of trees.
        rate: Learning rate.
        leaves: Most leaves of a tree.
        seed: Of the rows and features each tree sees.
        least_rows: Of a leaf.

    Returns:
        A function from features to predictions, (rows,).

    Raises:
        MissingLibrary: If LightGBM is not installed.
    """
    lightgbm = optional_library("lightgbm", "a forecast by boosted trees", "site")
    settings: dict[str, Any] = {
        "objective": loss,
        "learning_rate": rate,
        "num_leaves": int(leaves),
        "min_data_in_leaf": int(least_rows),
        "feature_fraction": 0.6,
        "bagging_fraction": 0.7,
        "bagging_freq": 1,
        "lambda_l2": 1.0,
        "max_bin": 127,
        "seed": int(seed),
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": 1,
        "verbose": -1,
    }
    sample = lightgbm.Dataset(features, targets, params={"max_bin": 127, "verbose": -1})
    model = lightgbm.train(settings, sample, int(trees))

    def predict(rows: Floats) -> Floats:
        return np.asarray(model.predict(rows, num_threads=1), dtype=np.float64)

    return predict
