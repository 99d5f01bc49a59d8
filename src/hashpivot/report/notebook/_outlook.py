"""The quarters ahead of a company."""

from __future__ import annotations

from hashpivot.outlook import SCENARIOS, OutlookSummary

from ..charts import swings_chart
from ..outlook import (
    OutlookStudies,
    beside_table,
    case_label,
    cash_ahead,
    outlook_answers,
    outlook_lede,
    outlook_title,
    revenue_ahead,
    scenario_bridge_table,
    tornado_table,
    why_tables,
    yearly_table,
)
from ..shared import clean
from ..terminal import outlook_table
from ._fragment import Fragment, Picture


def outlook_fragment(results: OutlookSummary, studies: OutlookStudies) -> Fragment:
    """What an outlook says, its three charts, the quarters and the years.

    Args:
        results: The outlook's results.
        studies: What is shown beside it.
    """
    titles = [SCENARIOS[name].title for name in results.scenario.split("+") if name in SCENARIOS]
    history = studies.history
    charts = [revenue_ahead(results, history), cash_ahead(results, history), swings_chart(studies.swings)]
    tables = [outlook_table(results), yearly_table(studies.years, history)]
    tables += [beside_table((results, *studies.beside))] if studies.beside else []
    tables += [scenario_bridge_table(studies.bridge)] if studies.bridge else []
    tables += [tornado_table(studies.tornado)] if studies.tornado else []
    tables += why_tables(studies.why)
    return Fragment(
        title=clean(outlook_title(results)),
        lede=outlook_lede(results),
        meta=(
            f"scenario: {clean(case_label(results.scenario))}",
            *titles,
            f"{results.paths:,} paths",
            f"seed {results.seed}",
            "US dollars",
        ),
        sentences=tuple(filter(None, outlook_answers(results))),
        pictures=tuple(Picture(chart) for chart in charts if chart),
        tables=tuple(tables),
        notes=tuple(clean(remark) for remark in results.cautions),
    )
