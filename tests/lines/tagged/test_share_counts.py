"""Share counts by class, placeholders, splits, and dollars beside another currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hashpivot.core import FactLocator
from hashpivot.filings import Fact
from hashpivot.filings.xbrl._context import Context
from hashpivot.lines._currency import read_amounts
from hashpivot.lines.tagged import StatementFacts, share_counts, split_ratios

END = date(2025, 3, 31)
SHARES = "us-gaap:CommonStockSharesOutstanding"
CLASS = "us-gaap:StatementClassOfStockAxis"


def fact(
    value: float,
    member: str = "",
    *,
    concept: str = SHARES,
    unit: str = "shares",
    start: date | None = None,
    end: date = END,
    axis: str = CLASS,
) -> Fact:
    dims = ((axis, f"us-gaap:{member}Member"),) if member else ()
    context = Context("c", "1", start, end, dims)
    place = (FactLocator(f"{concept}{member}{end}{unit}"), 0, False)
    return Fact(concept, context, unit, Decimal(str(value)), "", False, 0, place, None)


def counts(*facts: Fact) -> dict[date, int]:
    return {found.end: int(found.value) for found in share_counts(StatementFacts(facts))}


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ([fact(100, "CommonClassA"), fact(700, "CommonClassB")], 800),
        ([fact(800), fact(100, "CommonClassA"), fact(700, "CommonClassB")], 800),  # a total stands
        ([fact(100), fact(100, "CommonClassA"), fact(700, "CommonClassB")], 800),  # no total: class A again
        ([fact(800, "CommonStock"), fact(100, "CommonClassA"), fact(700, "CommonClassB")], 800),
        ([fact(100, "CommonStock"), fact(700, "CommonClassB")], 800),
        ([fact(100, "CommonClassA"), fact(0, "CommonClassB")], 100),
        ([fact(100, "CommonClassA"), fact(50, "PreferredStock")], 100),
        ([fact(100, "CommonClassA"), fact(50, "TreasuryStockCommon"), fact(1, "SeriesVPreferredStock")], 100),
        ([fact(100, "CommonClassA"), fact(7, "CommonClassB", axis="us-gaap:StatementScenarioAxis")], 100),
        ([fact(1), fact(100, "CommonClassA"), fact(700, "CommonClassB")], 800),  # a placeholder
    ],
)
def test_the_classes_of_common_stock_are_added_up_once(facts: list[Fact], count: int) -> None:
    assert counts(*facts) == counts(*reversed(facts)) == {END: count}


@pytest.mark.parametrize("value", [0, 1])
def test_placeholders_are_no_counts(value: int) -> None:
    cover = fact(55, concept="dei:EntityCommonStockSharesOutstanding")
    assert counts(fact(value)) == {}
    assert counts(fact(value), cover) == {END: 55}


def test_a_day_without_one_of_the_classes_has_no_count() -> None:
    before = date(2024, 12, 31)
    facts = [fact(100, "CommonClassA"), fact(700, "CommonClassB"), fact(90, "CommonClassA", end=before)]
    assert counts(*facts) == {END: 800}


def test_classes_that_convert_otherwise_are_noted() -> None:
    ratio = fact(1500, "CommonClassA", concept="x:CommonStockConversionRatio", unit="pure")
    (found,) = share_counts(StatementFacts((fact(1, "CommonClassA"), fact(700, "CommonClassB"), ratio)))
    assert (
        found.value == 701 and "convert at 1500" in found.note and "each share is counted once" in found.note
    )


def test_ratios_of_splits_are_read_with_their_day() -> None:
    name = "us-gaap:StockholdersEquityNoteStockSplitConversionRatio1"
    day = date(2025, 1, 15)
    tagged = fact(0.1, concept=name, unit="pure", start=day, end=day)
    again = fact(0.1, concept=name, unit="pure", end=day)
    none = fact(1, concept=name, unit="pure", end=day)
    found = split_ratios(StatementFacts((tagged, again, none)))
    assert [(split.end, split.value) for split in found] == [(day, Decimal("0.1"))]


# Currency

YEAR = {"start": date(2024, 1, 1), "end": date(2024, 12, 31)}


def money(value: float, unit: str, concept: str = "ifrs-full:Revenue", member: str = "") -> Fact:
    return fact(value, member, concept=concept, unit=unit, axis="srt:ProductOrServiceAxis", **YEAR)


def test_dollars_tagged_beside_another_currency_are_read_alone() -> None:
    facts = [
        money(1000, "CNY"),
        money(137, "USD"),
        money(9, "CNY", "x:Tax"),
        money(1, "USD", "x:Tax"),
        money(3, "CNY", "x:Cost"),
    ]
    shares, per_share = fact(5), fact(2, concept="x:PerShare", unit="CNY/shares")
    amounts = read_amounts([*facts, shares, per_share])
    assert (amounts.currency, amounts.translated_from) == ("USD", "CNY")
    assert {f.unit for f in amounts.facts} == {"USD", "shares"}


@pytest.mark.parametrize(
    "dollars",
    [
        [],
        [money(137, "USD")],  # one amount of a note
        [money(1, "USD", "x:NoteA"), money(2, "USD", "x:NoteB")],  # in dollars only
        [money(1, "USD", member="Mining"), money(2, "USD", "x:Tax", member="Mining")],  # of no whole company
    ],
)
def test_a_few_dollars_make_no_translation(dollars: list[Fact]) -> None:
    yuan = [
        money(n, "CNY", name) for n, name in enumerate(("ifrs-full:Revenue", "x:Tax", "x:Cost", "x:Net"), 1)
    ]
    amounts = read_amounts([*yuan, *dollars])
    assert (amounts.currency, amounts.translated_from) == ("CNY", "")
    assert read_amounts([money(1, "USD")]).currency == read_amounts([]).currency == "USD"
