"""The live model's AI lines and chips: GPUs, halls let, every contract ahead, machines sold."""

from __future__ import annotations

from collections.abc import Iterator

from hashpivot.core import Line
from hashpivot.formula import Number, Term, equal, exp, floor, if_, literal, max_, min_, power
from hashpivot.outlook import AiContract

from ..workbook import DECIMAL, SHARE
from ._live_grid import LiveRow
from ._live_model import HOURS_PER_DAY, LiveModel

ONE = literal(1)
ZERO = literal(0)

_PH_PER_EH, _TH_PER_EH = 1_000, 1_000_000
_USD_PER_MW_QUARTER, _QUARTERS = 3_000, 4


def ai_rows(model: LiveModel) -> Iterator[LiveRow]:
    """GPUs, halls and contracts."""
    yield LiveRow("GPU time")
    yield from _cloud(model)
    yield LiveRow("AI halls let")
    yield from _halls(model)
    for place, contract in enumerate(model.case.inputs.contracts):
        yield LiveRow(f"{contract.name}, {contract.kind}")
        yield from _contract(model, contract, f"contract_{place}")
    if model.has_chips:
        yield LiveRow("Chips")
        yield from _chips(model)


def contract_keys(model: LiveModel, line: Line) -> list[str]:
    """Keys of the rows of the contracts of a line."""
    kind = {Line.AI_COLOCATION: "colocation", Line.AI_CLOUD: "cloud"}.get(line)
    held = enumerate(model.case.inputs.contracts)
    return [f"contract_{place}" for place, contract in held if contract.kind == kind]


def _cloud(model: LiveModel) -> Iterator[LiveRow]:
    cell, cloud = model.cell, model.section("cloud")
    fall = exp(-(cloud("spot_decay") / literal(_QUARTERS)))
    yield LiveRow("Spot price", "spot", lambda t: cell("spot", t - 1) * fall, "of the start's", SHARE, ONE)
    yield LiveRow(
        "Contracted price", "contracted",
        lambda t: cell("contracted", t - 1)
        + (cell("spot", t) - cell("contracted", t - 1)) / cloud("contract_quarters"),
        "of the start's", SHARE, ONE,
    )  # fmt: skip
    share, full = cloud("contract_share"), cloud("gpus") * cloud("utilisation") * cloud("usd_per_gpu_hour")
    yield LiveRow(
        "Price of both", "gpu_price",
        lambda t: share * cell("contracted", t) + (ONE - share) * cell("spot", t), "of the start's", SHARE,
    )  # fmt: skip
    yield LiveRow("At the start's price", "gpu_full", lambda t: full * cell("days", t) * HOURS_PER_DAY)
    yield LiveRow("Revenue of GPUs", "gpu_revenue", lambda t: cell("gpu_full", t) * cell("gpu_price", t))
    yield LiveRow(
        "Gross profit of GPUs", "gpu_profit",
        lambda t: cell("gpu_full", t) * (cell("gpu_price", t) - ONE + cloud("margin")),
    )  # fmt: skip


def _halls(model: LiveModel) -> Iterator[LiveRow]:
    halls, megawatts = (
        model.section("colocation"),
        model.input("colocation.running_critical_mw"),
    )
    by_mw = megawatts * halls("running_usd_per_kw_month") * _USD_PER_MW_QUARTER
    rent = if_(halls("running_usd") > ZERO, halls("running_usd"), by_mw)
    drift = halls("market_drift")
    yield LiveRow("Rent of halls let", "hall_rent", lambda t: rent)
    yield LiveRow(
        "Power their tenants pay", "hall_power",
        lambda t: _passed(model, megawatts, halls("passthrough_usd_per_mwh"), t),
    )  # fmt: skip
    yield LiveRow(
        "Rent of halls in the market", "rent_index",
        lambda t: exp(drift * literal(t / _QUARTERS)), "of the start's", SHARE,
    )  # fmt: skip


def _passed(model: LiveModel, megawatts: Term, usd_per_mwh: Term, step: int) -> Number:
    return (
        megawatts
        * model.input("colocation.meter_ratio")
        * usd_per_mwh
        * model.cell("days", step)
        * HOURS_PER_DAY
    )


