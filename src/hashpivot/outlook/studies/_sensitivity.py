"""Which input moves the outcome most: all inputs varied at once, standardised rank regression.

One-at-a-time tornados miss what inputs do together and depend on where the others stand. Here every input is
drawn from its range at once (Latin hypercube), each sample is run on the same random numbers, and the ranks
of the outcome are regressed on the ranks of the inputs. Squared standardised coefficients are shares of the
rank variance; what they leave to one is interaction and curvature, and is shown.
Source: Saltelli and Marivoet (1990), Reliability Engineering and System Safety 28(2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Tabular, short_repr

from ..inputs import published_key
from ..run import Outlook, OutlookCase, outlook
from ..scenarios import allowed_range, get_input, with_inputs
from ._bridge import middle_measure, middle_profit
from ._hypercube import latin_hypercube

SAMPLES, PATHS = 256, 256
"""Judged: samples for ranks of a dozen or two inputs, and paths for a mean that ranks them, in seconds."""


MOST_FACTOR = 2.0
"""Judged: largest factor on chances that tenants come."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One input and the range it is drawn from, evenly.

    Args:
        key: Its key.
        low: Lower end.
        high: Upper end.
        title: What it is, in a few words.
    """

    key: str
    low: float
    high: float
    title: str


@dataclass(frozen=True, slots=True)
class FactorEffect:
    """What one factor does.

    Args:
        factor: The factor.
        coefficient: Standardised rank regression coefficient; positive if the outcome rises with it.
    """

    factor: Factor
    coefficient: float

    @property
    def share(self) -> float:
        """Share of the outcome's rank variance."""
        return self.coefficient**2


@short_repr
@dataclass(frozen=True, slots=True)
class Tornado(Tabular):
    """Effects on an outcome, largest first.

    Args:
        outcome: What is explained.
        effects: One a factor.
        explained: Share of the rank variance that the regression explains.
        low_usd, high_usd: 10% and 90% quantile of the outcome over the samples.
    """

    outcome: str
    effects: tuple[FactorEffect, ...]
    explained: float
    low_usd: float
    high_usd: float

    def records(self) -> list[dict[str, Any]]:
        """One row an input: its range and the share of variance it explains."""
        return [
            {
                "input": effect.factor.key,
                "low": effect.factor.low,
                "high": effect.factor.high,
                "share": effect.share,
                "coefficient": effect.coefficient,
            }
            for effect in self.effects
        ]

    def to_dict(self) -> dict[str, Any]:
        """With stable keys."""
        return {
            "outcome": self.outcome,
            "explained": round(self.explained, 4),
            "p10": round(self.low_usd, 2),
            "p90": round(self.high_usd, 2),
            "effects": [
                {
                    "input": published_key(each.factor.key),
                    "title": each.factor.title,
                    "low": each.factor.low,
                    "high": each.factor.high,
                    "share": round(each.share, 4),
                    "coefficient": round(each.coefficient, 4),
                }
                for each in self.effects
            ],
        }


Outcome = Callable[[Outlook], float]


def year_profit(found: Outlook) -> float:
    """Adjusted EBITDA of the last four quarters, gross profit where overheads are not known.

    It is the mean of the middle 80% of paths.
    """
    return middle_profit(found)


def tornado(
    case: OutlookCase,
    *,
    quarters: int = 12,
    samples: int = SAMPLES,
    seed: int = 1,
    outcome: Outcome = year_profit,
    progress: Callable[[int, int], None] | None = None,
) -> Tornado:
    """The effects of a case's uncertain inputs on an outcome.

    Args:
        case: The case.
        quarters: Quarters ahead.
        samples: Samples of the hypercube.
        seed: Seed of samples and paths.
        outcome: What is explained, in dollars; by default `year_profit`.
        progress: Called with the number of samples done and of all samples.
    """
    factors = uncertain_inputs(case)
    points = latin_hypercube(samples, len(factors), seed)
    values = []
    for point in points:
        values.append(outcome(outlook(_at(case, factors, point), quarters=quarters, paths=PATHS, seed=seed)))
        if progress:
            progress(len(values), samples)
    coefficients, explained = rank_regression(points, np.array(values))
    effects = [FactorEffect(factor, float(each)) for factor, each in zip(factors, coefficients, strict=True)]
    low, high = np.quantile(values, [0.1, 0.9])
    ordered = tuple(sorted(effects, key=lambda effect: -effect.share))
    return Tornado(middle_measure(case), ordered, explained, float(low), float(high))


