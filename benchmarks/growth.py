"""How time and memory of commands grow with the ledger, beside plain SQL on the same rows.

    python -m benchmarks.growth --folder FOLDER [--sizes 10000 100000] [--shapes listed filers] [--svg FILE]

Ledgers of made-up companies are written to the folder once and used again: `listed` has at most 40 companies
with long histories in detail, `filers` one company for every 250 figures. Each command runs as a process of
its own; seconds are those of the processor, start-up included, megabytes the most the process had. The rivals
are what nothing that reads these rows can beat by much: Python's `sqlite3` fetching the same rows through an
index on the ticker (for one company) or all of them (for a season), and DuckDB adding up total revenue by
company and period. A command that took longer than `--most` seconds is not run on larger ledgers.

    python -m benchmarks.growth --draw

draws the table of docs/methods/ledger.md as docs/pictures/growth.svg, without measuring.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from math import log10
from pathlib import Path

TABLE, PICTURE = Path("docs/methods/ledger.md"), Path("docs/pictures/growth.svg")
SHAPES = ("listed", "filers")
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
TICKER = "Q0001"
COMMANDS = {
    "lines": ("lines", TICKER, "--json"),
    "trace": ("trace", f"{TICKER}/2026Q1/total_revenue", "--json"),
    "company": ("company", TICKER, "--json"),
    "season": ("season", "--json"),
    "coverage": ("coverage", "--json"),
    "search": ("search", "hosting", "--json"),
}
WRITE = """
from hashpivot.testing.generated import LedgerShape, write_big_ledger
write_big_ledger({path!r}, {figures}, LedgerShape({shape!r}))
"""
ONE = """
import sqlite3
rows = sqlite3.connect({rows!r}).execute("SELECT * FROM figures WHERE ticker = 'Q0001'").fetchall()
"""
ALL = """
import sqlite3
for row in sqlite3.connect({ledger!r}).execute("SELECT * FROM figures"):
    pass
