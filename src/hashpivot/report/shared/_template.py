"""Pages from the folder `templates`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ._svg_chart import template_text

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def template(name: str) -> Template:
    """The template of a page; text put into it is escaped, and a name it does not know is an error."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    return environment.from_string(template_text(name))


@cache
def page_style() -> str:
    """The style of every page and its charts."""
    return template_text("page.css") + template_text("chart.css")