def _contract(model: LiveModel, contract: AiContract, key: str) -> Iterator[LiveRow]:
    """Age, rate, share at work, building; rent, power, fit-out; revenue, profit and what is spent on it."""
    cell, where = model.cell, f"contracts.{contract.name}"
    given = model.section(where)
    age, work = model.row(f"{key}_age"), model.row(f"{key}_work")
    start, rate = model.input.quarter(f"{where}.start"), _full_usd(model, contract, where)
    yield LiveRow(
        "Quarters since the start", f"{key}_age", lambda t: cell("number", t) - start, "quarters", "0"
    )
    yield LiveRow("Full rent", f"{key}_rate", lambda t: _rate(model, contract, key, t), start=rate)
    yield LiveRow(
        "At work", f"{key}_work",
        lambda t: _ramp(age(t), given("ramp_quarters"), given("term_quarters")), "share", SHARE,
    )  # fmt: skip
    yield LiveRow(
        "Rent", f"{key}_rent",
        lambda t: cell(f"{key}_rate", t) * work(t) * _risen(age(t), given("escalator")),
    )  # fmt: skip
    yield LiveRow(
        "Power the tenant pays", f"{key}_power",
        lambda t: _passed(model, given("critical_mw") * work(t), given("passthrough_usd_per_mwh"), t),
    )  # fmt: skip
    yield LiveRow("Built", f"{key}_built", lambda t: _built(age(t), given("build_quarters")), "share", SHARE)
    yield LiveRow("Fit-out", f"{key}_fitout", lambda t: cell(f"{key}_built", t) * given("fitout_usd"))
    parts = [f"{key}_rent", f"{key}_power", f"{key}_fitout"]
    yield LiveRow("Revenue", f"{key}_revenue", model.sum(parts))
    yield LiveRow(
        "Gross profit", f"{key}_profit",
        lambda t: cell(parts[0], t) * given("margin") + cell(parts[2], t) * given("fitout_margin"),
    )  # fmt: skip
    yield LiveRow("Spent on it", f"{key}_capex", lambda t: cell(f"{key}_built", t) * given("capex_usd"))


def _full_usd(model: LiveModel, contract: AiContract, where: str) -> Number:
    megawatts = model.input(f"{where}.critical_mw")
    if contract.pricing == "market":
        return megawatts * model.input("colocation.market_usd_per_kw_month") * _USD_PER_MW_QUARTER
    own, by_kw = model.input(f"{where}.usd_per_quarter"), model.input(f"{where}.usd_per_kw_month")
    return if_(own > ZERO, own, megawatts * by_kw * _USD_PER_MW_QUARTER)


def _rate(model: LiveModel, contract: AiContract, key: str, step: int) -> Number:
    """The rent is set anew in the quarter of the start: the market's, or what repricing leaves."""
    before = model.cell(f"{key}_rate", step - 1)
    index = model.cell("rent_index" if contract.kind == "colocation" else "spot", step)
    if contract.pricing == "market":
        factor = index
    else:
        factor = ONE - model.input("colocation.repricing") * max_(ZERO, ONE - index)
    return if_(equal(model.cell(f"{key}_age", step), ZERO), before * factor, before)


def _ramp(age: Term, quarters: Term, term: Term | None) -> Number:
    share = min_(ONE, (age + ONE) / quarters)
    begun = age >= ZERO
    return if_(begun & (term > age) if term else begun, share, ZERO)


def _risen(age: Term, escalator: Term) -> Number:
    """What the escalator has made of the rent: a step a year."""
    return power(ONE + escalator, floor(max_(age, ZERO) / literal(_QUARTERS)))


def _built(age: Term, quarters: Term) -> Number:
    """Evenly over the quarters before the start."""
    return if_((age < ZERO) & (quarters >= -age), ONE / quarters, ZERO)


def _chips(model: LiveModel) -> Iterator[LiveRow]:
    cell, chips = model.cell, model.section("chips")
    start, cost = model.input.quarter("chips.first_quarter"), chips("cost_usd_per_th")
    yield LiveRow(
        "Quarters since the first sale", "chip_age", lambda t: cell("number", t) - start, "quarters", "0"
    )
    yield LiveRow(
        "Price of a TH", "chip_price",
        lambda t: model.hashprice(t) / literal(_PH_PER_EH) * chips("price_days"), "USD", DECIMAL,
    )  # fmt: skip
    most_sold = chips("sold_ehs") * chips("market_share_kept") * _TH_PER_EH
    yield LiveRow(
        "TH sold, none below their cost", "chip_sold",
        lambda t: if_(
            cell("chip_price", t) > cost,
            _ramp(cell("chip_age", t), chips("ramp_quarters"), None) * most_sold, ZERO,
        ),
        "TH/s", "#,##0",
    )  # fmt: skip
    yield LiveRow("Revenue of chips", "chip_revenue", lambda t: cell("chip_sold", t) * cell("chip_price", t))
    yield LiveRow(
        "Gross profit of chips",
        "chip_profit",
        lambda t: cell("chip_sold", t) * (cell("chip_price", t) - cost),
    )
