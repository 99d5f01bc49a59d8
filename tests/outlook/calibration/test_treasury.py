"""What becomes of bitcoin, and of cash between balance sheet and start, from the ledger of a day."""

from __future__ import annotations

from datetime import date

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.desk import Desk
from hashpivot.ledger import View, bundled
from hashpivot.outlook import Calibration, calibrate


def known(network: NetworkHistory, ticker: str, day: date) -> Calibration:
    return calibrate(View(bundled(), as_of=day), network.until(day), ticker)


@pytest.fixture(scope="module")
def riot(network: NetworkHistory) -> Calibration:
    return known(network, "RIOT", date(2024, 12, 31))


def test_a_company_whose_holdings_grew_keeps_bitcoin(riot: Calibration) -> None:
    """7,362 at the end of 2023, 10,427 three quarters and 1,364 + 844 + 1,104 bitcoin later."""
    finance = riot.inputs.finance
    assert finance.sells_treasury == 0
    assert 0 <= finance.sold_share < 0.5
    assert "did not fall: it is held" in riot.origins["finance.sells_treasury"]
    assert riot.origins["finance.sold_share"].startswith("figure RIOT/")


def test_without_a_record_of_a_year_all_bitcoin_is_sold_and_assumed(network: NetworkHistory) -> None:
    found = known(network, "CORZ", date(2025, 11, 15))
    assert (found.inputs.finance.sold_share, found.inputs.finance.sells_treasury) == (1.0, 1.0)
    assert found.origins["finance.sold_share"].startswith("assumed: no record of the last year")


def test_cash_is_carried_from_the_balance_sheet_to_the_start_and_said() -> None:
    case, found = Desk.open(as_of=date(2025, 9, 30)).outlook_case("RIOT")
    sheet = found.solvency.as_of
    assert sheet == date(2025, 6, 30) and case.start.first_quarter == Quarter(2025, 4)
    said = found.solvency.carried
    assert "2025Q3 (nowcast revenue" in said
    assert "capital expenditure of 2025Q3 is not known and not taken off" in said
    assert said in found.remarks and found.solvency.to_dict()["carried"] == said
    assert "carried" not in found.origins["finance.debt_usd"]
    assert case.inputs.finance.cash_usd != 255_371_000


def test_a_balance_sheet_of_the_quarter_before_is_not_carried(network: NetworkHistory) -> None:
    found = known(network, "RIOT", date(2025, 9, 1))
    assert found.solvency.carried == ""
    assert found.inputs.finance.cash_usd == 255_371_000


def test_what_the_user_assumes_is_not_carried() -> None:
    desk = Desk.open(as_of=date(2025, 9, 30))
    found = desk.outlook_case("RIOT", assume={"finance.cash_usd": 1e8}).calibration
    assert found.solvency.carried == "" and found.inputs.finance.cash_usd == 1e8


def test_nothing_unknown_counts_as_none_without_saying_so(riot: Calibration) -> None:
    for key in ("rd_usd", "receivable_days", "prepaid_quarters", "tenant_capex_share", "treasury_ltv"):
        assert getattr(riot.inputs.finance, key) == 0
        assert riot.origins[f"finance.{key}"].startswith("assumed: "), key
