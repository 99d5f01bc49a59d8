"""Deals that ended, tenants who may not come, and where contracts were read."""

from dataclasses import replace
from datetime import date

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import Contract, View
from hashpivot.nowcast import nowcast_draws
from hashpivot.outlook import build_case, calibrate
from hashpivot.outlook.calibration import loss_record, start_record
from hashpivot.outlook.calibration.ai_record import evidence_of, tenant_chance


def test_the_record_counts_a_deal_once_and_only_what_is_known(view: View) -> None:
    """The share of Abernathy was sold on 2026-07-06: the one deal of halls that ended."""
    before, after = (loss_record(view, date(2026, 7, day), "colocation") for day in (6, 7))
    assert (before.ended, after.ended) == (0, 1)
    assert after.yearly == pytest.approx((1 + 0.04 * 25) / (after.years + 25))
    assert before.yearly < after.yearly
    names = {
        each.group or each.counterparty for each in view.announced_contracts if each.kind == "colocation"
    }
    assert loss_record(view, date(2026, 12, 31), "colocation").deals <= len(names) + 1


def test_cloud_contracts_are_lost_more_often(view: View) -> None:
    day = date(2026, 11, 1)
    assert loss_record(view, day, "cloud").yearly > loss_record(view, day, "colocation").yearly
    assert loss_record(view, date(2020, 1, 1), "cloud").yearly == pytest.approx(0.10)


def test_the_longer_a_tenant_is_overdue_the_less_likely_it_comes(view: View) -> None:
    day = date(2026, 11, 1)
    starts = start_record(view, day)
    chances = [tenant_chance(view, day, starts, overdue)[0] for overdue in range(6)]
    assert chances == sorted(chances, reverse=True) and 0 < chances[-1] < chances[0] < 1
    assert "overdue" in tenant_chance(view, day, starts, 2)[1]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.sec.gov/Archives/edgar/data/1/x.htm", "filing"),
        ("SEC 8-K 0001104659-26-080583", "filing"),
        ("https://ir.applieddigital.com/news/detail/149", "release"),
        ("https://businesswire.com/news/home/1/en/x", "release"),
        ("Bitdeer release of 2026-08-04 over GlobeNewswire", "release"),
        ("https://github.com/KYC32/ai-infra-map/blob/x/cipher.notes.md", "secondary"),
        ("https://notsec.gov.example/0001104659-26-080583", "secondary"),
        ("", "secondary"),
    ],
)
def test_where_a_contract_was_read(view: View, url: str, kind: str) -> None:
    contract: Contract = replace(view.announced_contracts[0], url=url)
    assert evidence_of(contract) == kind


def test_a_contract_others_tell_of_says_so(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "CIFR")
    by_kind = {each.customer: each.evidence for each in found.inputs.contracts}
    assert by_kind["Fluidstack (Barber Lake phase 2)"] == "secondary"
    assert by_kind["Fluidstack (Barber Lake phase 1)"] == "filing"
    second = next(each.name for each in found.inputs.contracts if "phase 2" in each.name)
    assert "not verified in a filing" in found.origins[f"contracts.{second}.usd_per_quarter"]
    assert any("not verified" in remark and "phase 2" in remark for remark in found.remarks)


def test_a_rent_no_contract_tells_is_not_held(view: View, network: NetworkHistory) -> None:
    """Riot's 25 MW at 104 USD per kW-month cannot bring what its line reports: the rest is one-off."""
    drawn = nowcast_draws(view, network, "RIOT", network.last_day)
    halls = build_case(view, network, "RIOT", nowcast=drawn)[0].inputs.colocation
    assert halls.running_usd == pytest.approx(311e6 / 40)
    assert halls.one_off_usd > halls.running_usd and halls.one_off_quarters == 1
