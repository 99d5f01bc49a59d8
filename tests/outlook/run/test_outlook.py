import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory, next_halving
from hashpivot.core import InvalidInput, Line, executor_of, parse_day
from hashpivot.ledger import View
from hashpivot.outlook import (
    SHARD,
    Outlook,
    Spread,
    build_case,
    outlook,
    run_company,
    simulate_shard,
)
from hashpivot.outlook.run._summary import bitcoin_beta

MONEY = {
    "finance.cash_usd": 5e8, "finance.debt_usd": 1e9, "finance.bitcoin": 0.0, "finance.sga_usd": 4e7,
    "finance.shares": 2.5e8,
}  # fmt: skip


@pytest.fixture(scope="module")
def found(view: View, network: NetworkHistory) -> Outlook:
    return outlook(build_case(view, network, "IREN", assume=MONEY)[0], quarters=12, paths=SHARD + 100, seed=7)


def test_lines_add_up_to_the_total_on_every_path(found: Outlook) -> None:
    for step in range(12):
        lines = sum(found.rows.row(f"lines.{line.value}", step) for line in Line)
        assert lines == pytest.approx(found.rows.row("revenue_usd", step))
    row = found.to_dict()["quarters"][5]
    means = sum(line["mean"] for line in row["lines"].values())
    assert means == pytest.approx(row["revenue_usd"]["mean"], abs=0.1)


def test_quantiles_are_in_order(found: Outlook) -> None:
    for row in found.to_dict()["quarters"]:
        for name in ("revenue_usd", "gross_profit_usd", "cash_usd", "effective_lines"):
            assert row[name]["p10"] <= row[name]["p50"] <= row[name]["p90"]
        assert 0 <= row["p_shortfall"] <= 1
        assert 0 <= row["p_ai_chips_majority"] <= 1


def test_the_first_paths_do_not_depend_on_how_many_follow(
    view: View, network: NetworkHistory, found: Outlook
) -> None:
    fewer = outlook(build_case(view, network, "IREN", assume=MONEY)[0], quarters=12, paths=SHARD, seed=7)
    for step in range(12):
        assert (fewer.rows.row("cash_usd", step) == found.rows.row("cash_usd", step)[:SHARD]).all()


def test_mining_falls_at_the_halving_and_revenue_leans_less_on_bitcoin(found: Outlook) -> None:
    rows = {row["quarter"]: row for row in found.to_dict()["quarters"]}
    mining = [rows[q]["lines"]["self_mining"]["p50"] for q in ("2028Q1", "2028Q3")]
    assert mining[1] < 0.75 * mining[0]
    assert rows["2029Q3"]["bitcoin_beta"] < 0.5 * rows["2026Q4"]["bitcoin_beta"]


def test_the_breakeven_price_is_that_of_the_breakeven_hashprice(found: Outlook) -> None:
    row = found.to_dict()["quarters"][0]
    ratio = row["breakeven_price_usd"]["p50"] / found.to_dict()["market"][0]["price_usd"]["p50"]
    hashprice = found.to_dict()["market"][0]["hashprice_usd_ph_day"]["p50"]
    assert ratio == pytest.approx(row["breakeven_hashprice_usd_ph_day"]["p50"] / hashprice, rel=0.1)


def test_the_halving_has_a_date_or_none(view: View, network: NetworkHistory, found: Outlook) -> None:
    dates = found.to_dict()["halving"]
    assert dates["p10"] < dates["p50"] < dates["p90"]
    other = next_halving(history=network).median
    assert abs((parse_day(dates["p50"]) - other).days) <= 5
    soon = outlook(build_case(view, network, "IREN", assume=MONEY)[0], quarters=3, paths=50).to_dict()[
        "halving"
    ]
    assert soon == {"p10": None, "p50": None, "p90": None}


def test_beta_is_the_elasticity() -> None:
    price = np.exp(np.random.default_rng(1).normal(11, 0.3, 5_000)).astype(np.float32)
    assert bitcoin_beta(1e3 * price.astype(float) ** 0.7, price) == pytest.approx(0.7, abs=1e-3)
    assert bitcoin_beta(np.ones(5_000), np.full(5_000, 1.0, dtype=np.float32)) is None
    assert bitcoin_beta(np.zeros(5_000), price) is None


def test_a_row_without_numbers_has_none() -> None:
    assert Spread.of(np.array([np.nan, np.nan])) == Spread(None, None, None, None)
    assert Spread.of(np.array([1.0, np.nan, 3.0])).mean == 2.0


def test_too_much_is_refused(view: View, network: NetworkHistory) -> None:
    case = build_case(view, network, "IREN", assume=MONEY)[0]
    for words in ({"paths": 0}, {"paths": 10**8}, {"quarters": 0}, {"quarters": 41}):
        with pytest.raises(InvalidInput):
            outlook(case, **words)


def test_an_answer_is_the_readers_own(found: Outlook) -> None:
    found.to_dict()["quarters"].clear()
    assert len(found.to_dict()["quarters"]) == 12


def test_processes_give_the_same_answer(view: View, network: NetworkHistory, found: Outlook) -> None:
    case = build_case(view, network, "IREN", assume=MONEY)[0]
    with executor_of(workers=2) as executor:
        there = outlook(case, quarters=12, paths=SHARD + 100, seed=7, executor=executor)
    assert there.to_dict() == found.to_dict()


def test_what_is_shown_is_what_the_engines_found(view: View, network: NetworkHistory, found: Outlook) -> None:
    case = build_case(view, network, "IREN", assume=MONEY)[0]
    market = simulate_shard(case.start, case.parameters, 12, 7, 1, 100, case.returns)
    company = run_company(case.inputs, market, case.start.price_usd, 7, 1)
    for name, values in (
        ("hashprice_usd_ph_day", market.hashprice_usd_per_ph_day),
        ("adjusted_ebitda_usd", company.ebitda_usd),
        ("lines.ai_cloud", company.lines_usd[list(Line).index(Line.AI_CLOUD)]),
        ("breakeven_hashprice_usd_ph_day", company.breakeven_hashprice_usd),
    ):
        for step in range(12):
            row = found.rows.row(name, step)[SHARD:]
            np.testing.assert_array_equal(row, values[step].astype(row.dtype))
    assert found.rows.row("year_ebitda_usd")[SHARD:] == pytest.approx(company.ebitda_usd[-4:].sum(axis=0))
