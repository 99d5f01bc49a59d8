"""Riot's mining nowcast without and with the months of an example site.

python -m tools write site-nowcast
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import fmean

from hashpivot import Desk
from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, PowerMonth, Quarter
from hashpivot.nowcast import CompanyNowcast
from hashpivot.site import RollingHorizon, backtest, load_site, load_zone, power_months

from ..parts import Made
from .site_policies import END

TICKER = "RIOT"
QUARTERS = list(Quarter(2023, 1).through(Quarter(2024, 4)))
MOMENTS = {
    "mid quarter": timedelta(days=-45),
    "quarter end": timedelta(days=0),
    "report eve": timedelta(days=39),
}


def example() -> list[PowerMonth]:
    """Months of the example site of Riot's size, as known without looking ahead."""
    site, prices, network = load_site("fixed_block"), load_zone("LZ_WEST"), NetworkHistory.load()
    test = backtest(
        site, prices, date(2022, 1, 1), END, network=network, regime="lagged", policies=[RollingHorizon()]
    )
    return power_months(test)


def rows(desk: Desk) -> Iterator[str]:
    """A row a quarter and moment, and the mean errors."""
    months = example()
    yield "| quarter | moment | known | reported | without | with | error without | with |"
    yield "| --- | --- | --- " + "| ---: " * 5 + "|"
    errors: dict[str, list[tuple[float, float]]] = {moment: [] for moment in MOMENTS}
    for quarter in QUARTERS:
        lines = desk.view.quarter_lines(TICKER, quarter)
        told = float(lines.revenue[Line.SELF_MINING].value)
        for moment, later in MOMENTS.items():
            day = quarter.end + later
            plain, fed = (nowcast(desk, quarter, day, power) for power in (None, {TICKER: months}))
            off = mining_usd(plain) / told - 1, mining_usd(fed) / told - 1
            errors[moment].append((abs(off[0]), abs(off[1])))
            usd = " | ".join(f"{usd / 1e6:.1f}" for usd in (told, mining_usd(plain), mining_usd(fed)))
            yield f"| {quarter} | {moment} | {plain.level} | {usd} | {off[0]:+.1%} | {off[1]:+.1%} |"
    yield ""
    told_of = (
        f"{moment} {fmean(a for a, _ in pairs):.1%} without and {fmean(b for _, b in pairs):.1%} with"
        for moment, pairs in errors.items()
    )
    yield f"Mean absolute error over {len(QUARTERS)} quarters: {'; '.join(told_of)}."


def nowcast(
    desk: Desk, quarter: Quarter, day: date, power: Mapping[str, Sequence[PowerMonth]] | None
) -> CompanyNowcast:
    return desk.nowcast(quarter, [TICKER], day, power)[TICKER]


def mining_usd(found: CompanyNowcast) -> float:
    line = found.line(Line.SELF_MINING)
    assert line
    return line.estimate.median_usd


def make() -> Made:
    """The table of the page, and the mean errors."""
    return {"site-nowcast": "".join(f"{row}\n" for row in rows(Desk.open()))}
