"""Adjusted EBITDA of one company's quarter, joint with its revenue."""

from __future__ import annotations

from hashpivot.core import Missing

from ..network import Floats
from ..parts import EbitdaQuarter, Treasury, ebitda_draws, fair_value_draws
from ._context import OLDEST_DAYS, CompanyQuarter
from ._line_draws import CompanyDraws


def treasury_of(context: CompanyQuarter) -> Treasury | Missing:
    """Draws of the change in fair value of bitcoin held over the quarter, or why there are none."""
    information = context.information
    seed = information.seed(context.ticker, context.quarter, "bitcoin")
    return fair_value_draws(
        information.view, context.ticker, information.market, context.start, context.end, seed
    )


def adjusted_ebitda(drawn: CompanyDraws, treasury: Treasury | Missing) -> Floats | Missing:
    """Draws of adjusted EBITDA that go with those of the total, shape (draws,), or why there are none."""
    context, total = drawn.context, drawn.total()
    information = context.information
    history = [each for each in information.ebitda(context.ticker) if _recent(context, each)]
    change = treasury if isinstance(treasury, Missing) else treasury.draws
    seed = information.seed(context.ticker, context.quarter, "ebitda")
    assert total is not None
    return ebitda_draws(history, context.quarter, total, change, information.cost_changes, seed)


def _recent(context: CompanyQuarter, each: EbitdaQuarter) -> bool:
    end = context.information.view.quarter_lines(context.ticker, each.quarter).end
    return each.quarter < context.quarter and (context.start - end).days <= OLDEST_DAYS
