"""Small press releases, written from rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Number = int | None
"""What a cell shows; None is shown as a dash."""


def release_page(*parts: str, head: str = "") -> bytes:
    """A page around parts of HTML.

    Args:
        parts: Tables and paragraphs.
        head: HTML inside `<head>`.
    """
    return f"<html><head><title>x</title>{head}</head><body>{''.join(parts)}</body></html>".encode()


def release_table(*rows: Sequence[str]) -> str:
    """A plain table: every cell as given, one that spans two columns as `2:text`."""
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table>{lines}</table>"


def _cell(text: str) -> str:
    width, colon, rest = text.partition(":")
    return f'<td colspan="{width}">{rest}</td>' if colon and width.isdecimal() else f"<td>{text}</td>"


def _shown(value: Number) -> str:
    """As a statement shows it, without currency mark."""
    return "—" if value is None else f"({-value:,})" if value < 0 else f"{value:,}"


ReleaseLayout = Callable[[Sequence[str], Sequence[tuple[str, Sequence[Number]]]], str]
"""From heads of columns and labelled rows of numbers to a table."""


def plain(years: Sequence[str], rows: Sequence[tuple[str, Sequence[Number]]]) -> str:
    """One cell a number."""
    lines = [["", *years], *([label, *map(_shown, values)] for label, values in rows)]
    return release_table(*lines)


def split(years: Sequence[str], rows: Sequence[tuple[str, Sequence[Number]]]) -> str:
    """EDGAR's usual form: `$`, number and `)` in cells of their own, spacer columns between."""
    head = ["", "", *(part for year in years for part in (f"2:{year}", "", ""))]
    lines: list[list[str]] = [head]
    for number, (label, values) in enumerate(rows):
        cells = [label, ""]
        for value in values:
            text = _shown(value)
            cells += ["$" if number == 0 else "", text.rstrip(")"), ")" if text.endswith(")") else "", ""]
        lines.append(cells)
    return release_table(*lines)


def wide(years: Sequence[str], rows: Sequence[tuple[str, Sequence[Number]]]) -> str:
    """Labels and numbers over several columns, empty rows and rows for spacing only."""
    head = ["3:", *(part for year in years for part in (f"3:{year}", "3:"))]
    lines: list[list[str]] = [["", "", ""], head]
    for number, (label, values) in enumerate(rows):
        cells = [f"3:{label}"]
        for value in values:
            text = _shown(value)
            cells += ["$", text, "", "3:"] if number == 0 else [f"2:{text}", "", "3:"]
        lines += [cells, ["3:", *("3:" for _ in values)]]
    return release_table(*lines)


RELEASE_LAYOUTS: tuple[ReleaseLayout, ...] = (plain, split, wide)
"""How releases lay a table out: one cell a number, EDGAR's split cells, cells that span columns."""
