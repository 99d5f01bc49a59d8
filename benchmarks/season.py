"""How long the report of a season of twenty companies takes, and how large its page is.

    python -m benchmarks.season [--companies 20] [--rounds 5]

No quarter at hand has twenty companies. So invented ones are added to a ledger of their own in a temporary
folder: copies of the two companies most is known of, targets and stated risks included, their figures times
a factor drawn from a fixed seed. They are called INV1, INV2, ... and exist nowhere else. The ledger is warm:
opened and read before. The fastest round counts; seconds are the processor's, which other work on the machine
does not lengthen, and beside them those of the clock.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Companies, Figure, Quarter, Source
from hashpivot.desk import season_report
from hashpivot.guidance import Disclosures, RiskMention, statement_remarks
from hashpivot.ledger import Figures, Ledger, View, bundled
from hashpivot.nowcast import nowcast
from hashpivot.report import render_html, season_workbook
from hashpivot.season import season

QUARTER = Quarter.parse("2025Q2")
MODELS = ("RIOT", "BTBT")
MOST_SECONDS, MOST_BYTES = 3.0, 1_500_000


def invented_figures(ticker: str, model: str, factor: Decimal) -> dict[str, list[Figure]]:
    """The model's figures under another name, dollars times the factor, by source."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for figure in bundled().figures:
        if figure.ticker == model:
            value = figure.value * factor if figure.unit == "usd" else figure.value
            key = f"invented:{ticker}:{figure.source}"
            found[figure.source].append(
                replace(figure, ticker=ticker, source=key, value=value, operands=(), formula="")
            )
    return found


def invented_texts(ticker: str, model: str) -> Iterator[tuple[Source, Disclosures]]:
    """The model's targets and stated risks under another name, text by text."""
    targets, flags = defaultdict(list), defaultdict(list)
    days, forms = {}, {}
    view = View(bundled())
    for target in view.targets(model):
        targets[target.source].append(replace(target, ticker=ticker))
        days[target.source] = target.said_on
    for stated in view.risk_flags(model):
        flags[stated.source].append(RiskMention(stated.kind, stated.name, stated.locator, "", stated.count))
        days[stated.source], forms[stated.source] = stated.said_on, stated.form
    for text, day in days.items():
        key = f"invented:{ticker}:text:{text}"
        source = Source(key, ticker, forms.get(text, ""), day, "filed", "C", name=f"invented {text}")
        told = tuple(flag for flag in flags[text] if flag.kind)
        yield source, Disclosures(targets=tuple(targets[text]), flags=told)


def fill(ledger: Ledger, count: int) -> dict[str, str]:
    """Add invented companies to a ledger; their names by ticker."""
    draw = random.Random(20)
    names = {}
    for number in range(1, count + 1):
        ticker, model = f"INV{number}", MODELS[number % len(MODELS)]
        names[ticker] = f"Invented company {number}, a scaled copy of {model}"
        factor = Decimal(draw.randint(20, 500)) / 100
        for key, figures in invented_figures(ticker, model, factor).items():
            source = replace(bundled().sources[key], key=figures[0].source, ticker=ticker, grade="C", url="")
            ledger.add(source, figures)
        for source, said in invented_texts(ticker, model):
            ledger.add(source, [], statement_remarks(said, source))
    return names


def nowcast_seconds(view: View) -> float:
    """Processor seconds of the nowcasts the page compares the season with; part of the page's seconds."""
    tickers = [ticker for ticker in view.tickers() if QUARTER in view.quarters(ticker)]
    begun = time.process_time()
    nowcast(view, NetworkHistory.load(), QUARTER, tickers)
    return time.process_time() - begun


def measure(view: View, names: dict[str, str], rounds: int) -> tuple[list[float], float, int, int]:
    """Fastest processor seconds of season, page and workbook, clock seconds of all, companies, page bytes."""
    network = NetworkHistory.load()
    fastest, clock = [float("inf")] * 3, float("inf")
    size = number = 0
    for _ in range(rounds):
        begun, times = time.perf_counter(), [time.process_time()]
        made = season(view, network, names, QUARTER)
        times.append(time.process_time())
        page = render_html(season_report(made, network, names))
        times.append(time.process_time())
        season_workbook(made)
        times.append(time.process_time())
        clock = min(clock, time.perf_counter() - begun)
        spent = (after - before for before, after in pairwise(times))
        fastest = [min(pair) for pair in zip(fastest, spent, strict=True)]
        size, number = len(page.encode()), len(made.companies)
    return fastest, clock, number, size


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--companies", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    real = len(
        [ticker for ticker in View(bundled()).tickers() if QUARTER in View(bundled()).quarters(ticker)]
    )
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.sqlite3") as ledger:
        names = fill(ledger, max(0, options.companies - real))
        held: Figures = ledger.read()
        known = {ticker: company.name for ticker, company in Companies.load().items()}
        view = View(bundled() | held)
        spent, clock, number, size = measure(view, known | names, options.rounds)
        expected = min(nowcast_seconds(view) for _ in range(options.rounds))
    print(f"{QUARTER}: {number} companies, {len(names)} of them invented")
    for what, seconds in zip(("season", "page", "workbook"), spent, strict=True):
        print(f"{what:<9}{seconds:6.2f} s")
    print(f"nowcasts {expected:6.2f} s, part of the page")
    print(f"together {sum(spent):6.2f} s, at most {MOST_SECONDS} s ({clock:.2f} s by the clock)")
    print(f"page     {size / 1e6:6.2f} MB, at most {MOST_BYTES / 1e6} MB")
    if sum(spent) > MOST_SECONDS or size > MOST_BYTES:
        raise SystemExit("too slow or too large")


if __name__ == "__main__":
    main()
