"""What of a tagged filing is unlikely to be right: signs, scales, days, and rows the page does not show."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from lxml import etree

from hashpivot.core import months_in
from hashpivot.filings import Fact

from ..rules import local_name
from ._concepts import kind_of, place_of
from ._day_doubts import day_doubts
from ._measures import Reported
from ._reading import PeriodReading
from ._share_counts import COUNTS, RATIOS, counts_shares
from ._statement_facts import StatementFacts

_COUNTED = frozenset({"btc", "ehs", "mw", "j_per_th", "blocks"})
_POSSESSIONS = frozenset({"cash", "digital_assets_value", "total_assets"})
_SIGNED = frozenset({"bitcoin_sold"})
_RESULTS = frozenset({"GrossProfit", "NetIncomeLoss", "OperatingIncomeLoss", "ProfitLoss", "Revenues"})
"""Concepts whose numbers are negative where the page shows parentheses."""
_EQUITY = ("StockholdersEquity", "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest")
"""Shown in the statement of equity too, whose blocks of periods stand below each other."""
_SCALES = {"thousands": "3", "millions": "6", "billions": "9"}
_UNIT = re.compile(rf"\bin ({'|'.join(_SCALES)})\b", re.IGNORECASE)
_MOST_NAMED = 3
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTHS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_LENGTH = re.compile(rf"\b({'|'.join(_MONTHS)})[\s-]+months?\b", re.IGNORECASE)


def doubts(
    statements: StatementFacts,
    periods: Iterable[PeriodReading],
    reported: Iterable[Reported],
    document_end: date | None,
) -> list[str]:
    """What was read, or was not, though it is unlikely to be right; one sentence each.

    Args:
        statements: The filing's facts and its main statements.
        periods: As read.
        reported: As read.
        document_end: Last day of the period on the cover, if known.
    """
    return [
        *_negative_counts(statements, reported),
        *_hidden_costs(statements, periods),
        *_other_scales(statements),
        *_other_scales_of_shares(statements),
        *_other_units(statements),
        *_finer_than_said(statements),
        *_unsigned(statements),
        *_under_other_headers(statements),
        *day_doubts(statements, periods, reported, document_end),
    ]


def _negative_counts(statements: StatementFacts, reported: Iterable[Reported]) -> Iterator[str]:
    """Numbers of what cannot be less than none."""
    for name in (*COUNTS, *RATIOS):
        for fact in statements.by_name.get(name, ()):
            if fact.value is not None and fact.value < 0 and counts_shares(fact):
                yield f"{fact.end}: {name} is negative at {fact.locator}, it is left out: {fact.value:,}"
    for found in reported:
        name = found.measure.name
        counted = found.measure.unit in _COUNTED and name not in _SIGNED
        if found.value < 0 and (counted or name in _POSSESSIONS):
            yield f"{found.end}: {name} is negative: {found.value:,} at {found.locator}"


def _hidden_costs(statements: StatementFacts, periods: Iterable[PeriodReading]) -> Iterator[str]:
    """Costs of revenue of a period without a total of them, which the page does not show."""
    lacking = {
        (period.start, period.end) for period in periods if period.cost is None or period.cost.total is None
    }
    for fact in statements.facts if lacking else ():
        hidden = fact.hidden and (fact.start, fact.end) in lacking and not fact.context.dims
        if hidden and fact.value and fact.unit == statements.currency and kind_of(fact.concept) == "cost":
            what = f"{local_name(fact.concept)} is {fact.value:,} at {fact.locator}"
            yield f"{fact.start}..{fact.end}: {what}, which the page hides: it is left out"


def _other_scales(statements: StatementFacts) -> Iterator[str]:
    """Amounts of a main statement whose scale is not that of the others: a table has one unit."""
    scales: dict[int, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact, table in _amounts(statements):
        element = fact.element
        if element is not None and not fact.in_label:
            scales[table][element.get("scale") or "0"].append(fact)
    for table, by_scale in scales.items():
        usual = max(by_scale, key=lambda scale: len(by_scale[scale]))
        said = {
            _SCALES[word.lower()] for fact in by_scale[usual] for word in _UNIT.findall(fact.column_header)
        }
        if len(said) == 1 and usual not in said:
            where = f"{by_scale[usual][0].locator} under {by_scale[usual][0].column_header!r}"
            yield f"table {table}: its amounts have another scale than its heads say, the first: {where}"
        odd = [fact for scale, facts in by_scale.items() if scale != usual for fact in facts]
        if odd:
            places = ", ".join(f"{fact.value:,} at {fact.locator}" for fact in odd[:_MOST_NAMED])
            more = f" and {len(odd) - _MOST_NAMED} more" if len(odd) > _MOST_NAMED else ""
            told = "amounts of another scale than the others of their statement"
            yield f"table {table}: {told}: {places}{more}"


def _other_scales_of_shares(statements: StatementFacts) -> Iterator[str]:
    """Counts of shares in one table whose scales differ, as they may where one of several classes slipped."""
    scales: dict[tuple[str, int], dict[str, Fact]] = defaultdict(dict)
    for name in COUNTS:
        for fact in statements.by_name.get(name, ()):
            if fact.value and fact.element is not None and not fact.hidden:
                scales[name, fact.table].setdefault(fact.element.get("scale") or "0", fact)
    for (name, _), by_scale in scales.items():
        if len(by_scale) > 1:
            shown = " and ".join(f"{fact.value:,} at {fact.locator}" for fact in by_scale.values())
            yield f"{name} is tagged with several scales in one table: {shown}"


def _other_units(statements: StatementFacts) -> Iterator[str]:
    """Results that are tagged in another unit than the others of their statement, and so are not read."""
    odd = [
        fact
        for fact in statements.facts
        if local_name(fact.concept) in _RESULTS
        and fact.value
        and fact.unit != statements.currency
        and not fact.context.dims
        and fact.table in statements.income
    ]
    if odd and statements.currency == "USD":
        first = f"{local_name(odd[0].concept)} at {odd[0].locator} in {odd[0].unit}"
        yield f"{len(odd)} results in another unit than the others of their statement, the first: {first}"


def _finer_than_said(statements: StatementFacts) -> Iterator[str]:
    """Amounts with digits that they are said not to have: `1.234` thousands rounded to thousands."""
    odd = [
        fact
        for fact in statements.facts
        if fact.unit == statements.currency
        and fact.decimals is not None
        and fact.decimals <= 0
        and (fact.value or 0) % (10**-fact.decimals)
    ]
    if odd:
        shown = f"{odd[0].text!r} at {odd[0].locator} is read as {odd[0].value:,}"
        yield f"{len(odd)} amounts with more digits than their decimals say, the first: {shown}"


def _amounts(statements: StatementFacts) -> Iterator[tuple[Fact, int]]:
    """The amounts of the main statements, and of parts of them, that are not zero, each with its table."""
    tables = statements.income | statements.balance | statements.cash_flow
    for fact in statements.facts:
        if (
            fact.value
            and fact.unit == statements.currency
            and not fact.hidden
            and place_of(fact.context.dims)
        ):
            table = fact.table
            if table >= 0 and table in tables:
                yield fact, table


def _unsigned(statements: StatementFacts) -> Iterator[str]:
    """Results that the page shows in parentheses, tagged as if they were positive."""
    for fact, _ in _amounts(statements):
        if local_name(fact.concept) in _RESULTS and (fact.value or 0) > 0 and _in_parentheses(fact):
            yield (
                f"{fact.start}..{fact.end}: {local_name(fact.concept)} is tagged as {fact.value:,} "
                f"at {fact.locator}, the page shows it in parentheses"
            )


def _in_parentheses(fact: Fact) -> bool:
    """True if an opening parenthesis stands right before a number, in its cell or in one of its own."""
    element = fact.element
    while element is not None and str(element.tag).rpartition("}")[2] not in ("tr", "table"):
        if text := _text_before(element):
            return text.endswith("(")
        element = element.getparent()
    return False


def _text_before(element: etree._Element) -> str:
    """The nearest text before an element within the one around it."""
    for before in element.itersiblings(preceding=True):
        own = "".join(before.itertext()) if isinstance(before.tag, str) else ""
        if text := (before.tail or "").strip() or own.strip():
            return text
    around = element.getparent()
    return (around.text or "").strip() if around is not None else ""


def _under_other_headers(statements: StatementFacts) -> Iterator[str]:
    """Amounts whose period is not what the page writes over their column, as it is of the others."""
    apart: dict[int, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    odd: list[Fact] = []
    equity = {fact.table for name in _EQUITY for fact in statements.by_name.get(name, ())}
    for fact, table in _amounts(statements):
        balance = table in statements.balance
        if (fact.start is None) != balance or (table in equity and not balance) or fact.in_label:
            continue
        header = fact.column_header
        years = set(map(int, _YEAR.findall(header)))
        months = {_MONTHS[word.lower()] for word in _LENGTH.findall(header)}
        if fact.start and len(months) == 1 and months_in(fact.start, fact.end) not in months:
            odd.append(fact)
        elif len(years) == 1:
            apart[table][fact.end.year - years.pop()].append(fact)  # a fiscal year may be named otherwise
    for by_years in apart.values():
        usual = max(by_years, key=lambda years: len(by_years[years]))
        odd += [fact for years, facts in by_years.items() if years != usual for fact in facts]
    if odd:
        first = (
            f"{odd[0].locator} of {odd[0].start or 'the day'}..{odd[0].end} under {odd[0].column_header!r}"
        )
        yield f"{len(odd)} amounts of another period than stands over their column, the first: {first}"
