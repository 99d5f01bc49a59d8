"""What carries a company: over all companies of the ledger, and over made-up ones."""

import json
from dataclasses import replace

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, NoData, Quarter
from hashpivot.ledger import View
from hashpivot.outlook import (
    AiContract,
    CarrierQuarter,
    CompanyInputs,
    Finance,
    Mining,
    Outlook,
    OutlookCase,
    OutlookSummary,
    RevenueMix,
    build_case,
    outlook,
)
from hashpivot.outlook.inputs import ON_FACTS
from hashpivot.outlook.run._carrier import carrier

STATES = {
    "rent", "gpu_time", "chips", "pivot", "fit_out", "mining", "hosting", "other", "several", "nothing",
    "unknown",
}  # fmt: skip


@pytest.fixture(scope="module")
def cases(view: View, network: NetworkHistory) -> dict[str, OutlookCase]:
    """Every company that has one; where overheads are not known they stay so."""
    found = {}
    for ticker in view.tickers():
        try:
            found[ticker] = build_case(view, network, ticker)[0]
        except NoData:
            continue
    return found


@pytest.fixture(scope="module")
def outlooks(cases: dict[str, OutlookCase]) -> dict[str, Outlook]:
    return {ticker: outlook(case, quarters=12, paths=200, seed=1) for ticker, case in cases.items()}


def made_up(cases: dict[str, OutlookCase], inputs: CompanyInputs) -> OutlookSummary:
    return outlook(replace(cases["CORZ"], inputs=inputs, levels=None), paths=200, seed=1).summary


def test_every_company_has_one_sentence_that_its_numbers_bear_out(outlooks: dict[str, Outlook]) -> None:
    for ticker, found in outlooks.items():
        said, rows = found.summary.carrier, found.summary.quarters
        assert len({tuple(row.mix.to_dict()["share"]) for row in rows}) == 1
        assert said.first.state in STATES and said.last.state in STATES
        assert said.sentence.startswith(f"{ticker}: ") and said.sentence.count(". ") == 0
        assert json.loads(json.dumps(found.summary.to_dict()))["carrier"]["sentence"] == said.sentence
        for step, row in ((said.first, rows[0]), (said.last, rows[-1])):
            if step.leader in row.mix.p_most:
                assert row.mix.p_most[step.leader] > 0.5, ticker
                assert row.mix.share[step.leader] > 0.5, ticker
            assert (step.ebitda_usd is None) == (row.adjusted_ebitda_usd.p50 is None)
        if "carries the company (" in said.sentence or "carry the company (" in said.sentence:
            assert rows[-1].adjusted_ebitda_usd.p50 >= 0, ticker


def test_nothing_is_said_to_carry_a_company_whose_overheads_are_not_known(
    outlooks: dict[str, Outlook],
) -> None:
    unknown = [
        found.summary.carrier
        for found in outlooks.values()
        if found.summary.quarters[-1].adjusted_ebitda_usd.p50 is None
    ]
    assert unknown
    for said in unknown:
        assert "carries the company" not in said.sentence and "carry the company" not in said.sentence
        assert "not known" in said.sentence and said.last.state in ("unknown", "fit_out")


def test_shares_are_of_the_whole_and_fit_out_is_no_rent(outlooks: dict[str, Outlook]) -> None:
    for ticker, found in outlooks.items():
        for step, row in enumerate(found.summary.quarters):
            paid = (found.rows.row("revenue_usd", step) > 0).mean()
            assert sum(row.mix.share.values()) == pytest.approx(paid, abs=1e-9), ticker
            assert row.p_ai_chips_majority == row.mix.p_pivot_most
    halls = outlooks["APLD"]
    ends = halls.summary.carrier.fit_out
    assert ends is not None and ends.usd == pytest.approx(halls.case.inputs.colocation.one_off_usd)
    first = halls.summary.quarters[0].mix
    line = halls.rows.row("lines.ai_colocation", 0)
    raw = float((line / halls.rows.row("revenue_usd", 0)).mean())
    assert first.share["fit_out"] > 0.1
    assert first.share["rent"] == pytest.approx(raw - first.share["fit_out"])
    assert ends.last == Quarter(2026, 4) + halls.case.inputs.colocation.one_off_quarters - 1


def test_fit_out_ends_with_its_quarters(cases: dict[str, OutlookCase]) -> None:
    bare = cases["CORZ"].inputs
    halls = replace(
        bare.colocation, running_usd=1e6, passthrough_usd=0.0, one_off_usd=2e8, one_off_quarters=3,
        margin=0.9,
    )  # fmt: skip
    inputs = CompanyInputs("CORZ", colocation=halls, finance=Finance(sga_usd=0.0))
    said = made_up(cases, inputs).carrier
    assert said.fit_out is not None and said.fit_out.last == Quarter(2027, 2) and said.fit_out.usd == 2e8
    assert said.first.state == "fit_out" and said.last.state == "rent" and said.turns == Quarter(2027, 3)
    assert "fit-out brings 100% of revenue in 2026Q4 and ends after 2027Q2 ($200m a quarter)" in said.sentence


def test_fit_out_of_a_contract_counts_over_its_build(cases: dict[str, OutlookCase]) -> None:
    hall = AiContract(
        "hall", Quarter(2027, 3), usd_per_quarter=1e7, fitout_usd=4e8, build_quarters=2, margin=0.5
    )
    found = made_up(cases, CompanyInputs("CORZ", contracts=(hall,), finance=Finance(sga_usd=0.0)))
    of = [row.mix.fit_out_usd for row in found.quarters[:4]]
    assert of == [0.0, 2e8, 2e8, 0.0]


