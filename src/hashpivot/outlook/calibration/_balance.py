"""The balance sheet an outlook starts from, its debt by instrument: recent figures, or why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import MEASURES, DebtInstrument, Figure, Missing, Quarter, not_in_ledger

from ..inputs import AbsentInput, Debt, Origins, Solvency, assumed, of_figure
from ._base import BaseQuarter

BALANCE_QUARTERS = 2
"""Age up to which a balance sheet is used: older than two quarters, cash says little of cash today."""

OVERHEAD_QUARTERS = 8
"""Age up to which flows that change slowly (overheads, depreciation) are used; their age is told."""

REPORT_DAYS = 45
"""Days after a quarter's end by which a report may be filed: what a 10-Q of large filers takes."""

MOST_ABOVE_TOTAL = 1.1
"""Judged: instruments that come to more than this over all debt are not parts of it, but count some twice."""

_SINCE = (("share_issuance_proceeds", 1), ("capital_expenditure", -1))
"""Flows after the balance sheet that change its cash, where the ledger has them."""

Amounts = dict[str, float | None]


@dataclass(frozen=True)
class BalanceFacts:
    """What is known of a company's balance sheet on the day its outlook starts from.

    Args:
        base: The company.
        network: Its last day is that day.
        origins: Takes where each input came from.
    """

    base: BaseQuarter
    network: NetworkHistory
    origins: Origins

    @property
    def start(self) -> Quarter:
        """The first simulated quarter."""
        return Quarter.containing(self.network.last_day + timedelta(days=1))

    def balance(self) -> tuple[Amounts, Solvency]:
        """Cash, debt, bitcoin and shares, each None if not known, and why it is not."""
        cash = self.recent("cash")
        amounts: Amounts = {}
        absent: list[AbsentInput] = []
        for key, found in (
            ("cash_usd", self._cash(cash)),
            ("debt_usd", self._debt()),
            ("bitcoin", self._coins()),
            ("shares", self._plain("shares", self.recent("shares_outstanding"))),
        ):
            amounts[key] = None if isinstance(found, Missing) else found
            if isinstance(found, Missing):
                absent.append(AbsentInput(f"finance.{key}", found))
        return amounts, Solvency(tuple(absent), as_of=None if isinstance(cash, Missing) else cash.end)

    def flow(self, measure: str) -> Figure | Missing:
        """A quarter's flow of the whole company, if it is not older than two years."""
        return self._figure(measure, OVERHEAD_QUARTERS)

    def age(self, figure: Figure) -> str:
        """How old a figure is, for its origin."""
        quarters = self._age(figure)
        return f"{quarters} quarter{'s' if quarters != 1 else ''} before the outlook begins"

    def recent(self, measure: str) -> Figure | Missing:
        """A figure of the balance sheet, if it is recent."""
        return self._figure(measure, BALANCE_QUARTERS)

    def _figure(self, measure: str, oldest: int) -> Figure | Missing:
        figure = self.base.latest(measure)
        if figure is not None and self._age(figure) <= oldest:
            return figure
        return self._absent(measure, figure)

    def _absent(self, measure: str, old: Figure | None) -> Missing:
        """Why there is no recent figure, and the newest report due that would give it."""
        statements, title = self.base.view.company_statements(self.base.ticker), MEASURES[measure].title
        quarter = Quarter.containing(self._day - timedelta(days=REPORT_DAYS)) - 1
        why = statements.absent(measure, quarter)
        if old is None:
            return why
        needs = why.needs or f"{statements.expected(self.start - 1)}: {title.lower()}"
        return not_in_ledger(
            f"the newest {title.lower()} ({float(old.value):,.0f}, {old.end}) is {self._age(old)} quarters "
            f"older than the outlook's start in {self.start}", needs,
        )  # fmt: skip

    @property
    def _day(self) -> date:
        """The day of the figures, which may be later than the last one of the network's history."""
        return max(self.base.view.as_of or date.today(), self.network.last_day)

    def _age(self, figure: Figure) -> int:
        return self.start.since(Quarter.of_period_end(figure.end))

    def _plain(self, key: str, figure: Figure | Missing) -> float | Missing:
        if isinstance(figure, Missing):
            return figure
        self.origins.take("finance", of_figure(figure), **{key: float(figure.value)})
        return max(0.0, float(figure.value))

    def _cash(self, cash: Figure | Missing) -> float | Missing:
        """Cash, with what was raised and spent since as far as the ledger has it."""
        if isinstance(cash, Missing):
            return cash
        since = [(sign, flow) for measure, sign in _SINCE for flow in self._flows_since(measure, cash.end)]
        value = float(cash.value) + sum(sign * float(flow.value) for sign, flow in since)
        words = " ".join(f"{'+' if sign > 0 else '-'} {flow.measure} {flow.end}" for sign, flow in since)
        how = f"cash {cash.end} {words}" if since else ""
        self.origins.take("finance", of_figure(cash, *(flow for _, flow in since), how=how), cash_usd=value)
        return max(0.0, value)

    def _flows_since(self, measure: str, day: date) -> list[Figure]:
        first = Quarter.of_period_end(day) + 1
        quarters = first.through(self.start) if first <= self.start else ()
        flows = (self.base.view.company_measure(self.base.ticker, quarter, measure) for quarter in quarters)
        return [flow for flow in flows if isinstance(flow, Figure) and flow.start and flow.start > day]

    @property
    def debt_day(self) -> date | None:
        """The day all debt is of: the balance sheet's, or a later report's that tags instruments."""
        debt, tagged = self.recent("debt"), self.instruments()
        days = [*([] if isinstance(debt, Missing) else [debt.end]), *(each.day for each in tagged[:1])]
        return max(days, default=None)

    def _debt(self) -> float | Missing:
        """The balance sheet's debt, or that of the instruments of a later report."""
        debt, tagged = self.recent("debt"), self.instruments()
        if (isinstance(debt, Figure) and debt.end == self.debt_day) or not tagged:
            return self._plain("debt_usd", debt)
        owed = sum(float(each.owed_usd or 0) for each in tagged)
        names = ", ".join(each.name for each in tagged)
        self.origins.take("finance", f"instruments on {tagged[0].day}: {names}", debt_usd=owed)
        return owed

    def instruments(self) -> Sequence[DebtInstrument]:
        """Loans and notes of the last report that tags them, if it is recent."""
        pairs = self.base.view.debt_instruments(self.base.ticker, self.network.last_day)
        recent = (
            each for each, _ in pairs if self.start.since(Quarter.of_period_end(each.day)) <= BALANCE_QUARTERS
        )
        return tuple(each for each in recent if each.owed_usd)

    def _coins(self) -> float | Missing:
        """Bitcoin held, or the value of digital assets at the price of their day, whichever is newer."""
        coins, value = self.base.newest("bitcoin_held"), self.base.newest("digital_assets_value")
        if coins is not None and (value is None or coins.end >= value.end):
            return self._plain(
                "bitcoin", coins if self._is_recent(coins.end) else self._absent("bitcoin_held", coins)
            )
        if value is None or not self._is_recent(value.end):
            return self._absent("digital_assets_value", value)
        if not self.network.first_priced_day <= value.end <= self.network.last_day:
            return self._absent("bitcoin_held", None)
        count = float(value.value) / self.network.day(value.end).price_usd
        self.origins.take("finance", of_figure(value, how="at that day's price of bitcoin"), bitcoin=count)
        return count

    def _is_recent(self, day: date) -> bool:
        return self.start.since(Quarter.of_period_end(day)) <= BALANCE_QUARTERS


