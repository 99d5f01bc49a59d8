"""Learners: lasso, networks, trees, weights, quantiles and the transform of spiky prices."""

from ._combine import BernsteinWeights, RollingWeights, WeightLearner
from ._lasso import lasso
from ._network import Networks, Single
from ._quantiles import LEVELS, Quantiles, coverage, pinball
from ._scaling import Stabiliser, Standardiser
from ._shape import Shaped
from ._trees import boosted

__all__ = [
    "LEVELS",
    "BernsteinWeights",
    "Networks",
    "Quantiles",
    "RollingWeights",
    "Shaped",
    "Single",
    "Stabiliser",
    "Standardiser",
    "WeightLearner",
    "boosted",
    "coverage",
    "lasso",
    "pinball",
]
