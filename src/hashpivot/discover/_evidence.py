"""Evidence: amounts of lines of business in the filings of one filer, as the package's reader places them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hashpivot.core import Companies, Line, Quarter, json_number, months_in
from hashpivot.lines import (
    CandidateRow,
    PeriodReading,
    local_name,
    member_words,
    names_bitcoin_mining,
    names_mining,
    read_facts,
)

from ._candidates import FilerFilings
from ._data_set_filing import DataSetFiling
from ._words import coins_were_mined, digs, mines_coins, names_line, sells_ai_hosting

_NOBODY = Companies({})  # the reader knows no company here: a name must not help those who are followed
_SHOWN_MONTHS = (3, 6, 9, 12)
_MINERS = re.compile(r"\bminers?\b")
_ORE = range(1000, 1500)  # SIC division B, mining: of metals, coal, oil, stone


@dataclass(frozen=True, slots=True)
class LineAmount:
    """What one filing says a line earned in one period.

    Args:
        line: The line.
        start: First day of the period, to the month.
        end: Last day, to the month.
        value: In `currency`.
        currency: ISO code.
        total: Total revenue of the period in the same filing.
        label: What the filing calls the row.
        tag: Its concept.
        segments: Its breakdown, such as `BusinessSegments=Hosting;`; empty for a row of its own.
        accession: Of the filing.
        form: Of the filing.
        filed: Day it was filed.
        named: True if the row's own words say AI hosting, whoever the filer is.
        mining: True if its words, or all that its filing speaks of, are mining; hosting is of miners.
        note: What a reader must know of it, or "".
    """

    line: Line
    start: date
    end: date
    value: Decimal
    currency: str
    total: Decimal
    label: str
    tag: str
    segments: str
    accession: str
    form: str
    filed: date
    named: bool
    mining: bool
    note: str = ""

    @property
    def months(self) -> int:
        """Length of the period."""
        return months_in(self.start, self.end)

    @property
    def quarter(self) -> Quarter:
        """The quarter of the period's last day."""
        return Quarter.of_period_end(self.end)

    @property
    def period(self) -> str:
        """`2024Q4`, or `12 months to 2024Q4` for a longer period."""
        return str(self.quarter) if self.months == 3 else f"{self.months} months to {self.quarter}"

    @property
    def share(self) -> float | None:
        """Part of the total revenue; None if the total is not above zero, or less than the line."""
        return float(self.value / self.total) if 0 <= self.value <= self.total and self.total else None

    def to_dict(self) -> dict[str, Any]:
        """Its entry in the JSON contract of `hashpivot discover`."""
        return {
            "period": self.period,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "months": self.months,
            "value": json_number(self.value),
            "currency": self.currency,
            "share_of_revenue": self.share,
            "label": self.label,
            "tag": self.tag,
            "segments": self.segments,
            "accession": self.accession,
            "form": self.form,
            "filed": self.filed.isoformat(),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class LineEvidence:
    """One line of a filer.

    Args:
        line: The line.
        amounts: By period, of the newest filing that gives it; oldest first, shorter before longer.
    """

    line: Line
    amounts: tuple[LineAmount, ...]

    @property
    def first(self) -> LineAmount:
        """The earliest period with revenue, the shortest of those that end then."""
        return next(amount for amount in self.amounts if amount.value > 0)

    @property
    def latest(self) -> LineAmount:
        """The newest period, the shortest of those that end then."""
        end = self.amounts[-1].end
        return next(amount for amount in self.amounts if amount.end == end)

    @property
    def year_before(self) -> LineAmount | None:
        """The period of the same length a year before the latest; None if no filing gives it."""
        latest = self.latest
        wanted = latest.quarter - 4
        return next((a for a in self.amounts if a.quarter == wanted and a.months == latest.months), None)

    @property
    def growth(self) -> float | None:
        """Of the latest period over the year before; None without one above zero in the same currency."""
        before = self.year_before
        if before is None or before.value <= 0 or before.currency != self.latest.currency:
            return None
        return float(self.latest.value / before.value) - 1

    def to_dict(self) -> dict[str, Any]:
        """Its entry in the JSON contract of `hashpivot discover`."""
        before = self.year_before
        return {
            "line": self.line.value,
            "first_quarter": str(self.first.quarter),
            "first": self.first.to_dict(),
            "latest": self.latest.to_dict(),
            "year_before": before.to_dict() if before else None,
            "growth": self.growth,
        }


@dataclass(frozen=True, slots=True)
class FilerReading:
    """All that the filings of one filer say of its lines.

    Args:
        amounts: Every amount on a line of mining, AI or chips.
        mines: True if a concept, member or label says that coins are mined.
        newest: End of the newest period read; None if none could be.
        problems: What the filings leave unclear.
        unread: Filings that could not be read, one sentence each.
    """

    amounts: tuple[LineAmount, ...]
    mines: bool
    newest: date | None
    problems: tuple[str, ...]
    unread: tuple[str, ...]


def read_filer(filer: FilerFilings) -> FilerReading:
    """Read all filings of a filer."""
    read: list[_ReadFiling] = []
    problems: list[str] = []
    unread: list[str] = []
    mines, newest = False, None
    for filing in filer.filings:
        texts = _texts(filing)
        mines = mines or any(map(mines_coins, texts))
        mined = any(map(coins_were_mined, texts))
        try:
            reading = read_facts(filing, companies=_NOBODY)
        except Exception as error:  # one of many thousand filings; the others are not concerned
            unread.append(f"{filing.accession} could not be read: {type(error).__name__}: {error}")
            continue
        newest = max([*filter(None, [newest]), *(period.end for period in reading.periods)], default=None)
        periods = [period for period in reading.periods if period.months in _SHOWN_MONTHS]
        digs_ore = filer.sic in _ORE or any(digs(_words(row)) for one in periods for row in one.revenue.rows)
        read.append(
            _ReadFiling(
                filing,
                {(one.start, one.end) for one in periods if one.revenue.rows},
                [one for p in periods for one in _amounts(filing, p, digs_ore=digs_ore, mined=mined)],
            )
        )
        if filing.disputed:
            problems.append(
                f"{filing.accession} gives several values of {', '.join(filing.disputed[:3])}; left out"
            )
    amounts = tuple(
        amount
        for number, one in enumerate(read)
        for amount in one.amounts
        if not any(later.amends(one, amount) for later in read[number + 1 :])
    )
    return FilerReading(amounts, mines, newest, tuple(problems), tuple(unread))


@dataclass(frozen=True, slots=True)
class _ReadFiling:
    """A filing with the periods whose revenue it breaks down, and the amounts of its lines."""

    filing: DataSetFiling
    spans: set[tuple[date, date]]
    amounts: list[LineAmount]

    def amends(self, other: _ReadFiling, amount: LineAmount) -> bool:
        """True if this amendment of an earlier report gives the revenue of an amount's period anew."""
        form, amended = self.filing.form, other.filing.form
        return (
            form.endswith("/A")
            and form.removesuffix("/A") == amended.removesuffix("/A")
            and self.filing.period_end == other.filing.period_end
            and (amount.start, amount.end) in self.spans
        )


def _texts(filing: DataSetFiling) -> set[str]:
    """The names and labels of a filing's concepts and members."""
    members = {member for fact in filing.facts for _, member in fact.context.dims}
    return {
        *(local_name(fact.concept) for fact in filing.facts),
        *(member_words(member) for member in members),
        *(fact.label for fact in filing.facts),
    }


def evidence(amounts: Sequence[LineAmount]) -> tuple[LineEvidence, ...]:
    """The amounts by line, without lines that never earned; the newest filing of a period counts."""
    newest: dict[tuple[Line, date, date], LineAmount] = {}
    for amount in sorted(amounts, key=lambda one: (one.filed, one.accession)):
        newest[amount.line, amount.start, amount.end] = amount
    ordered = sorted(newest.values(), key=lambda one: (one.end, -one.start.toordinal()))
    by_line = {line: tuple(one for one in ordered if one.line is line) for line in Line}
    return tuple(
        LineEvidence(line, found) for line, found in by_line.items() if any(one.value > 0 for one in found)
    )


def _amounts(
    filing: DataSetFiling, period: PeriodReading, *, digs_ore: bool, mined: bool
) -> Iterator[LineAmount]:
    """The lines of one period; a line in several rows is their sum, shown by its largest row.

    In a report of one that digs for ore, coal or oil only rows that name coins are mining of coins; in one
    that tells of coins `mined`, coins earned are those mined.
    """
    rows: dict[Line, list[CandidateRow]] = {}
    for row in period.revenue.rows:
        coal = digs_ore and row.target is Line.SELF_MINING and not names_bitcoin_mining(_words(row))
        if isinstance(row.target, Line) and row.target.group != "other" and not coal:
            rows.setdefault(row.target, []).append(row)
    for line, parts in rows.items():
        largest = max(parts, key=lambda row: abs(row.value))
        yield LineAmount(
            line=line,
            start=period.start,
            end=period.end,
            value=sum((row.value for row in parts), Decimal(0)),
            currency=filing.currency,
            total=period.total_revenue,
            label=" + ".join(dict.fromkeys(row.label for row in parts)),
            tag=local_name(largest.fact.concept),
            segments=filing.segments_of(largest.fact),
            accession=filing.accession,
            form=filing.form,
            filed=filing.filed,
            named=any(_names_ai(row) for row in parts),
            mining=any(_says_mining(row) for row in parts) or (mined and line is Line.SELF_MINING),
            note=_note(period, parts),
        )


def _words(row: CandidateRow) -> str:
    return " ".join((row.label, *map(member_words, row.members)))


def _note(period: PeriodReading, rows: Sequence[CandidateRow]) -> str:
    """What keeps the amounts of a period from being parts of its total, and what the reader noted."""
    revenue, notes = period.revenue, [row.note for row in rows if row.note]
    if revenue.eliminated:
        notes.append(f"before eliminations of {-revenue.eliminations:,.0f} between segments")
    if not revenue.ties:
        notes.append(f"{revenue.unattributed:,.0f} of the total is on no line")
    return "; ".join(dict.fromkeys(notes))


def _names_ai(row: CandidateRow) -> bool:
    """True if the row's label says what it is; its abbreviation counts only where it has no label."""
    return sells_ai_hosting(row.fact.label or " ".join(map(member_words, row.members)))


def _says_mining(row: CandidateRow) -> bool:
    """True for a row that only a miner, a host of miners or a maker of their machines has.

    `Bitcoin` alone may be coins sold to customers, and miners may be customers of electricity.
    """
    words = _words(row)
    if row.target is Line.SELF_MINING and not row.note:
        return names_mining(_MINERS.sub(" ", words.lower()))
    if row.target is Line.HOSTING or row.note or names_mining(words):
        return True
    return row.target is Line.CHIPS and names_line(words)
