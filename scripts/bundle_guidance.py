"""Find targets and words of risk in the real texts and write the tables shipped with the package.

    python scripts/bundle_guidance.py [--data ../shared/data] [--check]

Which text was public when stands in tests/guidance/texts.csv. Numbers, names, dates and places are written,
no sentence. Targets a reader rejected in tests/guidance/labels.csv are left out. A text that raises no flag
has one row of an empty kind: read, and silent.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from score_guidance import Key, key, plain, rows, sha

from hashpivot.core import Companies, Company
from hashpivot.filings import Prose, read_prose
from hashpivot.guidance import (
    StatedFlag,
    Target,
    find_flags,
    find_targets,
    find_withdrawals,
    write_flags,
    write_targets,
)

Labels = dict[tuple[str, str], set[tuple[Key, str]]]
ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "src" / "hashpivot" / "guidance" / "data"


def is_rejected(target: Target, text: str, labels: Labels) -> bool:
    """True if the sentence was read and holds no such target with that due date."""
    read = labels.get((target.ticker, sha(text)))
    due = target.due.isoformat() if target.due else ""
    return read is not None and (key(target), due) not in read


def read_labels() -> Labels:
    """The targets of each labelled sentence."""
    labels: Labels = {}
    for row in rows("labels.csv"):
        wanted = labels.setdefault((row["file"][:4], row["sha"]), set())
        if row["is_target"] == "1":
            wanted.add(((row["metric"], plain(row["low"]), plain(row["high"])), row["due"]))
    return labels


Said = tuple[Company, date, str, str, Prose]


def texts(data: Path) -> list[Said]:
    """Company, day, form, source and prose of every real text."""
    companies = Companies.load()
    return [
        (
            companies[row["ticker"]],
            date.fromisoformat(row["said_on"]),
            row["form"],
            row["accession"] or row["file"].partition(".")[0],
            read_prose(next((data / "filings").glob(f"*/{row['file']}"))),
        )
        for row in rows("texts.csv")
    ]


def targets_in(said: Said, labels: Labels) -> Iterator[tuple[Target, str, bool]]:
    """Each target with its source, and whether it is a withdrawal."""
    company, day, _, source, prose = said
    for target in find_targets(prose, said_on=day, calendar=company.calendar, names=company.names):
        named = replace(target, ticker=company.ticker)
        if not is_rejected(named, prose.sentence(target.locator).text, labels):
            yield named, source, False
    for target in find_withdrawals(prose, said_on=day, calendar=company.calendar):
        yield replace(target, ticker=company.ticker), source, True


def flags_in(said: Said) -> Iterator[StatedFlag]:
    company, day, form, source, prose = said
    head = (company.ticker, day, form)
    flags = find_flags(prose)
    for flag in flags:
        yield StatedFlag(*head, flag.kind, flag.name, flag.count, source, flag.locator)
    if not flags:
        yield StatedFlag(*head, "", "", 0, source, "")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--check", action="store_true", help="fail if a table is not up to date")
    options = parser.parse_args()
    said, labels = texts(options.data), read_labels()
    tables = {
        "targets.csv": write_targets(found for text in said for found in targets_in(text, labels)),
        "flags.csv": write_flags(flag for text in said for flag in flags_in(text)),
    }
    for name, table in tables.items():
        if options.check and table != (TABLES / name).read_text(encoding="utf-8"):
            raise SystemExit(f"{name} is not up to date; run scripts/bundle_guidance.py")
        (TABLES / name).write_text(table, encoding="utf-8")
        print(f"{name}: {len(table.splitlines()) - 1} rows")


if __name__ == "__main__":
    main()
