"""Make the nowcast's track record: the bundled table and the tables of docs/nowcast.md.

    python scripts/track_record.py [--check]

Every past company-quarter with an outcome is nowcast at four moments from what was known then. With --check
nothing is written: a case that is gone, new or moved by more than a tenth of a per cent ends with status 1,
and so does a page that does not show what the table says.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from math import exp
from pathlib import Path
from statistics import median
from typing import Any

import hashpivot as hp
from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View, bundled
from hashpivot.nowcast import Case, Kind, days_known, evidence_of, parse_record, summary, write_record

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "hashpivot" / "nowcast" / "data" / "track_record.csv"
PAGE = ROOT / "docs" / "nowcast.md"
START, END = "<!-- generated: track record -->\n", "<!-- end -->\n"
BASELINES = ("last_quarter", "seasonal", "network_scaled")
SLACK = 1e-3
FAR = 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    made = hp.Desk.open().backtest()
    if check:
        kept = parse_record(TABLE.read_text(encoding="utf-8"))
        if not same(made, kept):
            sys.exit("track_record.csv is not what the backtest gives: run python scripts/track_record.py")
    else:
        TABLE.write_text(write_record(made), encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(START)
    shown = (
        before + START + tables(parse_record(TABLE.read_text(encoding="utf-8"))) + END + rest.split(END, 1)[1]
    )
    if check and shown != page:
        sys.exit("docs/nowcast.md is stale: run python scripts/track_record.py")
    PAGE.write_text(shown, encoding="utf-8")
    print(f"{len(made)} cases")


def same(made: Sequence[Case], kept: Sequence[Case]) -> bool:
    """True if both hold the same cases, as far as numbers of another machine can tell."""
    return len(made) == len(kept) and all(_alike(a, b) for a, b in zip(made, kept, strict=True))


def _alike(made: Case, kept: Case) -> bool:
    names = ("ticker", "quarter", "horizon", "as_of", "subject", "line", "level", "actual_known")
    if any(getattr(made, name) != getattr(kept, name) for name in names):
        return False
    numbers = ("median_usd", "p10_usd", "p90_usd", "actual_usd")
    return all(abs(getattr(made, n) - getattr(kept, n)) <= SLACK * getattr(kept, n) + 1 for n in numbers)


def tables(cases: Sequence[Case]) -> str:
    """The generated part of the page."""
    found = summary(cases)
    head = (
        f"{found['cases']} nowcasts in all, {found['test_cases']} of them of quarters from {found['from']} "
        f"on, which these tables are about. Of {found['overall']['n']} mining nowcasts "
        f"{found['overall']['coverage80']:.1%} lay in their 80% interval.\n"
    )
    parts = (
        ("Mining revenue, by what was known and when", ("level", "horizon"), found["by_level"]),
        ("Mining revenue, by year", ("year", "horizon"), found["by_year"]),
        ("Mining revenue on the eve of the report, by company", ("ticker",), eve(found["by_company"])),
        ("Other lines on the eve of the report", ("line",), eve(found["other_lines"])),
        ("Total revenue", ("horizon",), found["total"]),
    )
    return "\n".join([agreement(), head, *(table(*part) for part in parts)]) + "\n"


def agreement() -> str:
    """How closely bitcoin mined and mining revenue of one period show one hash rate."""
    view, history = View(bundled()), NetworkHistory.load()
    days = days_known(history, history.last_day)
    gaps = []
    for ticker in view.tickers():
        evidence = evidence_of(view, ticker, days)[0]
        mined = {(e.start, e.end): e.log_ehs for e in evidence if e.kind is Kind.BITCOIN}
        earned = [e for e in evidence if e.kind is Kind.REVENUE and (e.start, e.end) in mined]
        gaps += [abs(exp(e.log_ehs - mined[e.start, e.end]) - 1) for e in earned]
    far = sum(gap > FAR for gap in gaps)
    return (
        f"Bitcoin mined and mining revenue of the same quarter, {len(gaps)} cases, show effective hash rates "
        f"{median(gaps):.2%} apart in the median, {far} of them more than {FAR:.0%}.\n"
    )


def eve(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["horizon"] == "report_eve"]


def table(title: str, names: tuple[str, ...], rows: Sequence[dict[str, Any]]) -> str:
    """A Markdown table; baselines with ours on the same cases in brackets."""
    header = [
        *names,
        "n",
        "MAPE",
        "median",
        "bias",
        "in 80%",
        "width",
        *(b.replace("_", " ") for b in BASELINES),
    ]
    lines = [f"**{title}**\n", f"| {' | '.join(header)} |", "|" + "---|" * len(header)]
    for row in rows:
        measured = (f"{row[key]:.1%}" for key in ("mape", "median_ape", "bias", "coverage80", "width80"))
        cells = [*(str(row[n]).replace("_", " ") for n in names), str(row["n"]), *measured]
        cells += [against(row, name) for name in BASELINES]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def against(row: dict[str, Any], name: str) -> str:
    if name not in row["baseline_mape"]:
        return ""
    return f"{row['baseline_mape'][name]:.1%} ({row['ours_on_baseline_cases'][name]:.1%})"


if __name__ == "__main__":
    main()
