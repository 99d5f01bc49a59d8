"""Company and operating measures by the table of concepts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from hashpivot.core import MEASURES, BundleError, Measure
from hashpivot.filings import Fact

from ._statements import Statements
from ._words import local_name

_OPERATING = {"btc", "ehs", "mw", "j_per_th", "blocks"}


@dataclass(frozen=True, slots=True)
class Spec:
    """How one measure is tagged; see the head of `measures.toml`."""

    measure: Measure
    any_of: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str] | None
    where: str
    allow: re.Pattern[str] | None
    largest: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """One value of a measure in a filing.

    Args:
        measure: What is measured.
        start: First day, None for an instant.
        end: Last day, inclusive.
        value: In the measure's unit.
        facts: The facts it stands on; more than one if rows were added up.
    """

    measure: Measure
    start: date | None
    end: date
    value: Decimal
    facts: tuple[Fact, ...]

    @property
    def locator(self) -> str:
        """Locators of its facts, joined by `+`."""
        return "+".join(fact.locator for fact in self.facts)

    @property
    def label(self) -> str:
        """Row labels of its facts, joined by ` + `."""
        return " + ".join(dict.fromkeys(fact.label or fact.concept for fact in self.facts))

    @property
    def operating(self) -> bool:
        """True for bitcoin, hash rate and megawatts; False for money and shares."""
        return self.measure.unit in _OPERATING


def measures_of(statements: Statements) -> list[Reported]:
    """Every measure the table finds, by measure, then period."""
    return [found for spec in _specs() for found in _find(spec, statements)]


def _find(spec: Spec, statements: Statements) -> Iterator[Reported]:
    taken: set[tuple[date | None, date]] = set()
    for alternative in _alternatives(spec, statements):
        periods: dict[tuple[date | None, date], dict[str, Fact]] = {}
        for fact in sorted(alternative, key=lambda fact: len(fact.context.dims)):
            if _fits(fact, spec, statements):
                key = (fact.context.start, fact.context.end)
                _keep(periods.setdefault(key, {}), fact, spec)
        for (start, end), facts in periods.items():
            if (start, end) not in taken:
                taken.add((start, end))
                kept = tuple(facts.values())
                value = sum((fact.value for fact in kept if fact.value is not None), Decimal(0))
                yield Reported(spec.measure, start, end, value, kept)


def _alternatives(spec: Spec, statements: Statements) -> Iterator[Iterable[Fact]]:
    names = statements.by_name
    if spec.pattern is not None:
        pattern = spec.pattern
        yield [fact for name, facts in names.items() if pattern.search(name) for fact in facts]
    for concepts in spec.any_of:
        yield [fact for name in concepts for fact in names.get(name, ())]


def _keep(facts: dict[str, Fact], fact: Fact, spec: Spec) -> None:
    """One fact a concept; of the largest only the largest."""
    if not spec.largest:
        facts.setdefault(fact.concept, fact)
        return
    best = next(iter(facts.values()), fact)
    facts.clear()
    facts["largest"] = max(best, fact, key=lambda f: f.value or Decimal(0))


def _fits(fact: Fact, spec: Spec, statements: Statements) -> bool:
    if fact.value is None or spec.measure.flow != (fact.context.start is not None):
        return False
    if not _unit_fits(fact.unit, spec.measure.unit, statements.currency) or not _dims_fit(fact, spec.allow):
        return False
    return spec.where == "anywhere" or fact.table in getattr(statements, spec.where)


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
    text = files(__package__).joinpath("measures.toml").read_text(encoding="utf-8")
    try:
        return tuple(_spec(row) for row in tomllib.loads(text)["measure"])
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise BundleError(f"the table of measures cannot be read: {error}", where="measures.toml") from error


def _spec(row: dict[str, str | list[list[str]]]) -> Spec:
    pattern = row.get("pattern")
    return Spec(
        measure=MEASURES[str(row["name"])],
        any_of=tuple(tuple(concepts) for concepts in row.get("any_of", ())),
        pattern=re.compile(str(pattern)) if pattern else None,
        where=str(row.get("where", "anywhere")),
        allow=re.compile(str(row["allow"])) if "allow" in row else None,
        largest=row.get("combine") == "largest",
    )
