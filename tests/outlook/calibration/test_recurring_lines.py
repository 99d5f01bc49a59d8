"""What of a line recurs, by the rows of the ledger."""

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Missing
from hashpivot.ledger import View
from hashpivot.nowcast import nowcast_draws
from hashpivot.outlook import build_case, calibrate
from hashpivot.outlook.calibration import base_of


def test_fit_out_of_applied_digital_is_not_rent(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "APLD")
    base, halls = base_of(view, "APLD"), found.inputs.colocation
    parts = {each.qualifier: float(each.value) for each in base.lines.split}
    assert halls.one_off_usd == pytest.approx(parts["fit_out"], rel=1e-9)
    assert halls.running_usd == pytest.approx(parts["rent"], rel=1e-9)
    assert halls.one_off_quarters > 0
    assert "fit_out" in found.origins["colocation.one_off_usd"]


def test_fit_out_does_not_grow_with_the_line(view: View, network: NetworkHistory) -> None:
    """73 of 85 million in 2025Q4, 152.4 million in 2026Q2: of a line that grew since, the rest is rent."""
    drawn = nowcast_draws(view, network, "APLD", network.last_day)
    case, found = build_case(view, network, "APLD", nowcast=drawn)
    halls = case.inputs.colocation
    assert halls.one_off_usd == pytest.approx(152.4e6)
    assert halls.running_usd > 0.3 * (halls.one_off_usd + halls.running_usd)
    assert "2026Q2" in found.origins["colocation.one_off_usd"]


def test_lines_and_what_no_line_claims_come_to_the_total(view: View, network: NetworkHistory) -> None:
    """The run-rate inputs name every dollar of the base quarter, within rounding of one reporting unit."""
    for ticker in ("BTDR", "CANG", "GREE", "RIOT"):
        lines = base_of(view, ticker).lines
        steady = calibrate(view, network, ticker).inputs.steady
        total = lines.total_revenue
        assert not isinstance(total, Missing)
        named = sum(float(each.value) for each in lines.revenue.values()) + steady.unattributed_usd
        assert named == pytest.approx(float(total.value), rel=0.001)
