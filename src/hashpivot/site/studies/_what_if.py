"""What a site would have earned at other prices, hashprices or charges, and what its freedoms are worth.

Every case is a backtest of its own over the same hours: the policy decides anew, by what it would have known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from hashpivot.core import InvalidInput, Tabular

from ..economics import HourlyEconomics, settle_pnl
from ..information import Knowledge
from ..model import AiLoad, Load, Machines, Site, Unsolvable
from ..policies import ByPolicy, DispatchWindow, Policy

FACTORS = (0.5, 0.75, 1.25, 1.5)
"""Of hashprice, power prices and charges, beside what they were."""
INPUTS = {
    "hashprice": "hashprice",
    "power_price": "real-time and day-ahead prices",
    "tariffs": "rates of tariffs",
}
"""What is changed, by name, in words."""
FREEDOMS = {
    "stopping": "stopping machines",
    "peaks": "watching for coincident peaks",
    "modes": "modes beside the normal one",
    "reserves": "selling reserve",
    "credits": "demand response and credits",
    "interruptions": "interrupting AI load",
    "battery": "the battery",
    "solar": "solar behind the meter",
}
"""What a site may be free to do, by name, in words."""

_PRICES = ("rt_usd_per_mwh", "da_usd_per_mwh")
_ROLLING, _PLAIN = "rolling_horizon", "always_on"


class Done(Protocol):
    """What is looked at of a backtest."""

    @property
    def window(self) -> DispatchWindow:
        """The hours decided."""
        ...

    @property
    def policies(self) -> ByPolicy[Policy]:
        """What was run."""
        ...


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Profit with one input at a multiple of what it was.

    Args:
        input: One of `INPUTS`.
        factor: What it was multiplied by; 1 is the case as it was.
        profit_usd: Of the policy.
        always_on_usd: Of running always.
    """

    input: str
    factor: float
    profit_usd: float
    always_on_usd: float


@dataclass(frozen=True, slots=True)
class Freedom:
    """What one freedom of a site is worth.

    Args:
        name: One of `FREEDOMS`.
        worth_usd: Profit of the policy less its profit at the same site without this freedom.
    """

    name: str
    worth_usd: float


@dataclass(frozen=True)
class WhatIf(Tabular):
    """Sensitivities of a site's profit, and what each of its freedoms is worth, under one policy.

    Args:
        policy: Name of the policy.
        base_usd: Its profit as it was.
        sensitivities: By input and factor.
        freedoms: The site's, the most valuable first. They overlap: their sum is not the worth of all.
        needed: Freedoms the site cannot be run without.
    """

    policy: str
    base_usd: float
    sensitivities: tuple[Sensitivity, ...]
    freedoms: tuple[Freedom, ...]
    needed: tuple[str, ...] = ()
    row_key = "case"

    @property
    def notes(self) -> list[str]:
        """Return in words which freedoms the site cannot be run without."""
        return [f"the site cannot be run without {FREEDOMS[name]}" for name in self.needed]

    def records(self) -> list[dict[str, Any]]:
        """Return one row a case: its name, the profit, and the difference to what it was."""
        rows = [
            _record(f"{INPUTS[each.input]} x {each.factor:g}", each.profit_usd, self.base_usd)
            for each in self.sensitivities
        ]
        return rows + [
            _record(f"without {FREEDOMS[each.name]}", self.base_usd - each.worth_usd, self.base_usd)
            for each in self.freedoms
        ]

    def to_dict(self) -> dict[str, object]:
        """Return the cases with stable keys, in dollars."""
        return {
            "policy": self.policy,
            "base_usd": round(self.base_usd, 2),
            "sensitivities": [
                {
                    "input": each.input,
                    "factor": each.factor,
                    "profit_usd": round(each.profit_usd, 2),
                    "always_on_usd": round(each.always_on_usd, 2),
                }
                for each in self.sensitivities
            ],
            "freedoms": [
                {"name": each.name, "worth_usd": round(each.worth_usd, 2)} for each in self.freedoms
            ],
            "needed": list(self.needed),
        }