def calibrate_debt(facts: BalanceFacts, total_usd: float | None, interest: float) -> tuple[Debt, ...]:
    """Instruments of the balance sheet that gives all debt; none where that is of another day.

    Face values come to a little more than debt at carrying value; instruments are then taken in proportion.

    Args:
        facts: What is known of the balance sheet; takes the origins.
        total_usd: All debt.
        interest: Yearly rate of instruments whose rate is not tagged.
    """
    tagged = [each for each in facts.instruments() if each.day == facts.debt_day]
    owed = sum(float(each.owed_usd or 0) for each in tagged)
    if not total_usd or not owed or owed > MOST_ABOVE_TOTAL * total_usd:
        return ()
    share = min(1.0, total_usd / owed)
    return tuple(_debt(facts, each, name, share, interest) for name, each in _named(tagged))


def _named(tagged: list[DebtInstrument]) -> Iterator[tuple[str, DebtInstrument]]:
    """Instruments with a name each of its own."""
    count: Counter[str] = Counter()
    for each in tagged:
        count[each.name] += 1
        again = count[each.name]
        yield f"{each.name} #{again}" if again > 1 else each.name, each


def _debt(facts: BalanceFacts, tagged: DebtInstrument, name: str, share: float, interest: float) -> Debt:
    section, origins, day = f"debt.{name}", facts.origins, f"instrument on {tagged.day}"
    value = "face value" if tagged.carrying_usd is None else "carrying value"
    part = "" if share == 1 else f", times {share:.3f}: instruments over all debt"
    owed = share * float(tagged.owed_usd or 0)
    values = origins.take(section, f"{day}: {value}{part}", principal_usd=owed)
    low, high = tagged.rate_low, tagged.rate_high
    if low is None or high is None:
        values |= origins.take(section, assumed("rate not tagged; that of all debt"), rate=interest)
    else:
        how = "" if low == high else ", middle of its range"
        values |= origins.take(section, f"{day}{how}", rate=min(0.5, float(low + high) / 2))
    if tagged.matures:
        values |= origins.take(
            section, f"{day}: {tagged.matures}", matures=Quarter.containing(tagged.matures)
        )
    if tagged.conversion_price_usd:
        values |= origins.take(section, day, conversion_price_usd=float(tagged.conversion_price_usd))
    return Debt(name, **values)
