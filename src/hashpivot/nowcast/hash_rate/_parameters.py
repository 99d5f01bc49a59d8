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

from ._evidence import Kind


@dataclass(frozen=True, slots=True)
class Effect:
    """How one kind of evidence reads a company's effective hash rate, in logarithms.

    Args:
        mean: Mean over companies of what it shows too much; 0.16 for a hash rate a sixth too high.
        spread: Standard deviation of that over companies.
        noise: Standard deviation of a single figure around its company's.
    """

    mean: float
    spread: float
    noise: float


@dataclass(frozen=True, slots=True)
class Scope:
    """A company's operating figures that count more than its revenue does.

    Args:
        ticker: The company.
        first: First period end it holds for.
        last: Last period end it holds for.
        why: What is counted beside.
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
        monthly_luck: Standard deviation of a month's passing one (uptime), pool luck not included.
        growth: Mean monthly growth beside the network's.
        with_network: Share of the network's growth a fleet grows along with.
        summer: How much less is earned while power is dear: mean and spread over companies.
        summer_weight: Weight of the months June to September.
        effects: By kind of evidence.
        scope_spread: Standard deviation of what figures of another scope show too much.
        scopes: Figures of another scope.
        own_pools: Companies that mine alone, and so have the luck of their blocks.
        chips_to_hashprice: Elasticity of machine prices to hashprice.
    """

    monthly_step: float
    monthly_luck: float
    growth: float
    with_network: float
    summer: tuple[float, float]
    summer_weight: dict[int, float]
    effects: dict[Kind, Effect]
    scope_spread: float
    scopes: tuple[Scope, ...]
    own_pools: frozenset[str]
    chips_to_hashprice: float

    @classmethod
    @cache
    def load(cls) -> Parameters:
        """Those shipped with the package.

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
        """The parameters of a parsed table, as `parameters.toml` is laid out."""
        path, given = table["path"], table["given"]
        effects = {Kind(name): Effect(**effect) for name, effect in table["effects"].items()}
        weights = {int(month): float(weight) for month, weight in given["summer_weight"].items()}
        return cls(
            path["monthly_step"],
            path["monthly_luck"],
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
