"""The season's page: summary, league table, companies, evidence."""

from ._charts import company_charts
from ._html import render_html, write_html
from ._summary import summary

__all__ = [
    "company_charts",
    "render_html",
    "summary",
    "write_html",
]
