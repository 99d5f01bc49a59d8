"""How well company outlooks would have done: a hindcast.

    python -m tools write outlook-companies

From the eve of every quarter since 2023Q3, each company is nowcast and calibrated from what was known that
day (figures, contracts, network, past nowcasts) and its base case run (1,024 paths). Total revenue as
reported later is looked up among the paths. The plain alternative says that revenue stays what it was in the
last quarter reported by that day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import combinations
from math import ceil, log
from statistics import correlation, fmean, median

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Line, Missing, NoData, Quarter
from hashpivot.ledger import View, bundled
from hashpivot.nowcast import nowcast_draws
from hashpivot.outlook import (
    Calibration,
    DrawnLevels,
    GuidedGrowth,
    MarketEstimate,
    MarketStart,
    OutlookCase,
    calibrate,
    drawn_levels,
    estimate_market,
    market_start,
    outlook,
    with_guided_growth,
)

from ..parts import Made
from ..places import tables

FIRST, PATHS, SEED, HORIZONS = Quarter(2023, 3), 1_024, 1, (1, 2, 4)
OWN = ("RIOT", "BTBT", "CORZ", "IREN", "CLSK")
JUDGED = 30
"""Independent origins from which a cell is judged: cases of one company do not overlap."""
RESAMPLED, WITHIN = 2_000, (0.05, 0.95)
COVERAGE, MISS = 0.8, 10.0
"""Of the bands; and what a band pays for each dollar by which the outcome missed it (2 / 20%)."""


@dataclass(frozen=True)
class Found:
    """One forecast and what came.

    Args:
        ticker: The company.
        origin: The quarter before which it was made.
        horizon: Quarters ahead, the origin being 1.
        rank: Share of paths below the outcome.
        band: The 10, 50 and 90% quantiles over the outcome.
        plain: What was reported last, over the outcome.
        line: The line of business; None for all revenue.
    """

    ticker: str
    origin: Quarter
    horizon: int
    rank: float
    band: tuple[float, float, float]
    plain: float
    line: Line | None = None

    @property
    def covered(self) -> bool:
        """True if the outcome lies in the 80% band."""
        return abs(self.rank - 0.5) <= COVERAGE / 2

    @property
    def above(self) -> bool:
        """True if the outcome lies above the 80% band."""
        return self.rank > (1 + COVERAGE) / 2

    @property
    def error(self) -> float:
        """Error of the median, as a share of the outcome."""
        return abs(self.band[1] - 1)

    @property
    def plain_error(self) -> float:
        """Error of no change."""
        return abs(self.plain - 1)

    @property
    def interval_score(self) -> float:
        """Width of the band and what it missed, as shares of the outcome; the less the better."""
        low, _, high = self.band
        return high - low + MISS * (max(0.0, low - 1) + max(0.0, 1 - high))

    @property
    def needed(self) -> float:
        """The factor on the band's width in logarithms with which its edge would have met the outcome."""
        low, middle, high = (log(max(each, 1e-9)) for each in self.band)
        width = high - middle if middle < 0 else middle - low
        return abs(middle) / width if width else 0.0


@dataclass(frozen=True, eq=False)
class Eve:
    """What was known before a quarter began."""

    origin: Quarter
    known: NetworkHistory
    view: View
    market: tuple[MarketStart, MarketEstimate]


@cache
def eves(history: NetworkHistory) -> tuple[Eve, ...]:
    """The eve of every quarter."""
    found = []
    for origin in FIRST.through(Quarter.containing(history.last_day)):
        day = date.fromordinal(origin.start.toordinal() - 1)
        known, view = history.until(day), View(bundled(), as_of=day)
        found.append(Eve(origin, known, view, (market_start(known), estimate_market(known))))
    return tuple(found)


@cache
def calibrated(eve: Eve, ticker: str) -> tuple[Calibration, DrawnLevels | None] | None:
    """A company nowcast and calibrated on an eve; None if too little was known of it."""
    drawn = nowcast_draws(eve.view, eve.known, ticker, eve.known.last_day)
    levels = None if isinstance(drawn, Missing) else drawn_levels(drawn, *eve.market)
    try:
        return calibrate(eve.view, eve.known, ticker, levels), levels
    except NoData:
        return None


