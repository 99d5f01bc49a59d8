"""The live model's mining: fleet, machines that pay for their power, machines bought."""

from __future__ import annotations

from collections.abc import Iterator

from hashpivot.bitcoin import breakeven_hashprice_usd_per_ph_day
from hashpivot.formula import Number, Term, equal, exp, if_, literal, max_, mean, min_, ratio, total
from hashpivot.outlook import MACHINE_CLASSES

from ..workbook import DECIMAL, SHARE
from ._live_grid import LiveRow
from ._live_model import HOURS_PER_DAY, LiveModel

ONE = literal(1)
ZERO = literal(0)

_TH_PER_EH, _PH_PER_EH, _QUARTERS = 1_000_000, 1_000, 4


def mining_rows(model: LiveModel) -> Iterator[LiveRow]:
    """Power, fleet and what it earns."""
    yield LiveRow("Power of the site")
    yield from _power(model)
    yield LiveRow("Fleet")
    yield from _fleet(model)
    yield LiveRow("Machines that pay for their power")
    yield from _running(model)


def _power(model: LiveModel) -> Iterator[LiveRow]:
    usd = "USD/MWh"
    yield LiveRow(
        "Uptime by the site's seasons", "site_uptime", lambda t: _uptime_then(model, t), "share", SHARE
    )
    yield LiveRow("Power price", "power_price", lambda t: _power_price(model, t), usd, DECIMAL)
    yield LiveRow(
        "Power credits, per MW installed and hour", "credits", lambda t: _credits(model, t), usd, DECIMAL
    )


def _season(model: LiveModel, name: str, step: int) -> Term | None:
    """The mean of the site's past quarters of the season; None without them."""
    season = [
        each.quarter for each in model.case.inputs.power if each.quarter.number == model.quarters[step].number
    ]
    return mean([model.input(f"power.{quarter}.{name}") for quarter in season]) if season else None


def _uptime_then(model: LiveModel, step: int) -> Number:
    return _season(model, "uptime", step) or ONE


def _power_price(model: LiveModel, step: int) -> Number:
    return _season(model, "power_usd_per_mwh", step) or model.input("mining.power_usd_per_mwh")


def _credits(model: LiveModel, step: int) -> Number:
    return _season(model, "credits_usd_per_mw_hour", step) or ZERO


def _fleet(model: LiveModel) -> Iterator[LiveRow]:
    cell, given = model.cell, model.input
    ehs, mw = given("mining.hash_rate_ehs"), given("mining.hash_rate_ehs") * given("mining.j_per_th")
    renewal = given("mining.renewal")
    yield LiveRow("Taken by AI halls", "converted", lambda t: _converted(model, t), "MW", DECIMAL)
    yield LiveRow("Fleet left by them", "kept", lambda t: _kept(model, t), "share", SHARE)
    yield LiveRow("New machines", "new_j", lambda t: _new_j(model, t), "J/TH", DECIMAL)
    yield LiveRow(
        "Price of new machines", "machine_price", lambda t: _machine_price(model, t), "USD/TH", DECIMAL
    )
    yield LiveRow("Planned growth", "planned", lambda t: _planned(model, t), "EH/s", DECIMAL)
    yield LiveRow(
        "Renewal wanted", "wanted",
        lambda t: cell("mw", t - 1) * cell("kept", t) * renewal / cell("new_j", t), "EH/s", DECIMAL,
    )  # fmt: skip
    yield LiveRow("To spend on machines nobody has to buy", "funds", lambda t: _funds(model, t))
    yield LiveRow(
        "Renewal bought", "bought",
        lambda t: min_(cell("wanted", t), max_(_affordable(model, t) - cell("planned", t), ZERO)),
        "EH/s", DECIMAL,
    )  # fmt: skip
    yield LiveRow("Hash rate installed", "ehs", lambda t: _ehs(model, t), "EH/s", DECIMAL, ehs)
    yield LiveRow(
        "Megawatts installed", "mw",
        lambda t: cell("mw", t - 1) * cell("kept", t) + cell("planned", t) * cell("new_j", t),
        "MW", DECIMAL, mw,
    )  # fmt: skip
    yield LiveRow(
        "Machines bought",
        "machines",
        lambda t: (cell("bought", t) + cell("planned", t)) * _usd_per_eh(model, t),
    )


def _converted(model: LiveModel, step: int) -> Number:
    """Megawatts of contracts whose halls begin to be built, those begun before in the first quarter."""
    taken = [
        if_(
            equal(
                model.cell("number", step),
                max_(model.input.quarter(f"{key}.start") - model.input(f"{key}.build_quarters"),
                     model.cell("number", 0)),
            ),
            model.input(f"{key}.converts_mw"),
            ZERO,
        )
        for key in model.contracts
    ]  # fmt: skip
    return total(taken) if taken else ZERO


