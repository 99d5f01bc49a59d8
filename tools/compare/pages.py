"""Compare pages and drawings: the text a reader sees, the sources it links to, the shapes it draws."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from .findings import ABSENT, Finding, Level
from .texts import compare_texts, figures

_UNSEEN = frozenset({"script", "style", "template"})
_SPOKEN = frozenset({"title", "aria-label", "alt"})
_SHAPE = frozenset({"d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "points", "cx", "cy", "r"})


class _Page(HTMLParser):
    """What a page says: `words` seen or spoken, `links` to other places, `shapes` drawn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: Counter[str] = Counter()
        self.shapes: list[str] = []
        self._unseen = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        for name, value in attrs:
            if value and name in _SPOKEN:
                self.words.append(value)
            elif value and name == "href" and not value.startswith("#"):
                self.links[value] += 1
            elif value and name in _SHAPE:
                self.shapes.extend(figures(value))

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen and data.strip():
            self.words.append(re.sub(r"\s+", " ", data.strip()))


def compare_pages(before: str, after: str, where: str) -> Iterator[Finding]:
    """Two HTML pages or SVG drawings."""
    if before == after:
        return
    one, other = _Page(before), _Page(after)
    found = [
        *compare_texts("\n".join(one.words), "\n".join(other.words), where),
        *_compare_links(one.links, other.links, where),
    ]
    if one.shapes != other.shapes:
        sizes = f"{len(one.shapes)} coordinates", f"{len(other.shapes)} coordinates"
        found.append(Finding(Level.WORDS, f"{where} drawing", *sizes))
    yield from found or [Finding(Level.WORDS, f"{where} markup", "(markup)", "(markup)")]


def _compare_links(before: Counter[str], after: Counter[str], where: str) -> Iterator[Finding]:
    """A source that a page no longer leads to is a difference; how often it does is not."""
    for link in sorted(before.keys() ^ after.keys()):
        sides = (link if link in links else ABSENT for links in (before, after))
        yield Finding(Level.DIFFERENT, f"{where} link", *sides)
