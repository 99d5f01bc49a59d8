"""The season's page: summary, league table, companies, evidence.

A company's own page shows its answers as the season's page does, and does not wait for the rest.
"""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._company_charts import company_charts
    from ._league import LeagueRow
    from ._member import Member
    from ._render import render_html, season_bodies, write_html
    from ._season_page import first_screen

__all__ = [
    "LeagueRow",
    "Member",
    "company_charts",
    "first_screen",
    "render_html",
    "season_bodies",
    "write_html",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._company_charts": ("company_charts",),
        "._league": ("LeagueRow",),
        "._member": ("Member",),
        "._render": ("render_html", "season_bodies", "write_html"),
        "._season_page": ("first_screen",),
    },
)
