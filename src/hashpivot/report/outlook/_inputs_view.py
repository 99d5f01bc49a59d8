"""Inputs of an outlook as a person reads them: named, grouped, with their unit and where they came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from hashpivot.core import MEASURES, Line
from hashpivot.outlook import Calibration, ListedInput, OutlookCase, listed_inputs

from ..shared import clean, safe_url

_GROUPS = {
    "market": "Market",
    "mining": "Mining",
    "steady": "Lines at their run rate",
    "cloud": "GPU cloud",
    "colocation": "Data halls",
    "contracts": "Contracts",
    "chips": "Chips",
    "power": "Power by quarter",
    "overheads": "Overheads",
    "finance": "Balance sheet and funding",
    "debt": "Debt by instrument",
}
_OVERHEADS = ("finance.sga_usd", "finance.rd_usd")
_UNITS = (
    "_usd_per_mwh", "_usd_per_mw_hour", "_usd_per_kw_month", "_usd_per_gpu_hour", "_usd_per_th",
    "_usd", "_ehs", "_j_per_th", "_mw", "_btc", "_epochs",
)  # fmt: skip
_NAMED = {
    "mining.j_per_th": "efficiency of the fleet",
    "mining.class_spread": "spread of efficiency within the fleet",
    "mining.power_usd_per_mwh": "power price",
    "mining.non_power_opex_usd_per_mwh": "other mining cost",
    "mining.growth_ehs": "planned growth of the hash rate",
    "mining.growth_quarters": "quarters of planned growth",
    "mining.growth_j_per_th": "efficiency of machines bought",
    "mining.improvement": "yearly improvement of machines on sale",
    "mining.renewal": "share of the fleet renewed",
    "mining.fleet_noise": "spread of changes of the fleet",
    "mining.age_quarters": "age of the mining figures",
    "steady.margin": "gross margin of these lines",
    "cloud.gpus": "GPUs in service",
    "cloud.usd_per_gpu_hour": "price of a GPU-hour",
    "cloud.contract_share": "share of GPU time under contract",
    "cloud.contract_quarters": "length of a GPU contract",
    "cloud.margin": "gross margin of GPU time",
    "cloud.spot_decay": "fall of spot prices (in logs)",
    "cloud.spot_volatility": "volatility of spot prices",
    "cloud.gpu_years": "life of a GPU",
    "colocation.running_usd": "rent already being paid",
    "colocation.running_critical_mw": "megawatts let already",
    "colocation.running_usd_per_kw_month": "rent of the halls let already",
    "colocation.full_usd": "rent once halls let already are full",
    "colocation.margin": "gross margin of data halls",
    "colocation.on_time": "chance that a contract starts on time",
    "colocation.late_quarters": "length of a delay",
    "colocation.market_usd_per_kw_month": "market rent",
    "colocation.market_drift": "drift of market rents",
    "colocation.market_volatility": "volatility of market rents",
    "colocation.repricing": "share of market falls that tenants get",
    "colocation.meter_ratio": "power at the meter for each MWh of machines",
    "colocation.passthrough_usd_per_mwh": "power that tenants pay",
    "colocation.hall_years": "life of a data hall",
    "chips.tape_out_success": "chance that a tape-out succeeds",
    "chips.respin_quarters": "delay of a failed tape-out",
    "chips.sold_ehs": "machines sold",
    "chips.price_days": "price of a machine in days of hashprice",
    "chips.cost_usd_per_th": "cost of making a machine",
    "chips.market_share_kept": "share of the market still open",
    "chips.rd_usd": "research and development of chips",
    "finance.sga_usd": "selling, general and administrative, without stock-based pay",
    "finance.rd_usd": "research and development",
    "finance.bitcoin": "bitcoin held",
    "finance.interest": "interest rate of debt",
    "finance.shares": "shares",
    "finance.share_beta": "share price: move with one percent of bitcoin",
    "finance.equity_limit_usd": "most new shares",
    "finance.debt_share": "share of data halls that lenders pay",
    "finance.debt_limit_usd": "most debt",
    "finance.sold_share": "share of mined bitcoin sold",
    "finance.sells_treasury": "sells its bitcoin if cash is short",
    "finance.machine_days": "price of machines in days of hashprice",
    "finance.new_interest": "interest rate of new debt",
    "finance.loans_usd": "project loans",
    "finance.depreciation_usd": "depreciation of what is owned",
    "finance.property_years": "remaining life of what is owned",
    "finance.machine_years": "life of a machine in the books",
    "market.price.kind": "price model",
    "market.price.drift_error": "standard error of the drift",
    "market.price.jump_chance": "chance of a jump",
    "market.price.jump_share": "share of the variance in jumps",
    "market.price.start_factor": "price on the first day, times today's",
    "market.fees.calm_btc": "fees of a calm day",
    "market.fees.busy_factor": "fees of a busy day, times a calm one's",
    "market.network.power_usd_per_mwh": "median power price of the network",
    "market.network.fleet_j_per_th": "efficiency of the network",
    "market.network.new_j_per_th": "efficiency of new machines",
    "market.network.lag_epochs": "delivery time of machines",
}
_FIGURE = re.compile(r"[A-Z0-9.]+/[^\s,@]+@[0-9a-f]+")
_CONTRACT = {
    "usd_per_quarter": "full rate",
    "usd_per_kw_month": "rent",
    "critical_mw": "megawatts",
    "margin": "gross margin",
    "capex_usd": "cost of building",
    "converts_mw": "megawatts taken from mining",
    "rate_spread": "spread of a rate not told",
    "tenant_chance": "chance that the tenant comes",
    "passthrough_usd_per_mwh": "power that the tenant pays",
}
TraceOfId = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class OriginPart:
    """A piece of where an input came from: words, and where they lead; empty for nowhere."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class InputView:
    """One input as the page shows it."""

    name: str
    value: str
    unit: str
    origin: tuple[OriginPart, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class InputGroup:
    """The inputs of one part of the model.

    Args:
        title: What they are about.
        inputs: The inputs.
    """

    title: str
    inputs: tuple[InputView, ...]

    @property
    def assumed(self) -> int:
        """How many of them are assumed."""
        return sum(each.assumed for each in self.inputs)


def input_groups(
    case: OutlookCase, calibration: Calibration, trace_of: TraceOfId | None = None
) -> list[InputGroup]:
    """Every input of a case, grouped.

    Args:
        case: The case.
        calibration: Where its inputs came from.
        trace_of: Address of the trace of a figure, by its id; no links if not given.
    """
    found = sorted(
        listed_inputs(case, calibration.origins), key=lambda each: list(_GROUPS).index(_group(each))
    )
    return [
        InputGroup(_GROUPS[group], tuple(_view(each, trace_of) for each in members))
        for group, members in groupby(found, key=_group)
    ]


def assumed_words(groups: Sequence[InputGroup]) -> str:
    """`12 of 61 inputs are assumed`."""
    assumed, number = sum(group.assumed for group in groups), sum(len(group.inputs) for group in groups)
    return f"{assumed} of {number} inputs are assumed"


def input_name(key: str) -> str:
    """What an input is called: `power price`, or with its contract `CoreWeave: megawatts`."""
    section, _, name = key.rpartition(".")
    if key in _NAMED:
        return _NAMED[key]
    words = _CONTRACT.get(name) if section.startswith("contracts.") else None
    if not words:
        bare = next(
            (name.removesuffix(unit) for unit in _UNITS if name.endswith(unit) and name != unit), name
        )
        words = bare.replace("_", " ").replace("gpu", "GPU")
    if section.startswith(("contracts.", "power.", "debt.")):
        return f"{section.partition('.')[2]}: {words}"
    return words


def _group(each: ListedInput) -> str:
    section = each.key.partition(".")[0]
    if each.key in _OVERHEADS:
        return "overheads"
    return section if section in _GROUPS else "finance"


def _view(each: ListedInput, trace_of: TraceOfId | None) -> InputView:
    return InputView(
        clean(input_name(each.key)),
        _value(each.value, each.unit),
        "" if each.unit in ("share", "probability", "0 or 1") else _unit(each),
        tuple(origin_parts(each.origin, trace_of)),
        each.assumed,
    )


def _unit(each: ListedInput) -> str:
    if each.unit.startswith("USD") and isinstance(each.value, float) and abs(each.value) >= 1e6:
        return each.unit.replace("USD", "USD million", 1)
    return each.unit


def _value(value: Any, unit: str) -> str:
    if unit == "0 or 1":
        return "yes" if value else "no"
    if not isinstance(value, int | float):
        return clean(str(value).replace("_", " "))
    if unit in ("share", "probability"):
        return f"{value:.3g}" if 0 < value < 0.001 else f"{100 * value:.3g}%"
    if unit.startswith("USD") and abs(value) >= 1e6:
        return f"{value / 1e6:,.1f}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def origin_parts(text: str, trace_of: TraceOfId | None) -> Iterator[OriginPart]:
    """The words of an origin; a figure's id as what it is, leading to its trace, and a URL to its page.

    Args:
        text: The origin, with ids of figures in it.
        trace_of: Address of the trace of a figure, by its id; no links to traces if not given.
    """
    text = text.removeprefix("figure ")
    at = 0
    for match in _FIGURE.finditer(text):
        yield OriginPart(clean(text[at : match.start()], 400))
        yield OriginPart(figure_words(match[0]), trace_of(match[0]) if trace_of else "")
        at = match.end()
    rest = text[at:]
    head, _, more = rest.removeprefix("contract ").partition(" ")
    if safe_url(head.rstrip(":,")):
        yield OriginPart("contract" if rest.startswith("contract ") else "source", head.rstrip(":,"))
        rest = f" {more}" if more else ""
    if rest:
        yield OriginPart(clean(rest, 400))


def figure_words(address: str) -> str:
    """`CORZ/2026Q2/revenue/hosting@6a20b2d6` as `revenue, hosting, 2026Q2`."""
    parts = address.partition("@")[0].split("/")
    if len(parts) < 4:
        return clean(address)
    _, period, measure, line = parts[:4]
    title = MEASURES[measure].title if measure in MEASURES else measure.replace("_", " ")
    of = (
        "" if line == "total" else f", {Line(line).heading if line in list(Line) else line.replace('_', ' ')}"
    )
    return clean(f"{title}{of}, {period}")
