"""Adjusted EBITDA of one company's quarter, joint with its revenue."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hashpivot.core import Line, Missing, not_derivable

from ..network import Floats
from ..parts import (
    EbitdaQuarter,
    Treasury,
    counts_fair_value,
    ebitda_draws,
    fair_value_draws,
    latest_costs,
)
from ._context import OLDEST_DAYS, CompanyQuarter
from ._line_draws import CompanyDraws

OLDEST_COSTS = 2
"""Quarters before the last report beyond which its cash costs are another company's: judged."""
MOST_MOVED = 0.25
"""Share of revenue by which AI and chips may have grown or shrunk since, as they cost otherwise than mining:
judged."""
FAIR_VALUE = ", which counts the change in fair value of bitcoin"
NEW_GROUPS = ("ai", "chips")


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
    information, history, counted = context.information, _history(context), _counts_fair_value(context)
    if (outdated := _outdated(drawn, latest_costs(history, fair_value=counted))) is not None:
        return outdated
    change = treasury if isinstance(treasury, Missing) else treasury.draws
    seed = information.seed(context.ticker, context.quarter, "ebitda")
    assert total is not None
    return ebitda_draws(
        history, context.quarter, total, change, information.cost_changes, seed, counted=counted
    )


def ebitda_basis(context: CompanyQuarter) -> str:
    """What a nowcast of adjusted EBITDA stands on, in words: whose definition, and costs of which quarter."""
    counted = _counts_fair_value(context)
    base = latest_costs(_history(context), fair_value=counted)
    costs = f"cash costs of {base.quarter}, which follow revenue in part" if base else "cash costs"
    return f"by its own definition{FAIR_VALUE if counted else ''}: revenue less {costs}"


def _counts_fair_value(context: CompanyQuarter) -> bool:
    """True if the company counts the change in fair value of bitcoin, as all its quarters known show."""
    return counts_fair_value(context.information.ebitda(context.ticker))


def _history(context: CompanyQuarter) -> list[EbitdaQuarter]:
    """Reported quarters of adjusted EBITDA that are not too old, oldest first."""
    return [each for each in context.information.ebitda(context.ticker) if _recent(context, each)]


def _recent(context: CompanyQuarter, each: EbitdaQuarter) -> bool:
    end = context.information.view.quarter_lines(context.ticker, each.quarter).end
    return each.quarter < context.quarter and (context.start - end).days <= OLDEST_DAYS


def _outdated(drawn: CompanyDraws, base: EbitdaQuarter | None) -> Missing | None:
    """Why the latest cash costs say nothing of a quarter, too old or of another business; None if they do."""
    levels = drawn.context.levels
    if base is None or levels is None:
        return None
    if (age := levels.quarter.since(base.quarter)) > OLDEST_COSTS:
        return not_derivable(
            f"its costs are of {base.quarter}, {age} quarters before its last report, {levels.quarter}"
        )
    at_base = drawn.context.levels_by_quarter.get(base.quarter)
    then = _new_business({line: level.usd for line, level in at_base.lines.items()} if at_base else {})
    now = _new_business({each.line: float(np.median(each.draws)) for each in drawn.lines})
    if abs(now - then) <= MOST_MOVED:
        return None
    return not_derivable(
        f"its costs are of {base.quarter}, when AI and chips brought {then:.0%} of revenue, now {now:.0%}"
    )


def _new_business(lines: Mapping[Line, float]) -> float:
    """Share of AI and chips in revenue by line."""
    new = sum(usd for line, usd in lines.items() if line.group in NEW_GROUPS)
    return new / max(1.0, sum(lines.values()))
