"""Contracts of added texts enter contracted revenue, and never twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hashpivot import Desk
from hashpivot.core import Source, TextFact
from hashpivot.guidance import ContractMention, Disclosures, statement_remarks
from hashpivot.ledger import Ledger
from hashpivot.season.texts._known_contracts import begins_after, known_contracts

from .test_text_sources import add, answers, page

LEASE = (
    "We signed a ten-year lease with Cloudco Inc. for 100 MW of critical IT load, with a contract value of "
    "$1.2 billion."
)
DAY = date(2025, 9, 28)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


def mention(party: str, role: str = "provider", **sizes: int) -> ContractMention:
    amounts = {name: Decimal(sizes[name]) if name in sizes else None for name in _SIZES}
    return ContractMention(role, party, **amounts, start=None, start_text="", locator="p:1/s:1", excerpt="")  # type: ignore[arg-type]


_SIZES = ("mw_critical_it", "mw", "gpus", "term_years", "value_usd")


def say(ledger: Path, ticker: str, known: date, *mentions: ContractMention, key: str = "text") -> None:
    source = Source(key, ticker, "", known, "filed", "C", name=f"{key}.txt")
    remarks: list[TextFact] = statement_remarks(Disclosures(contracts=mentions), source)
    with Ledger.open(ledger) as own:
        own.add(source, [], remarks)


def parties(ledger: Path, ticker: str, day: date = DAY) -> list[str]:
    return [
        contract.counterparty for contract in known_contracts(Desk.open(ledger).view, ticker, day).contracts
    ]


def test_a_contract_told_in_an_added_filing_counts(ledger: Path) -> None:
    add(ledger, page(LEASE))
    growth, _ = answers(ledger)
    (contract,) = growth.contracts
    assert (contract.counterparty, contract.mw_critical_it, contract.term_years) == ("Cloudco Inc", 100, 10)
    assert contract.url.startswith("EXMP 10-Q 2024-06-30 p:")
    assert growth["contracted_quarterly_revenue_usd"] == 1_200_000_000 / 40
    assert growth["contracted_to_revenue_ratio"] == 30_000_000 / 90_000 and growth.verdict == "transforming"


def test_it_is_not_known_before_it_was_told(ledger: Path) -> None:
    add(ledger, page("Nothing yet.", span=("2024-01-01", "2024-03-31")), date(2024, 5, 1), "q1.htm")
    add(ledger, page(LEASE))
    assert not answers(ledger, "2024Q1", as_of=date(2024, 7, 31))[0].contracts


def test_told_again_it_counts_once_as_told_last(ledger: Path) -> None:
    add(ledger, page(LEASE, span=("2024-01-01", "2024-03-31")), date(2024, 5, 1), "q1.htm")
    add(ledger, page(LEASE.replace("$1.2", "$1.6")))
    (contract,) = answers(ledger)[0].contracts
    assert contract.contract_value_usd == 1_600_000_000


def test_where_we_are_the_customer_nothing_is_contracted(ledger: Path) -> None:
    say(ledger, "CIFR", DAY, mention("Northhost", "customer", mw=20, value_usd=10**7, term_years=2))
    assert parties(ledger, "CIFR") == ["Fluidstack (Barber Lake phase 1)"]


@pytest.mark.parametrize(
    "told",
    [
        mention("Fluidstack Ltd", mw_critical_it=900, term_years=10, value_usd=9 * 10**9),  # the same party
        mention("Otherco", mw_critical_it=168),  # the same megawatts
        mention("Otherco", value_usd=3_010_000_000, term_years=10),  # the same value, rounded
        mention("a new customer", gpus=4000),  # unnamed, of the same days
    ],
    ids=["party", "megawatts", "value", "unnamed"],
)
def test_what_the_bundled_table_knows_is_not_counted_again(ledger: Path, told: ContractMention) -> None:
    say(ledger, "CIFR", date(2025, 9, 26), told)
    known = known_contracts(Desk.open(ledger).view, "CIFR", DAY)
    assert [c.counterparty for c in known.contracts] == ["Fluidstack (Barber Lake phase 1)"]
    assert known.repeated == (told.counterparty,)


def test_another_party_of_another_size_is_new(ledger: Path) -> None:
    say(ledger, "CIFR", date(2025, 9, 26), mention("Otherco", mw_critical_it=40, term_years=5))
    assert parties(ledger, "CIFR") == ["Otherco", "Fluidstack (Barber Lake phase 1)"]


def test_one_text_tells_of_two_unnamed_customers(ledger: Path) -> None:
    say(ledger, "CANG", DAY, mention("a customer", gpus=4096), mention("a new customer", gpus=64))
    assert sorted(parties(ledger, "CANG")) == ["a customer", "a new customer"]
    say(ledger, "CANG", DAY, mention("another client", gpus=64), key="second")
    assert len(parties(ledger, "CANG")) == 2


@pytest.mark.parametrize(
    ("start", "day", "after"),
    [
        ("2025-Q4", date(2025, 9, 30), True),
        ("2025-Q4", date(2025, 12, 31), False),
        ("2026-H1", date(2026, 3, 31), True),
        ("2026", date(2026, 9, 30), True),
        ("2025-06", date(2025, 6, 30), False),
        ("2025-06-15", date(2025, 3, 31), True),
        ("", date(2025, 6, 30), None),
        ("soon", date(2025, 6, 30), None),
    ],
)
def test_when_a_contract_begins(desk: Desk, start: str, day: date, after: bool | None) -> None:
    from dataclasses import replace

    some = known_contracts(desk.view, "CIFR", DAY).contracts[0]
    assert begins_after(replace(some, start=start), day) is after
