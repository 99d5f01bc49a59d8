"""Write the tables of docs/site.md: policies on ERCOT, what is in reach, losses, Riot's credits.

    python scripts/site_reference.py            # write
    python scripts/site_reference.py --check    # fail if the page is out of date
    python scripts/site_reference.py --learned  # write those of boosted trees as well

Takes two minutes, with --learned ten; without, its table is left as it is. Riot's credits are read from
../shared/data/energy, or where --data DIR says; without that folder their table is left as it is.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from hashpivot.core import Missing
from hashpivot.site import (
    SHORTFALLS,
    TITLES,
    Backtest,
    BasisForecaster,
    RealTimeForecaster,
    Result,
    Site,
    backtest,
    load_site,
    load_zone,
    power_months,
    reachable,
    shortfall,
    worst_days,
)

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "site.md"
DATA = ROOT.parent / "shared" / "data"
START, END = date(2021, 1, 1), date(2024, 12, 30)


def sites() -> dict[str, Site]:
    """The sites of the page."""
    west = load_site("west_texas")
    return {
        "west_texas": west,
        "west_texas without tariffs": replace(west, tariffs=()),
        "hedged_reserves": load_site("hedged_reserves"),
    }


def tests() -> dict[tuple[str, str], Backtest]:
    """The backtests of the page by site and regime."""
    hours = load_zone("LZ_WEST")
    return {
        (name, regime): backtest(site, hours, START, END, regime=regime)
        for name, site in sites().items()
        for regime in ("live", "lagged")
    }


def periods(test: Backtest) -> list[tuple[str, np.ndarray]]:
    """Years, Winter Storm Uri if it is among them, and all, with the hours of each."""
    found = [(str(year), test.in_year(year)) for year in test.years]
    found += [("Uri", test.in_uri)] if test.in_uri.any() else []
    return [*found, ("all", np.ones(test.hours.table.hours, dtype=bool))]


def share(result: Result) -> str:
    return "n/d" if isinstance(result.capture, Missing) else f"{result.capture:.1%}"


def quality(done: dict[tuple[str, str], Backtest]) -> Iterator[str]:
    """Capture of each policy by site, regime and year."""
    yield (
        "| site | regime | period | "
        + " | ".join(list(TITLES.values())[:-1])
        + " | foresight, USD m | ours over threshold, USD m |"
    )
    yield "| --- | --- | --- " + "| ---: " * (len(TITLES) + 1) + "|"
    for (name, regime), test in done.items():
        for period, inside in periods(test):
            results = test.results(inside)
            cells = [share(result) for result in results[:-1]]
            best, uplift = results[-1].profit_usd / 1e6, test.uplift_usd("threshold", inside) / 1e6
            yield f"| {name} | {regime} | {period} | {' | '.join(cells)} | {best:,.1f} | {uplift:+,.2f} |"


def in_reach(done: dict[tuple[str, str], Backtest]) -> Iterator[str]:
    """What those who know no more than ours could capture, prices known when acting."""
    heads = ("ours", "our reserve, all else foreseen", "in reach", "in reach as expected beforehand")
    yield f"| site | period | {' | '.join(heads)} |"
    yield "| --- | --- " + "| ---: " * len(heads) + "|"
    for name in ("west_texas", "hedged_reserves"):
        test = done[name, "live"]
        found = reachable(test, load_zone("LZ_WEST"))
        columns = [test.books["ours"].profit_usd, found.our_reserve_usd, found.reachable_usd, found.bound_usd]
        for period, inside in periods(test):
            if period != "Uri":
                best = test.books["perfect_foresight"].profit_usd[inside].sum()
                cells = [f"{usd[inside].sum() / best:.1%}" for usd in columns]
                yield f"| {name} | {period} | {' | '.join(cells)} |"


def learned() -> Iterator[str]:
    """Profit by each forecaster, USD m: in the years one was chosen on, and in those of the page."""
    forecasters = {"plain": BasisForecaster, "trees": RealTimeForecaster}
    heads = [f"{regime}, {name}" for regime in ("live", "lagged") for name in ("threshold", *forecasters)]
    yield f"| site | period | {' | '.join(heads)} |"
    yield "| --- | --- " + "| ---: " * len(heads) + "|"
    for start, end in ((date(2018, 1, 1), date(2020, 12, 30)), (START, END)):
        for name in ("west_texas", "hedged_reserves"):
            bare = replace(load_site(name), tariffs=())
            done = [
                backtest(bare, load_zone("LZ_WEST"), start, end, regime=regime, make_forecaster=make)
                for regime in ("live", "lagged")
                for make in forecasters.values()
            ]
            for period, inside in periods(done[0]):
                cells = []
                for test in done:
                    shown = ("threshold", "ours") if test in (done[0], done[2]) else ("ours",)
                    cells += [f"{test.books[p].profit_usd[inside].sum() / 1e6:,.2f}" for p in shown]
                yield f"| {name} | {period} | {' | '.join(cells)} |"


def minimum() -> Iterator[str]:
    """What a minimum billing demand leaves of avoiding peaks, west_texas, prices seen late, USD m."""
    west = load_site("west_texas")
    yield "| minimum | always on pays | ours pays | foresight pays | ours over threshold | gap proven |"
    yield "| --- " + "| ---: " * 5 + "|"
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        tariffs = tuple(replace(tariff, minimum_share=share) for tariff in west.tariffs)
        test = backtest(replace(west, tariffs=tariffs), load_zone("LZ_WEST"), START, END, regime="lagged")
        paid = [-test.books[p].usd["tariffs"].sum() for p in ("always_on", "ours", "perfect_foresight")]
        cells = [f"{usd / 1e6 + 0.0:,.2f}" for usd in (*paid, test.uplift_usd("threshold"))]
        yield f"| {share:.0%} of limit_mw | {' | '.join(cells)} | {test.gap:.4%} |"


def losses(done: dict[tuple[str, str], Backtest]) -> Iterator[str]:
    """Where ours falls short of perfect foresight, USD m."""
    yield "| what ours did | " + " | ".join(f"{name}, {regime}" for name, regime in done) + " |"
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


def riot(folder: Path) -> Iterator[str]:
    """Riot's published monthly credits beside those of the example fixed_block."""
    path = folder / "energy" / "riot_power_credits_monthly.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["preferred"] == "1"]
    test = backtest(load_site("fixed_block"), load_zone("LZ_WEST"), date(2022, 7, 1), END, regime="lagged")
    ours = {month.month: month for month in power_months(test)}
    rows = sorted((row for row in rows if row["month"] in ours), key=lambda row: row["month"])
    theirs = "Riot curtailment | Riot demand response | Riot total"
    yield f"| month | {theirs} | model resale | model reserve | model total |"
    yield "| --- " + "| ---: " * 6 + "|"
    pairs = []
    for row in rows:
        model = ours[row["month"]]
        curtail, response = row["power_curtailment_credits_usd_m"], row["demand_response_credits_usd_m"]
        total = row["total_power_credits_usd_m"] or curtail
        pairs.append((float(total), model.credits_usd / 1e6, curtail, model.curtailment_credits_usd / 1e6))
        yield (
            f"| {row['month']} | {curtail or 'n/d'} | {response or 'n/d'} | {total} | "
            f"{model.curtailment_credits_usd / 1e6:.1f} | {model.demand_response_credits_usd / 1e6:.1f} | "
            f"{model.credits_usd / 1e6:.1f} |"
        )
    published, model_usd = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
    known = [(float(pair[2]), pair[3]) for pair in pairs if pair[2]]
    resale = rank_correlation(*np.array(known).T)
    yield ""
    yield (
        f"{len(rows)} months: rank correlation of totals {rank_correlation(published, model_usd):.2f}, "
        f"of curtailment alone {resale:.2f} ({len(known)} months); "
        f"sum of totals Riot USD {published.sum():.1f} m, model USD "
        f"{model_usd.sum():.1f} m ({model_usd.sum() / published.sum():.1f} times)."
    )


def rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Spearman's, ties in order of appearance."""
    ranks = [np.argsort(np.argsort(values, kind="stable"), kind="stable") for values in (one, other)]
    return float(np.corrcoef(*ranks)[0, 1])


def replaced(page: str, name: str, lines: Iterator[str]) -> str:
    """The page with one generated part put in anew."""
    begin, end = f"<!-- {name}: python scripts/site_reference.py", f"<!-- end of {name} -->"
    before, _, rest = page.partition(begin)
    command, _, rest = rest.partition("\n")
    _, found, after = rest.partition(end)
    if not found:
        sys.exit(f"{PAGE.name} has no part {name}")
    return f"{before}{begin}{command}\n{chr(10).join(lines)}\n{end}{after}"


def main() -> None:
    words = sys.argv[1:]
    data = Path(words[words.index("--data") + 1]) if "--data" in words else DATA
    old = PAGE.read_text(encoding="utf-8")
    done = tests()
    page = replaced(replaced(old, "quality", quality(done)), "losses", losses(done))
    page = replaced(replaced(page, "reach", in_reach(done)), "minimum", minimum())
    if "--learned" in words:
        page = replaced(page, "learned", learned())
    if (data / "energy").is_dir():
        page = replaced(page, "riot", riot(data))
    if "--check" not in words:
        PAGE.write_text(page, encoding="utf-8")
    elif page != old:
        sys.exit("docs/site.md is out of date: run python scripts/site_reference.py")


if __name__ == "__main__":
    main()
