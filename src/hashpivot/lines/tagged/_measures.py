"""Company and operating measures by the table of concepts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from hashpivot.core import MEASURES, Locator, Measure, joined
from hashpivot.filings import Fact

from ..rules import local_name, normal, read_toml_table
from ._statement_facts import StatementFacts

_SHORTEST = 25  # days; shorter durations are events, unless the income statement shows one
_OPERATING = {"btc", "ehs", "mw", "j_per_th", "blocks", "usd_per_mwh"}


Period = tuple[date | None, date]


@dataclass(frozen=True, slots=True)
class Spec:
    """How one measure is tagged; see the head of `measures.toml`."""

    measure: Measure
    any_of: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str] | None
    row: re.Pattern[str] | None
    where: str
    allow: re.Pattern[str] | None
    label: re.Pattern[str] | None
    largest: bool
    absolute: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """One value of a measure in a filing.

    Args:
        measure: What is measured.
        start: First day, None for an instant.
        end: Last day, inclusive.
        value: In the measure's unit.
        facts: The facts it comes from; more than one if rows were added up.
        note: What a reader must know of it.
    """

    measure: Measure
    start: date | None
    end: date
    value: Decimal
    facts: tuple[Fact, ...]
    note: str = ""

    @property
    def locator(self) -> Locator:
        """Where its facts stand."""
        return joined(tuple(fact.locator for fact in self.facts))

    @property
    def label(self) -> str:
        """Row labels of its facts, joined by ` + `."""
        return " + ".join(dict.fromkeys(fact.label or fact.concept for fact in self.facts))

    @property
    def operating(self) -> bool:
        """True for bitcoin, hash rate and megawatts; False for money and shares."""
        return self.measure.unit in _OPERATING


def measures_of(statements: StatementFacts) -> list[Reported]:
    """Return every measure the table of concepts finds in the statements, by measure, then period."""
    named: dict[str, list[Fact]] = defaultdict(list)
    for name, facts in statements.by_name.items():
        for measure in _measures_named(name):
            named[measure] += facts
    return [found for spec in _specs() for found in _find(spec, statements, named[spec.measure.name])]


def _find(spec: Spec, statements: StatementFacts, named: list[Fact]) -> list[Reported]:
    """Values by period of the first alternative the filing uses; definitions are never mixed."""
    for alternative in _alternatives(spec, statements, named):
        periods: dict[Period, list[Fact]] = defaultdict(list)
        for fact in sorted(alternative, key=lambda fact: len(fact.context.dims)):
            if _fits(fact, spec, statements):
                periods[fact.context.start, fact.context.end].append(fact)
        if periods:
            return [_reported(spec, period, facts) for period, facts in periods.items()]
    return []


def _alternatives(spec: Spec, statements: StatementFacts, named: list[Fact]) -> Iterator[list[Fact]]:
    """The facts to look at, the best first; `named` are those whose names the measure's pattern finds."""
    names = statements.by_name
    if spec.pattern is not None:
        yield named
    if spec.row is not None:
        row = spec.row
        yield [fact for fact in statements.investing if row.search(normal(fact.label))]
    for concepts in spec.any_of:
        yield [fact for name in concepts for fact in names.get(name, ())]


@lru_cache(maxsize=8192)
def _measures_named(name: str) -> tuple[str, ...]:
    """The measures whose pattern finds the name of a concept; kept, as filings share most names."""
    return tuple(spec.measure.name for spec in _specs() if spec.pattern and spec.pattern.search(name))


def _reported(spec: Spec, period: Period, facts: list[Fact]) -> Reported:
    """One fact a concept; statements repeat rows, sometimes under a second concept."""
    amounts = {fact: _amount(fact, spec) for fact in facts}
    if spec.largest:
        most = max(facts, key=lambda fact: amounts[fact])
        return Reported(spec.measure, *period, amounts[most], (most,))
    by_concept: dict[str, Fact] = {}
    for fact in facts:
        by_concept.setdefault(fact.concept, fact)
    distinct = {(fact.label, amounts[fact]): fact for fact in reversed(by_concept.values())}
    kept = tuple(reversed(distinct.values()))
    return Reported(spec.measure, *period, sum((amounts[fact] for fact in kept), Decimal(0)), kept)


def _amount(fact: Fact, spec: Spec) -> Decimal:
    value = fact.value or Decimal(0)
    return abs(value) if spec.absolute else value


def _fits(fact: Fact, spec: Spec, statements: StatementFacts) -> bool:
    start, end = fact.context.start, fact.context.end
    if fact.value is None or spec.measure.flow != (start is not None):
        return False
    if start is not None and (end - start).days < _SHORTEST and (start, end) not in statements.spans:
        return False
    if not _unit_fits(fact.unit, spec.measure.unit, statements.currency) or not _dims_fit(fact, spec.allow):
        return False
    if spec.label is not None and fact.table >= 0 and not spec.label.search(normal(fact.label)):
        return False
    return spec.where == "anywhere" or fact.table in statements.tables(spec.where)


def _unit_fits(unit: str, wanted: str, currency: str) -> bool:
    if wanted == "usd":
        return unit == currency == "USD"
    if wanted in ("shares", "pure"):
        return unit == wanted
    return "/" not in unit and not (len(unit) == 3 and unit.isupper() and unit != "BTC") and unit != "shares"


def _dims_fit(fact: Fact, allow: re.Pattern[str] | None) -> bool:
    pairs = (f"{local_name(axis)}={local_name(member)}" for axis, member in fact.context.dims)
    return all(allow is not None and allow.fullmatch(pair) for pair in pairs)


@cache
def _specs() -> tuple[Spec, ...]:
    return read_toml_table(
        "measures.toml", "table of measures", lambda raw: tuple(map(_spec, raw["measure"]))
    )


def _spec(row: dict[str, Any]) -> Spec:
    return Spec(
        measure=MEASURES[str(row["name"])],
        any_of=tuple(tuple(concepts) for concepts in row.get("any_of", ())),
        pattern=_regex(row.get("pattern")),
        row=_regex(row.get("row")),
        where=str(row.get("where", "anywhere")),
        allow=_regex(row.get("allow")),
        label=_regex(row.get("label")),
        largest=row.get("combine") == "largest",
        absolute=bool(row.get("absolute")),
    )


def _regex(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None
