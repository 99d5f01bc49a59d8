"""Everything a nowcast may look at: what was known on one day, of every company and of the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from zlib import crc32

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Line, PowerMonth, Quarter
from hashpivot.ledger import Contract, View

from ..hash_rate import Excluded, HashRateEvidence, Parameters, evidence_of, recent_growth
from ..network import DRAWS, Days, Market, days_known, market
from ..parts import (
    LINES,
    CostChanges,
    EbitdaQuarter,
    LineChanges,
    Series,
    cost_changes,
    ebitda_history,
    expected_usd,
    line_series,
    ramps,
    realised,
)


class Information:
    """All a nowcast may use: what was known at the end of a day.

    Args:
        view: The figures as of that day.
        history: The network; later days are not looked at.
        as_of: The day.
        end: Last day the network is wanted for.
        power: Months of companies' sites, by ticker; those not over on the day are not looked at.

    Raises:
        NoData: If the network's history begins later.
    """

    def __init__(
        self,
        view: View,
        history: NetworkHistory,
        as_of: date,
        end: date,
        power: Mapping[str, Sequence[PowerMonth]] | None = None,
    ) -> None:
        self.view = view
        self.as_of = as_of
        self.days: Days = days_known(history, as_of)
        self.market: Market = market(self.days, end, self.seed("market"), DRAWS)
        self.parameters = Parameters.load()
        self._power = power or {}

    def seed(self, *names: object) -> int:
        """A seed of random numbers that depends on the day and the names alone."""
        return crc32("/".join(map(str, (self.as_of, *names))).encode())

    @cached_property
    def network(self) -> Mapping[int, float]:
        """Mean log EH/s of the network by month."""
        return self.market.network_months()

    @cached_property
    def growth(self) -> Mapping[str, float]:
        """Recent monthly growth of fleets beside the network's, by kind of company."""
        by_company = ((*self._turned(ticker), self.evidence(ticker)) for ticker in self.view.tickers())
        return recent_growth(by_company, self.network, self.as_of, self.parameters)

    def kind(self, ticker: str) -> str:
        """What a company's data halls turn to: `halls` leased to AI tenants, AI `cloud`, or `neither`."""
        return self._turned(ticker)[0]

    def _turned(self, ticker: str) -> tuple[str, date]:
        """A company's kind, and the first day of which it is known to be so.

        A cloud contract whose full rent exceeds the company's latest total takes its halls as a lease does.
        """
        series = self._series.get(ticker, {})
        days: dict[Line, list[date]] = {line: [] for line in LINES.values()}
        for contract in self.view.contracts(ticker, self.as_of):
            if contract.kind in LINES:
                announced = date.fromisoformat(f"{contract.announced}-01"[:10])
                line = Line.AI_COLOCATION if self._takes_halls(contract) else LINES[contract.kind]
                days[line].append(announced)
        for line, starts in days.items():
            starts += [figure.end for figure in series.get(line, {}).values()]
        for kind, line in (("halls", Line.AI_COLOCATION), ("cloud", Line.AI_CLOUD)):
            if days[line]:
                return kind, min(days[line])
        return "neither", date.min

    def _takes_halls(self, contract: Contract) -> bool:
        totals = self._series.get(contract.ticker, {}).get(None, {})
        latest = float(totals[max(totals)].value) if totals else 0.0
        return 0.0 < latest < float(contract.quarterly_usd or 0.0)

    def evidence(self, ticker: str) -> list[HashRateEvidence]:
        """What bears on a company's hash rate."""
        return self._evidence[ticker][0]

    def excluded(self, ticker: str) -> list[Excluded]:
        """Figures that say nothing about it, with the reason."""
        return self._evidence[ticker][1]

    def power(self, ticker: str) -> list[PowerMonth]:
        """Months of a company's site that were over on the day."""
        return [month for month in self._power.get(ticker, ()) if month.last_day <= self.as_of]

    def series(self, ticker: str) -> Mapping[Line | None, Series]:
        """A company's quarterly revenue by line, and in total under None."""
        return self._series[ticker]

    @cached_property
    def line_changes(self) -> LineChanges:
        """How lines have changed from quarter to quarter, over all companies."""
        return LineChanges(item for each in self._series.values() for item in each.items())

    def ebitda(self, ticker: str) -> list[EbitdaQuarter]:
        """A company's reported quarters of adjusted EBITDA, oldest first."""
        return self._ebitda[ticker]

    @cached_property
    def cost_changes(self) -> CostChanges:
        """How cash costs followed revenue, over all companies."""
        return cost_changes(self._ebitda.values())

    @cached_property
    def _ebitda(self) -> dict[str, list[EbitdaQuarter]]:
        return {ticker: ebitda_history(self.view, ticker, self.days) for ticker in self.view.tickers()}

    @cached_property
    def ramp_realised(self) -> float:
        """Share of what announced AI contracts should have added by now that companies have reported."""
        return realised(pair for line in (Line.AI_CLOUD, Line.AI_COLOCATION) for pair in self._ramped(line))

    def _ramped(self, line: Line) -> Iterator[tuple[float, float]]:
        """Expected and reported additions to a line, from its first known quarter to its last, by company."""
        contracts = ramps(self.view.contracts(day=self.as_of), line)
        for ticker, by_line in self._series.items():
            mine = [contract for contract in contracts if contract.ticker == ticker]
            series = by_line.get(line, {})
            if mine and len(series) > 1:
                first, last = min(series), max(series)
                expected = sum(expected_usd(c, _middle(first), _middle(last)) for c in mine)
                if expected > 0:
                    yield expected, float(series[last].value - series[first].value)

    @cached_property
    def _evidence(self) -> dict[str, tuple[list[HashRateEvidence], list[Excluded]]]:
        return {ticker: evidence_of(self.view, ticker, self.days) for ticker in self.view.tickers()}

    @cached_property
    def _series(self) -> dict[str, dict[Line | None, dict[Quarter, Figure]]]:
        return {ticker: line_series(self.view, ticker) for ticker in self.view.tickers()}


def _middle(quarter: Quarter) -> date:
    return quarter.start + (quarter.end - quarter.start) / 2
