"""The fragment: what a result shows of itself in a notebook's cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from ..season_page.company import Badge
from ..shared import Cell, Chart, Link, TextTable, declared, page_templates, template_text


@dataclass(frozen=True, slots=True)
class Titled:
    """A name with what it is called besides, in small letters.

    Args:
        text: The name.
        other: The other name.
    """

    text: str
    other: str


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters below each other in a column, with what they mean.

    Args:
        letters: A letter for each of several parts.
        words: What they say, for who points at them.
    """

    letters: str
    words: str


FragmentCell = str | Titled | Letters | Cell | Badge | Link
"""Finished text, a name, letters, a value or why there is none, a verdict, or a link."""


@dataclass(frozen=True, slots=True)
class FragmentTable:
    """A table of a fragment.

    Args:
        header: Names of the columns.
        rows: The cells, the first of each row its name.
        title: What it shows; empty if the fragment's title says so.
        left: The first columns that hold text; the others hold numbers.
        notes: Lines below it.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[FragmentCell, ...], ...]
    title: str = ""
    left: int = 1
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"FragmentTable({self.title!r}, {len(self.rows)} rows)"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with the sentence it shows.

    Args:
        chart: The drawing.
        words: The sentence; empty if the chart's title says all.
    """

    chart: Chart
    words: str = ""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A result in the room of a notebook's cell: text only, nothing of it is markup.

    Args:
        title: Its message in one line.
        lede: What a reader must know beside it.
        meta: Period, day, unit and the like.
        tiles: Key numbers with their captions.
        sentences: Findings.
        pictured: What all charts have in common.
        pictures: Charts.
        tables: Tables.
        notes: Lines at the end.
    """

    title: str
    lede: str = ""
    meta: tuple[str, ...] = ()
    tiles: tuple[tuple[Cell, str], ...] = ()
    sentences: tuple[str, ...] = ()
    pictured: str = ""
    pictures: tuple[Picture, ...] = ()
    tables: tuple[TextTable | FragmentTable, ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Fragment({self.title!r})"


def render_fragment(fragment: Fragment, ways: Iterable[str] = ()) -> str:
    """Render a fragment as HTML that brings its own style and colours and touches nothing around it.

    No script, nothing loaded, text from outside escaped. Light or dark as the notebook is; where a notebook
    strips styles and images of strangers, a plain table with the same words is left.

    Args:
        fragment: What to show.
        ways: Calls that show more, such as `.to_html(path)`.
    """
    template = page_templates().get_template("fragment.html.j2")
    return template.render(fragment=fragment, ways=tuple(ways), css=fragment_style())


@cache
def fragment_style() -> str:
    """The style of a fragment: the pages' colours and parts, within the fragment alone."""
    colours = {theme: f"{declared(theme)} color-scheme: {theme};" for theme in ("light", "dark")}
    style = template_text("fragment.css").replace("/* parts */", template_text("parts.css"))
    for theme, declarations in colours.items():
        style = style.replace(f"/* {theme} */", declarations)
    lines = (line.strip() for line in style.splitlines())
    return "\n".join(line for line in lines if not line.startswith("/*"))


def first_rows(table: TextTable, most: int, more: str) -> TextTable:
    """A table with its first rows, and how many there are besides.

    Args:
        table: The table.
        most: Rows to keep.
        more: What shows all, such as `.to_frame()`.
    """
    left_out = len(table.rows) - most
    if left_out <= 0:
        return table
    return replace(table, rows=table.rows[:most], notes=(*table.notes, f"{left_out} more rows: {more}"))
