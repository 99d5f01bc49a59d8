"""A company with made-up books: the same seed gives the same amounts for every quarter, in any order."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from hashpivot.core import Company, Line, Quarter

from ._amounts import BalanceAmounts, MonthCounts, PeriodAmounts, added_up
from ._line_labels import LABELS

_EPOCH = Quarter.parse("2020Q1")
_DOMESTIC = ("10-Q", "10-K")
_RESTATED_SHARE = 50
"""An amendment moves two per cent of mining's cost of revenue to overhead."""


@dataclass(frozen=True)
class GeneratedCompany:
    """A company of the universe, or one of a test's own, with made-up books.

    Args:
        company: Ticker, name, central index key and fiscal calendar.
        cik: Its key where the company's own is empty.
        lines: Its lines of business; two to four by the seed if not given.
        annual_form: `10-K`, `20-F` or `40-F`: what it files for its years.
        forms: The form of a quarter's report where `annual_form` does not decide it.
        seed: Other seeds give other amounts.
    """

    company: Company
    cik: str = ""
    lines: Sequence[Line] = ()
    annual_form: str = "10-K"
    forms: Mapping[Quarter, str] = field(default_factory=dict, repr=False)
    seed: int = 0
    _restated: Mapping[Quarter, bool] = field(default_factory=dict, repr=False)

    @property
    def key(self) -> str:
        """Its central index key, without leading zeros."""
        return self.cik or self.company.cik

    def form(self, quarter: Quarter) -> str:
        """Return the form of its report on a quarter: `10-Q`, `10-K`, `6-K`, `20-F` or `40-F`."""
        if quarter in self.forms:
            return self.forms[quarter]
        if self.ends_year(quarter):
            return self.annual_form
        return "10-Q" if self.annual_form == "10-K" else "6-K"

    def domestic(self, quarter: Quarter) -> bool:
        """Tell whether it files as a domestic company then, with 8-K; a foreign one files 6-K."""
        return self.form(quarter) in _DOMESTIC

    @cached_property
    def its_lines(self) -> tuple[Line, ...]:
        """Its lines of business, mining first."""
        if self.lines:
            return tuple(self.lines)
        chance = self._chance("lines")
        others = [line for line in LABELS if line is not Line.SELF_MINING]
        picked = set(chance.sample(others, chance.randint(1, 3)))
        return (Line.SELF_MINING, *(line for line in others if line in picked))

    def restating(self, quarter: Quarter) -> GeneratedCompany:
        """Return the company as its amended report on a quarter shows it."""
        return replace(self, _restated={**self._restated, quarter: True})

    def quarter(self, quarter: Quarter) -> PeriodAmounts:
        """Return the amounts of the fiscal quarter that belongs to a calendar quarter."""
        chance = self._chance(f"quarter {quarter}")
        revenue = {line: self._size(line, quarter, chance) for line in self.its_lines}
        cost = {line: amount * chance.randint(35, 75) // 100 for line, amount in revenue.items()}
        total = sum(revenue.values())
        amounts = PeriodAmounts(
            revenue,
            cost,
            overhead=total * chance.randint(8, 20) // 100 + 1,
            depreciation=total * chance.randint(15, 40) // 100 + 1,
            interest=total * chance.randint(1, 6) // 100 + 1,
            capital_spending=total * chance.randint(20, 90) // 100 + 1,
        )
        return _with_cost_moved(amounts) if quarter in self._restated else amounts

    def _size(self, line: Line, quarter: Quarter, chance: random.Random) -> int:
        """Revenue of a line: its own level, growth by quarter, and some variance."""
        level = self._chance(f"level {line}").randint(3_000, 60_000)
        grown = 100 + 3 * max(0, quarter.since(_EPOCH))
        return level * grown // 100 * chance.randint(85, 115) // 100

    def year_to_date(self, quarter: Quarter) -> PeriodAmounts:
        """Return the amounts from the start of the fiscal year to the end of a quarter."""
        return added_up(self.quarter(one) for one in self.quarters_of_year(quarter))

    def quarters_of_year(self, quarter: Quarter) -> list[Quarter]:
        """Return the quarters of a fiscal year up to one of them, in order."""
        start = self.year_start(quarter)
        quarters = [quarter]
        while self.bounds(quarters[0] - 1)[0] >= start:
            quarters.insert(0, quarters[0] - 1)
        return quarters

    def bounds(self, quarter: Quarter) -> tuple[date, date]:
        """Return the first and last day of the fiscal quarter of a calendar quarter."""
        return self.company.calendar.bounds(quarter)

    def year_start(self, quarter: Quarter) -> date:
        """Return the first day of the fiscal year a quarter belongs to."""
        return self.company.calendar.year_of(self.bounds(quarter)[1])[0]

    def ends_year(self, quarter: Quarter) -> bool:
        """Tell whether a quarter is the last of its fiscal year."""
        end = self.bounds(quarter)[1]
        return self.company.calendar.year_of(end)[1] == end

    def balance(self, day: date) -> BalanceAmounts:
        """Return the balance sheet's amounts on a day."""
        chance = self._chance(f"balance {day}")
        bitcoin = self.month(day.year, day.month).held
        cash, debt = chance.randint(20_000, 400_000), chance.randint(0, 300_000)
        value = bitcoin * 60
        equity = cash + value + chance.randint(50_000, 500_000)
        return BalanceAmounts(cash, value, debt, equity, chance.randint(50, 400) * 1_000_000, bitcoin)

    def month(self, year: int, month: int) -> MonthCounts:
        """Return what the production update of a month counts."""
        chance = self._chance(f"month {year}-{month}")
        return MonthCounts(chance.randint(50, 900), chance.randint(500, 15_000), chance.randint(20, 600))

    def _chance(self, what: str) -> random.Random:
        return random.Random(f"{self.seed} {self.company.ticker} {what}")


def _with_cost_moved(amounts: PeriodAmounts) -> PeriodAmounts:
    first = next(iter(amounts.cost))
    moved = amounts.cost[first] // _RESTATED_SHARE + 1
    cost = {**amounts.cost, first: amounts.cost[first] - moved}
    return replace(amounts, cost=cost, overhead=amounts.overhead + moved)