def rank_regression(
    points: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Standardised coefficients of the ranks of values on the ranks of points' columns, and R squared."""

    def standard_ranks(column: NDArray[np.float64]) -> NDArray[np.float64]:
        ranks = column.argsort().argsort().astype(np.float64)
        centred: NDArray[np.float64] = (ranks - ranks.mean()) / ranks.std()
        return centred

    x = np.apply_along_axis(standard_ranks, 0, points)
    y = standard_ranks(values)
    coefficients: NDArray[np.float64] = np.linalg.lstsq(x, y, rcond=None)[0].astype(np.float64)
    rest = y - x @ coefficients
    return coefficients, 1.0 - float((rest**2).mean())


def uncertain_inputs(case: OutlookCase) -> list[Factor]:
    """The inputs that matter for a company and are not known, with the ranges they are drawn from."""
    return [*_market_factors(case), *_mining_factors(case), *_ai_factors(case), *_money_factors(case)]


def _around(case: OutlookCase, key: str, share: float, title: str) -> list[Factor]:
    """A share down and up around the value held, within the input's range; nothing if it is zero."""
    value, (least, most) = get_input(case, key), allowed_range(case, key)
    low, high = sorted((value * (1 - share), value * (1 + share)))
    return [Factor(key, max(least, low), min(most, high), title)] if value else []


def _market_factors(case: OutlookCase) -> list[Factor]:
    level, error = (
        get_input(case, "market.network.growth_level"),
        get_input(case, "market.network.growth_error"),
    )
    start = get_input(case, "market.price.start_factor")
    return [
        Factor("market.price.start_factor", 0.6 * start, 1.6 * start, "bitcoin price"),
        Factor(
            "market.network.growth_level", max(-0.1, level - 2 * error), level + 2 * error, "network growth"
        ),
        *_around(case, "market.fees.calm_btc", 0.8, "fees"),
    ]


def _mining_factors(case: OutlookCase) -> list[Factor]:
    if not case.inputs.mining.hash_rate_ehs:
        return []
    return [
        *_around(case, "mining.hash_rate_ehs", 0.15, "hash rate"),
        *_around(case, "mining.j_per_th", 0.15, "fleet efficiency"),
        *_power_factors(case),
        *_around(case, "mining.non_power_opex_usd_per_mwh", 0.5, "other mining cost"),
        *_around(case, "mining.renewal", 0.8, "fleet renewal"),
    ]


def _power_factors(case: OutlookCase) -> list[Factor]:
    if not case.inputs.power:
        return _around(case, "mining.power_usd_per_mwh", 0.25, "power price")
    return [
        *_around(case, "power.power_usd_per_mwh", 0.25, "power price"),
        *_around(case, "power.credits_usd_per_mw_hour", 0.5, "power credits"),
    ]


def _ai_factors(case: OutlookCase) -> list[Factor]:
    factors: list[Factor] = []
    if case.inputs.contracts:
        factors += [
            Factor("contracts.usd_per_quarter", 0.85, 1.15, "contract rates"),
            Factor("colocation.on_time", 0.2, 0.95, "contracts on time"),
            Factor("colocation.late_quarters", 1.0, 5.0, "length of delays"),
            Factor("contracts.margin", 0.8, _most_margin(case), "contract margins"),
            Factor("contracts.tenant_chance", 0.8, _most_chance(case), "tenants who come"),
        ]
    factors += _loss_factors(case)
    if any(each.pricing == "market" for each in case.inputs.contracts):
        factors += _around(case, "colocation.market_usd_per_kw_month", 0.2, "market rent of halls")
        drift = get_input(case, "colocation.market_drift")
        low, high = max(-2.0, drift - 0.15), min(2.0, drift + 0.15)
        factors += [Factor("colocation.market_drift", low, high, "drift of market rents")]
    if case.inputs.cloud.gpus:
        factors += [Factor("cloud.spot_decay", 0.0, 0.7, "fall of GPU prices")]
        factors += _around(case, "cloud.utilisation", 0.1, "GPU utilisation")
        factors += _around(case, "cloud.margin", 0.2, "margin of GPU time")
    if case.inputs.colocation.full_usd:
        factors += _around(case, "colocation.margin", 0.2, "margin of halls let")
    factors += _around(case, "colocation.running_usd", 0.05, "halls already let")
    return [*factors, *_around(case, "colocation.running_usd_per_kw_month", 0.05, "halls already let")]


def _most_margin(case: OutlookCase) -> float:
    """Factor on contract margins, a fifth up unless one would exceed all of revenue."""
    largest = max(each.margin for each in case.inputs.contracts)
    return min(1.2, 1 / largest) if largest > 0 else 1.2


def _most_chance(case: OutlookCase) -> float:
    """Factor on the chance that tenants come with which the likeliest one is as good as certain."""
    most = max(each.tenant_chance for each in case.inputs.contracts)
    return 0.9999 * min(MOST_FACTOR, 1 / most) if most else 1.0


def _loss_factors(case: OutlookCase) -> list[Factor]:
    """Chances that tenants and customers are lost, of the kinds of line a company has."""
    kinds = {each.kind for each in case.inputs.contracts}
    kinds |= {"colocation"} if case.inputs.colocation.full_usd else set()
    kinds |= {"cloud"} if case.inputs.cloud.gpus else set()
    titles = {"colocation": "tenants lost", "cloud": "cloud customers lost"}
    return [
        factor
        for kind, title in titles.items()
        if kind in kinds
        for factor in _around(case, f"{kind}.loss_chance", 0.8, title)
    ]


def _money_factors(case: OutlookCase) -> list[Factor]:
    known = case.inputs.finance.sga_usd is not None
    factors = _around(case, "finance.sga_usd", 0.25, "overheads") if known else []
    if case.inputs.chips.first_quarter is not None:
        factors += _around(case, "chips.price_days", 0.4, "machine prices")
        factors += _around(case, "chips.cost_usd_per_th", 0.2, "cost of chips")
    return factors


def _at(case: OutlookCase, factors: Sequence[Factor], point: NDArray[np.float64]) -> OutlookCase:
    values = {
        each.key: each.low + (each.high - each.low) * float(at)
        for each, at in zip(factors, point, strict=True)
    }
    return with_inputs(case, values)