def _kept(model: LiveModel, step: int) -> Number:
    before = model.cell("mw", step - 1)
    return ratio(max_(before - model.cell("converted", step), ZERO), before)


def _new_j(model: LiveModel, step: int) -> Number:
    fall = model.input("mining.improvement") * literal(-step / _QUARTERS)
    return model.input("mining.growth_j_per_th") * exp(fall)


def _machine_price(model: LiveModel, step: int) -> Number:
    bought = model.hashprice(step) / literal(_PH_PER_EH) * model.input("finance.machine_days")
    if not model.has_chips:
        return bought
    ready = model.cell("chip_age", step) > literal(-1)
    return if_(ready, min_(bought, model.input("chips.cost_usd_per_th")), bought)


def _affordable(model: LiveModel, step: int) -> Number:
    return ratio(model.cell("funds", step), _usd_per_eh(model, step))


def _usd_per_eh(model: LiveModel, step: int) -> Number:
    return model.cell("machine_price", step) * _TH_PER_EH


def _planned(model: LiveModel, step: int) -> Number:
    runs = model.input("mining.growth_quarters") > literal(step)
    return if_(runs, model.input("mining.growth_ehs"), ZERO)


def _funds(model: LiveModel, step: int) -> Number:
    coins = model.cell("bitcoin", step - 1) * model.price(step) * model.input("finance.sells_treasury")
    return model.cell("cash", step - 1) - model.input("finance.least_cash_usd") + coins


def _ehs(model: LiveModel, step: int) -> Number:
    cell = model.cell
    share = ratio(cell("bought", step), cell("wanted", step))
    left = cell("ehs", step - 1) * cell("kept", step) * (ONE - model.input("mining.renewal") * share)
    return left + cell("bought", step) + cell("planned", step)


def _running(model: LiveModel) -> Iterator[LiveRow]:
    cell, given, classes = model.cell, model.input, len(MACHINE_CLASSES)
    factors = [exp(given("mining.class_spread") * literal(spot)) for spot in MACHINE_CLASSES]
    each_j = literal(breakeven_hashprice_usd_per_ph_day(1.0, 1.0))
    net, days = model.row("net_hashprice"), model.row("days")

    def on(name: str, step: int) -> Number:
        power = cell("power_price", step) * each_j * cell("mw", step) * cell(name, -1)
        return if_(net(step) * cell("ehs", step) / literal(classes) > power, ONE, ZERO)

    names = [f"class_{place}" for place in range(1, classes + 1)]
    yield LiveRow(
        "Hashprice less the pool's fee", "net_hashprice",
        lambda t: model.hashprice(t) * (ONE - given("mining.pool_fee")), "USD/PH/day", DECIMAL,
    )  # fmt: skip
    for place, (name, factor) in enumerate(zip(names, factors, strict=True), 1):
        title = f"Class {place} runs; its share of the megawatts"
        yield LiveRow(title, name, lambda t, n=name: on(n, t), "1 or 0", "0.###", factor / total(factors))  # type: ignore[misc]
    yield LiveRow(
        "Hash rate running", "running",
        lambda t: cell("ehs", t) * model.sum(names)(t) / literal(classes) * _uptime(model, t), "EH/s",
        DECIMAL,
    )  # fmt: skip
    yield LiveRow(
        "Megawatts drawn", "drawn",
        lambda t: cell("mw", t)
        * _uptime(model, t)
        * total([cell(name, t) * cell(name, -1) for name in names]),
        "MW", DECIMAL,
    )  # fmt: skip
    yield LiveRow(
        "Cost of mining", "mining_cost", lambda t: days(t) * HOURS_PER_DAY * _usd_per_hour(model, t)
    )
    yield LiveRow(
        "Revenue of mining", "mining_revenue",
        lambda t: cell("running", t) * _PH_PER_EH * days(t) * net(t),
    )  # fmt: skip


def _uptime(model: LiveModel, step: int) -> Number:
    return model.input("mining.uptime") * model.cell("site_uptime", step)


def _usd_per_hour(model: LiveModel, step: int) -> Number:
    """Power of what runs, and the other cost of all there is, less credits."""
    cell = model.cell
    other = model.input("mining.other_usd_per_mw_hour") - cell("credits", step)
    return cell("drawn", step) * cell("power_price", step) + cell("mw", step) * other
