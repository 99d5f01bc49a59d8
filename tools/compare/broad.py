"""Commands that no document shows, but that reach every company, quarter, scenario, site and real filing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..commands.bindings import FILINGS, LEDGER_OF_BEFORE, SHARED
from ..commands.cases import Case

PLACE = "broad"
TRACES = 200
SEED = 11

QUARTERS = tuple(f"{year}Q{quarter}" for year in range(2022, 2027) for quarter in range(1, 5))[:18]
COMPANIES = (
    "ABTC", "APLD", "ARBK", "BITF", "BMNR", "BTBT", "BTDR", "CAN", "CANG", "CIFR", "CLSK", "CORZ", "EBON",
    "FUFU", "GLXY", "GREE", "HIVE", "HUT", "IREN", "LMFA", "MARA", "MIGI", "RIOT", "SDIG", "SLNH", "WULF",
    "WYFI",
)  # fmt: skip
SCENARIOS = (
    "bitcoin_halves", "bitcoin_flat", "ai_tenant_late", "gpu_price_collapse", "chip_downturn",
    "power_price_up", "ai_oversupply", "guided_growth",
)  # fmt: skip
SITES = ("west_texas", "ai_campus", "fixed_block", "hedged_reserves", "mine_weighing_ai")
READ_BACK = ("RIOT", "BTBT", "CLSK", "MARA", "CORZ")

_BESIDE = ("site.json", "my-site.toml", "my-prices.csv", "before.toml", "before.json")

_FIGURE_ID = re.compile(r'"([A-Z]{2,5}/[^"@\s]+@[0-9a-f]{8})"')


def broad_cases(shared: Path = SHARED) -> list[Case]:
    """The fixed list; traces are drawn apart, from what the before side printed."""
    files = real_files(shared)
    commands = [
        *_seasons(), *_companies(), *_nowcasts(), *_outlooks(), *_halvings(), *_sites(), *_refusals(),
    ]  # fmt: skip
    return [
        *(Case((command,), (PLACE,), _inputs(command)) for command in commands),
        *_readings(files),
        *_ledgers(files),
    ]


def trace_cases(outputs: Iterable[str], count: int = TRACES, seed: int = SEED) -> list[Case]:
    """Traces of figures drawn from JSON outputs: three in four by full id, one in four by address.

    Args:
        outputs: What commands printed.
        count: Figures to draw; fewer if the outputs name fewer.
        seed: Of the draw.
    """
    ids = sorted({match for output in outputs for match in _FIGURE_ID.findall(output)})
    drawn = random.Random(seed).sample(ids, min(count, len(ids)))
    named = [figure.partition("@")[0] if number % 4 == 3 else figure for number, figure in enumerate(drawn)]
    return [Case((f"hashpivot trace '{figure}' --json",), (PLACE,)) for figure in dict.fromkeys(named)]


def real_files(shared: Path = SHARED) -> list[str]:
    """Names of every real filing and update, relative to the real data."""
    folder = shared / "filings"
    return [
        path.relative_to(shared).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".md"
    ]


def _inputs(command: str) -> tuple[str, ...]:
    return tuple(name for name in _BESIDE if name in command)


def _seasons() -> Iterator[str]:
    for quarter in QUARTERS:
        yield f"hashpivot season {quarter} --json"
        yield f"hashpivot season {quarter} --html page.html --excel book.xlsx"
    for before, after in zip(QUARTERS, QUARTERS[4:], strict=False):
        yield f"hashpivot season --compare {before} {after} --json"
    yield f"hashpivot season --compare {' '.join(QUARTERS[2:])}"
    for quarter, day in (("2024Q4", "2025-02-15"), ("2024Q4", "2025-03-15"), ("2025Q2", "2025-08-10")):
        yield f"hashpivot season {quarter} --as-of {day} --json"
        yield f"hashpivot season {quarter} --as-of {day} --html page.html"


def _companies() -> Iterator[str]:
    for ticker in COMPANIES:
        yield f"hashpivot lines {ticker}"
        for option in ("", "--first ", "--restated ", "--as-of 2025-03-01 "):
            yield f"hashpivot lines {ticker} {option}--json"
        yield f"hashpivot lines {ticker} --excel book.xlsx"


def _nowcasts() -> Iterator[str]:
    for quarter in QUARTERS[4:]:
        yield f"hashpivot nowcast {quarter} --json"
    for quarter, day in (
        ("2024Q2", "2024-05-15"), ("2024Q4", "2025-01-10"), ("2024Q4", "2025-02-10"),
        ("2025Q2", "2025-07-05"),
        ("2025Q3", "2025-09-30"), ("2026Q1", "2026-04-10"),
    ):  # fmt: skip
        yield f"hashpivot nowcast {quarter} --json --as-of {day}"
        yield f"hashpivot nowcast {quarter} --as-of {day} --chart chart.svg"
    yield "hashpivot nowcast 2024Q4 RIOT --power site.json --json"


def _outlooks() -> Iterator[str]:
    for ticker in COMPANIES:
        yield f"hashpivot outlook {ticker} --write inputs.toml"
        yield f"hashpivot outlook {ticker} --paths 1000 --seed 3 --json"
    for ticker in ("RIOT", "IREN"):
        for scenario in SCENARIOS:
            yield f"hashpivot outlook {ticker} --scenario {scenario} --paths 1000 --seed 7 --json"
    for ticker in ("CORZ", "CLSK", "BTBT", "APLD"):
        options = "--paths 1000 --quarters 8 --tornado --bridge --scenario ai_tenant_late"
        yield f"hashpivot outlook {ticker} {options} --html page.html --excel book.xlsx --json"
        yield f"hashpivot outlook {ticker} {options}"
    for day in ("2024-06-30", "2025-06-30"):
        yield f"hashpivot outlook RIOT --as-of {day} --paths 1000 --json"
        yield f"hashpivot outlook RIOT --as-of {day} --scenario guided_growth --paths 1000 --json"
    yield "hashpivot outlook RIOT --power site.json --paths 1000 --json"
    yield "hashpivot outlook RIOT --power before.json --paths 1000 --json"
    yield "hashpivot outlook CORZ --scenario before.toml --paths 1000 --json"


def _halvings() -> Iterator[str]:
    for number in range(1, 6):
        yield f"hashpivot halving --number {number} --json"


def _sites() -> Iterator[str]:
    for site in (*SITES, "my-site.toml"):
        yield f"hashpivot site backtest {site} --start 2024-08-01 --end 2024-08-31 --html page.html"
        yield f"hashpivot site backtest {site} --start 2024-08-01 --end 2024-08-31 --json"
        yield f"hashpivot site backtest {site} --start 2021-02-08 --end 2021-03-02 --regime lagged --json"
        yield f"hashpivot site plan {site} --at 2024-08-20T14:00 --json"
        yield f"hashpivot site plan {site} --at 2023-01-20T06:00 --hours 24 --csv"
        yield f"hashpivot site forecast {site} --at 2024-07-10T14:00 --json"
    yield "hashpivot site backtest west_texas --start 2024-08-01 --end 2024-08-07 --learned --json"
    yield "hashpivot site plan hedged_reserves --at 2024-08-20T14:00 --learned --json"
    yield "hashpivot site forecast --at 2024-08-20T14:00 --learned --json"
    yield "hashpivot site allocate mine_weighing_ai --start 2023-01-01 --end 2023-12-31 --json"
    yield "hashpivot site allocate west_texas"
    yield "hashpivot site plan my-site.toml --prices my-prices.csv --json"


def _refusals() -> Iterator[str]:
    """Wrong use and work that fails: the exit status must stay."""
    yield "hashpivot"
    yield "hashpivot --version"
    for wrong in (
        "seson", "season 2030Q1", "season 2024Q5", "season 2024Q4 2025Q4", "season --compare 2024Q4",
        "season 2024Q4 --as-of yesterday", "lines", "lines NONE", "trace RIOT", "trace RIOT/2024Q4/revenue",
        "trace RIOT/2024Q4/revenue/self_mining@00000000", "nowcast 2024Q4 NONE",
        "nowcast 2024Q4 --power none.json",
        "outlook NONE", "outlook RIOT --paths 0", "outlook RIOT --scenario none",
        "outlook RIOT --scenario none.toml",
        "outlook RIOT --sweep none.toml", "halving --number 9", "read none.htm", "read none.htm --json",
        "add none.htm --json", "site plan none", "site backtest none.toml", "site plan west_texas --hours 99",
        "site backtest west_texas --start 2030-01-01", "site backtest west_texas --zone NONE",
        "site forecast --at 2031-01-01T00:00", "site allocate west_texas --json",
    ):  # fmt: skip
        yield f"hashpivot {wrong}"


def _readings(files: list[str]) -> Iterator[Case]:
    for path in files:
        name = path.rpartition("/")[2]
        for option in ("--json", "--statements --json", "--statements"):
            yield Case((f"hashpivot read {name} {option}",), (PLACE,), (path,))


def _ledgers(files: list[str]) -> Iterator[Case]:
    """Filings added to a ledger that is then read: by the same environment, and by one after the other."""
    names = " ".join(path.rpartition("/")[2] for path in files if path.startswith(FILINGS))
    asked = tuple(_over_a_ledger())
    yield Case((f"hashpivot add {names} --json", *asked), (PLACE,), tuple(_of(files, FILINGS)))
    yield Case(asked, (PLACE,), (LEDGER_OF_BEFORE,))
    for path in files:
        name = path.rpartition("/")[2]
        yield Case((f"hashpivot add {name} --json", "hashpivot season --json"), (PLACE,), (path,))


def _of(files: list[str], folder: str) -> Iterator[str]:
    return (path for path in files if path.startswith(folder))


def _over_a_ledger() -> Iterator[str]:
    for quarter in ("2023Q4", "2024Q2", "2024Q4", "2025Q2"):
        yield f"hashpivot season {quarter} --json"
    for ticker in READ_BACK:
        yield f"hashpivot lines {ticker} --json"
        yield f"hashpivot lines {ticker} --restated --json"
    yield "hashpivot nowcast 2025Q2 --json"
    yield "hashpivot outlook RIOT --paths 500 --json"
