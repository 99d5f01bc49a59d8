"""Discover, tried on the filings at hand, each as the SEC's data sets would give it."""

from __future__ import annotations

import argparse
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hashpivot.core import Companies, HashpivotError, Line, Quarter
from hashpivot.discover import Discovery, Filer, discover
from hashpivot.filings import Filing, read_filing
from hashpivot.lines import kind_of, local_name, read_facts
from hashpivot.lines.tagged import StatementFacts
from hashpivot.testing.generated import DataSetSubmission, data_set_submission, write_data_set

from ..places import DATA


def filings_at_hand() -> Iterator[tuple[str, Filing]]:
    """Tagged reports of miners, and of companies of other industries."""
    for folder, role in (("filings/ixbrl", "miner"), ("corpus", "other")):
        for path in sorted((DATA / folder).glob("*.htm.gz")):
            try:
                filing = read_filing(path)
            except HashpivotError:
                continue
            if filing.cik and filing.form:
                yield role, filing


def as_submission(filing: Filing, number: int, presented: bool) -> DataSetSubmission:
    """The filing with its numbers; its income statement is where the package's reader finds it."""
    statements = StatementFacts(tuple(filing.facts))
    tables: dict[int, dict[str, str]] = defaultdict(dict)
    for fact in statements.facts if presented else ():
        if fact.table >= 0 and not fact.in_label:
            table = -1 if fact.table in statements.income else fact.table
            tables[table].setdefault(local_name(fact.concept), "" if fact.context.dims else fact.label)
    income = tuple(tables.pop(-1, {}).items())
    details = [
        tuple(rows.items()) for rows in tables.values() if any(kind_of(tag) == "revenue" for tag in rows)
    ]
    end = filing.period_end or date(2024, 12, 31)
    filed = filing.filed or end + timedelta(days=45)
    accession = f"{int(filing.cik):010d}-{end:%y}-{number:06d}"
    return data_set_submission(filing, accession=accession, filed=filed, income=income, details=details)


def half_of(cik: str) -> str:
    """Half a filer belongs to: the first is for building, the second is looked at once."""
    return "building" if zlib.crc32(cik.encode()) % 2 else "kept aside"


def looked_through(submissions: list[DataSetSubmission], *, notes: bool) -> Discovery:
    """What `discover` finds in a data set of these filings, by a user who follows nobody."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("2024_05_notes.zip" if notes else "2024q2.zip")
        return discover([write_data_set(path, submissions, notes=notes)], companies=Companies({}))


def compared(filings: list[Filing], found: Discovery) -> tuple[int, int, int]:
    """Amounts of lines that were found as in the filings, those in them, and those found that are in none."""
    newest: dict[tuple[str, Line, Quarter, int], Decimal] = {}
    for filing in sorted(filings, key=lambda filing: filing.period_end or date.min):
        newest |= _amounts(filing)
    truth = {(*key, value) for key, value in newest.items()}
    seen = {
        (filer.cik, one.line, amount.quarter, amount.months, amount.value)
        for filer in found.filers
        for one in filer.lines
        for amount in one.amounts
    }
    return len(truth & seen), len(truth), len(seen - truth)


def _amounts(filing: Filing) -> dict[tuple[str, Line, Quarter, int], Decimal]:
    return {
        (filing.cik, line, Quarter.of_period_end(period.end), period.months): value
        for period in read_facts(filing).periods
        for line, value in period.revenue.by_line().items()
        if period.months in (3, 6, 9, 12) and line.group != "other"
    }


def main() -> None:
    """Print what is found in either half, in both spellings, with and without presentation."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=("building", "kept aside"))
    options = parser.parse_args()
    read = list(filings_at_hand())
    for half in (options.half,) if options.half else ("building", "kept aside"):
        chosen = [(role, filing) for role, filing in read if half_of(filing.cik) == half]
        known = Companies.load()
        miners = {f.cik for _, f in chosen if (company := known.by_cik(f.cik)) and company.role == "miner"}
        print(f"{half}: {len(chosen)} filings of {len({f.cik for _, f in chosen})} filers")
        for notes, presented in ((True, True), (True, False), (False, True)):
            submissions = [as_submission(f, i, presented) for i, (_, f) in enumerate(chosen)]
            found = looked_through(submissions, notes=notes)
            print(
                f"  {'notes' if notes else 'plain'}, {'with' if presented else 'without'} pre: "
                f"{found.candidates} candidates, {len(miners)} miners"
            )
            agreed = compared([filing for _, filing in chosen if filing.cik in miners], found)
            print("    amounts of lines as in the filings: {} of {}, {} others".format(*agreed))
            for filer in found.filers:
                print(f"    {_words(filer)}{'' if filer.cik in miners else '   <-- no miner'}")
            if notes and presented:
                for problem in (*found.problems, *(p for f in found.filers for p in f.problems)):
                    print("   ", problem[:150])


def _words(filer: Filer) -> str:
    lines = ", ".join(f"{one.line.value} since {one.first.quarter}" for one in filer.lines)
    share = "?" if filer.current_share is None else f"{filer.current_share:.1%}"
    return (
        f"{filer.category.value:<12} {filer.name[:28]:<28} {filer.current[0].period:<20} {share:>6}  {lines}"
    )


if __name__ == "__main__":
    main()
