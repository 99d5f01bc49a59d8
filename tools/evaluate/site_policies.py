"""Dispatch policies on ERCOT: what they capture of perfect foresight, what was attainable, what was lost.

python -m tools write site-policies
python -m tools long tables            # compares all of it; the check in CI compares one site's rows
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Missing
from hashpivot.site import (
    SHORTFALLS,
    TITLES,
    Backtest,
    DispatchWindow,
    Operation,
    PerfectForesight,
    Site,
    backtest,
    default_policies,
    example_sites,
    information_bound,
    load_site,
    load_zone,
    shortfall,
    worst_days,
)

from ..parts import Made
from ..sections import not_begun

START, END = date(2021, 1, 1), date(2024, 12, 30)
FORESIGHT = PerfectForesight()
ROLLING = "rolling_horizon"
SAMPLE = "west_texas"  # whose rows CI makes anew: a quarter of the time


def make() -> Made:
    """The four sections of the page."""
    done = tests()
    everywhere = done | tests([name for name in example_sites() if name not in sites()])
    return {
        "site-policies/capture": joined(quality(done)),
        "site-policies/simple": joined(simple(everywhere)),
        "site-policies/bound": joined(bound(done)),
        "site-policies/losses": joined(losses(done)),
    }


def problems() -> list[str]:
    """Rows of one site that the page has otherwise."""
    done = tests([SAMPLE])
    return [
        *not_begun("site-policies/capture", quality(done)),
        *not_begun("site-policies/simple", simple(done)),
        *not_begun("site-policies/bound", bound(done)),
        *not_begun("site-policies/losses", losses(done)),
    ]


def joined(lines: Iterable[str]) -> str:
    """Lines as the text of a section."""
    return "".join(f"{line}\n" for line in lines)


def sites() -> dict[str, Site]:
    """The sites whose captures are shown."""
    west = load_site("west_texas")
    return {
        "west_texas": west,
        "west_texas without tariffs": replace(west, tariffs=()),
        "hedged_reserves": load_site("hedged_reserves"),
    }


@dataclass(frozen=True)
class Found:
    """Perfect foresight as a backtest of the same hours found it: the same however late prices are seen."""

    operation: Operation
    name: str = FORESIGHT.name
    title: str = FORESIGHT.title

    def operate(self, window: DispatchWindow) -> Operation:
        """Return what was found."""
        return self.operation


def tests(names: Iterable[str] | None = None) -> dict[tuple[str, str], Backtest]:
    """Backtests by site and regime: of the sites or examples named, else of those shown in all tables."""
    prices, network = load_zone("LZ_WEST"), NetworkHistory.load()
    done = {}
    known = sites()
    for name in known if names is None else names:
        site = known[name] if name in known else load_site(name)
        live = backtest(site, prices, START, END, network=network)
        policies = [*default_policies()[:-1], Found(live.operations[FORESIGHT.name])]
        lagged = backtest(site, prices, START, END, network=network, regime="lagged", policies=policies)
        done |= {(name, "live"): live, (name, "lagged"): lagged}
    return done


def periods(test: Backtest) -> list[tuple[str, np.ndarray]]:
    """Years, Winter Storm Uri if it is among them, and all, with the hours of each."""
    found = [(str(year), test.in_year(year)) for year in test.years]
    found += [("Uri", test.in_uri)] if test.in_uri.any() else []
    return [*found, ("all", np.ones(test.hours.prices.hours, dtype=bool))]


def share(capture: float | Missing) -> str:
    return "–" if isinstance(capture, Missing) else f"{capture:.1%}"


def quality(done: dict[tuple[str, str], Backtest]) -> Iterator[str]:
    """Capture of each policy by site, regime and year."""
    titles = list(TITLES.values())[:-1]
    yield f"| site | regime | period | {' | '.join(titles)} | of flexibility | foresight, USD m |"
    yield "| --- | --- | --- " + "| ---: " * (len(titles) + 2) + "|"
    for (name, regime), test in done.items():
        for period, inside in periods(test):
            results = test.results(inside)
            cells = [share(result.capture) for result in results[:-1]]
            cells.append(share(test.result(ROLLING, inside).capture_of_flexibility))
            best = results[-1].profit_usd / 1e6
            yield f"| {name} | {regime} | {period} | {' | '.join(cells)} | {best:,.1f} |"


def simple(done: dict[tuple[str, str], Backtest]) -> Iterator[str]:
    """What the rolling horizon earns above the best simple policy, by site, regime and year, USD m."""
    heads = (
        "best simple policy of the years before",
        "uplift, USD m",
        "of the period itself",
        "uplift, USD m",
    )
    yield f"| site | regime | period | {' | '.join(heads)} |"
    yield "| --- | --- | --- | --- | ---: | --- | ---: |"
    for (name, regime), test in done.items():
        for period, inside in periods(test):
            cells = []
            for hindsight in (False, True):
                best = test.best_simple
                chosen = best.in_hindsight(inside) if hindsight else best.beforehand(inside)
                uplift = test.uplift_over_simple_usd(inside, hindsight=hindsight)
                cells.append("–" if isinstance(chosen, Missing) else test.titles[chosen])
                cells.append("–" if isinstance(uplift, Missing) else f"{uplift / 1e6:+,.2f}")
            yield f"| {name} | {regime} | {period} | {' | '.join(cells)} |"


def bound(done: dict[tuple[str, str], Backtest]) -> Iterator[str]:
    """What those who know no more than the rolling horizon could capture, prices known when acting."""
    heads = ("rolling horizon", "its reserve offer, all else foreseen", "adjusted bound", "bound")
    yield f"| site | period | {' | '.join(heads)} |"
    yield "| --- | --- " + "| ---: " * len(heads) + "|"
    for name in ("west_texas", "hedged_reserves"):
        if (name, "live") not in done:
            continue
        test = done[name, "live"]
        limit = information_bound(test)
        columns = [
            test.pnl["rolling_horizon"].profit_usd,
            limit.foresight_after_offer_usd,
            limit.adjusted_bound_usd,
            limit.bound_usd,
        ]
        for period, inside in periods(test):
            if period != "Uri":
                best = test.pnl["perfect_foresight"].profit_usd[inside].sum()
                cells = [f"{usd[inside].sum() / best:.1%}" for usd in columns]
                yield f"| {name} | {period} | {' | '.join(cells)} |"


def losses(done: dict[tuple[str, str], Backtest]) -> Iterator[str]:
    """Where the rolling horizon falls short of perfect foresight, USD m."""
    yield (
        "| what the rolling horizon did | " + " | ".join(f"{name}, {regime}" for name, regime in done) + " |"
    )
    yield "| --- " + "| ---: " * len(done) + "|"
    found = [shortfall(test) for test in done.values()]
    for key, words in SHORTFALLS.items():
        yield f"| {words} | " + " | ".join(f"{one[key] / 1e6:,.2f}" for one in found) + " |"
    total = [sum(one.values()) / 1e6 for one in found]
    yield "| all | " + " | ".join(f"{usd:,.2f}" for usd in total) + " |"
    yield ""
    days = worst_days(done["west_texas", "lagged"], 5)
    told = [
        f"{day} (USD {usd / 1e6:.2f} m, real-time up to {high:,.0f}, day-ahead up to {ahead:,.0f})"
        for day, usd, high, ahead in days
    ]
    yield f"Worst days of west_texas, lagged: {'; '.join(told)}."
