"""Blocks of an HTML page: what a reader sees as paragraphs, list items and headings, without tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from ..page import ComputedStyle, PageStyles, folded
from ..source import Notes, numeric_references, parse_html
from ._blocks import TextBlock, check_length

_TAG = re.compile(r"<(?:html|body|div|p|span|font|table|br)\b[^<>]{0,2000}>", re.IGNORECASE)
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "html", "li", "ol", "p", "pre", "section", "table", "tbody", "td", "th",
    "thead", "tfoot", "tr", "ul",
))  # fmt: skip
_STRONG = frozenset({"b", "strong", "u", "h1", "h2", "h3", "h4", "h5", "h6"})
_STRONG_STYLE = re.compile(
    r"font-weight:\s*(?:bold|[6-9]00)|text-decoration:\s*underline|font-style:\s*italic"
)
_MARK = re.compile(r"[●•▪■◦○·✓➢§oØ*–—\-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|\(\d\)")
_LONGEST_MARK = 12  # characters
_GAP = re.compile(r"\n\s*\n")


def looks_like_html(text: str) -> bool:
    """True if tags of a page stand near the beginning."""
    return _TAG.search(text, 0, 200_000) is not None


def html_blocks(text: str, where: str) -> list[TextBlock]:
    """The blocks of a page, in reading order.

    Raises:
        UnreadableFiling: If its tree would be too large, or its text is.
    """
    data = numeric_references(text.encode("utf-8", "replace"), Notes())  # the reader of its tables notes them
    root, _ = parse_html(data, where, deep=True)
    return [] if root is None else _Walk(root, where).blocks


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A text that blocks are made of, and where in the tree it is.

    Args:
        element: The element it stands in, or behind.
        behind: True for the text behind the element.
        text: As written.
    """

    element: etree._Element
    behind: bool
    text: str


def prose_pieces(root: etree._Element, where: str) -> list[TextPiece]:
    """The texts of a page that its blocks are made of, in reading order.

    Raises:
        UnreadableFiling: If its text is too large.
    """
    return _Walk(root, where).pieces


class _Walk:
    """One walk over a page; an explicit stack instead of recursion, as depth is the writer's choice."""

    def __init__(self, root: etree._Element, where: str) -> None:
        self._where = where
        self._length = 0
        self.blocks: list[TextBlock] = []
        self.pieces: list[TextPiece] = []
        self._text: list[str] = []
        self._strong = 0
        self._weak = False
        self._styles = PageStyles(root)
        styles = [self._styles.of(root)]
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = str(element.tag)
            if event == "end":
                silent = not styles.pop().shown or _is_table(element, tag)
                self._leave(element, tag, silent, element.tail if _is_said(styles[-1]) else None)
            else:
                style = self._styles.below(styles[-1], element)
                styles.append(style)
                if not style.shown or _is_table(element, tag):
                    walk.skip_subtree()
                else:
                    self._enter(element, tag, element.text if _is_said(style) else None)
        self._close()

    def _enter(self, element: etree._Element, tag: str, text: str | None) -> None:
        if tag in _BLOCKS:
            self._close()
        elif tag == "br":
            self._text.append("\n")
        self._strong += _is_strong(element, tag)
        self._say(text, element, behind=False)

    def _leave(self, element: etree._Element, tag: str, silent: bool, tail: str | None) -> None:
        if not silent:
            self._strong -= _is_strong(element, tag)
        if tag in _BLOCKS:
            self._close()
        self._say(tail, element, behind=True)

    def _say(self, text: str | None, element: etree._Element, *, behind: bool) -> None:
        if text:
            self.pieces.append(TextPiece(element, behind, text))
            self._length += len(text)
            check_length(self._length, self._where)
            self._text.append(text.replace("\n", " "))
            if not self._strong and not self._weak and text.strip(" \t\r\n\xa0.:•●"):
                self._weak = True

    def _close(self) -> None:
        if self._text:
            pieces = (folded(piece) for piece in _GAP.split("".join(self._text)))
            self.blocks.extend(
                TextBlock(p, not self._weak and not p.endswith((",", ";"))) for p in pieces if p
            )
            self._text.clear()
        self._weak = False


def _is_said(style: ComputedStyle) -> bool:
    return style.seen and not style.struck


def _is_strong(element: etree._Element, tag: str) -> bool:
    if tag in _STRONG:
        return True
    style = element.get("style")
    return style is not None and _STRONG_STYLE.search(style) is not None


def _is_table(element: etree._Element, tag: str) -> bool:
    """True for a table of numbers or words, which is no prose."""
    return tag == "table" and not _is_list(element)


def _is_list(table: etree._Element) -> bool:
    """True if a table merely lays out text: no row has two cells that say something."""
    return all(len(list(islice(filter(_says, row.iterchildren("td", "th")), 2))) < 2 for row in _rows(table))


def _rows(table: etree._Element) -> Iterable[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from child.iterchildren("tr")


def _says(cell: etree._Element) -> bool:
    """True if a cell has more than a list's mark."""
    text = ""
    for piece in cell.itertext():
        text = folded(f"{text}{piece[:_LONGEST_MARK]}")
        if len(text) > _LONGEST_MARK:
            return True
    return text != "" and not _MARK.fullmatch(text)