def what_if(
    done: Done,
    *,
    policy: str = _ROLLING,
    factors: Sequence[float] = FACTORS,
    progress: Callable[[int, int], None] | None = None,
) -> WhatIf:
    """Run a policy again with other inputs, and without each freedom the site has.

    Args:
        done: A backtest of this policy and of always on.
        policy: Its name.
        factors: What each input is multiplied by, above 0.
        progress: Called with the number of cases done and of all cases.

    Raises:
        InvalidInput: If a factor is not above 0.
        UnknownKey: If one of the two policies was not run.
    """
    if any(not 0 < factor < np.inf for factor in factors):
        raise InvalidInput("factors must be numbers above 0")
    own, plain = done.policies[policy], done.policies[_PLAIN]
    changed = [(name, factor) for name in INPUTS if _has(done, name) for factor in sorted({*factors, 1.0})]
    without = list(_without(done.window))
    total = 1 + len(changed) + len(without)

    def told(number: int) -> None:
        if progress:
            progress(number, total)

    told(0)
    base, always = _profit(own, done.window), _profit(plain, done.window)
    sensitivities = []
    for number, (name, factor) in enumerate(changed, 1):
        told(number)
        window = _changed(done.window, name, factor)
        usd = (base, always) if factor == 1 else (_profit(own, window), _profit(plain, window))
        sensitivities.append(Sensitivity(name, factor, *usd))
    freedoms, needed = [], []
    for number, (name, window) in enumerate(without, 1 + len(changed)):
        told(number)
        try:
            freedoms.append(Freedom(name, base - _profit(own, window)))
        except Unsolvable:
            needed.append(name)
    freedoms.sort(key=lambda each: -each.worth_usd)
    return WhatIf(policy, base, tuple(sensitivities), tuple(freedoms), tuple(needed))


def _record(case: str, profit_usd: float, base_usd: float) -> dict[str, Any]:
    return {
        "case": case,
        "profit_usd": round(profit_usd, 2),
        "against_base_usd": round(profit_usd - base_usd, 2),
    }


def _profit(policy: Policy, window: DispatchWindow) -> float:
    return float(settle_pnl(window.actual, policy.operate(window)).profit_usd.sum())


def _has(done: Done, name: str) -> bool:
    site = done.window.known.site
    return bool(site.machines) if name == "hashprice" else name != "tariffs" or bool(site.tariffs)


def _changed(window: DispatchWindow, name: str, factor: float) -> DispatchWindow:
    """The window with one input multiplied, before it as within: the policy has learned from the like."""
    change = {"hashprice": _hashprice, "power_price": _power_price, "tariffs": _tariffs}[name]
    knowledge = window.knowledge
    known, actual = change(knowledge.known, factor), change(knowledge.actual, factor)
    forecasts = {} if name == "power_price" else window.schedules
    return replace(window, knowledge=Knowledge(actual, known, knowledge.peak_chances), schedules=forecasts)


def _hashprice(hours: HourlyEconomics, factor: float) -> HourlyEconomics:
    return hours.with_hashprice(hours.hashprice_usd_per_ph_day * factor)


def _power_price(hours: HourlyEconomics, factor: float) -> HourlyEconomics:
    columns = {name: hours.prices[name] * factor for name in _PRICES}
    return replace(hours, prices=replace(hours.prices, columns={**hours.prices.columns, **columns}))


def _tariffs(hours: HourlyEconomics, factor: float) -> HourlyEconomics:
    tariffs = tuple(tariff.at_rates(factor) for tariff in hours.site.tariffs)
    return replace(hours, site=replace(hours.site, tariffs=tariffs))


def _without(window: DispatchWindow) -> Iterator[tuple[str, DispatchWindow]]:
    """The window without each freedom the site has."""
    site = window.known.site
    knowledge = window.knowledge
    for name, lesser in _lesser_sites(site):
        actual, known = (replace(hours, site=lesser) for hours in (knowledge.actual, knowledge.known))
        yield name, replace(window, knowledge=Knowledge(actual, known, knowledge.peak_chances))
    if knowledge.peak_chance.any():
        blind = replace(knowledge, peak_chances=np.zeros_like(knowledge.peak_chances))
        yield "peaks", replace(window, knowledge=blind)


def _lesser_sites(site: Site) -> Iterator[tuple[str, Site]]:
    """The site without each freedom it has, all else as it is."""
    if any(group.max_off_hours_per_month != 0 for group in site.machines):
        yield "stopping", replace(site, machines=tuple(map(_never_off, site.machines)))
    if any(len(group.modes) > 1 for group in site.machines):
        yield "modes", replace(site, machines=tuple(map(_one_mode, site.machines)))
    if any(isinstance(load, AiLoad) and load.flexible_mw for load in site.ai):
        yield "interruptions", replace(site, ai=tuple(map(_never_interrupted, site.ai)))
    if site.reserves:
        yield "reserves", replace(site, reserves=())
    if site.credits:
        yield "credits", replace(site, credits=())
    if site.battery is not None:
        yield "battery", replace(site, battery=None, export_mw=site.export_mw if site.solar else 0.0)
    if site.solar is not None:
        yield "solar", replace(site, solar=None, export_mw=site.export_mw if site.battery else 0.0)


def _never_off(group: Machines) -> Machines:
    return replace(group, max_off_hours_per_month=0)


def _one_mode(group: Machines) -> Machines:
    return replace(group, modes=(group.modes[group.normal],))


def _never_interrupted(load: Load) -> Load:
    if not isinstance(load, AiLoad):
        return load
    return replace(load, max_hours_per_month=0, sla_penalty_usd_per_mwh=None)
