"""The outlook's page."""

from ._answers import outlook_answers
from ._contract_table import contracts_table
from ._first_charts import CaseRow, case_rows, cash_ahead, market_charts, revenue_ahead
from ._input_names import case_label, case_labels, input_name, is_named
from ._inputs_view import OriginPart, TraceOfId, assumed_words, input_groups, origin_parts
from ._message import outlook_lede, outlook_title, start_words
from ._page import (
    OutlookStudies,
    outlook_body,
    outlooks_body,
    render_outlook,
    render_outlooks,
    write_outlook,
)
from ._tables import (
    beside_table,
    lines_table,
    outlooks_table,
    scenario_bridge_table,
    spread_range,
    tornado_table,
    why_tables,
)
from ._yearly_table import yearly_table

__all__ = [
    "CaseRow",
    "OriginPart",
    "OutlookStudies",
    "TraceOfId",
    "assumed_words",
    "beside_table",
    "case_label",
    "case_labels",
    "case_rows",
    "cash_ahead",
    "contracts_table",
    "input_groups",
    "input_name",
    "is_named",
    "lines_table",
    "market_charts",
    "origin_parts",
    "outlook_answers",
    "outlook_body",
    "outlook_lede",
    "outlook_title",
    "outlooks_body",
    "outlooks_table",
    "render_outlook",
    "render_outlooks",
    "revenue_ahead",
    "scenario_bridge_table",
    "spread_range",
    "start_words",
    "tornado_table",
    "why_tables",
    "write_outlook",
    "yearly_table",
]
