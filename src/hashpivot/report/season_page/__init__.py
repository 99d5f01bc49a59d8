"""The season's page: summary, league table, companies, evidence.

A company's own page shows its answers as the season's page does, and does not wait for the rest.
"""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._company_charts import company_charts
    from ._render import render_html, season_bodies, write_html

__all__ = [
    "company_charts",
    "render_html",
    "season_bodies",
    "write_html",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._company_charts": ("company_charts",),
        "._render": ("render_html", "season_bodies", "write_html"),
    },
)
