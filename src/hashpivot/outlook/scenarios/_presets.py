"""What the shipped scenarios change; any of them can be combined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hashpivot.core import InvalidInput

from ..inputs import Chips
from ..run import OutlookCase
from ._shipped import SCENARIOS, Scenario, current_scenario

Change = Callable[[OutlookCase], OutlookCase]


@dataclass(frozen=True, slots=True)
class Preset:
    """A shipped scenario with what it changes."""

    scenario: Scenario
    change: Change

    @property
    def name(self) -> str:
        """What it is called."""
        return self.scenario.name

    @property
    def title(self) -> str:
        """What it says, in a sentence."""
        return self.scenario.title


def _price(case: OutlookCase, **values: Any) -> OutlookCase:
    parameters = replace(case.parameters, price=replace(case.parameters.price, **values))
    return replace(case, parameters=parameters)


def _inputs(case: OutlookCase, section: str, **values: float) -> OutlookCase:
    changed = replace(getattr(case.inputs, section), **values)
    return replace(case, inputs=replace(case.inputs, **{section: changed}))


def _flat(case: OutlookCase) -> OutlookCase:
    return _price(case, volatility=0.0, drift=0.0, drift_error=0.0, jump_chance=0.0, jump_share=0.0)


def _chip_downturn(case: OutlookCase) -> OutlookCase:
    chips, finance = case.inputs.chips, case.inputs.finance
    case = _inputs(
        case, "chips", price_days=chips.price_days / 2, market_share_kept=chips.market_share_kept / 2
    )
    return _inputs(case, "finance", machine_days=finance.machine_days / 2)


OWN_CHIP_COST_SHARE, OWN_CHIP_J_SHARE = 0.75, 0.95
"""Assumed: a maker's gross margin of a quarter is saved, and a chip made for one's own sites uses 5% less."""


def _own_chips(case: OutlookCase) -> OutlookCase:
    """Machines of the company's own from the first quarter on; what it sells to others stays as it is."""
    chips, mining, start = case.inputs.chips, case.inputs.mining, case.start
    if chips.first_quarter is None:
        chips = replace(chips, first_quarter=start.first_quarter, tape_out_success=1.0, sold_ehs=0.0)
        usd_per_th = start.hashprices[-1] / 1_000 * case.inputs.finance.machine_days
        chips = replace(chips, cost_usd_per_th=min(100.0, OWN_CHIP_COST_SHARE * usd_per_th))
    own = max(1.0, OWN_CHIP_J_SHARE * mining.growth_j_per_th)
    chips = replace(chips, own_j_per_th=chips.own_j_per_th or own)
    return replace(case, inputs=replace(case.inputs, chips=chips))


def _no_own_chips(case: OutlookCase) -> OutlookCase:
    """Every machine is bought at the market's price, none is sold, and chips cost no research."""
    return replace(case, inputs=replace(case.inputs, chips=Chips()))


def _risen(usd_per_mwh: float) -> float:
    return min(500.0, usd_per_mwh * 1.3)


def _expensive_power(case: OutlookCase) -> OutlookCase:
    mining, halls, network = case.inputs.mining, case.inputs.colocation, case.parameters.network
    case = _inputs(case, "mining", power_usd_per_mwh=_risen(mining.power_usd_per_mwh))
    case = _inputs(case, "colocation", passthrough_usd_per_mwh=_risen(halls.passthrough_usd_per_mwh))
    power = tuple(replace(q, power_usd_per_mwh=q.power_usd_per_mwh * 1.3) for q in case.inputs.power)
    contracts = tuple(
        replace(each, passthrough_usd_per_mwh=_risen(each.passthrough_usd_per_mwh))
        for each in case.inputs.contracts
    )
    case = replace(case, inputs=replace(case.inputs, power=power, contracts=contracts))
    changed = replace(network, power_usd_per_mwh=network.power_usd_per_mwh * 1.05)
    return replace(case, parameters=replace(case.parameters, network=changed))


def _more_ai_supply(case: OutlookCase) -> OutlookCase:
    cloud, halls = case.inputs.cloud, case.inputs.colocation
    case = _inputs(
        case,
        "cloud",
        spot_decay=cloud.spot_decay + 0.35,
        contract_quarters=max(1.0, cloud.contract_quarters / 2),
        utilisation=cloud.utilisation * 0.85,
    )
    return _inputs(case, "colocation", market_drift=max(-2.0, halls.market_drift - 0.25), repricing=0.5)


_CHANGES: dict[str, Change] = {
    "base": lambda case: case,
    "bitcoin_halves": lambda case: _price(case, start_factor=0.5),
    "bitcoin_flat": _flat,
    "ai_tenant_late": lambda case: _inputs(case, "colocation", on_time=0.0, late_quarters=3.0),
    "gpu_price_collapse": lambda case: _inputs(case, "cloud", spot_decay=0.8),
    "chip_downturn": _chip_downturn,
    "own_chips": _own_chips,
    "no_own_chips": _no_own_chips,
    "power_price_up": _expensive_power,
    "ai_oversupply": _more_ai_supply,
}

PRESETS = {name: Preset(SCENARIOS[name], change) for name, change in _CHANGES.items()}
"""Scenarios that are a change of the base case, which is all but `guided_growth`."""


def apply_presets(case: OutlookCase, names: Sequence[str]) -> OutlookCase:
    """The case with the changes of several scenarios, one after the other.

    Raises:
        InvalidInput: If there is no such scenario.
    """
    names = [current_scenario(name) for name in names]
    for name in names:
        if name not in PRESETS:
            raise InvalidInput(
                f"no scenario is called {name!r}", hint=f"one of {', '.join(SCENARIOS)}, or a .toml file"
            )
        case = PRESETS[name].change(case)
    return replace(case, scenario="+".join([name for name in names if name != "base"]) or "base")
