"""Pages that are the web desk's own, from the folder `templates`: forms, waiting, errors."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashpivot.report import PageBody


@cache
def web_text(name: str) -> str:
    """Read a file of the folder `templates`."""
    return files("hashpivot.web").joinpath("templates", name).read_text(encoding="utf-8")


def own_body(template: str, title: str, /, **values: object) -> PageBody:
    """Render a page of our own.

    Args:
        template: Its file, in the folder `templates`.
        title: What the browser calls it.
        values: What the template shows, by name.
    """
    from hashpivot.report import PageBody, page_templates

    html = page_templates(web_text).get_template(template).render(title=title, **values)
    return PageBody(title, html)
