"""What stands at the top of every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PAGES = ("Season", "Company", "Coverage", "Nowcast", "Outlook", "Site")
"""The pages the bar at the top names, in its order."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """The head of a page.

    Args:
        page: Which of `PAGES` it is; another name for one that is only served.
        name: What the browser calls it.
        title: Its message in one sentence.
        lede: What a reader must know beside it; empty if nothing.
        meta: Period, coverage, newest source, currency and the like.
        links: Addresses of other pages where there are files, by name.
    """

    page: str
    name: str
    title: str
    lede: str = ""
    meta: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> dict[str, str]:
        """Every page of the bar with its address; empty where there is no file."""
        return {page: self.links.get(page, "") for page in PAGES}
