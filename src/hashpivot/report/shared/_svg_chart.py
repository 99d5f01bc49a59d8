"""The chart: one small SVG for a page, a notebook or a file."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

from hashpivot.core import InvalidInput, optional_library, write_bytes, write_text

TITLES = {"mining": "mining", "ai": "AI", "chips": "chips", "other": "other"}

UNSPLIT = "unsplit"
"""Revenue attributed to no line."""

ON_PAGE = 1.25
"""Pixels of a page for each unit of the drawing, where there is room."""

_MARGIN, _HEAD, _KEY = 8, 28, 16

PNG_SCALE = 2
"""Pixels of a PNG for each unit of the drawing."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, with its content in words.

    Args:
        title: What it shows.
        words: Its numbers in words, for those who do not see it.
        width: In units of the drawing.
        height: In units of the drawing.
        body: The SVG elements inside, escaped.
        key: What its colours mean: titles by style class, where the body does not say it.
    """

    title: str
    words: str
    width: int
    height: int
    body: str
    key: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Chart({self.title!r})"

    def inline(self) -> str:
        """An SVG element that takes its colours from the style of the page around it."""
        return f"{self.opening}{self.body}</svg>"

    @property
    def opening(self) -> str:
        """The opening tag of `inline`, by which it is found on a page."""
        return (
            f'<svg class="chart" width="{self.width * ON_PAGE:g}" viewBox="0 0 {self.width} {self.height}" '
            f"{self._said}>"
        )

    def svg(self) -> str:
        """An SVG document that carries its own style, title and key; light colours on white."""
        return self._document(chart_style())

    def image(self) -> str:
        """An HTML image of the drawing that needs no style around it and follows its `color-scheme`.

        It can neither run nor load anything, and where markup is stripped, as notebooks do with those of
        strangers, an image stays whole while the words of an SVG element would run together.
        """
        data = b64encode(self._document(adaptive_style()).encode()).decode("ascii")
        return (
            f'<img src="data:image/svg+xml;base64,{data}" width="{self._outer_width}" '
            f'height="{self.outer_height}" alt="{escape(f"{self.title}: {self.words}", quote=True)}">'
        )

    def png(self) -> bytes:
        """The drawing of `svg` as a PNG of twice the size.

        Raises:
            MissingLibrary: If resvg_py is not installed (extra `png`).
        """
        resvg = optional_library("resvg_py", "a PNG", "png")
        width = PNG_SCALE * self._outer_width
        return bytes(resvg.svg_to_bytes(svg_string=self.svg(), width=width))

    @property
    def outer_height(self) -> int:
        """Height of the SVG document."""
        return _HEAD + self.height + _KEY * len(_rows(self.key, self.width)) + _MARGIN

    @property
    def _outer_width(self) -> int:
        return self.width + 2 * _MARGIN

    def _document(self, style: str) -> str:
        width, height = self._outer_width, self.outer_height
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" {self._said}><style>{style}</style>'
            f'<rect class="paper" width="100%" height="100%"/>{text(_MARGIN, 18, self.title, "left head")}'
            f'<g transform="translate({_MARGIN} {_HEAD})">{self.body}</g>{"".join(self._key())}</svg>\n'
        )

    def _key(self) -> Iterator[str]:
        for number, row in enumerate(_rows(self.key, self.width)):
            y = _HEAD + self.height + _KEY * number + 12
            for x, kind in row:
                yield bar(_MARGIN + x, y - 8, 9, 9, kind, self.key[kind])
                yield text(_MARGIN + x + 13, y, self.key[kind], "tick left")

    def _repr_svg_(self) -> str:
        return self.svg()

    def save(self, path: str | Path) -> Path:
        """Write an `.svg` or, with the `png` extra, a `.png` of twice the size; returns the path.

        Raises:
            InvalidInput: If the name ends otherwise.
            MissingLibrary: If a PNG is asked for and resvg_py is not installed.
            UnwritableFile: If the file cannot be written.
        """
        target = Path(path)
        kind = target.suffix.lower()
        if kind == ".svg":
            return write_text(self.svg(), target)
        if kind == ".png":
            return write_bytes(self.png(), target)
        raise InvalidInput("a chart is saved as .svg or .png", where=str(path), hint="name it chart.svg")

    @property
    def _said(self) -> str:
        role = "group" if "<a " in self.body else "img"  # what is a picture may hold no links
        return f'role="{role}" aria-label="{escape(f"{self.title}: {self.words}", quote=True)}"'


@cache
def chart_style() -> str:
    """The charts' style with the light colours filled in."""
    colours = palette()
    return re.sub(r"var\(--(\w+)\)", lambda name: colours[name[1]], template_text("chart.css"))


@cache
def adaptive_style() -> str:
    """The charts' style in light or dark colours, as the surroundings ask for."""
    light, dark = (f":root {{ {declared(theme)} }}" for theme in ("light", "dark"))
    return f"{light} @media (prefers-color-scheme: dark) {{ {dark} }} {template_text('chart.css')}"


def declared(theme: str) -> str:
    """The colours of a theme, `light` or `dark`, as CSS declarations."""
    return " ".join(f"--{name}: {colour};" for name, colour in palette(theme).items())


@cache
def palette(theme: str = "light") -> dict[str, str]:
    """The page's colours by name.

    Args:
        theme: `light` or `dark`, the first two blocks of the style sheet.
    """
    blocks = re.findall(r":root \{(.*?)\}", template_text("page.css"), flags=re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#\w+)", blocks[("light", "dark").index(theme)]))


@cache
def template_text(name: str) -> str:
    """Read a file of the folder `templates`."""
    return files("hashpivot.report").joinpath("templates", name).read_text(encoding="utf-8")


def _rows(key: Mapping[str, str], width: int) -> list[list[tuple[float, str]]]:
    """Where each entry of a key stands, row by row, as wide as its letters usually are."""
    rows: list[list[tuple[float, str]]] = []
    left = float(width)
    for kind, title in key.items():
        wide = 26 + 5.6 * len(title)
        if left + wide > width:
            rows.append([])
            left = 0.0
        rows[-1].append((left, kind))
        left += wide
    return rows


def text(x: float, y: float, words: str, kind: str = "total") -> str:
    """Words at a place."""
    return f'<text class="{kind}" x="{x:g}" y="{y:.1f}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "axis") -> str:
    """A straight line."""
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def bar(x: float, y: float, width: float, height: float, kind: str, title: str) -> str:
    """A rectangle with a tooltip."""
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}">'
        f"<title>{escape(title)}</title></rect>"
    )
