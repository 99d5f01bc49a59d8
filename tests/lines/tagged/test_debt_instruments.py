"""Debt by instrument: grouped by member, amounts of the period end, terms tagged by then."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hashpivot.core import DebtInstrument, FactLocator, PlainLocator, Source
from hashpivot.filings import Context, Fact
from hashpivot.ledger import Figures, View, debt_fact, debt_of
from hashpivot.lines import read
from hashpivot.lines.tagged import debt_instruments
from hashpivot.testing import InlineFiling

DAY = date(2024, 12, 31)
REAL = Path(__file__).parents[4] / "shared" / "data" / "filings" / "ixbrl"


def fact(
    concept: str,
    value: str,
    member: str,
    *,
    day: date = DAY,
    axis: str = "us-gaap:DebtInstrumentAxis",
    **more: str,
) -> Fact:
    """A tagged number of one member, in dollars if `unit` is not given; a text if that is empty."""
    dims = [(axis, f"x:{member}")] + ([("srt:RangeAxis", more["bound"])] if "bound" in more else [])
    context = Context("c", "7", None, day, tuple(sorted(dims)))
    unit = more.get("unit", "USD")
    number = Decimal(value) if unit else None
    place = PlainLocator(f"{concept}/{value}"), 0, False
    return Fact(f"us-gaap:{concept}", context, unit, number, value, False, None, place, None)


def rate(value: str, member: str, **more: str) -> Fact:
    """A stated rate of interest."""
    return fact("DebtInstrumentInterestRateStatedPercentage", value, member, unit="pure", **more)


def test_amounts_and_terms_of_one_member_make_an_instrument():
    found = debt_instruments(
        [
            fact("LongTermDebt", "580", "SeniorNotesDue2030Member"),
            fact("DebtInstrumentCarryingAmount", "594", "SeniorNotesDue2030Member"),
            rate("0.0075", "SeniorNotesDue2030Member"),
            fact("DebtInstrumentMaturityDate", "2030-01-15", "SeniorNotesDue2030Member", unit=""),
            fact(
                "DebtInstrumentConvertibleConversionPrice1",
                "14.86",
                "SeniorNotesDue2030Member",
                unit="USD/shares",
            ),
        ],
        DAY,
    )
    (one,) = found
    assert (one.name, one.carrying_usd, one.principal_usd) == ("Senior notes due 2030", 580, 594)
    assert (one.rate_low, one.rate_high, one.matures) == (
        Decimal("0.0075"),
        Decimal("0.0075"),
        date(2030, 1, 15),
    )
    assert one.conversion_price_usd == Decimal("14.86")
    assert dict(one.locators)["carrying_usd"] == PlainLocator("LongTermDebt/580")


def test_what_is_repaid_or_of_another_day_is_not_owed():
    earlier = fact("LongTermDebt", "40", "TermLoanMember", day=date(2023, 12, 31))
    assert debt_instruments([earlier, fact("LongTermDebt", "0", "TermLoanMember")], DAY) == ()
    assert debt_instruments([earlier], DAY) == ()
    assert debt_instruments([earlier], None) == ()


def test_fair_values_segments_and_later_events_are_no_instruments():
    axes = (
        "FairValueByFairValueHierarchyLevelAxis",
        "SubsequentEventTypeAxis",
        "StatementBusinessSegmentsAxis",
    )
    facts = [fact("LongTermDebt", "5", "SomeMember", axis=f"us-gaap:{axis}") for axis in axes]
    assert debt_instruments(facts, DAY) == ()


def test_a_range_of_rates_has_two_ends_unless_one_rate_is_stated():
    bounds = [
        rate("0.11", "AutoLoansMember", bound="srt:MaximumMember"),
        rate("0.0", "AutoLoansMember", bound="srt:MinimumMember"),
    ]
    (loans,) = debt_instruments([fact("NotesPayable", "8", "AutoLoansMember"), *bounds], DAY)
    assert (loans.rate_low, loans.rate_high) == (0, Decimal("0.11"))
    (loans,) = debt_instruments(
        [fact("NotesPayable", "8", "AutoLoansMember"), *bounds, rate("0.05", "AutoLoansMember")], DAY
    )
    assert loans.rate_low == loans.rate_high == Decimal("0.05")


def test_a_sum_of_instruments_and_a_part_of_one_are_not_counted_again():
    notes = {"SeniorNotesMember": "30", "SeniorNotesMay2029Member": "20", "SeniorNotesJune2031Member": "10"}
    found = debt_instruments([fact("LongTermDebt", value, member) for member, value in notes.items()], DAY)
    assert [one.name for one in found] == ["Senior notes may 2029", "Senior notes june 2031"]
    loans = {"EquipmentLoansMember": "16", "EquipmentLoansOfBankMember": "6"}
    found = debt_instruments([fact("LongTermDebt", value, member) for member, value in loans.items()], DAY)
    assert [(one.name, one.carrying_usd) for one in found] == [("Equipment loans", 16)]


def test_terms_tagged_apart_go_to_the_one_instrument_of_that_name():
    owed = fact("LongTermDebt", "633", "ConvertibleNoteMember")
    price = fact(
        "DebtInstrumentConvertibleConversionPrice1",
        "14.8",
        "TwoThousandThirtyConvertibleNotesMember",
        unit="USD/shares",
    )
    assert debt_instruments([owed, price], DAY)[0].conversion_price_usd == Decimal("14.8")
    other = fact("LongTermDebt", "9", "ConvertibleNotesMember")
    assert {one.conversion_price_usd for one in debt_instruments([owed, other, price], DAY)} == {None}


def test_a_maturity_tagged_as_text_on_the_page_is_read(tmp_path):
    loan = (("us-gaap:DebtInstrumentAxis", "x:TermLoanMember"),)
    page = InlineFiling().statement(
        ("Revenue", "us-gaap:Revenues", 9000), ("Loan", "us-gaap:LongTermDebt", 5000, loan)
    )
    until_due, closing = page.write().decode().rsplit("</body>", 1)
    head, loans = until_due.split('<xbrli:context id="c1">')
    dates = "<xbrli:startDate>2024-04-01</xbrli:startDate><xbrli:endDate>2024-06-30</xbrli:endDate>"
    loans = loans.replace(dates, "<xbrli:instant>2024-06-30</xbrli:instant>")
    due = (
        '<ix:nonNumeric name="us-gaap:DebtInstrumentMaturityDate" contextRef="c1"'
        ' format="ixt:date-monthname-day-year-en"><span>August 14, 2029</span></ix:nonNumeric>'
    )
    path = tmp_path / "q.htm"
    path.write_text(f'{head}<xbrli:context id="c1">{loans}{due}</body>{closing}')
    (one,) = read(path).debt
    assert (one.name, one.carrying_usd, one.matures) == ("Term loan", 5_000_000, date(2029, 8, 14))


@pytest.mark.skipif(not REAL.is_dir(), reason="the real filings in ../shared/data/filings are not at hand")
@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "RIOT_10Q-2025-06-30.htm.gz",
            [("Convertible notes payable", 580_800_000), ("Fifty million credit facility", 34_272_000),
             ("Twenty million credit facility", 20_000_000)],
        ),
        ("MARA_10K-2023-12-31.htm.gz", [("Convertible note", 325_654_000)]),
    ],
)  # fmt: skip
def test_real_filings(file, expected):
    reading = read(REAL / file)
    assert [(one.name, one.owed_usd) for one in reading.debt] == expected
    assert reading.to_dict()["debt"][0]["rate_low"] in (0.0075, 0.01)


def test_the_ledger_gives_back_the_instruments_of_the_last_balance_sheet():
    instrument = DebtInstrument(
        "Notes", DAY, Decimal(5), rate_low=Decimal("0.01"), matures=date(2030, 1, 1),
        locators=(("carrying_usd", FactLocator("a")),),
    )  # fmt: skip
    old = DebtInstrument("Loan", date(2024, 9, 30), Decimal(2))
    sources = {
        key: Source(key, "TEST", "10-Q", day, "filed", "A")
        for key, day in (("n", date(2025, 3, 1)), ("o", date(2024, 11, 1)))
    }
    facts = (debt_fact(old, sources["o"]), debt_fact(instrument, sources["n"]))
    assert debt_of(facts[1]) == instrument
    view = View(Figures(sources, (), facts))
    assert view.debt_instruments("TEST") == [(instrument, facts[1])]
    assert view.debt_instruments("TEST", date(2025, 1, 1)) == [(old, facts[0])]
    assert view.debt_instruments("NONE") == []