def test_overheads_that_nothing_pays_are_said(cases: dict[str, OutlookCase]) -> None:
    mining = Mining(10.0, 0.9, 25.0, 0.0, 50.0, 3.0)
    poor = made_up(cases, CompanyInputs("CORZ", mining, finance=Finance(sga_usd=1e9))).carrier
    assert poor.first.state == poor.last.state == "nothing" and poor.loses == Quarter(2026, 4)
    assert "nothing carries the company in 2029Q3" in poor.sentence
    assert "EBITDA is below zero throughout" in poor.sentence
    rich = made_up(cases, CompanyInputs("CORZ", mining, finance=Finance(sga_usd=0.0))).carrier
    assert rich.first.state == "mining" and rich.loses is None


def test_a_total_that_no_report_splits_is_not_called_a_line(cases: dict[str, OutlookCase]) -> None:
    steady = replace(cases["CORZ"].inputs.steady, other_usd=5e7, hosting_usd=0.0)
    said = made_up(cases, CompanyInputs("CORZ", steady=steady, finance=Finance(sga_usd=1e6))).carrier
    assert said.last.state == "unknown" and "splits its revenue by line" in said.sentence


def test_lines_of_a_year_are_its_quarters(outlooks: dict[str, Outlook]) -> None:
    from hashpivot.outlook import year_results

    found = outlooks["APLD"]
    years = year_results(found)
    assert years[0].mix.to_dict() == found.summary.quarters[0].mix.to_dict()
    revenue = sum(found.rows.row("revenue_usd", step) for step in range(1, 5))
    cloud = sum(found.rows.row(f"lines.{Line.HOSTING.value}", step) for step in range(1, 5))
    assert years[1].mix.share["hosting"] == pytest.approx(float(np.mean(cloud / revenue)))


def step(quarter: int, ebitda: float | None, low: float | None, **share: float) -> CarrierQuarter:
    mix = RevenueMix(share, share, sum(share.get(kind, 0.0) for kind in ("rent", "gpu_time")), 0.0)
    return CarrierQuarter(Quarter(2027, quarter), mix, ebitda, low)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (
            step(1, 9e6, 1e6, mining=0.9, rent=0.1), step(2, 30e6, 2e6, mining=0.2, rent=0.8),
            "X: mining brings 90% of revenue in 2027Q1; rent carries the company from 2027Q2 on (80% in "
            "2027Q2, with EBITDA of $30m that quarter)",
        ),
        (
            step(1, 9e6, -1e6, mining=0.9), step(2, 3e6, -2e7, mining=0.8),
            "X: mining carries the company (90% of revenue in 2027Q1, 80% in 2027Q2, with EBITDA of $3.0m "
            "that quarter, below −$20m on one path in ten)",
        ),
        (
            step(1, 9e6, 1e6, mining=0.9), step(2, -3e6, -2e7, mining=0.8),
            "X: mining brings 90% of revenue in 2027Q1; nothing carries the company in 2027Q2: EBITDA is "
            "−$3.0m, below zero from 2027Q2 on",
        ),
        (
            step(1, None, None, mining=0.4, rent=0.3, other=0.3), step(2, None, None, rent=0.3, gpu_time=0.4),
            "X: nothing brings half of revenue in 2027Q1 (mining 40%, rent 30%); AI and chips bring most "
            "from 2027Q2 on (70% in 2027Q2); whether that pays overheads is not known",
        ),
        (
            step(1, 1e6, 1e5, mining=0.4, rent=0.3), step(2, 1e6, 1e5, mining=0.4, rent=0.3),
            "X: several lines carry the company together in 2027Q2 (mining 40%, rent 30%, with EBITDA of "
            "$1.0m that quarter)",
        ),
    ],
)  # fmt: skip
def test_each_state_has_its_sentence(first: CarrierQuarter, last: CarrierQuarter, sentence: str) -> None:
    assert carrier("X", [first, last], ON_FACTS).sentence == sentence


def test_fit_out_that_ends_and_contracts_nobody_verified_are_said() -> None:
    steps = [step(1, 9e6, 1e6, mining=0.6, fit_out=0.3, rent=0.1), step(2, 9e6, 1e6, mining=0.8, rent=0.2)]
    steps[0] = replace(steps[0], mix=replace(steps[0].mix, fit_out_usd=3.4e7))
    said = carrier("X", steps, ON_FACTS, unverified_share=0.47).sentence
    assert "fit-out and machines sold on, up to $34m a quarter, end after 2027Q1" in said
    assert said.endswith("47% of revenue in 2027Q2 is on contracts not verified in a filing")
    assert "not verified" not in carrier("X", steps, ON_FACTS, unverified_share=0.01).sentence


def test_a_mining_line_that_mixes_other_business_is_called_so(outlooks: dict[str, Outlook]) -> None:
    summary = outlooks["HUT"].summary
    assert summary.mining_mixes == "self-mining and GPU cloud" and not outlooks["CORZ"].summary.mining_mixes
    assert summary.carrier.sentence.startswith("HUT: self-mining and GPU cloud (not told apart) bring"), (
        summary.carrier.sentence
    )


def test_one_quarter_alone_is_said_once() -> None:
    alone = step(1, 9e6, 1e6, mining=0.9)
    assert carrier("X", [alone], ON_FACTS).sentence == (
        "X: mining carries the company (90% in 2027Q1, with EBITDA of $9.0m that quarter)"
    )
