"""Ranking: who is pivoting, by evidence; and who has a miner's words and another business."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from hashpivot.core import Companies, Company, Quarter

from ._candidates import FilerFilings
from ._contracts import ContractedAmount, contracted
from ._evidence import FilerReading, LineAmount, LineEvidence, evidence

_RECENT_QUARTERS = 4  # a line without revenue for a year is history
_LEAST_MINING = Decimal("0.05")
"""Of total revenue in one period; below, mining is a side line, as a chip maker's mining cards are."""
_PIVOT = ("ai", "chips")


class Category(StrEnum):
    """What a filer's lines make of it."""

    PIVOTING = "pivoting"
    MINING_ONLY = "mining_only"
    AI_ONLY = "ai_only"
    SIDE_LINE = "side_line"

    @property
    def heading(self) -> str:
        """How a page writes it."""
        return _HEADINGS[self]


_HEADINGS = {
    Category.PIVOTING: "Pivoting: mining, and AI or chips",
    Category.MINING_ONLY: "Mining only",
    Category.AI_ONLY: "AI hosting without mining",
    Category.SIDE_LINE: "Mining as a side line",
}


@dataclass(frozen=True)
class Filer:
    """One filer with revenue of mining, AI or chips.

    Args:
        cik: Without leading zeros.
        name: As in its newest filing.
        earlier_names: Those it had before.
        category: What its lines make of it.
        lines: Its lines, those of mining first.
        listed_as: Ticker under which the package or the user's own table has it; empty if nobody lists it.
        symbol: What its XBRL files' names begin with, often its ticker; empty if they do not tell.
        fiscal_year_end: `12-31`; empty if not given.
        newest: Last day of the newest period read.
        filings: How many filings were read.
        contracts: AI hosting that is contracted and not yet earned, largest first.
        problems: What its filings leave unclear.
    """

    cik: str
    name: str
    earlier_names: tuple[str, ...]
    category: Category
    lines: tuple[LineEvidence, ...]
    listed_as: str
    symbol: str
    fiscal_year_end: str
    newest: date
    filings: int
    contracts: tuple[ContractedAmount, ...] = ()
    problems: tuple[str, ...] = ()

    def of_group(self, *groups: str) -> tuple[LineEvidence, ...]:
        """Its lines of some groups: `mining`, `ai`, `chips`."""
        return tuple(one for one in self.lines if one.line.group in groups)

    @cached_property
    def telling(self) -> tuple[LineEvidence, ...]:
        """The lines it is ranked by: AI and chips, or mining where it has no others."""
        return self.of_group(*_PIVOT) or self.lines

    @property
    def pivot_quarter(self) -> Quarter:
        """First quarter in which a line it is ranked by earned something."""
        return min(one.first.quarter for one in self.telling)

    @cached_property
    def current(self) -> tuple[LineAmount, ...]:
        """The newest amounts of the lines it is ranked by, those of one period: the newest, the shortest."""
        newest = max((one.latest for one in self.telling), key=lambda a: (a.end, a.start))
        return tuple(
            one.latest
            for one in self.telling
            if (one.latest.start, one.latest.end) == (newest.start, newest.end)
        )

    @property
    def current_value(self) -> Decimal:
        """What those lines earned, in their currency."""
        return sum((amount.value for amount in self.current), Decimal(0))

    @property
    def current_share(self) -> float | None:
        """Part of total revenue that those lines are; None if one of them cannot be told."""
        shares = [amount.share for amount in self.current]
        return None if None in shares else min(1.0, sum(share for share in shares if share is not None))

    @property
    def growth(self) -> float | None:
        """Of the largest of those lines over a year before; None if it cannot be told."""
        largest = max(self.current, key=lambda amount: amount.value)
        return next(one.growth for one in self.telling if one.line is largest.line)

    @property
    def is_recent(self) -> bool:
        """True if a line it is ranked by earned something in the last year of its filings."""
        last = Quarter.of_period_end(self.newest)
        return any(
            amount.value > 0 and last.since(amount.quarter) < _RECENT_QUARTERS
            for one in self.telling
            for amount in one.amounts
        )

    @property
    def url(self) -> str:
        """EDGAR's list of its filings."""
        return f"https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK={self.cik:0>10}"

    def to_dict(self) -> dict[str, Any]:
        """Its entry in the JSON contract of `hashpivot discover`."""
        return {
            "cik": self.cik,
            "name": self.name,
            "earlier_names": list(self.earlier_names),
            "category": self.category.value,
            "listed_as": self.listed_as or None,
            "symbol": self.symbol or None,
            "fiscal_year_end": self.fiscal_year_end or None,
            "first_quarter": str(self.pivot_quarter),
            "recent": self.is_recent,
            "period": self.current[0].period,
            "value": float(self.current_value),
            "currency": self.current[0].currency,
            "share_of_revenue": self.current_share,
            "growth": self.growth,
            "newest_period_end": self.newest.isoformat(),
            "filings": self.filings,
            "lines": [one.to_dict() for one in self.lines],
            "contracts": [one.to_dict() for one in self.contracts],
            "problems": list(self.problems),
            "url": self.url,
        }


