"""Debt by instrument: facts of debt concepts, grouped by the member that names the loan or note."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hashpivot.core import DebtInstrument
from hashpivot.filings import Fact

from ..rules import local_name

_CONCEPTS = {
    "carrying_usd": (
        "LongTermDebt",
        "DebtLongtermAndShorttermCombinedAmount",
        "ConvertibleDebt",
        "ConvertibleNotesPayable",
        "NotesPayable",
        "SecuredDebt",
        "LoansPayable",
        "LineOfCredit",
        "LongTermLineOfCredit",
        "ShortTermBorrowings",
        "LongTermDebtNoncurrent",
        "ConvertibleDebtNoncurrent",
        "ConvertibleLongTermNotesPayable",
        "LongTermNotesPayable",
    ),
    "principal_usd": (
        "DebtInstrumentCarryingAmount",
        "LongTermDebtGross",
        "DebtInstrumentFaceAmount",
    ),
    "limit_usd": ("LineOfCreditFacilityMaximumBorrowingCapacity",),
    "rate": (
        "DebtInstrumentInterestRateStatedPercentage",
        "DebtInstrumentInterestRateEffectivePercentage",
        "LineOfCreditFacilityInterestRateAtPeriodEnd",
        "DebtInstrumentInterestRateDuringPeriod",
        "LineOfCreditFacilityInterestRateDuringPeriod",
    ),
    "matures": ("DebtInstrumentMaturityDate", "LineOfCreditFacilityExpirationDate1"),
    "conversion_price_usd": ("DebtInstrumentConvertibleConversionPrice1",),
}
"""What a term is tagged with, the best concept first."""

_TERM = {concept: term for term, concepts in _CONCEPTS.items() for concept in concepts}
_AMOUNTS = ("carrying_usd", "principal_usd")
_AXES = ("DebtInstrumentAxis", "LongtermDebtTypeAxis", "ShortTermDebtTypeAxis", "CreditFacilityAxis")
"""The axis that names the instrument where there are several, the best first."""
_ASIDE = re.compile(
    r"FairValue|Hierarchy|Subsequent|Scenario|Forecast|Restatement|Maturit|Extinguish|Reclass|Segment"
    r"|Consolidati|LegalEntity|VariableInterest|Concentration|Geograph|BalanceSheetLocation|Currency"
)
"""Axes of what is no instrument's own amount at the period end, or of who owes it."""
_RANGE = "RangeAxis"
_NEAR = timedelta(
    days=10
)  # a balance sheet's day and the cover's period end differ by a week in some filings
_STOP = frozenset({"member", "the", "of", "and", "due", "agreement", "two", "thousand"})
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|\d+|[a-z]+")
_HIGHEST_RATE = Decimal(1)
_ROUNDING = Decimal("0.02")  # parts at face value against a whole at carrying value differ by costs of issue


@dataclass
class _Tagged:
    """The facts of one member by term."""

    terms: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))

    def amount(self, term: str, day: date) -> Fact | None:
        """The best fact of an amount on a day."""
        on_day = [fact for fact in self.terms[term] if fact.start is None and fact.end == day]
        return min(on_day, key=lambda fact: _rank(term, fact), default=None)

    def latest(self, term: str, day: date) -> list[Fact]:
        """The facts of the best concept and the last day up to a day; several for a range."""
        known = [fact for fact in self.terms[term] if fact.end <= day]
        best = min(known, key=lambda fact: (_rank(term, fact), -fact.end.toordinal()), default=None)
        same = [f for f in known if best and (f.concept, f.end) == (best.concept, best.end)]
        return [f for f in same if not _of_range(f)] or same


def debt_instruments(facts: Iterable[Fact], period_end: date | None) -> tuple[DebtInstrument, ...]:
    """Return the loans, notes and credit lines owed at a period end, the largest first.

    An instrument is what a member of an axis names. Facts of fair value, of maturities, of segments and of
    events after the period end are left out. It is owed if its carrying or face value is tagged for the day
    and is not zero. A member that carries terms but no amount lends them to the one instrument whose name
    its own contains.

    Args:
        facts: All facts of a filing.
        period_end: The last day the document reports on.
    """
    by_member = _by_member(facts)
    day = _balance_day(by_member.values(), period_end)
    if day is None:
        return ()
    owed = {
        member: made for member, tagged in by_member.items() if (made := _instrument(member, tagged, day))
    }
    for member in by_member.keys() - owed.keys():
        fits = [name for name in owed if _words(name) <= _words(member)]
        if len(fits) == 1 and not any(by_member[member].amount(term, day) for term in _AMOUNTS):
            owed[fits[0]] = _with_terms(owed[fits[0]], by_member[member])
    counted = (made for member, made in owed.items() if not _counted_elsewhere(member, owed))
    return tuple(sorted(counted, key=lambda one: (-(one.owed_usd or 0), one.name)))


