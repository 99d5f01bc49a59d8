"""How much of the revenue ahead rests on contracts that nobody verified."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View
from hashpivot.outlook import OutlookCase, build_case, outlook


@pytest.fixture(scope="module")
def case(view: View, network: NetworkHistory) -> OutlookCase:
    """Core Scientific, whose contract with AMD only others tell of."""
    return build_case(view, network, "CORZ")[0]


def test_the_share_is_what_goes_without_those_contracts(case: OutlookCase) -> None:
    found = outlook(case, quarters=12, paths=400)
    share = found.summary.unverified_share
    verified = tuple(each for each in case.inputs.contracts if each.evidence != "secondary")
    assert 0 < len(verified) < len(case.inputs.contracts)
    without = outlook(replace(case, inputs=replace(case.inputs, contracts=verified)), quarters=12, paths=400)
    left = without.rows.row("revenue_usd", 11).mean() / found.rows.row("revenue_usd", 11).mean()
    assert 0.3 < share == pytest.approx(1 - left, abs=0.05)
    first, last = found.to_dict()["quarters"][0], found.to_dict()["quarters"][-1]
    assert first["unverified_share"] == 0 and last["unverified_share"] == share
    assert found.to_dict()["unverified_share"] == share


def test_nothing_rests_on_them_where_filings_tell_all(case: OutlookCase) -> None:
    contracts = tuple(replace(each, evidence="filing") for each in case.inputs.contracts)
    found = outlook(replace(case, inputs=replace(case.inputs, contracts=contracts)), quarters=4, paths=50)
    assert found.summary.unverified_share == 0
