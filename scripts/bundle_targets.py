"""Find the targets in the real texts and write the table shipped with the package.

    python scripts/bundle_targets.py [--data ../shared/data] [--check]

Which text was public when stands in tests/guidance/texts.csv. Numbers, dates and places are written, no
sentence. What a reader rejected in tests/guidance/labels.csv is left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from score_guidance import Key, key, plain, rows, sha

from hashpivot.core import Companies
from hashpivot.filings import read_prose
from hashpivot.guidance import Target, find_targets, find_withdrawals, write_targets

Labels = dict[tuple[str, str], set[tuple[Key, str]]]
ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "hashpivot" / "guidance" / "data" / "targets.csv"


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


def found(data: Path) -> Iterator[tuple[Target, str, bool]]:
    """Each target with its source, and whether it is a withdrawal."""
    companies = Companies.load()
    labels = read_labels()
    for text in rows("texts.csv"):
        company = companies[text["ticker"]]
        prose = read_prose(next((data / "filings").glob(f"*/{text['file']}")))
        said, calendar = date.fromisoformat(text["said_on"]), company.calendar
        source = text["accession"] or text["file"].partition(".")[0]
        denied = find_withdrawals(prose, said_on=said, calendar=calendar)
        for target in find_targets(prose, said_on=said, calendar=calendar, names=company.names):
            named = replace(target, ticker=company.ticker)
            if not is_rejected(named, prose.sentence(target.locator).text, labels):
                yield named, source, False
        for target in denied:
            yield replace(target, ticker=company.ticker), source, True


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--check", action="store_true", help="fail if the table is not up to date")
    options = parser.parse_args()
    table = write_targets(found(options.data))
    if options.check and table != TABLE.read_text(encoding="utf-8"):
        raise SystemExit("targets.csv is not up to date; run scripts/bundle_targets.py")
    TABLE.write_text(table, encoding="utf-8")
    print(f"{len(table.splitlines()) - 1} targets written")


if __name__ == "__main__":
    main()