def _counted_elsewhere(member: str, owed: Mapping[str, DebtInstrument]) -> bool:
    """True for the sum of instruments whose names contain its own, and for a part of such a one.

    Of two names for one amount the shorter stays, or the one that carries terms.
    """

    def parts(whole: str) -> list[str]:
        return [name for name in owed if name != whole and _words(whole) < _words(name)]

    def is_sum(whole: str) -> bool:
        amounts = [owed[name].owed_usd or Decimal(0) for name in parts(whole)]
        size = owed[whole].owed_usd or Decimal(0)
        return len(amounts) > 1 and abs(sum(amounts) - size) <= _ROUNDING * size

    wholes = [name for name in owed if member in parts(name) and not is_sum(name)]
    size = owed[member].owed_usd or Decimal(0)
    if is_sum(member) or any(size <= (owed[name].owed_usd or 0) for name in wholes):
        return True
    bare = all(term in _AMOUNTS for term, _ in owed[member].locators)
    return bare and any(made.owed_usd == size for name, made in owed.items() if name != member)


def _by_member(facts: Iterable[Fact]) -> dict[str, _Tagged]:
    by_member: dict[str, _Tagged] = defaultdict(_Tagged)
    for fact in facts:
        term = _TERM.get(local_name(fact.concept))
        member = _member(fact) if term else None
        if term and member and _sound(term, fact):
            by_member[member].terms[term].append(fact)
    return by_member


def _member(fact: Fact) -> str | None:
    """The member that names the instrument; None without one, or if the fact is about something else."""
    axes = {local_name(axis): member for axis, member in fact.context.dims}
    axes.pop(_RANGE, None)
    if not axes or any(_ASIDE.search(axis) for axis in axes):
        return None
    named = next((axis for axis in _AXES if axis in axes), next(iter(axes)))
    return local_name(axes[named])


def _sound(term: str, fact: Fact) -> bool:
    if term == "matures":
        return _day(fact) is not None
    if fact.value is None or fact.value < 0:
        return False
    if term == "rate":
        return fact.unit == "pure" and fact.value <= _HIGHEST_RATE
    return fact.unit == ("USD/shares" if term == "conversion_price_usd" else "USD")


def _balance_day(tagged: Iterable[_Tagged], period_end: date | None) -> date | None:
    """The last day with a carrying or face value within ten days of the period end."""
    amounts = (fact for one in tagged for term in _AMOUNTS for fact in one.terms[term] if fact.start is None)
    return max((f.end for f in amounts if period_end and abs(f.end - period_end) <= _NEAR), default=None)


def _instrument(member: str, tagged: _Tagged, day: date) -> DebtInstrument | None:
    amounts = {term: fact for term in _AMOUNTS if (fact := tagged.amount(term, day))}
    if not any(fact.value for fact in amounts.values()):
        return None
    made = DebtInstrument(_in_words(member), day)
    for term, fact in amounts.items():
        made = _with(made, term, fact.value, fact)
    return _with_terms(made, tagged)


def _with_terms(made: DebtInstrument, tagged: _Tagged) -> DebtInstrument:
    """The instrument with the terms it lacks, as far as tagged by the day of the balance sheet."""
    for term in ("limit_usd", "conversion_price_usd"):
        for fact in tagged.latest(term, made.day)[:1]:
            made = _with(made, term, fact.value, fact)
    for fact in tagged.latest("matures", made.day)[:1]:
        made = _with(made, "matures", _day(fact), fact)
    rates = sorted(tagged.latest("rate", made.day), key=lambda fact: fact.value or 0)
    for term, fact in zip(("rate_low", "rate_high"), (rates[:1] + rates[-1:]), strict=False):
        made = _with(made, term, fact.value, fact)
    return made


def _with(made: DebtInstrument, term: str, value: Decimal | date | None, fact: Fact) -> DebtInstrument:
    if getattr(made, term) is not None:
        return made
    changes: dict[str, Any] = {term: value, "locators": (*made.locators, (term, fact.locator))}
    return replace(made, **changes)


def _of_range(fact: Fact) -> bool:
    return any(local_name(axis) == _RANGE for axis, _ in fact.context.dims)


def _rank(term: str, fact: Fact) -> int:
    return _CONCEPTS[term].index(local_name(fact.concept))


def _day(fact: Fact) -> date | None:
    try:
        return date.fromisoformat(fact.text.strip())
    except ValueError:
        return None


def _words(member: str) -> frozenset[str]:
    """The words of a member's name in lower case, without those of years and filler; plurals as singulars."""
    words = (word.lower() for word in _CAMEL.findall(member))
    return frozenset(word.removesuffix("s") for word in words) - _STOP


def _in_words(member: str) -> str:
    words = _CAMEL.findall(member.removesuffix("Member"))
    if words[0] == "A" and words[1:2] and words[1].isdigit():  # a name in XBRL cannot begin with a digit
        words = words[1:]
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words).capitalize()
