"""One company's quarter as known on a day: base quarter, evidence, contracts, pay per hash."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from math import log

import numpy as np

from hashpivot.core import Figure, Line, PowerMonth, Quarter
from hashpivot.ledger import CompanyEvent, Contract, QuarterLines

from ..hash_rate import (
    EvidenceKind,
    HashRateEvidence,
    HashRateModel,
    HashRatePosterior,
    lines_shown,
    mines_only,
)
from ..network import Floats, day_count, month_of, months_of_days
from ..parts import LONGEST_GAP, Level, level_of, ramps
from ._events import ends, events_of, since_events
from ._information import Information
from ._levels import Levels, levels_of

LEAST_VARIANCE = 1e-6  # so that a total that says nothing of mining changes nothing
OLDEST_DAYS = 400
"""Days after which figures are too old: the latest report before a quarter, and evidence of mining before
that report. Four quarters and the delay of a report."""


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
        return mines_only(self.information.view, self.ticker) and not self.lines_shown

    @cached_property
    def lines_shown(self) -> set[Line]:
        """Lines it has reported revenue of, ever."""
        return lines_shown(self.information.view, self.ticker)

    @cached_property
    def kind(self) -> str:
        """What its data halls turn to: `halls` leased to AI tenants, `cloud`, or `neither`."""
        return self.information.kind(self.ticker)

    @cached_property
    def events(self) -> tuple[CompanyEvent, ...]:
        """Events known on the day that take effect by the quarter's end."""
        return events_of(self.information.view, self.ticker, self.information.as_of, self.end)

    @cached_property
    def reported_quarters(self) -> list[Quarter]:
        """Reported quarters before this one, in their order; none if the latest is too old.

        The same for all quarters ahead, and none leaves when a report is added: no line ages out.
        """
        quarters = [q for q in self.information.view.quarters(self.ticker) if q < self.quarter]
        return quarters if quarters and self._end_of(quarters[-1]) >= self._oldest_report else []

    @property
    def _oldest_report(self) -> date:
        return self.start - timedelta(days=OLDEST_DAYS)

    @property
    def _oldest_evidence(self) -> date:
        """Day from which figures of its mining count, told from the latest report for the same reason."""
        if not self.reported_quarters:
            return self._oldest_report
        latest = self._end_of(self.reported_quarters[-1]) + timedelta(days=1)
        return min(latest, self.start) - timedelta(days=OLDEST_DAYS)

    def _end_of(self, quarter: Quarter) -> date:
        return self.information.view.quarter_lines(self.ticker, quarter).end

    @cached_property
    def levels_by_quarter(self) -> dict[Quarter, Levels]:
        """Levels of its lines in each quarter reported, in their order."""
        return levels_of(self)

    @property
    def levels(self) -> Levels | None:
        """Levels of its lines in the latest quarter reported; None if nothing recent is known."""
        return next(reversed(self.levels_by_quarter.values()), None)

    @property
    def knows_more(self) -> bool:
        """True if the quarter's uptime or an event since the last report is known: no baseline shows it."""
        uptime = any(self.start <= month.first_day <= self.end for month in self.power)
        last = self.reported_quarters[-1].end if self.reported_quarters else self.start
        return uptime or any(event.effective > last for event in self.events)

    def mining_estimate(self, quarter: Quarter) -> tuple[float, float] | None:
        """A past quarter's mining revenue by its hash rate: median, and variance of the logarithm."""
        earned = self._earned(quarter)
        if earned is None:
            return None
        _, paid, covariance = earned
        share = paid / paid.sum()
        return float(paid.sum()), max(0.0, float(share @ covariance @ share))

    def _earned(self, quarter: Quarter) -> tuple[list[int], Floats, Floats] | None:
        """Months of a past quarter, what each earned by the hash rate, and the covariance of its log."""
        if self.posterior is None:
            return None
        start, end = self.information.view.company_statements(self.ticker).bounds(quarter)
        if month_of(start) < self.posterior.first or not self.information.days.holds(start, start):
            return None
        months = months_of_days(start, day_count(start, end))
        touched = np.unique(months)
        daily = np.median(self.information.market.usd_per_eh(start, end), axis=0)
        paid = np.array([daily[months == month].sum() for month in touched])
        named = [int(month) for month in touched]
        mean, covariance = self.posterior.earning(named, whole=self.whole)
        return named, paid * np.exp(mean), covariance

    @cached_property
    def fitted_posterior(self) -> HashRatePosterior | None:
        """The posterior, given what the latest reported total leaves to mining."""
        posterior, levels = self.posterior, self.levels
        level = levels.lines.get(Line.SELF_MINING) if levels else None
        earned = self._earned(levels.quarter) if levels and level and level.variance else None
        if posterior is None or level is None or earned is None:
            return posterior
        months, paid, covariance = earned
        share, variance = paid / paid.sum(), float(paid @ covariance @ paid) / float(paid.sum()) ** 2
        spread = level.variance * variance / max(variance - level.variance, LEAST_VARIANCE)
        return posterior.given(months, share, log(level.usd / float(paid.sum())), spread)

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
        if any(ends(event, Line.SELF_MINING) and event.effective <= self.start for event in self.events):
            return None
        evidence = since_events(self.evidence, self.events)
        oldest = self._oldest_evidence
        if not any(e.kind.earned and oldest <= e.end and e.start <= self.end for e in evidence):
            return None
        model = HashRateModel(
            self.ticker,
            evidence,
            dict(self.information.network),
            self.information.days,
            month_of(self.end),
            self.information.parameters,
            self.information.growth[self.kind],
            month_of(min([self.start, *self._reported_starts])),
            {month_of(month.first_day): month.uptime for month in self.power},
        )
        return model.fit()

    @property
    def _reported_starts(self) -> list[date]:
        statements = self.information.view.company_statements(self.ticker)
        return [statements.bounds(quarter)[0] for quarter in self.reported_quarters]

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
