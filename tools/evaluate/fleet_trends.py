"""How far companies' fleets keep going as they went: what the outlook's trend of a fleet was chosen by.

    python -m tools write fleet-trends

From every quarter that a company's hash rate is known for, its log change 1, 2 and 4 quarters on is forecast
by what was known of all companies by then. Candidates differ in the weight of a company's own last year and
in how fast a trend fades. The choice was made on outcomes to 2024; those after were looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.ledger import View, bundled
from hashpivot.outlook.company import TREND_HALF_LIFE
from hashpivot.outlook.record import SHRINKAGE, FleetChange, fallen, fleet_changes, fleet_trend

from ..parts import Made

HORIZONS = (1, 2, 4)
CHOSEN_TO = Quarter(2024, 4)
OWN_ALONE, COMMON_ALONE = 1e-9, 1e9
SHRINKAGES = {
    OWN_ALONE: "the company's own alone",
    4: "4 quarters",
    16: "16 quarters",
    COMMON_ALONE: "all companies' alone",
}
HALF_LIVES = (1.0, 2.0, 4.0, 1e9)

Changes = Mapping[str, Sequence[FleetChange]]
Case = tuple[str, Quarter, int, float]
"""Company, origin, quarters ahead and the log change that came."""
Forecast = Callable[[str, Quarter, int], float]
"""The log change forecast of a company, from a quarter, over a horizon."""


def cases(changes: Changes) -> Iterator[Case]:
    """Every change of a company's hash rate over a horizon, from every quarter it is known for."""
    for ticker, own in changes.items():
        for levels in _chains(own):
            for origin in levels:
                for horizon in HORIZONS:
                    if origin + horizon in levels:
                        yield ticker, origin, horizon, levels[origin + horizon] - levels[origin]


def _chains(own: Sequence[FleetChange]) -> list[dict[Quarter, float]]:
    """Log hash rates, up to a constant, over changes that join."""
    chains: list[dict[Quarter, float]] = []
    for each in own:
        start = each.end + -each.quarters
        if not chains or start != max(chains[-1]):
            chains.append({start: 0.0})
        chains[-1][each.end] = chains[-1][start] + each.change
    return chains


def trend_forecast(
    changes: Changes, shrinkage: float, half_life: float
) -> Callable[[str, Quarter, int], float]:
    """The log change forecast of a company, from a quarter, over a horizon."""

    def forecast(ticker: str, origin: Quarter, horizon: int) -> float:
        known = {name: [each for each in some if each.end <= origin] for name, some in changes.items()}
        trend = fleet_trend(known, ticker, origin, shrinkage, half_life)
        return trend.per_quarter * sum(0.5 ** (step / half_life) for step in range(1, horizon + 1))

    return forecast


def report(changes: Changes) -> str:
    """The table."""
    known = list(cases(changes))
    spans = ([c for c in known if c[1] + c[2] <= CHOSEN_TO], [c for c in known if c[1] + c[2] > CHOSEN_TO])
    counts = [len([c for c in some if c[2] == horizon]) for some in spans for horizon in HORIZONS]
    heads = [f"{when}, {h} ahead" for when in (f"to {CHOSEN_TO}", "after") for h in HORIZONS]
    rows = [
        ["own counts as common after", "fades by half in", *heads],
        ["---"] * 8,
        ["(cases)", "", *map(str, counts)],
        ["no change", "", *_errors(spans, lambda *_: 0.0)],
    ]
    for shrinkage, name in SHRINKAGES.items():
        for half_life in HALF_LIVES:
            fades = f"{half_life:.0f} quarters" if half_life < COMMON_ALONE else "never"
            rows.append([name, fades, *_errors(spans, trend_forecast(changes, shrinkage, half_life))])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def report_of_fallen(changes: Changes) -> str:
    """How companies went on whose hash rate had fallen by a quarter or more within a year."""
    known = [case for case in cases(changes) if _had_fallen(changes, *case[:2])]
    spans = ([c for c in known if c[1] + c[2] <= CHOSEN_TO], [c for c in known if c[1] + c[2] > CHOSEN_TO])
    chosen = trend_forecast(changes, SHRINKAGE, TREND_HALF_LIFE)
    rules: dict[str, Forecast] = {
        "as chosen": chosen,
        "no growth": lambda *case: min(chosen(*case), 0.0),
        "the company's own alone": trend_forecast(changes, OWN_ALONE, TREND_HALF_LIFE),
    }
    rows = [["outcomes", "ahead", "cases", "companies", "change that came, mean", *rules], ["---"] * 8]
    for when, some in zip((f"to {CHOSEN_TO}", "after"), spans, strict=True):
        for horizon in HORIZONS:
            own = [case for case in some if case[2] == horizon]
            companies, came = len({case[0] for case in own}), fmean(case[3] for case in own) if own else 0.0
            errors = [f"{_error(own, horizon, rule):.3f}" if own else "" for rule in rules.values()]
            told = f"{came:+.3f}" if own else ""
            rows.append([when, str(horizon), str(len(own)), str(companies), told, *errors])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _had_fallen(changes: Changes, ticker: str, origin: Quarter) -> bool:
    return fallen([each for each in changes[ticker] if each.end <= origin], origin) is not None


def _errors(spans: Sequence[Sequence[Case]], forecast: Forecast) -> list[str]:
    return [f"{_error(some, horizon, forecast):.3f}" for some in spans for horizon in HORIZONS]


def _error(some: Sequence[Case], horizon: int, forecast: Forecast) -> float:
    return fmean(abs(came - forecast(name, origin, h)) for name, origin, h, came in some if h == horizon)


def make() -> Made:
    """The tables of the page."""
    changes = fleet_changes(View(bundled()), NetworkHistory.load())
    return {"fleet-trends": report(changes), "fleet-trends/fallen": report_of_fallen(changes)}
