"""The lasso meets its conditions of optimality, from anywhere."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.site.forecast.learning._lasso import lasso


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40), st.floats(0.001, 0.5))
def test_conditions_of_optimality(seed: int, features: int, penalty: float) -> None:
    chance = np.random.default_rng(seed)
    design, targets = chance.normal(size=(60, features)), chance.normal(size=(60, 3))
    gram, moment = design.T @ design / 60, design.T @ targets / 60
    weights = lasso(gram, moment, penalty, tolerance=1e-9)
    slope = moment - gram @ weights
    on = weights != 0
    assert np.abs(slope).max() <= penalty + 1e-5
    np.testing.assert_allclose(slope[on], penalty * np.sign(weights[on]), atol=1e-5)


def test_a_start_changes_the_way_not_the_answer() -> None:
    chance = np.random.default_rng(1)
    design, targets = chance.normal(size=(80, 30)), chance.normal(size=(80, 24))
    gram, moment = design.T @ design / 80, design.T @ targets / 80
    cold = lasso(gram, moment, 0.05, tolerance=1e-9)
    warm = lasso(gram, moment, 0.05, chance.normal(size=(30, 24)), tolerance=1e-9)
    np.testing.assert_allclose(warm, cold, atol=1e-6)


def test_a_constant_feature_gets_no_weight() -> None:
    gram, moment = np.diag([1.0, 0.0]), np.array([[1.0], [0.0]])
    np.testing.assert_allclose(lasso(gram, moment, 0.1), [[0.9], [0.0]], rtol=1e-5)


def test_more_features_than_rows_and_features_twice() -> None:
    """As in a window of 56 days with 250 features, some of them the same: the conditions still hold."""
    chance = np.random.default_rng(5)
    design = chance.normal(size=(20, 60))
    design[:, 30:35] = design[:, :5]
    targets = design[:, :3] @ chance.normal(size=(3, 4)) + 0.1 * chance.normal(size=(20, 4))
    gram, moment = design.T @ design / 20, design.T @ targets / 20
    penalties = np.array([0.01, 0.05, 0.2, 100.0])
    weights = lasso(gram, moment, penalties, tolerance=1e-9)
    assert np.isfinite(weights).all()
    assert (np.abs(moment - gram @ weights).max(axis=0) <= penalties + 1e-4).all()
    assert (weights[:, 3] == 0).all()
