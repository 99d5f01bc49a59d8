"""The page of a desk's health: where its figures stand, how many they are, what was fetched last."""

from __future__ import annotations

from collections.abc import Mapping

from ..shared import PageBody, PageHead, TextTable, clean, render_body


def health_body(title: str, facts: Mapping[str, Mapping[str, str]]) -> PageBody:
    """Render the health of a desk without a frame, to be served.

    Args:
        title: Its message in one sentence.
        facts: Values by name, by heading.
    """
    tables = tuple(
        TextTable(heading, ("", ""), tuple((clean(name), clean(value)) for name, value in rows.items()), 2)
        for heading, rows in facts.items()
    )
    page = {"tables": tables, "charts": [], "words": [], "links": {}}
    return render_body("tables.html.j2", PageHead("Health", "Health", title), page)