def forecasts(history: NetworkHistory, seed: int = SEED, quarters: int = 1) -> Iterator[Found]:
    """Forecasts of each company, from eves so many quarters apart: all revenue, lines reported later."""
    truth = View(bundled())
    for eve in eves(history)[::quarters]:
        for ticker in eve.view.tickers():
            yield from forecast(truth, eve, ticker, seed=seed)


def forecast(
    truth: View, eve: Eve, ticker: str, growth: GuidedGrowth | None = None, seed: int = SEED
) -> Iterator[Found]:
    """What the eve's outlook said of a company, and what came; with the growth it announced, if given."""
    origin, view = eve.origin, eve.view
    actual = {h: truth.company_measure(ticker, origin + (h - 1), "total_revenue") for h in HORIZONS}
    before = _last_total(view, ticker)
    if not before or all(isinstance(value, Missing) for value in actual.values()):
        return
    if (start := calibrated(eve, ticker)) is None:
        return
    calibration, levels = start
    if growth:
        try:
            calibration = with_guided_growth(calibration, view, growth)
        except NoData:
            return
    case = OutlookCase.of(calibration.inputs, *eve.market, levels.paths if levels else None)
    paths = outlook(case, quarters=max(HORIZONS), paths=PATHS, seed=seed)
    for horizon, figure in actual.items():
        if isinstance(figure, Missing) or not figure.value:
            continue
        value, rows = float(figure.value), partial(paths.rows.row, step=horizon - 1)
        yield _found(ticker, origin, horizon, rows("revenue_usd"), value, before)
        for line, reported in truth.quarter_lines(ticker, origin + (horizon - 1)).revenue.items():
            if reported.value > 0:
                row, last = rows(f"lines.{line}"), _last_of(view, ticker, line)
                yield _found(ticker, origin, horizon, row, float(reported.value), last, line)


def _found(
    ticker: str, origin: Quarter, horizon: int, row: NDArray[np.floating], value: float, before: float,
    line: Line | None = None,
) -> Found:  # fmt: skip
    low, middle, high = (float(each) / value for each in np.quantile(row, (0.1, 0.5, 0.9)))
    rank = float((row < value).mean())
    return Found(ticker, origin, horizon, rank, (low, middle, high), before / value, line)


def _last_of(view: View, ticker: str, line: Line) -> float:
    """A line's revenue reported last; 0 if there is none."""
    known = (view.quarter_lines(ticker, quarter) for quarter in reversed(list(view.quarters(ticker))))
    return next((float(lines.revenue[line].value) for lines in known if line in lines.revenue), 0.0)


def _last_total(view: View, ticker: str) -> float:
    """The last total reported; 0 if there is none."""
    totals = (
        view.company_measure(ticker, each, "total_revenue") for each in reversed(list(view.quarters(ticker)))
    )
    return next((float(each.value) for each in totals if isinstance(each, Figure)), 0.0)


def report(found: Sequence[Found]) -> str:
    """The tables of the page."""
    head = [
        "companies", "quarters ahead", "cases", "independent", "in 80%", "90% interval of it", "mean PIT",
        "interval score", "median error", "of no change", "factor needed",
    ]  # fmt: skip
    rows = [head, ["---"] * len(head)]
    recent = [each for each in found if each.origin.year >= 2026]
    for name, group in (("all", found), ("all, 2026 alone", recent)):
        rows += [_row(name, h, some) for h in HORIZONS if (some := [f for f in group if f.horizon == h])]
    for ticker in OWN:
        own = [each for each in found if each.ticker == ticker]
        rows += [_row(ticker, h, some) for h in HORIZONS if (some := [f for f in own if f.horizon == h])]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(name: str, horizon: int, some: Sequence[Found]) -> list[str]:
    cases = Counter(each.ticker for each in some)
    independent = sum(ceil(count / horizon) for count in cases.values())
    low, high = _interval(some)
    needed = sorted(f.needed for f in some)[min(len(some), ceil(COVERAGE * (len(some) + 1))) - 1]
    return [
        name, str(horizon), str(len(some)),
        f"{independent}{'' if independent >= JUDGED else ', not judged'}",
        f"{fmean(f.covered for f in some):.0%}", f"{low:.0%} to {high:.0%}",
        f"{fmean(f.rank for f in some):.2f}", f"{median(f.interval_score for f in some):.2f}",
        f"{median(f.error for f in some):.0%}", f"{median(f.plain_error for f in some):.0%}",
        f"{needed:.2f}",
    ]  # fmt: skip


