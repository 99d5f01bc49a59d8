"""The quarters ahead of a company."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.core import Missing
from hashpivot.outlook import SCENARIOS, OutlookSummary, RevenueReconciliation, ScenarioBridge, Tornado

from ..charts import fan_chart, tornado_chart
from ..outlook import (
    beside_table,
    outlook_answers,
    outlook_lede,
    outlook_title,
    scenario_bridge_table,
    why_tables,
)
from ..shared import Chart, clean
from ..terminal import outlook_table
from ._fragment import Fragment, Picture

_FANS = {"revenue_usd": "Revenue", "adjusted_ebitda_usd": "Adjusted EBITDA", "cash_usd": "Cash"}


def outlook_fragment(
    results: OutlookSummary,
    tornado: Tornado | None,
    bridge: ScenarioBridge | None,
    beside: Sequence[OutlookSummary] = (),
    why: RevenueReconciliation | Missing | None = None,
) -> Fragment:
    """What an outlook says, its fans, what moves it, and the quarters.

    Args:
        results: The outlook's results.
        tornado: Which inputs move the outcome most, if that was asked for.
        bridge: From the base case to the scenario, if that was asked for.
        beside: Other cases on the same random numbers, those asked for.
        why: From the last reported quarter to the first projected one, if that was asked for.
    """
    titles = [SCENARIOS[name].title for name in results.scenario.split("+") if name in SCENARIOS]
    charts = [*_fans(results), *([tornado_chart(tornado)] if tornado else [])]
    tables = [outlook_table(results)]
    tables += [beside_table((results, *beside))] if beside else []
    tables += [scenario_bridge_table(bridge)] if bridge else []
    tables += [] if why is None or isinstance(why, Missing) else why_tables(why)
    return Fragment(
        title=clean(outlook_title(results)),
        lede=outlook_lede(results),
        meta=(
            f"scenario {clean(results.scenario.replace('+', ' + '))}",
            *titles,
            f"{results.paths:,} paths",
            f"seed {results.seed}",
            "US dollars",
        ),
        sentences=tuple(outlook_answers(results)),
        pictures=tuple(map(Picture, charts)),
        tables=tuple(tables),
        notes=tuple(clean(remark) for remark in results.remarks),
    )


def _fans(results: OutlookSummary) -> list[Chart]:
    names = [str(row.quarter) for row in results.quarters]
    return [
        fan_chart(title, names, [getattr(row, key) for row in results.quarters], 1e6, "USD million")
        for key, title in _FANS.items()
    ]
