"""One company's quarter as known on a day: base quarter, evidence, contracts, pay per hash."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

import numpy as np

from hashpivot.core import Figure, Line, Missing, PowerMonth, Quarter
from hashpivot.ledger import Contract, QuarterLines

from ..hash_rate import (
    EvidenceKind,
    HashRateEvidence,
    HashRateModel,
    HashRatePosterior,
    lines_shown,
    mines_only,
)
from ..network import Floats, day_count, month_of, months_of_days
from ..parts import LINES, LONGEST_GAP, Level, level_of, ramps
from ._information import Information

OLDEST_DAYS = 400
"""Days before a quarter after which figures are too old: four quarters and the delay of a report."""
LEAST_REST = 0.02
"""Share of total revenue from which unattributed revenue is nowcast as a line; less is rounding and sales
between lines."""


class CompanyQuarter:
    """One company's quarter as far as it is known on a day.

    Args:
        information: What is known on the day.
        ticker: The company.
        quarter: The quarter; its own revenue is never looked at.
    """

    def __init__(self, information: Information, ticker: str, quarter: Quarter) -> None:
        self.information, self.ticker, self.quarter = information, ticker, quarter
        self.start, self.end = information.view.company_statements(ticker).bounds(quarter)

    @cached_property
    def evidence(self) -> list[HashRateEvidence]:
        """Figures that bear on its hash rate; revenue of this quarter and of later ones is left out."""
        known = self.information.evidence(self.ticker)
        return [
            e for e in known if e.kind not in (EvidenceKind.REVENUE, EvidenceKind.TOTAL) or e.end < self.start
        ]

    @cached_property
    def power(self) -> list[PowerMonth]:
        """Months of its site that were over on the day."""
        return self.information.power(self.ticker)

    @cached_property
    def level(self) -> Level:
        """How much is known of its mining."""
        return level_of(self.evidence, self.start, self.end)

    @cached_property
    def whole(self) -> bool:
        """True if all its revenue is nowcast as mining, because it has reported no line at all."""
        view = self.information.view
        return mines_only(view, self.ticker) and not lines_shown(view, self.ticker)

    @property
    def unsplit(self) -> bool:
        """True if the base quarter has no lines and its total is not mining alone."""
        bare = self.base is not None and not self.base.revenue
        return bare and not mines_only(self.information.view, self.ticker)

    @property
    def leases_halls(self) -> bool:
        """True if it has leased data halls to AI tenants; its fleet is then assumed not to grow."""
        contracts = self.information.view.contracts(self.ticker, self.information.as_of)
        return any(LINES.get(contract.kind) is Line.AI_COLOCATION for contract in contracts)

    @cached_property
    def base(self) -> QuarterLines | None:
        """The quarter the nowcast starts from; None if nothing recent is known.

        The latest one known with lines, unless a total three or more quarters later is known.
        """
        view = self.information.view
        quarters = [q for q in view.quarters(self.ticker) if q < self.quarter]
        if not quarters:
            return None
        recent = (q for q in reversed(quarters) if quarters[-1].since(q) <= LONGEST_GAP)
        split = (q for q in recent if view.quarter_lines(self.ticker, q).revenue)
        lines = view.quarter_lines(self.ticker, next(split, quarters[-1]))
        return lines if (self.start - lines.end).days <= OLDEST_DAYS else None

    @property
    def ahead(self) -> int:
        """Quarters from the base to this one; 1 without a base."""
        return self.quarter.since(self.base.quarter) if self.base else 1

    @cached_property
    def posterior(self) -> HashRatePosterior | None:
        """The posterior of its effective hash rate; None if nothing recent is known of its mining."""
        oldest = self.start - timedelta(days=OLDEST_DAYS)
        recent = [e for e in self.evidence if e.kind.earned and oldest <= e.end and e.start <= self.end]
        if not recent:
            return None
        model = HashRateModel(
            self.ticker,
            self.evidence,
            dict(self.information.network),
            self.information.days,
            month_of(self.end),
            self.information.parameters,
            0.0 if self.leases_halls else self.information.growth,
            month_of(self.start),
            {month_of(month.first_day): month.uptime for month in self.power},
        )
        return model.fit()

    @cached_property
    def rest_usd(self) -> float:
        """Revenue of the base quarter that no line carries on; negative where lines sell to each other.

        Mining that the base quarter does not split off, but other figures tell, is not carried on twice.
        """
        base = self.base
        if not base or not base.revenue or isinstance(base.total_revenue, Missing):
            return 0.0
        rest = float(base.total_revenue.value - sum(f.value for f in base.revenue.values() if f.value > 0))
        if self.posterior is None or Line.SELF_MINING in base.revenue:
            return rest
        return max(0.0, rest - self._mined_usd(self.posterior, base))

    def _mined_usd(self, posterior: HashRatePosterior, base: QuarterLines) -> float:
        """What the base quarter's mining is expected to have earned, in US dollars."""
        months = months_of_days(base.start, day_count(base.start, base.end))
        daily = self.information.market.usd_per_eh(base.start, base.end).mean(axis=0)
        inside = np.unique(months)
        ehs, _ = posterior.earning([int(month) for month in inside])
        return float(
            sum(np.exp(log) * daily[months == month].sum() for log, month in zip(ehs, inside, strict=True))
        )

    @property
    def rest_is_a_line(self) -> bool:
        """True if so much of the base quarter is unattributed that it is nowcast as a line of its own."""
        base = self.base
        shown = base is not None and Line.OTHER in base.revenue
        total = base.total_revenue if base else None
        return not shown and isinstance(total, Figure) and self.rest_usd > LEAST_REST * float(total.value)

    def contracts(self, line: Line) -> list[Contract]:
        """Contracts in force on the day whose value, term and start are disclosed, of one line."""
        return ramps(self.information.view.contracts(self.ticker, self.information.as_of), line)

    def pay_since(self, figure: Figure) -> float:
        """Network pay per hash in this quarter over that of a reported figure's period: ratio of means."""
        start = figure.start or figure.end
        return float(self.pay(self.start, self.end).mean() / self.pay(start, figure.end).mean())

    def pay(self, start: date, end: date) -> Floats:
        """US dollars 1 EH/s earns over a period; shape (draws or 1,)."""
        return np.asarray(self.information.market.usd_per_eh(start, end).sum(axis=1))
