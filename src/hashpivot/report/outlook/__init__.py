"""The outlook's page."""

from ._answers import outlook_answers
from ._message import outlook_lede, outlook_title
from ._page import outlook_body, outlooks_body, render_outlook, write_outlook
from ._tables import beside_table, outlooks_table, scenario_bridge_table, why_tables

__all__ = [
    "beside_table",
    "outlook_answers",
    "outlook_body",
    "outlook_lede",
    "outlook_title",
    "outlooks_body",
    "outlooks_table",
    "render_outlook",
    "scenario_bridge_table",
    "why_tables",
    "write_outlook",
]
