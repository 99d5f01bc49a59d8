from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hashpivot.company import debt_stack, number_in
from hashpivot.core import NO_LOCATOR, Missing, Quarter, TextFact
from hashpivot.ledger import Figures, View
from hashpivot.testing import MadeUpMiner

NEWEST, DAY = Quarter(2025, 1), date(2025, 6, 1)


def owing(miner: MadeUpMiner, *terms: dict[str, str], convertible: bool = True) -> View:
    """A miner that owes 100 million, 60 of it convertible, with these instruments tagged."""
    end = NEWEST.end
    miner.figure("debt", None, end, 100e6, source="10-Q 2025Q1")
    if convertible:
        miner.figure("convertible_notes", None, end, 60e6, source="10-Q 2025Q1")
    held = miner.held()
    facts = tuple(
        TextFact(
            miner.ticker, "10-Q 2025Q1", date(2025, 5, 10), "debt", NO_LOCATOR, json.dumps(_data(**given))
        )
        for given in terms
    )
    return View(Figures(held.sources, held.figures, facts))


def _data(**given: str) -> dict[str, object]:
    names = (
        "carrying_usd",
        "principal_usd",
        "limit_usd",
        "rate_low",
        "rate_high",
        "matures",
        "conversion_price_usd",
    )
    return {"name": "Notes", "day": "2025-03-31", "locators": {}} | dict.fromkeys(names) | given


def test_what_is_not_convertible_is_the_rest(miner: MadeUpMiner) -> None:
    stack = debt_stack(owing(miner), miner.ticker, NEWEST, DAY)
    assert [(part.title, number_in(part.amount)) for part in stack.parts] == [
        ("Convertible notes", 60_000_000),
        ("Other debt", 40_000_000),
    ]


def test_without_an_instrument_it_says_what_would_end_that(miner: MadeUpMiner) -> None:
    stack = debt_stack(owing(miner), miner.ticker, NEWEST, DAY)
    assert isinstance(stack.instruments, Missing) and "2025Q1" in stack.instruments.needs


def test_a_report_that_was_read_and_tags_no_instrument_is_not_asked_for_again(miner: MadeUpMiner) -> None:
    view = owing(miner)
    sources = {key: replace(source, sha256=key) for key, source in view.sources.items()}
    stack = debt_stack(View(replace(view.all_figures, sources=sources)), miner.ticker, NEWEST, DAY)
    assert isinstance(stack.instruments, Missing)
    assert stack.instruments.reason == "the tags of TEST 10-Q name no debt instrument"
    assert stack.instruments.needs.startswith("TEST 10-Q, its notes on debt: ")


def test_convertible_notes_tagged_by_instrument_alone_are_disclosed(miner: MadeUpMiner) -> None:
    given = {"name": "Senior notes", "carrying_usd": "60000000", "conversion_price_usd": "11"}
    stack = debt_stack(owing(miner, given, convertible=False), miner.ticker, NEWEST, DAY)
    (part,) = stack.parts
    assert isinstance(part.amount, Missing) and part.amount.code == "not_derivable"
    assert part.amount.reason.endswith("by instrument: Senior notes")


@pytest.mark.parametrize(
    ("maturities", "due"),
    [(["2024-01-01", "2029-09-01", "2027-06-15"], date(2027, 6, 15)), (["2024-01-01"], None), ([], None)],
)
def test_the_next_maturity_lies_ahead(miner: MadeUpMiner, maturities: list[str], due: date | None) -> None:
    terms = [
        {"name": f"Notes {n}", "carrying_usd": "1000000", "matures": day} for n, day in enumerate(maturities)
    ]
    stack = debt_stack(owing(miner, *terms), miner.ticker, NEWEST, DAY)
    assert stack.next_maturity == due if due else isinstance(stack.next_maturity, Missing)


def test_instruments_stand_with_their_report(miner: MadeUpMiner) -> None:
    given = {
        "carrying_usd": "60000000",
        "rate_low": "0.0075",
        "rate_high": "0.0075",
        "conversion_price_usd": "11",
    }
    stack = debt_stack(owing(miner, given), miner.ticker, NEWEST, DAY)
    assert not isinstance(stack.instruments, Missing)
    (debt,) = stack.instruments
    assert debt.instrument.conversion_price_usd == Decimal(11) and debt.source
    assert debt.to_dict()["rate_low"] == 0.0075


def test_a_balance_of_an_earlier_quarter_is_used_and_named(miner: MadeUpMiner) -> None:
    stack = debt_stack(owing(miner), miner.ticker, NEWEST + 3, DAY)
    assert stack.quarter == NEWEST and stack.day == NEWEST.end
