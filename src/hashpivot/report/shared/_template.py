"""Pages from the folder `templates`: all extend `base.html.j2`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from hashpivot.core import terminal_text

from ._page_head import PageHead
from ._svg_chart import Chart, template_text
from ._terms import term

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class PageBody:
    """A page without its frame, for a site that serves it with a bar and a footer of its own.

    Args:
        name: What the browser calls it.
        html: Title, lede, meta and content: no script, nothing loaded, text from outside escaped.
        style: The style sheet of this page alone, besides that of all.
        charts: Its drawings by name, to be had as files of their own.
    """

    name: str
    html: str
    style: str = ""
    charts: Mapping[str, Chart] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"PageBody({self.name!r}, {len(self.html):,} characters)"


def render_page(name: str, head: PageHead, page: object, style: str = "") -> str:
    """Render a page as text: no script, nothing loaded, text from outside escaped.

    Args:
        name: Its template, which extends `base.html.j2`.
        head: What stands at the top.
        page: What the template shows, under the name `page`.
        style: A style sheet of this page alone, after those of all.
    """
    css = page_style() + (template_text(style) if style else "")
    return page_templates().get_template(name).render(head=head, page=page, css=css, whole=True)


def render_body(
    name: str,
    head: PageHead,
    page: object,
    style: str = "",
    charts: Mapping[str, Chart] = {},
) -> PageBody:
    """Render what `render_page` does, without the frame.

    Args:
        name, head, page, style: As `render_page`.
        charts: The drawings on it, by name.
    """
    html = page_templates().get_template(name).render(head=head, page=page, whole=False)
    return PageBody(head.name, html, template_text(style) if style else "", charts)


@cache
def page_style() -> str:
    """The style of every page and its charts."""
    return "".join(map(template_text, ("parts.css", "page.css", "chart.css")))


def report_styles() -> tuple[str, ...]:
    """The style sheets of single pages, as `PageBody.style` has them."""
    return tuple(template_text(name) for name in ("company.css", "coverage.css", "trace.css"))


@cache
def page_templates(read: Callable[[str], str] = template_text) -> Environment:
    """Templates; text put into one is escaped, and a name it does not know is an error.

    What would reorder or hide what stands beside it, such as a direction override, is spelt out.

    Args:
        read: Text of a template by name; of those of reports if not given.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(read),
        autoescape=True,
        finalize=_spelt_out,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["term"] = term
    return environment


def _spelt_out(value: object) -> object:
    """A value of a template; text without characters that act on others, markup stays markup."""
    if not isinstance(value, str):
        return value
    text = terminal_text(value)
    return value if text == value else type(value)(text)
