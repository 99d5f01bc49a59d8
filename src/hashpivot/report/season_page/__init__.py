"""The season's page: summary, league table, companies, evidence."""

from ._company_charts import company_charts
from ._render import render_html, write_html

__all__ = [
    "company_charts",
    "render_html",
    "write_html",
]