"""
SUMS = """
import duckdb
duckdb.sql("SELECT ticker, quarter, sum(value) FROM read_csv({table!r}) GROUP BY ALL").fetchall()
"""
RIVALS = {"sqlite3, one company": ONE, "sqlite3, all rows": ALL, "DuckDB, sums": SUMS}
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#666666", "#999999", "#bbbbbb")


@dataclass(frozen=True)
class Cost:
    """What one run took.

    Args:
        shape: Of the ledger.
        figures: How many it has.
        command: The command or rival.
        seconds: Of the processor.
        megabytes: The most it had.
    """

    shape: str
    figures: int
    command: str
    seconds: float
    megabytes: float


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Run a process; its processor seconds and most megabytes.

    Raises:
        SystemExit: If it fails.
    """
    every = {**os.environ, **environment}
    every.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is not compiled at every start
    with subprocess.Popen(arguments, env=every, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(arguments)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def ledger_file(folder: Path, shape: str, figures: int) -> Path:
    """The ledger of a shape and size, with its tables for the rivals, written unless it is there."""
    path = folder / f"{shape}-{figures}.sqlite3"
    if not path.exists():
        partial = folder / f".{path.name}"
        partial.unlink(missing_ok=True)
        # A child begins with the memory of its parent, so that this process is kept small.
        run([sys.executable, "-c", WRITE.format(path=str(partial), figures=figures, shape=shape)], {})
        partial.rename(path)
    rows, table = path.with_suffix(".rows"), path.with_suffix(".csv")
    if not table.exists():
        rows.unlink(missing_ok=True)
        with closing(sqlite3.connect(rows)) as copy, table.open("w", newline="") as lines:
            copy.execute("ATTACH ? AS ledger", (str(path),))
            copy.execute("CREATE TABLE figures AS SELECT * FROM ledger.figures")
            copy.execute("CREATE INDEX by_ticker ON figures (ticker)")
            copy.commit()
            query = "SELECT ticker, \"end\", value FROM figures WHERE measure = 'total_revenue'"
            csv.writer(lines).writerows([("ticker", "quarter", "value"), *copy.execute(query)])
    return path


def measure(folder: Path, shape: str, sizes: Sequence[int], most: float) -> Iterator[Cost]:
    """What every command and rival takes on ledgers of several sizes, smallest first."""
    left = {**COMMANDS, **RIVALS}
    for size in sorted(sizes):
        path = ledger_file(folder, shape, size)
        with closing(sqlite3.connect(path)) as ledger:
            (figures,) = ledger.execute("SELECT count(*) FROM figures").fetchone()
        names = {"ledger": str(path), "rows": str(path.with_suffix(".rows"))}
        names["table"] = str(path.with_suffix(".csv"))
        for name, asked in tuple(left.items()):
            script = asked.format(**names) if isinstance(asked, str) else ""
            arguments = ["-c", script] if script else ["-m", "hashpivot", *asked]
            cost = run([sys.executable, *arguments], {"HASHPIVOT_LEDGER": str(path)})
            yield Cost(shape, figures, name, *cost)
            if cost[0] > most:
                del left[name]


def table_of(costs: Sequence[Cost]) -> Iterator[str]:
    """Lines of a Markdown table for each shape: seconds and megabytes by command and size."""
    for shape in dict.fromkeys(cost.shape for cost in costs):
        cells = {
            (c.command, c.figures): f"{c.seconds:.2f} s, {c.megabytes:.0f} MB"
            for c in costs
            if c.shape == shape
        }
        sizes = sorted({figures for _, figures in cells})
        yield f"| {shape} | {' | '.join(f'{size:,}' for size in sizes)} |"
        yield f"| --- |{' ---: |' * len(sizes)}"
        for command in dict.fromkeys(command for command, _ in cells):
            yield f"| {command} | {' | '.join(cells.get((command, size), '') for size in sizes)} |"
        yield ""


def costs_of_table(text: str) -> Iterator[Cost]:
    """The costs in the table of docs/methods/ledger.md: a column a ledger, a row a command."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    begin = next(number for number, cells in enumerate(rows) if cells[0] == "command")
    ledgers = [_LEDGER.search(cell) for cell in rows[begin][1:]]
    for command, *cells in itertools.takewhile(lambda row: len(row) == len(rows[begin]), rows[begin + 2 :]):
        for ledger, cell in zip(ledgers, cells, strict=True):
            cost = _COST.fullmatch(cell)
            if ledger and cost:
                name, figures = command.replace("`", ""), int(ledger[2].replace(",", ""))
                yield Cost(ledger[1], figures, name, float(cost[1]), float(cost[2]))


_LEDGER = re.compile(r"`(\w+)`, ([\d,]+)")
_COST = re.compile(r"([\d.]+) s, ([\d.]+) MB")


def picture_of(costs: Sequence[Cost]) -> str:
    """An SVG of processor seconds by figures, both logarithmic, one panel a shape."""
    lasting = [shape for shape in SHAPES if len({c.figures for c in costs if c.shape == shape}) > 1]
    shapes = lasting or list(dict.fromkeys(cost.shape for cost in costs))
    names = list(dict.fromkeys(cost.command for cost in costs))
    width = 420 * len(shapes) + 250
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 400" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="400" fill="white"/>',
    ]
    for number, shape in enumerate(shapes):
        parts += _panel(60 + 420 * number, shape, names, [cost for cost in costs if cost.shape == shape])
    for number, name in enumerate(names):
        y = 40 + 20 * number
        parts.append(f'<path d="M{width - 235} {y}h20" {_stroke(number, name)}/>')
        parts.append(f'<text x="{width - 208}" y="{y + 4}">{name}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _panel(left: int, shape: str, names: Sequence[str], costs: Sequence[Cost]) -> Iterator[str]:
    def place(figures: float, seconds: float) -> str:
        return f"{left + (log10(figures) - 4) * 165:.1f} {340 - (log10(max(seconds, 0.01)) + 2) * 65:.1f}"

    title = f"{shape}: processor seconds by figures in the ledger"
    yield f'<text x="{left}" y="20" font-weight="bold">{title}</text>'
    for power in range(-2, 3):
        x, y = place(10**4, 10.0**power).split()
        yield f'<path d="M{x} {y}h360" stroke="#dddddd"/>'
        yield f'<text x="{left - 8}" y="{float(y) + 4}" text-anchor="end">{10.0**power:g}</text>'
    for power in range(4, 7):
        x, y = place(10**power, 0.01).split()
        yield f'<text x="{x}" y="{float(y) + 20}" text-anchor="middle">{10**power:,}</text>'
    for number, name in enumerate(names):
        points = [place(cost.figures, cost.seconds) for cost in costs if cost.command == name]
        yield f'<path d="M{" L".join(points)}" {_stroke(number, name)}/>'


def _stroke(number: int, name: str) -> str:
    dashed = "" if name in COMMANDS else ' stroke-dasharray="4 3"'
    return f'fill="none" stroke-width="2" stroke="{COLOURS[number % len(COLOURS)]}"{dashed}'


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=SHAPES)
    parser.add_argument("--most", type=float, default=120.0)
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--draw", action="store_true", help="the table of the docs; nothing is measured")
    options = parser.parse_args()
    if options.draw:
        costs = list(costs_of_table(TABLE.read_text(encoding="utf-8")))
        PICTURE.write_text(picture_of(costs), encoding="utf-8")
        return
    if not options.folder:
        parser.error("name a folder for the ledgers, or --draw")
    options.folder.mkdir(parents=True, exist_ok=True)
    costs = []
    for shape in options.shapes:
        for cost in measure(options.folder, shape, options.sizes, options.most):
            print(json.dumps(asdict(cost)), flush=True)
            costs.append(cost)
    print(*table_of(costs), sep="\n")
    if options.svg:
        options.svg.write_text(picture_of(costs), encoding="utf-8")


if __name__ == "__main__":
    main()