def judged(filings: FilerFilings, reading: FilerReading, companies: Companies) -> Filer | None:
    """The filer, if its filings tell of mining, AI or chips; None if they do not.

    Everyday words (cloud, products, hosting) count only at a filer that mines coins by its own words; those
    of AI hosting itself count at any filer.
    """
    mines = reading.mines and any(one.mining and one.value > 0 for one in reading.amounts)
    found = evidence(reading.amounts if mines else [one for one in reading.amounts if one.named])
    groups = {one.line.group for one in found}
    if mines and not any(map(_is_a_business, reading.amounts)):
        category = Category.SIDE_LINE  # its other lines are those of another business
        found = tuple(one for one in found if any(amount.mining for amount in one.amounts))
    elif mines:
        category = Category.PIVOTING if groups & set(_PIVOT) and len(groups) > 1 else Category.MINING_ONLY
    elif "ai" in groups:
        category, found = Category.AI_ONLY, tuple(one for one in found if one.line.group == "ai")
    else:
        return None
    assert reading.newest is not None
    symbols = [filing.ticker for filing in filings.filings[::-1] if filing.ticker]
    listed = _listed(filings, companies)
    return Filer(
        cik=filings.cik,
        name=filings.names[0] if filings.names else f"CIK {filings.cik}",
        earlier_names=filings.names[1:],
        category=category,
        lines=found,
        listed_as=listed.ticker if listed else "",
        symbol=symbols[0] if symbols else "",
        fiscal_year_end=_year_end(filings.fiscal_year_end),
        newest=reading.newest,
        filings=len(filings.filings),
        contracts=contracted(filings.filings),
        problems=reading.problems,
    )


def ranked(filers: Iterable[Filer]) -> tuple[Filer, ...]:
    """Best evidence first: category, recency, share of revenue, growth, number of lines, size.

    Of those that only mine, the ones with contracts for AI hosting come first.
    """

    def key(filer: Filer) -> tuple[object, ...]:
        return (
            list(Category).index(filer.category),
            filer.category is Category.MINING_ONLY and not filer.contracts,
            not filer.is_recent,
            -round(filer.current_share or 0, 2),
            -round(filer.growth or 0, 2),
            -len(filer.lines),
            -filer.current_value,
            int(filer.cik),
        )

    return tuple(sorted(filers, key=key))


def _is_a_business(amount: LineAmount) -> bool:
    """True for mining that is more than a side line in one period."""
    return amount.mining and amount.value > 0 and amount.value >= _LEAST_MINING * amount.total


def _listed(filings: FilerFilings, companies: Companies) -> Company | None:
    """The company of a filer's key, or of one of its names where the table has no key."""
    company = companies.by_cik(filings.cik)
    if company:
        return company
    names = {_plain(name) for name in filings.names}
    return next(
        (one for one in companies.values() if not one.cik and names & set(map(_plain, one.names))), None
    )


def _plain(name: str) -> str:
    """A name without case and punctuation: EDGAR writes `RIOT PLATFORMS, INC.`."""
    return " ".join(re.findall(r"[a-z0-9]+", name.lower()))


def _year_end(text: str) -> str:
    """`0630` as `06-30`; empty if it is no day."""
    digits = text.strip().zfill(4)
    try:
        return date(2023, int(digits[:2]), int(digits[2:])).strftime("%m-%d")
    except ValueError:
        return ""
