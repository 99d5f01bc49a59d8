"""Contracts and words of risk, with made-up sentences; and the tables of patterns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hashpivot.core import FiscalCalendar, YearEnd
from hashpivot.filings import Prose, read_prose
from hashpivot.guidance import ContractMention, find_contracts, find_risk_mentions
from hashpivot.guidance.words._patterns import patterns

SAID = date(2025, 5, 15)
DECEMBER = FiscalCalendar(YearEnd(12))


def read(text: str) -> Prose:
    return read_prose("made-up.htm", data=f"<html><body><p>Begin.</p><p>{text}</p></body></html>".encode())


def contracts(text: str) -> list[ContractMention]:
    return find_contracts(read(text), said_on=SAID, calendar=DECEMBER)


def test_a_lease_told_in_one_paragraph() -> None:
    (lease,) = contracts(
        "In May 2025 we signed a lease with Cloudco Inc. for 120 MW of critical IT load. The lease has a "
        "term of twelve years. It is expected to bring total revenue of $2.4 billion. "
        "Delivery begins in H1 2026."
    )
    assert (lease.role, lease.counterparty) == ("provider", "Cloudco Inc")
    assert (lease.mw_critical_it, lease.mw, lease.term_years) == (Decimal(120), None, Decimal(12))
    assert (lease.value_usd, lease.start) == (Decimal(2_400_000_000), date(2026, 6, 30))
    assert lease.locator == "p:2/s:1"
    assert len(lease.excerpt) <= 160


def test_gpus_for_a_customer_without_a_name_and_months() -> None:
    (order,) = contracts(
        "We entered into an agreement with a new customer for 512 GPUs for a term of 18 months."
    )
    assert (order.counterparty, order.gpus, order.term_years) == (
        "a new customer",
        Decimal(512),
        Decimal("1.5"),
    )


def test_two_contracts_in_one_paragraph_are_apart() -> None:
    found = contracts("We signed a lease with Alpha for 20 MW. We signed a lease with Beta for 30 MW.")
    assert [(c.counterparty, c.mw) for c in found] == [("Alpha", Decimal(20)), ("Beta", Decimal(30))]


def test_where_others_house_our_machines_we_are_the_customer() -> None:
    (hosting,) = contracts("We entered into a hosting agreement with Northhost LLC for 20 MW of our miners.")
    assert hosting.role == "customer"


def test_what_is_optional_is_not_agreed() -> None:
    (order,) = contracts(
        "We signed an agreement with Cloudco for 300 GPUs over a five-year term, in May 2025. It has the "
        "option to expand to 9,000 GPUs, a potential contract value of $90 million."
    )
    assert (order.gpus, order.term_years, order.value_usd) == (Decimal(300), Decimal(5), None)


def page(*paragraphs: str) -> Prose:
    return read_prose("made-up.htm", data="".join(f"<p>{text}</p>" for text in paragraphs).encode())


def test_one_lease_under_two_names_counts_once() -> None:
    prose = page(
        "We signed a 12-year lease with Cloudco Holdings, Inc. (“Cloudco”) for 40 MW of critical IT load.",
        "We signed the lease with Cloudco for 40 MW of critical IT load. It is expected to generate about "
        "$480 million in contract revenue. Three extension options, if all exercised, would bring contract "
        "revenue to $1.5 billion. If both are taken up, leased capacity would be 90 MW.",
    )
    (lease,) = find_contracts(prose, said_on=SAID, calendar=DECEMBER)
    assert lease.counterparty == "Cloudco Holdings, Inc"
    assert (lease.mw_critical_it, lease.mw) == (Decimal(40), None)
    assert (lease.term_years, lease.value_usd) == (Decimal(12), Decimal(480_000_000))


@pytest.mark.parametrize(
    "second",
    [
        "We signed a lease with Cloudco for 60 MW.",  # another size
        "We signed an agreement with Cloudco for 512 GPUs.",  # nothing in common
    ],
)
def test_two_contracts_with_one_party_are_two(second: str) -> None:
    found = find_contracts(
        page("We signed a lease with Cloudco for 40 MW.", second), said_on=SAID, calendar=DECEMBER
    )
    assert len(found) == 2


def test_parties_without_a_name_are_not_taken_for_one() -> None:
    found = find_contracts(
        page(
            "We signed a lease with a new customer for 40 MW for a term of ten years.",
            "We signed a lease with a new customer for 40 MW, with total revenue of $90 million.",
        ),
        said_on=SAID,
        calendar=DECEMBER,
    )
    assert len(found) == 2


def test_a_value_a_year_is_no_value_of_the_contract() -> None:
    (lease,) = contracts(
        "We signed a lease with Cloudco for 40 MW. It is expected to generate annual revenue of $48 million, "
        "or $480 million over the initial ten-year term."
    )
    assert lease.value_usd == Decimal(480_000_000)


def test_services_given_to_us_make_us_the_customer() -> None:
    (hosting,) = contracts(
        "We signed an agreement with Northhost LLC for 20 MW. Northhost provides operation services to the "
        "Company."
    )
    assert hosting.role == "customer"


@pytest.mark.parametrize(
    "text",
    [
        "We entered into a credit agreement with Bigbank for $100 million.",
        "We entered into a merger agreement with Otherco for 200 MW.",
        "We entered into a power purchase agreement with Gridco for 80 MW.",
        "We signed an agreement with Millco to purchase 4,000 miners.",
        "We are in talks with Cloudco about 100 MW.",
        "We signed a lease with Cloudco.",
    ],
)
def test_no_contract(text: str) -> None:
    assert contracts(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "These losses raise substantial doubt about our ability to continue as a going concern.",
            "going_concern",
        ),
        ("Management identified a material weakness in our controls.", "material_weakness"),
        ("One customer accounted for 64% of revenue.", "customer_dependence"),
        ("We depend on a single facility for our mining.", "single_site"),
        ("Most of our machines stand at a single site.", "single_site"),
        ("Our site takes part in the 4CP program.", "power_market"),
        ("Export controls limit what we may buy.", "export_control"),
        ("New tariffs raise the price of machines.", "tariff"),
        ("We are subject to the Bank Secrecy Act.", "regulation"),
        ("The county declared a moratorium.", "permit"),
        ("Competition for sites with power has intensified.", "competition"),
        ("We face intense competition from larger operators.", "competition"),
        ("The market for GPU hours is highly competitive.", "competition"),
        ("We see price pressure from new clouds.", "pricing"),
        ("Hosting rates have declined since spring.", "pricing"),
        ("In May we lowered our prices for new customers.", "pricing"),
        ("We rely on third-party hosting providers for half of our fleet.", "hosting_dependence"),
        ("We depend on one colocation partner.", "hosting_dependence"),
        ("We recorded restructuring charges of $3 million.", "restructuring"),
        ("The Company announced a workforce reduction.", "restructuring"),
    ],
)
def test_flags(text: str, kind: str) -> None:
    (flag,) = find_risk_mentions(read(text))
    assert (flag.kind, flag.locator, flag.count) == (kind, "p:2/s:1", 1)
    assert flag.excerpt == text


@pytest.mark.parametrize(
    "text",
    [
        "Our plans alleviated the substantial doubt that was raised.",
        "We evaluate whether conditions raise substantial doubt about going concern.",
        "We could identify a material weakness in the future.",
        "The material weakness identified in 2023 has been remediated.",
        "We have not identified any material weakness.",
        "No single customer accounted for more than 10% of revenue.",
        "We may depend on a single customer.",
        "We pay the electricity tariff of the region.",
        "Competition could intensify if prices rise.",
        "We may face significant competition.",
        "The price of bitcoin has declined.",
        "Power prices have declined at our hosting site.",
        "Price pressure may reduce our margins.",
        "We rely on our hosting customers to pay.",
        "We might incur restructuring charges.",
        "We completed a troubled debt restructuring plan.",
    ],
)
def test_no_flags(text: str) -> None:
    assert find_risk_mentions(read(text)) == []


def test_a_flag_is_raised_once_and_counted() -> None:
    (flag,) = find_risk_mentions(read("ERCOT rules change. We sell to ERCOT."))
    assert (flag.name, flag.count) == ("ERCOT", 2)


GROUPS = [
    (table, group, pattern)
    for table in ("targets.toml", "contracts.toml", "flags.toml", "preliminary.toml")
    for group, found in patterns(table).items()
    for pattern in found
]


@pytest.mark.parametrize(
    ("table", "group", "pattern"), GROUPS, ids=lambda v: getattr(v, "example", str(v))[:50]
)
def test_every_pattern_finds_its_example(table: str, group: str, pattern: object) -> None:
    from hashpivot.guidance.words._patterns import Pattern

    assert isinstance(pattern, Pattern), (table, group)
    assert pattern.search(pattern.example)
