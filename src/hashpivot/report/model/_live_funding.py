"""The live model's funding: who pays, and what nobody pays."""

from __future__ import annotations

from collections.abc import Iterator

from hashpivot.formula import Number, literal, max_, min_, power, ratio

from ..workbook import COUNT, DECIMAL
from ._live_grid import LiveRow
from ._live_model import LiveModel

ONE = literal(1)
ZERO = literal(0)

_QUARTERS = 4


def funding_rows(model: LiveModel) -> Iterator[LiveRow]:
    """Cash, coins, debt, shares and the shortfall, in the order in which they pay."""
    yield LiveRow("Funding")
    yield from _payments(model)
    yield from _balance(model)


def _payments(model: LiveModel) -> Iterator[LiveRow]:
    cell, finance = model.cell, model.section("finance")
    capex = [f"contract_{place}_capex" for place in range(len(model.contracts))]
    yield LiveRow(
        "Bitcoin mined and kept", "mined_kept",
        lambda t: cell("mining_revenue", t) / model.price(t) * (ONE - finance("sold_share")), "BTC", DECIMAL,
    )  # fmt: skip
    yield LiveRow("Interest", "interest", lambda t: _interest(model, t))
    yield LiveRow("Spent on AI halls and GPUs", "ai_capex", model.sum(capex))
    yield LiveRow("Of it by lenders", "loan", lambda t: cell("ai_capex", t) * finance("debt_share"))
    yield LiveRow("Cash before funding", "cash_before", lambda t: _cash_before(model, t))
    yield LiveRow("Needed", "need", lambda t: max_(finance("least_cash_usd") - cell("cash_before", t), ZERO))
    yield LiveRow(
        "From bitcoin", "from_coins",
        lambda t: min_(cell("need", t), _coins(model, t) * model.price(t) * finance("sells_treasury")),
    )  # fmt: skip
    yield LiveRow(
        "Borrowed", "borrowed",
        lambda t: min_(
            cell("need", t) - cell("from_coins", t),
            max_(finance("debt_limit_usd") - cell("debt", t - 1), ZERO),
        ),
    )  # fmt: skip
    yield LiveRow(
        "From shares", "issued",
        lambda t: min_(
            cell("need", t) - cell("from_coins", t) - cell("borrowed", t), finance("equity_limit_usd")
        ),
    )  # fmt: skip


def _balance(model: LiveModel) -> Iterator[LiveRow]:
    cell, finance = model.cell, model.section("finance")
    after = model.sum(("cash_before", "from_coins", "borrowed", "issued"))
    yield LiveRow("Cash", "cash", lambda t: max_(after(t), ZERO), start=finance("cash_usd"), strong=True)
    yield LiveRow(
        "Bitcoin held", "bitcoin",
        lambda t: _coins(model, t) - cell("from_coins", t) / model.price(t),
        "BTC", DECIMAL, finance("bitcoin"),
    )  # fmt: skip
    yield LiveRow(
        "Corporate debt",
        "debt",
        lambda t: cell("debt", t - 1) + cell("borrowed", t),
        start=finance("debt_usd"),
    )
    yield LiveRow(
        "Project loans", "loans", lambda t: cell("loans", t - 1) + cell("loan", t), start=finance("loans_usd")
    )
    yield LiveRow("Shares", "shares", lambda t: _shares(model, t), "shares", COUNT, finance("shares"))
    yield LiveRow(
        "Shortfall so far", "shortfall",
        lambda t: cell("shortfall", t - 1) + max_(-after(t), ZERO), start=ZERO, strong=True,
    )  # fmt: skip


def _coins(model: LiveModel, step: int) -> Number:
    """Bitcoin before any of it is sold."""
    return model.cell("bitcoin", step - 1) + model.cell("mined_kept", step)


def _interest(model: LiveModel, step: int) -> Number:
    """A quarter of the yearly rate on the debt of the quarter's start; new debt has a rate of its own."""
    old, debt, loans = (
        model.input("finance.debt_usd"),
        model.cell("debt", step - 1),
        model.cell("loans", step - 1),
    )
    new = (debt - old + loans) * model.input("finance.new_interest")
    return (old * model.input("finance.interest") + new) / literal(_QUARTERS)


def _cash_before(model: LiveModel, step: int) -> Number:
    cell = model.cell
    earned = cell("cash", step - 1) + cell("ebitda", step) - cell("mined_kept", step) * model.price(step)
    spent = cell("machines", step) + cell("ai_capex", step)
    return earned - cell("interest", step) - spent + cell("loan", step)


def _shares(model: LiveModel, step: int) -> Number:
    """Shares are sold at the start's price x (bitcoin price / start's) ^ beta; not counted without one."""
    price, cell = model.input("finance.share_price_usd"), model.cell
    moved = power(model.price(step) / model.start_price, model.input("finance.share_beta"))
    sold = ratio(cell("issued", step), price * moved)
    return cell("shares", step - 1) + sold
