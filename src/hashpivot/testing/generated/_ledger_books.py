"""Big ledgers: made-up companies' filings as figures, written one filing after the other, as `add` does.

Every number follows from the company's ticker, the measure and the quarter, so that a ledger of one size is
the same every time, and the quarters of a year add up to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from itertools import chain
from pathlib import Path
from zlib import crc32

from hashpivot.core import (
    MEASURES,
    CellLocator,
    FactLocator,
    Figure,
    Line,
    Quarter,
    SentenceLocator,
    Source,
    TextFact,
)
from hashpivot.ledger import DETAIL, Entry, Ledger, Stance, Target, canonical_json, target_data

_LAST = Quarter(2026, 2)
_LINES = (Line.SELF_MINING, Line.HOSTING, Line.AI_CLOUD, Line.AI_COLOCATION, Line.ENGINEERING)
_COST = ("total_cost_of_revenue", "selling_general_administrative", "depreciation_amortization", "impairment")
_INCOME = (*_COST, "operating_income", "net_income", "interest_expense")
_CASH_FLOW = (
    "stock_based_compensation",
    "operating_cash_flow",
    "investing_cash_flow",
    "financing_cash_flow",
    "capital_expenditure",
    "share_issuance_proceeds",
)
_BALANCE = (
    "cash",
    "digital_assets_value",
    "debt",
    "convertible_notes",
    "total_assets",
    "stockholders_equity",
    "shares_outstanding",
)
_UPDATE = ("bitcoin_mined", "bitcoin_sold", "hash_rate_average", "bitcoin_held", "hash_rate_period_end")
_RISKS = ("regulation", "customer_concentration", "power")

Filing = tuple[Source, list[Figure], list[TextFact]]


class LedgerShape(StrEnum):
    """How the figures of a big ledger are spread."""

    LISTED = "listed"
    """At most 40 companies that file reports, releases and monthly updates over many years, in detail."""
    FILERS = "filers"
    """One company for every 250 figures: its last reports and releases."""

    def companies(self, figures: int) -> int:
        """How many companies a ledger of so many figures has."""
        return max(1, min(40, figures // 2500) if self is LedgerShape.LISTED else figures // 250)


@dataclass(frozen=True)
class LedgerBooks:
    """One made-up company.

    Args:
        ticker: Its ticker.
        details: Rows of each column of a report that only break down its revenue.
        updates: True if it publishes monthly production.
    """

    ticker: str
    details: int = 0
    updates: bool = True

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Two to four lines of business."""
        draw = crc32(self.ticker.encode())
        return _LINES[draw % 2 :][: 2 + draw % 3]

    def filings(self, quarter: Quarter) -> Iterator[Filing]:
        """Yield what it files on a quarter: updates, release, report."""
        if self.updates:
            for month in (1, 2, 3):
                yield self._update(quarter, month)
        yield self._release(quarter)
        yield self._report(quarter)

    def correction(self, quarter: Quarter) -> Filing:
        """Return the report on a quarter as a later reader reads it: one number otherwise."""
        source, figures, facts = self._report(quarter)
        first = replace(figures[0], value=figures[0].value + 1000)
        return replace(source, reader=2), [first, *figures[1:]], facts

    def record(self, quarter: Quarter) -> Entry:
        """Return a figure of the quarter as somebody records it by hand."""
        key = f"record:{self.ticker}/{crc32(self.ticker.encode()):08x}"
        day = quarter.end + timedelta(days=50)
        source = Source(key, self.ticker, "", day, "recorded", "C", name="An analyst's note")
        figure = self._figure(source, "adjusted_ebitda", None, (quarter,), "Adjusted EBITDA", 0)
        return Entry(0, source, figure)

    def _report(self, quarter: Quarter) -> Filing:
        annual = quarter.number == 4
        form, days = ("10-K", 58) if annual else ("10-Q", 38)
        source = self._source(form, quarter, quarter.end + timedelta(days=days), "A")
        columns = [_year_to_date(quarter)] if annual or quarter.number > 1 else []
        columns += [] if annual else [(quarter,)]
        columns += [tuple(q - 4 for q in column) for column in columns]
        figures = [f for column in columns for f in self._income(source, column)]
        figures += [
            f for column in (columns[0], columns[len(columns) // 2]) for f in self._flows(source, column)
        ]
        figures += [
            f for moment in (quarter, _year_to_date(quarter)[0] - 1) for f in self._balance(source, moment)
        ]
        known = source.known
        flags = [
            TextFact(self.ticker, source.key, known, "flag", SentenceLocator(40 + n, 1), canonical_json(
                {"form": form, "kind": "risk", "name": name, "count": 1 + n, "excerpt": ""}
            ))
            for n, name in enumerate(_RISKS)
        ]  # fmt: skip
        return source, figures, flags

    def _release(self, quarter: Quarter) -> Filing:
        source = self._source("8-K", quarter, quarter.end + timedelta(days=30), "B")
        columns = ((quarter,), (quarter - 4,))
        figures = [f for column in columns for f in self._revenue(source, column)]
        figures += [self._figure(source, "adjusted_ebitda", None, c, "Adjusted EBITDA", 90) for c in columns]
        return source, figures, [self._target(source, n) for n in (1, 2)]

    def _update(self, quarter: Quarter, month: int) -> Filing:
        first = date(quarter.start.year, quarter.start.month + month - 1, 1)
        end = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        source = replace(
            self._source(f"8-K {month}", quarter, end + timedelta(days=5), "B"), form="8-K", period_end=end
        )
        figures = []
        for row, measure in enumerate(_UPDATE):
            made = self._figure(source, measure, None, (quarter,), measure.replace("_", " "), row)
            start = first if MEASURES[measure].flow else None
            figures.append(replace(made, start=start, end=end, breakdown=DETAIL if start else ""))
        return source, figures, []

    def _source(self, form: str, quarter: Quarter, known: date, grade: str) -> Source:
        name = f"{self.ticker} {form} {quarter}"
        digest = sha256(name.encode()).hexdigest()
        number = f"{int(digest[:12], 16) % 10**16:016d}"
        accession = f"{number[:10]}-{known.year % 100:02d}-{number[10:]}"
        return Source(
            digest, self.ticker, form, known, "filed", grade, accession, "", digest,
            f"{name}.htm", quarter.end, 1,
        )  # fmt: skip

    def _revenue(self, source: Source, column: tuple[Quarter, ...]) -> Iterator[Figure]:
        for row, line in enumerate(self.lines):
            yield self._figure(source, "revenue", line, column, f"{line.heading} revenue", row)
        yield self._figure(source, "total_revenue", None, column, "Total revenue", 9)

    def _income(self, source: Source, column: tuple[Quarter, ...]) -> Iterator[Figure]:
        yield from self._revenue(source, column)
        for row, line in enumerate(self.lines, 10):
            yield self._figure(source, "cost_of_revenue", line, column, f"Cost of {line.heading}", row)
        for row, measure in enumerate(_INCOME, 20):
            yield self._figure(source, measure, None, column, MEASURES[measure].title, row)
        for row in range(self.details):
            line = self.lines[row % len(self.lines)]
            made = self._figure(source, "revenue", line, column, f"Customer {row}", 100 + row)
            yield replace(made, value=Decimal(int(made.value) // (row + 2)), breakdown=DETAIL)

    def _flows(self, source: Source, column: tuple[Quarter, ...]) -> Iterator[Figure]:
        for row, measure in enumerate(_CASH_FLOW, 40):
            yield self._figure(source, measure, None, column, MEASURES[measure].title, row)

    def _balance(self, source: Source, moment: Quarter) -> Iterator[Figure]:
        for row, measure in enumerate(_BALANCE, 60):
            made = self._figure(source, measure, None, (moment,), MEASURES[measure].title, row)
            yield replace(made, start=None)

    def _figure(
        self,
        source: Source,
        measure: str,
        line: Line | None,
        column: tuple[Quarter, ...],
        label: str,
        row: int,
    ) -> Figure:
        start, end = column[0].start, column[-1].end
        number = (column[0].year * 4 + column[0].number) * 8 + len(column)
        tagged = source.form.startswith("10-")
        place = FactLocator(f"f-{row}-{number}") if tagged else CellLocator(2, row, number)
        value = Decimal(sum(self._amount(measure, line, quarter) for quarter in column))
        return Figure(
            self.ticker, measure, line, start, end, value, MEASURES[measure].unit, label, source.key, place,
            source.known, decimals=-3, breakdown="" if line is None else "lines",
        )  # fmt: skip

    def _amount(self, measure: str, line: Line | None, quarter: Quarter) -> int:
        """Of one quarter, in thousands; totals are what their lines add up to."""
        if line is None and measure in ("total_revenue", "total_cost_of_revenue"):
            by_line = measure.removeprefix("total_")
            return sum(self._amount(by_line, one, quarter) for one in self.lines)
        draw = crc32(f"{self.ticker}/{measure}/{line}/{quarter}".encode()) % 4000
        return 1000 * (1000 + 40 * (quarter.year - 2000) + draw)

    def _target(self, source: Source, number: int) -> TextFact:
        place = SentenceLocator(number, 2)
        target = Target(
            "hash_rate", Decimal(number), Decimal(number), "ehs", source.known + timedelta(days=200),
            "in two quarters", Stance.GUIDED, place, "", source.known, ticker=self.ticker, source=source.key,
        )  # fmt: skip
        data = canonical_json(target_data(target))
        return TextFact(self.ticker, source.key, source.known, "target", place, data)


def ledger_companies(shape: LedgerShape, figures: int) -> list[LedgerBooks]:
    """Return the companies of a ledger of about so many figures."""
    listed = shape is LedgerShape.LISTED
    return [
        LedgerBooks(f"Q{number:04d}", details=90 if listed else 0, updates=listed)
        for number in range(shape.companies(figures))
    ]


def write_big_ledger(path: str | Path, figures: int, shape: LedgerShape = LedgerShape.LISTED) -> list[str]:
    """Write a ledger of so many figures, filing after filing, oldest first; the tickers of its companies.

    Of every twentieth company the last report is read again by a later reader; every tenth has a record by
    hand.

    Args:
        path: The file; it must not exist.
        figures: At least this many; the last filing is written whole.
        shape: How they are spread.
    """
    books = ledger_companies(shape, figures)
    corrections = (one.correction(_LAST) for one in books[::20])
    with Ledger.open(path) as ledger:
        for source, members, facts in chain(_in_order(books, figures), corrections):
            ledger.add(source, members, facts, read_on=source.known)
        for one in books[::10]:
            ledger.record([one.record(_LAST)], recorded_on=_LAST.end)
    return [one.ticker for one in books]


def _in_order(books: Sequence[LedgerBooks], figures: int) -> Iterator[Filing]:
    """As many of each company's last filings as make up its share, quarter after quarter."""
    share = figures // len(books)
    counts = [list(_backwards(one, share)) for one in books]
    for back in range(max(map(len, counts)) - 1, -1, -1):
        for one, last in zip(books, counts, strict=True):
            if back < len(last):
                yield from list(one.filings(_LAST - back))[-last[back] :]


def _backwards(one: LedgerBooks, share: int) -> Iterator[int]:
    """How many of the last filings on each quarter are wanted, the newest quarter first."""
    quarter = _LAST
    while share > 0:
        filings = [len(figures) for _, figures, _ in one.filings(quarter)]
        wanted = next((n for n in range(1, len(filings)) if sum(filings[-n:]) >= share), len(filings))
        yield wanted
        share -= sum(filings[-wanted:])
        quarter -= 1


def _year_to_date(quarter: Quarter) -> tuple[Quarter, ...]:
    return tuple((quarter - (quarter.number - 1)).through(quarter))
