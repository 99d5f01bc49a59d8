"""Share counts, whole or by class, and the ratios of splits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from hashpivot.core import MEASURES
from hashpivot.filings import Fact

from ..rules import local_name
from ._measures import Reported
from ._statement_facts import StatementFacts

_SHARES = MEASURES["shares_outstanding"]
_SPLIT = MEASURES["stock_split_ratio"]
COUNTS = ("CommonStockSharesOutstanding", "EntityCommonStockSharesOutstanding", "SharesOutstanding")
RATIOS = ("StockholdersEquityNoteStockSplitConversionRatio1", "StockholdersEquityReverseStockSplitRatio")
_CLASSES = re.compile(r"ClassOfStockAxis|ClassesOf(OrdinaryShares|ShareCapital)Axis")
_NO_STOCK = re.compile(r"Preferred|Preference|Treasury|Warrant|Unit|Right|Note|Depositary|Par(Value)?Member")
_WHOLE = frozenset({"CommonStockMember", "OrdinarySharesMember"})
"""Members that may be all classes together."""
_CONVERSION = re.compile(r"(Common|Ordinary|Stock|Share)\w*Conver\w*(Ratio|Rate|Basis)")
_PLACEHOLDER = 1
"""No company has one share or none: such a count stands for a class or an unknown number."""


def share_counts(statements: StatementFacts) -> list[Reported]:
    """Return shares outstanding by day, of the first concept the filing uses.

    Where no total is tagged, the classes of common stock are added up: each share of each class once. A day
    on which a class tagged on other days is missing has no count.
    """
    for name in COUNTS:
        days: dict[date, list[Fact]] = defaultdict(list)
        for fact in statements.by_name.get(name, ()):
            if fact.value is not None and fact.unit == "shares" and fact.start is None:
                days[fact.end].append(fact)
        classes = {member for facts in days.values() for member in _by_class(facts)}
        counted = (_count(facts, classes) for facts in days.values())
        found = [
            (facts, day) for facts, day in zip(counted, days, strict=True) if _total(facts) > _PLACEHOLDER
        ]
        if found:
            note = _conversion_note(statements) if any(len(facts) > 1 for facts, _ in found) else ""
            return [
                Reported(_SHARES, None, day, _total(facts), tuple(facts), note if len(facts) > 1 else "")
                for facts, day in found
            ]
    return []


def split_ratios(statements: StatementFacts) -> list[Reported]:
    """Return the ratios of stock splits by the day they took effect, as tagged: 0.1 or 10 for one for ten."""
    facts = [fact for name in RATIOS for fact in statements.by_name.get(name, ()) if _is_ratio(fact)]
    by_day = {(fact.end, fact.value): fact for fact in reversed(facts)}
    return [
        Reported(_SPLIT, None, day, value, (fact,)) for (day, value), fact in sorted(by_day.items()) if value
    ]


def _is_ratio(fact: Fact) -> bool:
    return bool(fact.value) and fact.value != 1 and (fact.value or 0) > 0 and fact.unit == "pure"


def _count(facts: Iterable[Fact], classes: set[str]) -> Sequence[Fact]:
    """The facts of one day that together are all shares; none if that is not certain.

    A count without a class that is one of several classes' own is no total.
    """
    plain = [f for f in facts if not f.context.dims and (f.value or 0) > _PLACEHOLDER]
    by_class = _by_class(facts)
    several = list(by_class.values())
    if plain and (len(several) < 2 or plain[0].value not in [f.value for f in several]):
        return plain[:1]
    return several if by_class.keys() == classes else []


def _by_class(facts: Iterable[Fact]) -> dict[str, Fact]:
    """The first count of each class of common stock; not the sum of the others, if that stands among them."""
    found: dict[str, Fact] = {}
    for fact in facts:
        if fact.context.dims and counts_shares(fact):
            found.setdefault(local_name(fact.context.dims[0][1]), fact)
    for whole in _WHOLE & found.keys():
        others = [fact for member, fact in found.items() if member != whole]
        if others and found[whole].value == _total(others):
            return {whole: found[whole]}
    return found


def counts_shares(fact: Fact) -> bool:
    """True for a count of all shares or of one class of common stock, by its dimensions."""
    dims = fact.context.dims
    return not dims or (
        len(dims) == 1 and bool(_CLASSES.search(dims[0][0])) and not _NO_STOCK.search(local_name(dims[0][1]))
    )


def _total(facts: Iterable[Fact]) -> Decimal:
    return sum((fact.value or Decimal(0) for fact in facts), Decimal(0))


def _conversion_note(statements: StatementFacts) -> str:
    rates = [
        fact.value
        for name, facts in statements.by_name.items()
        if _CONVERSION.search(name)
        for fact in facts
        if fact.value not in (None, 0, 1) and any(_CLASSES.search(axis) for axis, _ in fact.context.dims)
    ]
    shown = " and ".join(dict.fromkeys(f"{rate:f}" for rate in rates if rate))
    return f"classes convert at {shown}, each share is counted once" if shown else ""
