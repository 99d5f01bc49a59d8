"""What of a line's revenue is a contract's."""

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.ledger import View
from hashpivot.nowcast import nowcast_draws
from hashpivot.outlook import Calibration, build_case, listed_contracts
from hashpivot.outlook.calibration.ai_record import Begun, credited

Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in (1, 2, 3, 4))


def test_what_the_line_earned_before_a_start_is_not_the_contracts() -> None:
    parts, left = credited([Begun(0, Q4, Q4, 100.0)], {Q1: 30.0, Q2: 70.0}, 120.0)
    assert parts == {0: 50.0} and left == 0


def test_while_its_span_is_open_a_start_counts_as_the_last_quarter() -> None:
    open_, over = {Q1: 30.0, Q2: 70.0}, {Q1: 30.0, Q2: 70.0, Q3: 80.0}
    assert credited([Begun(0, Q2, Q3, 100.0)], open_, 120.0)[0] == {0: 50.0}
    assert credited([Begun(0, Q2, Q3, 100.0)], over, 120.0)[0] == {0: 90.0}


def test_the_contract_that_started_first_is_paid_first() -> None:
    begun = [Begun(0, Q3, Q3, 40.0), Begun(1, Q1, Q1, 20.0)]
    parts, left = credited(begun, {Q2: 25.0}, 90.0)
    assert parts == {1: 20.0, 0: 40.0} and left == 25.0


def test_a_line_that_shrank_brings_nothing_of_a_new_contract() -> None:
    assert credited([Begun(0, Q4, Q4, 100.0)], {Q2: 70.0}, 60.0) == ({0: 0.0}, 0.0)


def calibrated(view: View, network: NetworkHistory, ticker: str) -> Calibration:
    drawn = nowcast_draws(view, network, ticker, network.last_day)
    return build_case(view, network, ticker, nowcast=drawn)[1]


def test_no_delay_is_seen_without_a_report(view: View, network: NetworkHistory) -> None:
    """Cipher's halls for Amazon start in August 2026, and its last report is of 2026Q2."""
    drawn = nowcast_draws(view, network, "CIFR", network.last_day)
    case, found = build_case(view, network, "CIFR", nowcast=drawn)
    of = {each.customer: each for each in case.inputs.contracts}
    amazon = of["Amazon Web Services (Black Pearl)"]
    assert amazon.overdue_quarters == 0 and 0.9 < amazon.tenant_chance < 1
    listed = {each.customer: each for each in listed_contracts(found.announced, case, found.origins)}
    assert listed[amazon.customer].status == "due"
    extended = next(each for name, each in listed.items() if "extended" in name)
    assert extended.status == "extension"
    assert "of 4 AI contracts ahead" in " ".join(found.remarks)


def test_a_value_without_a_term_is_spread_and_what_tells_nothing_is_named(
    view: View, network: NetworkHistory
) -> None:
    found = calibrated(view, network, "IREN")
    several = next(each for each in found.inputs.contracts if "Perplexity" in each.name)
    assert several.usd_per_quarter == 2.8e9 / 20
    assert "term is not told" in found.origins[f"contracts.{several.name}.usd_per_quarter"]
    assert any("left out: Poolside" in remark for remark in found.remarks)
    assert "43%, itself assumed" in found.origins[f"contracts.{several.name}.capex_usd"]


def test_no_contract_on_record_is_said(view: View, network: NetworkHistory) -> None:
    assert "no AI contract of MARA" in " ".join(calibrated(view, network, "MARA").remarks)
