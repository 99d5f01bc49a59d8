"""Filers whose tags speak of mining, AI hosting or chips, each filing as the package's reader takes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ._data_set_filing import DataSetFiling, FiledNumber, ShownRow
from ._scan import MarketScan
from ._words import says_more

_CANDIDATES = """
CREATE OR REPLACE TABLE candidate AS
WITH telling AS (
    SELECT segments, bool_or(m.line) AS line, bool_or(m.mining) AS mining
    FROM (SELECT DISTINCT segments, trim(unnest(string_split(segments, ';'))) AS pair FROM number) s
    JOIN member m USING (pair) GROUP BY segments
), spoken AS (
    SELECT tag, bool_or(revenue) AS revenue, bool_or(line) AS line, bool_or(mining) AS mining
    FROM concept WHERE kept GROUP BY tag
)
SELECT DISTINCT f.cik FROM number n JOIN filing f USING (adsh) JOIN spoken c USING (tag)
LEFT JOIN telling t ON t.segments = n.segments
WHERE (c.revenue AND (c.line OR coalesce(t.line, false))) OR c.mining OR coalesce(t.mining, false)
UNION  -- members known by their labels alone
SELECT f.cik FROM label l JOIN filing f ON f.adsh = l.version
JOIN concept c ON c.tag = l.tag AND c.label = coalesce(l.label, '') AND c.doc = coalesce(l.doc, '')
WHERE NOT c.revenue AND (c.line OR c.mining)
"""
_ONLY_THEIRS = """
CREATE OR REPLACE TABLE candidate_filing AS SELECT f.* FROM filing f SEMI JOIN candidate USING (cik);
CREATE OR REPLACE TABLE candidate_number AS
    SELECT n.*, f.cik FROM number n JOIN candidate_filing f USING (adsh) ORDER BY cik, adsh;
CREATE OR REPLACE TABLE candidate_shown AS SELECT s.* FROM shown s SEMI JOIN candidate_filing f USING (adsh);
CREATE OR REPLACE TABLE candidate_label AS
    SELECT l.* FROM label l SEMI JOIN candidate_filing f ON f.adsh = l.version;
"""


@dataclass(frozen=True, slots=True)
class FilerFilings:
    """All filings of one filer in the data sets.

    Args:
        cik: Without leading zeros.
        names: Present name first, then those it had.
        fiscal_year_end: `1231`; empty if not given.
        sic: Standard Industrial Classification; 0 if not given.
        filings: Oldest first.
    """

    cik: str
    names: tuple[str, ...]
    fiscal_year_end: str
    sic: int
    filings: tuple[DataSetFiling, ...]


def candidates(scan: MarketScan) -> Iterator[FilerFilings]:
    """Yield the filers whose revenue, or whose mining of coins, the scan found words for."""
    scan.execute(_CANDIDATES)
    scan.execute(_ONLY_THEIRS)
    for (cik,) in scan.execute("SELECT cik FROM candidate ORDER BY cik").fetchall():
        yield _of_filer(scan, cik)


def _of_filer(scan: MarketScan, cik: str) -> FilerFilings:
    sources = scan.execute(
        """SELECT adsh, name, former, form, filed, period, fye, instance, sic FROM candidate_filing
           WHERE cik = ? ORDER BY filed, adsh""",
        [cik],
    ).fetchall()
    numbers = _numbers(scan, cik)
    rows, labels = _presented(scan, cik)
    filings = tuple(
        DataSetFiling(
            accession=adsh,
            cik=cik,
            company_name=name or "",
            form=form or "",
            filed=filed,
            period_end=period,
            instance=instance or "",
            numbers=numbers.get(adsh, []),
            shown=rows.get(adsh, {}),
            labels=labels.get(adsh, {}),
        )
        for adsh, name, _, form, filed, period, _, instance, _ in sources
    )
    newest = sources[::-1]
    names = [name for name in (*(row[1] for row in newest), *(row[2] for row in newest)) if name]
    year_end = next((row[6] for row in newest if row[6]), "")
    sic = next((row[8] for row in newest if row[8]), 0)
    return FilerFilings(cik, tuple(dict.fromkeys(names)), year_end, sic, filings)


def _numbers(scan: MarketScan, cik: str) -> dict[str, list[FiledNumber]]:
    """The numbers of a filer by filing; of duplicates the one the SEC ranks first."""
    rows: Sequence[tuple[str, str, str, date, int, str, str | None, Decimal | None, int | None]]
    rows = scan.execute(
        """SELECT adsh, tag, version, ends, qtrs, uom, segments, value, iprx FROM candidate_number
           WHERE cik = ? ORDER BY ALL""",
        [cik],
    ).fetchall()
    best: dict[tuple[object, ...], int] = {}
    for row in rows:
        rank = row[8] or 0
        best[row[:7]] = min(best.get(row[:7], rank), rank)
    ranked = [row for row in rows if (row[8] or 0) == best[row[:7]]]
    count = Counter(row[:7] for row in ranked)
    found: dict[str, list[FiledNumber]] = defaultdict(list)
    for adsh, tag, version, ends, qtrs, uom, segments, value, _ in ranked:
        agreed = count[adsh, tag, version, ends, qtrs, uom, segments] == 1
        found[adsh].append(FiledNumber(tag, version or "", ends, qtrs, uom, segments or "", value, agreed))
    return found


def _presented(
    scan: MarketScan, cik: str
) -> tuple[dict[str, dict[str, list[ShownRow]]], dict[str, dict[str, str]]]:
    """By filing: where its concepts are shown, and labels of its own names."""
    rows: dict[str, dict[str, list[ShownRow]]] = defaultdict(lambda: defaultdict(list))
    shown = scan.execute(
        """SELECT s.adsh, s.tag, s.income, coalesce(s.report, 0), coalesce(s.line, 0), coalesce(s.label, '')
           FROM candidate_shown s
           JOIN candidate_filing f USING (adsh) WHERE f.cik = ? ORDER BY s.report, s.line, s.tag""",
        [cik],
    )
    for adsh, tag, income, report, line, label in shown.fetchall():
        rows[adsh][tag].append(ShownRow(0 if income else report + 1, line, label))
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    own = scan.execute(
        """SELECT l.version, l.tag, coalesce(l.label, ''), coalesce(l.doc, '') FROM candidate_label l
           JOIN candidate_filing f ON f.adsh = l.version WHERE f.cik = ? ORDER BY ALL""",
        [cik],
    )
    for adsh, tag, label, doc in own.fetchall():
        labels[adsh].setdefault(tag, label if says_more(label, tag) else doc or label)
    return rows, labels
