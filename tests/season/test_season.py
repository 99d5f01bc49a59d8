"""The four answers on the bundled figures."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hashpivot import Desk
from hashpivot.core import GROUPS, Missing, NoData
from hashpivot.season import NOT_JUDGED

SEASONS = ("2023Q4", "2024Q4", "2025Q4")


@pytest.mark.parametrize("quarter", SEASONS)
def test_seasons_have_at_least_five_companies_each_with_four_answers(desk: Desk, quarter: str) -> None:
    season = desk.season(quarter)
    assert len(season.companies) >= 5
    for company in season.companies:
        assert [a.question for a in company.answers] == ["revenue", "profitability", "growth", "execution"]
        assert all(answer.verdict and answer.headline.endswith(".") for answer in company.answers)


def test_a_quarter_nobody_reported_is_no_season(desk: Desk) -> None:
    with pytest.raises(NoData):
        desk.season("2031Q1")


def test_riot_2024q4(desk: Desk) -> None:
    riot = desk.season("2024Q4")["RIOT"]
    # FY2024 376,658 less nine months 234,100; Bitcoin Mining 321,002 less 194,651
    assert riot["revenue"]["total_revenue_usd"] == 142_558_000
    assert riot["revenue"]["mining_revenue_usd"] == 126_351_000
    assert riot["revenue"].verdict == "none"
    assert riot["profitability"].verdict == "not_squeezed"
    assert riot["growth"]["remaining_performance_obligation_usd"] == 85_919_000
    # shares 344,890,208 (2024-12-31) against 230,836,624 (2023-12-31)
    assert riot["execution"]["share_count_growth_yoy"] == pytest.approx(344_890_208 / 230_836_624 - 1)


def test_bit_digital_offset_2024q2(desk: Desk) -> None:
    answer = desk.season("2024Q2")["BTBT"]["profitability"]
    # cloud gross profit 7,901,896 against 4,912,257, mining 5,542,052 against 8,906,828
    assert answer["offset_ratio"] == pytest.approx((7_901_896 - 4_912_257) / (8_906_828 - 5_542_052))
    assert answer.verdict == "partly_offset" and answer["base_quarter"] == "2024Q1"


def test_core_scientific_pivots(desk: Desk) -> None:
    verdicts = [desk.season(q)["CORZ"]["revenue"].verdict for q in ("2024Q4", "2025Q4")]
    assert verdicts == ["emerging", "meaningful"]
    before = [c.counterparty for c in desk.season("2024Q4")["CORZ"]["growth"].contracts]
    assert before and not any("AMD" in name for name in before)


def test_before_the_halving_there_is_nothing_to_offset(desk: Desk) -> None:
    assert {c["profitability"].verdict for c in desk.season("2023Q4").companies} == {"before_halving"}


@pytest.mark.parametrize("quarter", SEASONS)
def test_shares_and_unattributed_make_the_whole(desk: Desk, quarter: str) -> None:
    for company in desk.season(quarter).companies:
        if any(isinstance(share, Missing) for share in company.shares.values()):
            continue
        lines = company.lines
        assert not isinstance(lines.total_revenue, Missing) and not isinstance(lines.unattributed, Missing)
        rest = lines.unattributed.value + (
            0 if isinstance(lines.eliminations, Missing) else lines.eliminations.value
        )
        parts = sum(float(company.shares[group]) for group in GROUPS)  # type: ignore[arg-type]
        assert parts + float(rest / lines.total_revenue.value) == pytest.approx(1)


@pytest.mark.parametrize("quarter", SEASONS)
def test_json_has_the_contracts_keys_and_every_figure_a_source(desk: Desk, quarter: str) -> None:
    answer = json.loads(json.dumps(desk.season(quarter).to_dict(), allow_nan=False))
    assert set(answer) == {"quarter", "newer", "companies"} and answer["quarter"] == quarter
    for company in answer["companies"]:
        assert {"ticker", "revenue_usd", "shares", "answers"} <= set(company)
        assert set(company["shares"]) == set(GROUPS)
        assert set(company["answers"]) == {"revenue", "profitability", "growth", "execution"}
        for found in company["answers"].values():
            assert {"verdict", "metrics", "evidence"} <= set(found)
            assert all(item["sources"] for item in found["evidence"])


def test_every_number_can_be_traced_to_reported_figures(desk: Desk) -> None:
    season = desk.season("2024Q4")
    traced = [trace for c in season.companies for a in c.answers for trace in season.traces(a)]
    assert len(traced) > 50
    for trace in traced:
        ends = list(trace.reported())
        assert ends and all(end.source is not None and end.figure.locator for end in ends)
        if len(ends) > 1 and trace.figure.formula:
            assert trace.figure.kind == "derived"


def test_nothing_known_later_is_used() -> None:
    early = Desk.open(as_of=date(2024, 12, 31))
    with pytest.raises(NoData):
        early.season("2025Q4")
    assert all(f.known <= date(2024, 12, 31) for t in early.view.tickers() for f in early.view.figures(t))
    contracts = [c for company in early.season("2024Q3").companies for c in company["growth"].contracts]
    assert all(contract.known <= date(2024, 12, 31) for contract in contracts)


def test_execution_is_not_judged_on_too_few_checks(desk: Desk) -> None:
    answer = desk.season("2024Q4")["MARA"]["execution"]
    assert answer.verdict == NOT_JUDGED
    assert isinstance(answer["cash_usd"], Missing)


def test_frames(desk: Desk) -> None:
    frame = desk.season("2024Q4").to_frame()
    assert frame.loc["RIOT", "revenue_usd"] == 142_558_000 and frame.loc["BTBT", "revenue"] == "meaningful"
    lines = desk.lines("RIOT").to_frame()
    assert lines.loc["2024Q4", ("revenue", "self_mining")] == 126_351_000


def test_a_line_that_holds_gpu_cloud_as_well_is_no_proof_of_none(desk: Desk) -> None:
    answer = desk.season("2025Q2")["HUT"]["revenue"]
    assert answer.verdict == NOT_JUDGED and isinstance(answer["ai_revenue_usd"], Missing)
    assert answer["chips_revenue_usd"] == 0 and any("Compute" in note for note in answer.notes)
