"""What an outlook says of mining beside its numbers."""

from dataclasses import replace

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.ledger import View
from hashpivot.outlook import CompanyInputs, Finance, Mining, build_case
from hashpivot.outlook.calibration.remarks._mining import WITHOUT_FUNDS, mining_remarks
from hashpivot.outlook.record import FleetChange

FUNDED = CompanyInputs("TEST", Mining(10.0, trend=0.0))


def test_a_fall_is_said_with_what_the_outlook_makes_of_it() -> None:
    fall = FleetChange(Quarter(2026, 2), 3, -0.693147)
    (said,) = mining_remarks(FUNDED, fall)
    assert "fell by 50% from 2025Q3 to 2026Q2" in said and "+0.0% a quarter" in said
    assert list(mining_remarks(FUNDED, None)) == []
    assert list(mining_remarks(replace(FUNDED, mining=Mining(0.0)), fall)) == []


def test_machines_nobody_is_asked_to_pay_for() -> None:
    unknown = replace(FUNDED, finance=Finance(cash_usd=None))
    assert list(mining_remarks(unknown, None)) == [WITHOUT_FUNDS]


def test_an_assumed_balance_sheet_takes_the_remark_back(view: View, network: NetworkHistory) -> None:
    calibration = build_case(view, network, "CORZ")[1]
    known = {"cash_usd": 1e8, "debt_usd": 0.0, "bitcoin": 0.0, "sga_usd": 1e7}
    finance = replace(calibration.inputs.finance, **known)
    funded = replace(calibration, inputs=replace(calibration.inputs, finance=finance))
    assert (WITHOUT_FUNDS in calibration.remarks) is not calibration.inputs.finance.funding_known
    assert WITHOUT_FUNDS not in funded.remarks
