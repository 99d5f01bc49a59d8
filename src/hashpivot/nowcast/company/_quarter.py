"""One company's quarter: what is known that bears on it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

import numpy as np

from hashpivot.core import Figure, Line, Missing, PowerMonth, Quarter
from hashpivot.ledger import Contract, QuarterLines

from ..hash_rate import Evidence, Kind, Path, PathModel, lines_shown, mines_only
from ..network import Floats, month_of
from ..parts import LINES, LONGEST_GAP, Level, level_of, ramps
from ._known import Known

OLDEST_DAYS = 400
"""Days before a quarter after which what is known of a company says nothing about it any more."""
LEAST_REST = 0.02
"""Share of total revenue from which what belongs to no line is nowcast as one."""


class CompanyQuarter:
    """One company's quarter as far as it is known.

    Args:
        known: What is known.
        ticker: The company.
        quarter: The quarter; its own revenue is never looked at.
    """

    def __init__(self, known: Known, ticker: str, quarter: Quarter) -> None:
        self.known, self.ticker, self.quarter = known, ticker, quarter
        self.start, self.end = known.view.book(ticker).bounds(quarter)

    @cached_property
    def evidence(self) -> list[Evidence]:
        """What bears on its hash rate; revenue of this quarter and of later ones left out."""
        held = self.known.evidence(self.ticker)
        return [e for e in held if e.kind not in (Kind.REVENUE, Kind.TOTAL) or e.end < self.start]

    @cached_property
    def power(self) -> list[PowerMonth]:
        """Months of its site that were over on the day."""
        return self.known.power(self.ticker)

    @cached_property
    def level(self) -> Level:
        """How much is known of its mining."""
        return level_of(self.evidence, self.start, self.end)

    @cached_property
    def whole(self) -> bool:
        """True if all its revenue is nowcast as mining, since it has shown no line at all."""
        view = self.known.view
        return mines_only(view, self.ticker) and not lines_shown(view, self.ticker)

    @property
    def unsplit(self) -> bool:
        """True if the base quarter has no lines and its total is not mining alone."""
        bare = self.base is not None and not self.base.revenue
        return bare and not mines_only(self.known.view, self.ticker)

    @property
    def lets_halls(self) -> bool:
        """True if it has let power and halls to AI tenants: its fleet is then not taken to grow."""
        contracts = self.known.view.contracts(self.ticker, self.known.as_of)
        return any(LINES.get(contract.kind) is Line.AI_COLOCATION for contract in contracts)

    @cached_property
    def base(self) -> QuarterLines | None:
        """The quarter the nowcast goes on from; None if nothing recent is known.

        The latest one known with lines, unless a total three or more quarters later is known.
        """
        view = self.known.view
        quarters = [q for q in view.quarters(self.ticker) if q < self.quarter]
        split = [q for q in quarters if view.quarter_lines(self.ticker, q).revenue]
        if not quarters:
            return None
        chosen = split[-1] if split and quarters[-1].since(split[-1]) <= LONGEST_GAP else quarters[-1]
        lines = view.quarter_lines(self.ticker, chosen)
        return lines if (self.start - lines.end).days <= OLDEST_DAYS else None

    @property
    def ahead(self) -> int:
        """Quarters from the base to this one; 1 without a base."""
        return self.quarter.since(self.base.quarter) if self.base else 1

    @cached_property
    def path(self) -> Path | None:
        """Its effective hash rate, if anything recent is known of its mining."""
        oldest = self.start - timedelta(days=OLDEST_DAYS)
        recent = [e for e in self.evidence if e.kind.earned and oldest <= e.end and e.start <= self.end]
        if not recent:
            return None
        model = PathModel(
            self.ticker,
            self.evidence,
            dict(self.known.network),
            self.known.days,
            month_of(self.end),
            self.known.parameters,
            0.0 if self.lets_halls else self.known.growth,
            month_of(self.start),
            {month_of(month.first_day): month.uptime for month in self.power},
        )
        return model.fit()

    @cached_property
    def rest_usd(self) -> float:
        """Revenue of the base quarter on no line that goes on; negative where lines sell to each other."""
        base = self.base
        if not base or not base.revenue or isinstance(base.total_revenue, Missing):
            return 0.0
        return float(base.total_revenue.value - sum(f.value for f in base.revenue.values() if f.value > 0))

    @property
    def rest_is_a_line(self) -> bool:
        """True if so much of the base quarter is not attributed that it must be a line of its own."""
        base = self.base
        shown = base is not None and Line.OTHER in base.revenue
        total = base.total_revenue if base else None
        return not shown and isinstance(total, Figure) and self.rest_usd > LEAST_REST * float(total.value)

    def contracts(self, line: Line) -> list[Contract]:
        """Contracts in force on the day that say what they bring to a line."""
        return ramps(self.known.view.contracts(self.ticker, self.known.as_of), line)

    def pay_since(self, figure: Figure) -> float:
        """What the network pays for a hash in this quarter over a reported one: the mean over draws."""
        start = figure.start or figure.end
        return float(self.pay(self.start, self.end).mean() / self.pay(start, figure.end).mean())

    def pay(self, start: date, end: date) -> Floats:
        """US dollars 1 EH/s earns over a period; shape (draws or 1,)."""
        return np.asarray(self.known.market.usd_per_eh(start, end).sum(axis=1))