def _interval(some: Sequence[Found]) -> tuple[float, float]:
    """The 90% interval of the coverage: whole origins are drawn again, for their companies share a market."""
    by_origin: dict[Quarter, list[bool]] = {}
    for each in some:
        by_origin.setdefault(each.origin, []).append(each.covered)
    counts = np.array([(sum(held), len(held)) for held in by_origin.values()], dtype=float)
    drawn = np.random.default_rng(SEED).integers(len(counts), size=(RESAMPLED, len(counts)))
    held, cases = counts[drawn].sum(axis=1).T
    low, high = np.quantile(held / cases, WITHIN)
    return float(low), float(high)


WITH_REVENUE = "AI, with revenue on the day"
AI = (Line.AI_COLOCATION, Line.AI_CLOUD)
LINE_GROUPS = {
    "self-mining": (Line.SELF_MINING,),
    "AI colocation and cloud": AI,
    WITH_REVENUE: AI,
    "other lines": (Line.HOSTING, Line.CHIPS, Line.ENGINEERING, Line.POWER, Line.OTHER),
}


def of_lines(found: Sequence[Found], name: str, horizon: int) -> list[Found]:
    """The forecasts of a group of lines."""
    some = [each for each in found if each.line in LINE_GROUPS[name] and each.horizon == horizon]
    return [each for each in some if each.plain > 0] if name == WITH_REVENUE else some


def ai_table(found: Sequence[Found]) -> str:
    """What outlooks say of the bands of AI lines: `outlook/data/ai_hindcast.csv`."""
    rows = ["quarters_ahead,cases,covered,above"]
    for horizon in HORIZONS:
        some = of_lines(found, WITH_REVENUE, horizon)
        covered, above = fmean(f.covered for f in some), fmean(f.above for f in some)
        rows.append(f"{horizon},{len(some)},{covered:.2f},{above:.2f}")
    return "\n".join(rows) + "\n"


def line_report(found: Sequence[Found]) -> str:
    """How the lines did that were reported later, those included that nobody could know of."""
    head = [
        "lines",
        "quarters ahead",
        "cases",
        "in 80%",
        "above",
        "interval score",
        "median error",
        "of no change",
    ]
    rows = [head, ["---"] * len(head)]
    for name in LINE_GROUPS:
        for horizon in HORIZONS:
            some = of_lines(found, name, horizon)
            rows.append(
                [
                    name, str(horizon), str(len(some)),
                    f"{fmean(f.covered for f in some):.0%}", f"{fmean(f.above for f in some):.0%}",
                    f"{median(f.interval_score for f in some):.2f}",
                    f"{median(f.error for f in some):.0%}", f"{median(f.plain_error for f in some):.0%}",
                ]
            )  # fmt: skip
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def persistence(found: Sequence[Found]) -> str:
    """How far a company that came above its median stays above: correlations of ranks of one outlook."""
    ranks = {(each.ticker, each.origin, each.horizon): each.rank for each in found}
    rows = [["quarters ahead", "cases", "correlation of ranks"], ["---"] * 3]
    for early, late in combinations(HORIZONS, 2):
        pairs = [
            (rank, ranks[ticker, origin, late])
            for (ticker, origin, horizon), rank in ranks.items()
            if horizon == early and (ticker, origin, late) in ranks
        ]
        rows.append([f"{early} and {late}", str(len(pairs)), f"{correlation(*zip(*pairs, strict=True)):.2f}"])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def make() -> Made:
    """The tables of the page."""
    found = list(forecasts(NetworkHistory.load()))
    totals = [each for each in found if each.line is None]
    return {
        "outlook-companies": report(totals),
        "outlook-companies/lines": line_report(found),
        "outlook-companies/persistence": persistence(totals),
        tables("outlook") / "ai_hindcast.csv": ai_table(found),
    }
