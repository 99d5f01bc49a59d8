"""The constants of the mining model, fitted on periods before 2024.

`python -m tools write nowcast-parameters` fits them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from hashpivot.core import BundleError

from ._kind import EvidenceKind


@dataclass(frozen=True, slots=True)
class EvidenceBias:
    """How one kind of evidence differs from a company's effective hash rate, in logarithms.

    Args:
        mean: Mean over companies of its bias; 0.16 for a hash rate a sixth too high.
        spread: Standard deviation of the bias over companies.
        noise: Standard deviation of a single figure around its company's bias.
    """

    mean: float
    spread: float
    noise: float


@dataclass(frozen=True, slots=True)
class Scope:
    """A company whose operating figures cover more than its revenue does.

    Args:
        ticker: The company.
        first: First period end it holds for.
        last: Last period end it holds for.
        why: What they cover beside.
    """

    ticker: str
    first: date
    last: date
    why: str

    def holds(self, ticker: str, end: date) -> bool:
        """True of this company's figures whose period ends on `end`."""
        return ticker == self.ticker and self.first <= end <= self.last


@dataclass(frozen=True, slots=True)
class Parameters:
    """Constants of the mining model; logarithms and months throughout.

    Args:
        monthly_step: Standard deviation of a month's lasting change of effective hash rate.
        monthly_transient: Standard deviation of a month's passing change (uptime); the variance of blocks
            found is not part of it.
        growth: Mean monthly growth beside the network's.
        with_network: Share of the network's growth a fleet grows along with.
        summer: How much less is earned while power is expensive: mean and spread over companies.
        summer_weight: Weight of the months June to September.
        effects: By kind of evidence.
        scope_spread: Standard deviation of the bias of figures of another scope.
        scopes: Figures of another scope.
        own_pools: Companies that mine alone, and so bear the variance of the blocks they find.
        chips_to_hashprice: Elasticity of machine prices to hashprice.
    """

    monthly_step: float
    monthly_transient: float
    growth: float
    with_network: float
    summer: tuple[float, float]
    summer_weight: dict[int, float]
    effects: dict[EvidenceKind, EvidenceBias]
    scope_spread: float
    scopes: tuple[Scope, ...]
    own_pools: frozenset[str]
    chips_to_hashprice: float

    @classmethod
    @cache
    def load(cls) -> Parameters:
        """Return those shipped with the package.

        Raises:
            BundleError: If the table is missing or damaged.
        """
        try:
            text = files("hashpivot.nowcast").joinpath("data", "parameters.toml").read_text(encoding="utf-8")
            return cls.of(tomllib.loads(text))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BundleError(
                f"the bundled table is damaged: {error!r}",
                where="parameters.toml",
                hint="install hashpivot again",
            ) from None

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Parameters:
        """Return the parameters of a parsed table, as `parameters.toml` is laid out."""
        path, given = table["path"], table["given"]
        effects = {EvidenceKind(name): EvidenceBias(**effect) for name, effect in table["effects"].items()}
        weights = {int(month): float(weight) for month, weight in given["summer_weight"].items()}
        return cls(
            path["monthly_step"],
            path["monthly_transient"],
            path["growth"],
            path["with_network"],
            (path["summer_mean"], path["summer_spread"]),
            weights,
            effects,
            given["scope_spread"],
            tuple(Scope(**scope) for scope in given["scopes"]),
            frozenset(given["own_pools"]),
            table["chips"]["elasticity_to_hashprice"],
        )
