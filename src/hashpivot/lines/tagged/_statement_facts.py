"""Which tables of a filing are its main statements, and its facts by concept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hashpivot.filings import Fact

from ..rules import local_name
from ._locate import Evidence, evidence_of, kinds_by_period, locate

Span = tuple[date, date]

_ALONE = frozenset({"revenue", "cost"})  # in a note these stand without the rest of a statement


@dataclass(frozen=True)
class StatementFacts:
    """The facts of one filing by concept, and the tables of its main statements.

    Args:
        facts: Its numeric facts.
        currency: The currency most facts are in.
        stated: Periods known to be of the income statement, whatever rows it shows of them.
    """

    facts: tuple[Fact, ...]
    currency: str = "USD"
    stated: frozenset[Span] = frozenset()

    @cached_property
    def by_name(self) -> dict[str, list[Fact]]:
        """Facts by local name of their concept, in document order."""
        index: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            index[local_name(fact.concept)].append(fact)
        return dict(index)

    @cached_property
    def _evidence(self) -> dict[str, Evidence]:
        return evidence_of(self.by_name)

    @cached_property
    def _located(self) -> dict[str, frozenset[int]]:
        return locate(self._evidence)

    @property
    def income(self) -> frozenset[int]:
        """Tables of the income statement."""
        return self._located["income"]

    @property
    def balance(self) -> frozenset[int]:
        """Tables of the balance sheet."""
        return self._located["balance"]

    @property
    def cash_flow(self) -> frozenset[int]:
        """Tables of the cash flow statement."""
        return self._located["cash_flow"]

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Periods the income statement covers, shortest and latest first."""
        shown = kinds_by_period(self._evidence["income"], self.income)
        spans = {
            (start, end)
            for (start, end), kinds in shown.items()
            if start is not None and (kinds - _ALONE or (start, end) in self.stated)
        }
        return tuple(sorted(spans, key=lambda s: ((s[1] - s[0]).days // 20, -s[1].toordinal())))

    def amounts(self, span: Span) -> list[Fact]:
        """The visible amounts of a period in the income statement, without dimensions, in document order."""
        return self._amounts.get(span, [])

    @cached_property
    def _amounts(self) -> dict[Span, list[Fact]]:
        amounts: dict[Span, list[Fact]] = defaultdict(list)
        wanted = set(self.spans)
        for fact in self.facts:
            start, end = fact.context.start, fact.context.end
            if start is None or fact.context.dims or (start, end) not in wanted or fact.unit != self.currency:
                continue
            if fact.value is not None and not fact.hidden and fact.table in self.income:
                amounts[start, end].append(fact)
        return dict(amounts)

    def tables(self, where: str) -> frozenset[int]:
        """Tables of the statement of that name: `income`, `balance` or `cash_flow`."""
        return self._located[where]

    @cached_property
    def investing(self) -> list[Fact]:
        """Facts of the investing section of the cash flow statement: below the operating total."""
        first, last = (
            self._end_of(f"NetCashProvidedByUsedIn{name}Activities") for name in ("Operating", "Investing")
        )
        facts = [fact for fact in self.facts if not fact.context.dims and fact.table in self.cash_flow]
        return [fact for fact in facts if first < (fact.table, fact.row) < last and not fact.in_label]

    def _end_of(self, total: str) -> tuple[int, int]:
        facts = [f for name in self.by_name if name.startswith(total) for f in self.by_name[name]]
        return max(((f.table, f.row) for f in facts if f.table in self.cash_flow), default=(-1, -1))
