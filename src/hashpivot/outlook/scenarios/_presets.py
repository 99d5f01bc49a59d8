"""The scenarios shipped with the package; any of them can be combined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hashpivot.core import InvalidInput

from ..run import Case

Change = Callable[[Case], Case]


@dataclass(frozen=True, slots=True)
class Preset:
    """A scenario: what it is called, what it says, what it changes."""

    name: str
    title: str
    change: Change


def _price(case: Case, **values: Any) -> Case:
    parameters = replace(case.parameters, price=replace(case.parameters.price, **values))
    return replace(case, parameters=parameters)


def _inputs(case: Case, section: str, **values: float) -> Case:
    changed = replace(getattr(case.inputs, section), **values)
    return replace(case, inputs=replace(case.inputs, **{section: changed}))


def _flat(case: Case) -> Case:
    return _price(case, volatility=0.0, drift=0.0, drift_error=0.0, jump_chance=0.0, jump_share=0.0)


def _chip_downturn(case: Case) -> Case:
    chips, finance = case.inputs.chips, case.inputs.finance
    case = _inputs(
        case, "chips", price_days=chips.price_days / 2, market_share_kept=chips.market_share_kept / 2
    )
    return _inputs(case, "finance", machine_days=finance.machine_days / 2)


def _dearer(usd_per_mwh: float) -> float:
    return min(500.0, usd_per_mwh * 1.3)


def _dearer_power(case: Case) -> Case:
    mining, halls, network = case.inputs.mining, case.inputs.colocation, case.parameters.network
    case = _inputs(case, "mining", power_usd_per_mwh=_dearer(mining.power_usd_per_mwh))
    case = _inputs(case, "colocation", passthrough_usd_per_mwh=_dearer(halls.passthrough_usd_per_mwh))
    power = tuple(replace(q, power_usd_per_mwh=q.power_usd_per_mwh * 1.3) for q in case.inputs.power)
    contracts = tuple(
        replace(each, passthrough_usd_per_mwh=_dearer(each.passthrough_usd_per_mwh))
        for each in case.inputs.contracts
    )
    case = replace(case, inputs=replace(case.inputs, power=power, contracts=contracts))
    changed = replace(network, power_usd_per_mwh=network.power_usd_per_mwh * 1.05)
    return replace(case, parameters=replace(case.parameters, network=changed))


def _more_ai_supply(case: Case) -> Case:
    cloud, halls = case.inputs.cloud, case.inputs.colocation
    case = _inputs(
        case,
        "cloud",
        spot_decay=cloud.spot_decay + 0.35,
        contract_quarters=max(1.0, cloud.contract_quarters / 2),
        utilisation=cloud.utilisation * 0.85,
    )
    return _inputs(case, "colocation", market_drift=max(-2.0, halls.market_drift - 0.25), repricing=0.5)


_ALL = (
    Preset("base", "The market as estimated, the company as calibrated.", lambda case: case),
    Preset(
        "bitcoin_halves",
        "Bitcoin loses half its price on the first day.",
        lambda case: _price(case, start_factor=0.5),
    ),
    Preset("halving_squeeze", "Bitcoin stands still at today's price, through the halving and after.", _flat),
    Preset(
        "ai_tenant_late", "No AI contract starts on time: three quarters late on average.",
        lambda case: _inputs(case, "colocation", on_time=0.0, late_quarters=3.0),
    ),
    Preset(
        "gpu_price_collapse", "Spot prices of GPU time fall by 55% a year.",
        lambda case: _inputs(case, "cloud", spot_decay=0.8),
    ),
    Preset(
        "chip_downturn",
        "Machines cost half as many days of hashprice, and half the markets for own chips are closed.",
        _chip_downturn,
    ),
    Preset("power_regulation", "Power costs the company 30% more, the network 5% more.", _dearer_power),
    Preset(
        "ai_supply_doubles",
        "Competitors double AI supply: GPU prices fall faster and contracts follow sooner, 15% less is used; "
        "rents of halls fall by 22% a year, and tenants yet to move in get half of what market rates have "
        "fallen off theirs.",
        _more_ai_supply,
    ),
)  # fmt: skip

PRESETS = {preset.name: preset for preset in _ALL}


def apply_presets(case: Case, names: Sequence[str]) -> Case:
    """The case with the changes of several scenarios, one after the other.

    Raises:
        InvalidInput: If there is no such scenario.
    """
    for name in names:
        if name not in PRESETS:
            raise InvalidInput(
                f"no scenario is called {name!r}", hint=f"one of {', '.join(PRESETS)}, or a .toml file"
            )
        case = PRESETS[name].change(case)
    return replace(case, scenario="+".join([name for name in names if name != "base"]) or "base")
