"""From a desk's data and the names of scenarios to a case that can be run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Missing, NowcastDraws, PowerMonth, Quarter
from hashpivot.ledger import View

from ..calibration import Calibration, calibrate, drawn_levels, with_power
from ..company import StartLevels
from ..inputs import Origins
from ..market import MarketEstimate, MarketStart, estimate_market, market_start
from ..run import OutlookCase
from ._file import apply_scenario, read_scenario, scenario_origins
from ._guided import GuidedGrowth, with_guided_growth
from ._keys import checked_assumptions, with_inputs
from ._presets import PRESETS, apply_presets
from ._shipped import GUIDED, current_scenario

FILE_SUFFIX = ".toml"


def build_case(
    view: View,
    network: NetworkHistory,
    ticker: str,
    scenarios: Sequence[str] = (),
    power: Sequence[PowerMonth] = (),
    growth: GuidedGrowth | None = None,
    inputs: Mapping[str, float] | None = None,
    nowcast: NowcastDraws | Missing | None = None,
    assume: Mapping[str, float] | None = None,
) -> tuple[OutlookCase, Calibration]:
    """A company's case under some scenarios, with its calibration.

    Args:
        view: The figures.
        network: The network up to the day the outlook starts from.
        ticker: The company.
        scenarios: Names of shipped scenarios and scenario files (`.toml`), applied in this order.
        power: Months of the company's sites, if known: `hashpivot.site.power_months`, or its own books.
        growth: What the company announced, for the scenario `guided_growth`.
        inputs: Values of single inputs by key, set last, as `with_inputs`.
        assume: Values of `finance` inputs that no filing in the ledger gives; results say they are assumed.
        nowcast: The quarters not yet reported, as `hashpivot.nowcast.nowcast_draws` gives them, or why there
            are none; the outlook begins with the last of them.

    Raises:
        NoData: If no quarter of the company is known by line, or there is nothing to grow by.
        InvalidInput: For an unknown scenario or a wrong value in a file, naming the key.
        UnreadableFile: If a file cannot be read.
    """
    scenarios = [current_scenario(name) for name in scenarios]
    start, market = market_start(network), estimate_market(network)
    calibration, levels = _calibrated(view, network, ticker, nowcast, (start, market))
    if power:
        calibration = with_power(calibration, power)
    if GUIDED in scenarios:
        calibration = with_guided_growth(calibration, view, growth or GuidedGrowth())
    case = OutlookCase.of(calibration.inputs, start, market, levels, calibration.solvency)
    case = replace(case, mining_mixes=calibration.mining_mixes)
    names: list[str] = []
    for scenario in scenarios:
        if scenario == GUIDED:
            case = replace(case, scenario=GUIDED)
        elif scenario in PRESETS or not scenario.endswith(FILE_SUFFIX):
            case = apply_presets(case, [scenario])
        else:
            table = read_scenario(Path(scenario))
            case = apply_scenario(case, table, _first_quarter(view), scenario)
            origins = Origins(calibration.origins | scenario_origins(table))
            calibration = replace(calibration, inputs=case.inputs, origins=origins)
        names.append(case.scenario)
    inputs = dict(inputs or {}) | checked_assumptions(assume or {})
    if inputs:
        case = with_inputs(case, inputs)
        origins = Origins(calibration.origins | dict.fromkeys(inputs, "user"))
        calibration = replace(calibration, inputs=case.inputs, origins=origins)
        names += [f"{key}={_plain(value)}" for key, value in inputs.items()]
    name = "+".join(n for n in names if n != "base") or "base"
    return replace(case, scenario=name), replace(calibration, solvency=case.solvency)


def _calibrated(
    view: View,
    network: NetworkHistory,
    ticker: str,
    nowcast: NowcastDraws | Missing | None,
    market: tuple[MarketStart, MarketEstimate],
) -> tuple[Calibration, StartLevels | None]:
    """The calibration on the running quarter if it was drawn, else on the latest known by line."""
    drawn = drawn_levels(nowcast, *market) if isinstance(nowcast, NowcastDraws) else None
    calibration = calibrate(view, network, ticker, drawn)
    if isinstance(nowcast, NowcastDraws):
        return replace(calibration, nowcast=nowcast), drawn.paths if drawn else None
    return replace(calibration, not_drawn=nowcast.reason if isinstance(nowcast, Missing) else ""), None


def _first_quarter(view: View) -> Quarter:
    return min(view.quarters(ticker)[0] for ticker in view.tickers() if view.quarters(ticker))


def _plain(value: float) -> str:
    """A number without an exponent, whose plus sign would look like another scenario: `453000000`."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
