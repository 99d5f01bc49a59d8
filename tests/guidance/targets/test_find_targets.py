"""Targets told from everything else, with made-up sentences for every rule."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import FiscalCalendar, YearEnd
from hashpivot.filings import read_prose
from hashpivot.guidance import Stance, Target, find_targets, find_withdrawals

SAID = date(2025, 5, 15)
SEPTEMBER = FiscalCalendar(YearEnd(9))
NAMES = ("Hashworks Holdings, Inc.", "Hashworks")
Wanted = tuple[str, str | None, str | None, str | None, str]


def prose(text: str) -> bytes:
    return f"<html><body><p>{text}</p></body></html>".encode()


def find(text: str) -> list[Target]:
    found = read_prose("made-up.htm", data=prose(text))
    return find_targets(found, said_on=SAID, calendar=SEPTEMBER, names=NAMES)


def short(target: Target) -> Wanted:
    low, high = (None if v is None else f"{v.normalize():f}" for v in (target.low, target.high))
    return target.metric, low, high, target.due and target.due.isoformat(), target.stance


M = "000000"
TARGETS: list[tuple[str, list[Wanted]]] = [
    # units and plain forms
    ("We expect to operate 45 EH/s by year-end 2025.", [("hash_rate", "45", "45", "2025-12-31", "guided")]),
    (
        "We remain on track to reach our target of 50 exahash by the end of this year.",
        [("hash_rate", "50", "50", "2025-12-31", "aspiration")],
    ),
    (
        "Hashworks expects to energize 120 megawatts in the third quarter of 2025.",
        [("power_energized", "120", "120", "2025-09-30", "guided")],
    ),
    (
        "We will deliver 250 MW of critical IT load to the tenant by mid-2026.",
        [("power_critical_it", "250", "250", "2026-06-30", "guided")],
    ),
    (
        "The campus is expected to have 1.2 GW of capacity once complete.",
        [("power_gross", "1200", "1200", None, "guided")],
    ),
    (
        "Fleet efficiency is expected to improve to 16 J/TH by December 2025.",
        [("efficiency", "16", "16", "2025-12-31", "guided")],
    ),
    (
        "We plan to install 4,096 B200 GPUs during the second half of 2025.",
        [("gpus", "4096", "4096", "2025-12-31", "guided")],
    ),
    (
        "We expect gross margin of 55% to 60% in fiscal 2026.",
        [("margin", "0.55", "0.6", "2026-09-30", "guided")],
    ),
    (
        "We expect to spend capital expenditures of $150 million in 2026.",
        [("capex", "150" + M, "150" + M, "2026-12-31", "guided")],
    ),
    (
        "We intend to raise $300 million by June 30, 2026.",
        [("financing", "300" + M, "300" + M, "2026-06-30", "guided")],
    ),
    (
        "We are targeting annualized revenue of $500 million by early 2026.",
        [("annualised_revenue", "500" + M, "500" + M, "2026-04-30", "aspiration")],
    ),
    (
        "All 9,000 machines are scheduled to be delivered and installed by August 2025.",
        [("machines_or_chips", "9000", "9000", "2025-08-31", "guided")],
    ),
    # ranges and bounds
    (
        "We expect revenue of $80 million to $95 million for the second quarter of 2025.",
        [("revenue", "80" + M, "95" + M, "2025-06-30", "guided")],
    ),
    (
        "We expect revenue of $1.1 - $1.3 billion in 2026.",
        [("revenue", "1100" + M, "1300" + M, "2026-12-31", "guided")],
    ),
    (
        "We anticipate between 40 and 44 EH/s by year-end 2025.",
        [("hash_rate", "40", "44", "2025-12-31", "guided")],
    ),
    ("We expect at least 40 EH/s in 2026.", [("hash_rate", "40", None, "2026-12-31", "guided")]),
    (
        "We expect to develop 300MW+ by the end of 2027.",
        [("power_gross", "300", None, "2027-12-31", "guided")],
    ),
    ("The site could be expanded to up to 400 MW.", [("power_gross", None, "400", None, "aspiration")]),
    (
        "We expect to grow our hash rate from 20 EH/s to 30 EH/s in 2025.",
        [("hash_rate", "30", "30", "2025-12-31", "guided")],
    ),
    (
        "Payments of $30.5 million and $12 million for the purchase of machines are expected in 2025 "
        "and 2026, respectively.",
        [
            ("capex", "30500000", "30500000", "2025-12-31", "guided"),
            ("capex", "12" + M, "12" + M, "2026-12-31", "guided"),
        ],
    ),
    (
        "We expect 30 MW to be energized by July 2025 and 60 MW by the end of the year.",
        [
            ("power_energized", "30", "30", "2025-07-31", "guided"),
            ("power_energized", "60", "60", "2025-12-31", "guided"),
        ],
    ),
    # stances
    (
        "We signed a 15-year lease for 150 MW of critical IT load with a cloud provider.",
        [("power_critical_it", "150", "150", None, "contracted")],
    ),
    (
        "The tenant agreed to lease 120 MW from January 2026.",
        [("power_gross", "120", "120", None, "contracted")],
    ),
    (
        "We entered into an agreement to supply a customer with 1,024 GPUs for two years.",
        [("gpus", "1024", "1024", None, "contracted")],
    ),
    (
        "Our remaining purchase commitment of $40 million is due in installments through May 2026.",
        [("capex", "40" + M, "40" + M, "2026-05-31", "contracted")],
    ),
    ("Our pipeline includes 600 MW of sites.", [("power_gross", "600", "600", None, "aspiration")]),
    ("We are exploring uses for 200 MW at the site.", [("power_gross", "200", "200", None, "aspiration")]),
    (
        "Subject to financing, we expect to build 200 MW by 2027.",
        [("power_gross", "200", "200", "2027-12-31", "aspiration")],
    ),
    (
        "We signed a non-binding letter of intent for 80 MW.",
        [("power_gross", "80", "80", None, "aspiration")],
    ),
    # due dates with the company's calendar
    (
        "We expect 50 EH/s by the end of the second quarter of fiscal 2026.",
        [("hash_rate", "50", "50", "2026-03-31", "guided")],
    ),
    (
        "By the end of 2026, we are targeting 80 MW of capacity.",
        [("power_gross", "80", "80", "2026-12-31", "aspiration")],
    ),
    # what stands beside a target
    (
        "As of March 31, 2025, we operated 31 EH/s, and we expect to reach 40 EH/s by October 2025.",
        [("hash_rate", "40", "40", "2025-10-31", "guided")],
    ),
    (
        "We acquired a yard with 60 MW of operating capacity, which we plan to expand to 110 MW in 2026.",
        [("power_gross", "110", "110", "2026-12-31", "guided")],
    ),
    (
        "Northhost expects 20 MW, but we will add 35 MW of our own in 2026.",
        [("power_gross", "35", "35", "2026-12-31", "guided")],
    ),
]
NOTHING = [
    # done
    "We increased our hash rate to 33 EH/s in the quarter.",
    "During the quarter we energized 40 MW and deployed 9,000 machines.",
    "As of April 30, 2025, the host provided approximately 8 MW of capacity for our machines.",
    "Revenue was $80 million, up from $60 million a year ago.",
    "We invested $40 million in property and equipment in 2024.",
    "Our fleet has an efficiency of 19 J/TH.",
    "The site currently provides 90 MW in total developed capacity.",
    "Customers paid $12 million under the agreement.",
    "We own approximately 45,000 miners with a total hash rate of 6 EH/s.",
    "We purchased 4,000 miners, all of which were received in January 2025.",
    "The remaining commitment of $3 million was paid in April 2025.",
    "The increase was driven by 12 MW of new capacity and the growth of our GPU business.",
    # denied
    "We no longer expect to reach 40 EH/s in 2025.",
    "We do not expect to add 20 MW this year.",
    "It is unlikely that we will reach our target of 6 EH/s by year-end 2025.",
    # conditional
    "If demand holds, we will build 200 MW.",
    "The purchase price will increase by $8 million if the utility provides 99 MW.",
    "The agreement gives us an option to purchase 10,000 miners.",
    # others
    "According to a consultancy, data centers will need 60,000 MW by 2030.",
    "The global network hash rate is expected to reach 1,000 EH/s in 2026.",
    "The industry is expected to install 5,000 MW by 2027.",
    "Northhost will own and operate the miners with a capacity of 8 MW.",
    "The sellers are eligible to earn $20 million by December 31, 2026.",
    # boilerplate and accounting
    "Unrecognized compensation cost of $20 million is expected to be recognized over 2 years.",
    "We may offer and sell up to $500 million of shares from time to time.",
    "We cannot assure you that we will reach 40 EH/s.",
    "The credit facility provides for borrowings of up to $100 million.",
    "The power purchase agreement provides for 80 MW until 2030.",
    "The lease of our office is expected to cost $2 million in rent.",
    # numbers that only name a thing
    "Costs of the first 400 MW phase are expected to be moderate.",
    "The next halving is expected in 2028 at a reward of 1.5625.",
    "We will pay $5,000 for each unit.",
    "We believe our 300 MW portfolio will attract customers.",
    "Each 100 MW building will house its own substation.",
    # money that is no target
    "The proceeds of $50 million will be used for the purchase of miners.",
    "We expect to recognize the remaining performance obligation of $90 million as revenue over four years.",
    "Our notes of $500 million are due in 2030.",
    "Lease payments of $4 million are due in 2026.",
    "Our commitments under operating leases are expected to total $12 million.",
    "We expect to make a capital contribution of $20 million to the venture.",
    "Interest of $4 million is due in June 2026.",
    "We expect to receive $10 million from the insurance by June 2026.",
    "The customer made a prepayment of $20 million.",
    "Depreciation is expected to be $30 million in 2026.",
    "We recorded deposits of $40 million on miners that will be delivered in 2026.",
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), TARGETS, ids=lambda value: str(value)[:60])
def test_targets(sentence: str, wanted: list[Wanted]) -> None:
    assert [short(target) for target in find(sentence)] == wanted


@pytest.mark.parametrize("sentence", NOTHING)
def test_no_targets(sentence: str) -> None:
    assert [short(target) for target in find(sentence)] == []


def test_withdrawn() -> None:
    text = read_prose("made-up.htm", data=prose("We no longer expect to reach 40 EH/s by the end of 2025."))
    found = find_withdrawals(text, said_on=SAID, calendar=SEPTEMBER)
    assert [(t.metric, t.high, t.due) for t in found] == [("hash_rate", Decimal(40), date(2025, 12, 31))]


def test_risk_factors_and_headings_are_left_out() -> None:
    page = (
        b"<p><b>Item 1A. Risk Factors</b></p><p>We expect 45 EH/s by 2026.</p><p><b>We expect 9 EH/s</b></p>"
    )
    assert find_targets(read_prose("x.htm", data=page), said_on=SAID, calendar=SEPTEMBER) == []


def test_excerpt_is_short_and_holds_the_number() -> None:
    target = find("As we have said before, " * 20 + "we expect to operate 45 EH/s, " + "and so on, " * 30)[0]
    assert len(target.excerpt) <= 160
    assert "45 EH/s" in target.excerpt


def test_a_run_of_numbers_is_no_sentence() -> None:
    assert len(find("We expect " + "4 MW, 5 EH/s, " * 20 + "in all.")) > 0
    assert find("We expect " + "4 MW, 5 EH/s, " * 21 + "in all.") == []


def test_increments_are_marked() -> None:
    target = find("We will add 60 MW in the first half of 2026.")[0]
    assert target.added
    assert target.stance is Stance.GUIDED


FRAGMENTS = (
    "we", "Northhost", "the tenant", "expect to", "will", "agreed to", "target", "is expected to be", "would",
    "energize", "file for", "40 MW", "60 MW of", "$5 million", "$12,500", "16 J/TH", "4,096 GPUs",
    "of revenue", "and", ", which", "; ", ": ", "in 2026", "by the end of June 2023", "on May 1, 2025",
    "up to", "between", "to", "the first", "respectively", "a year", "(", ")", "…", "%",
)  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=40))
def test_any_words_give_sound_targets(words: list[str]) -> None:
    for target in find(" ".join(words) + "."):
        assert target.low is not None or target.high is not None
        assert target.low is None or target.high is None or target.low <= target.high
        assert len(target.excerpt) <= 160
        assert target.due is None or target.due >= SAID - timedelta(days=61)
