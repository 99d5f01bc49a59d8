"""A page as lines of text, and the few lines that stand before each table."""

from __future__ import annotations

import re

from lxml import etree

from ._computed_style import ComputedStyle
from ._style_sheet import local_name
from ._text import folded
from ._visible_text import VisibleText

_BREAKS = frozenset(
    {"address", "blockquote", "body", "br", "center", "div", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5",
     "h6", "hr", "li", "ol", "p", "table", "tr", "ul"}
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
_CAPTION_LINES = 6
_LONGEST_CAPTION = 400
_FEW_ROWS = 6
_FEW_LETTERS = 2  # struck out, that change no word's meaning
_FEW_DATES = 2  # lines with digits a table of titles may have
_AMOUNT = re.compile(r"\d,\d{3}|\$\s?\d")


class PageLines:
    """The visible text of a page.

    Attributes:
        lines: Its lines, white space folded.
        tables: Its tables in document order, nested ones included.
        visible: Reads the texts of their cells.
        struck: Texts that are struck out; they are in no line.
    """

    def __init__(self, root: etree._Element) -> None:
        self.visible = VisibleText(root)
        self.lines: list[str] = []
        self.tables: list[etree._Element] = []
        self.struck: list[str] = []
        self._before: list[tuple[int, int]] = []
        self._pieces: list[str] = []
        self._barrier = 0
        self._walk(root)

    def before(self, table: int) -> list[str]:
        """The last short lines before a table, nearest last; nothing beyond an earlier table of numbers."""
        barrier, end = self._before[table]
        lines = self.lines[max(barrier, end - _CAPTION_LINES) : end]
        return [line for line in lines if len(line) <= _LONGEST_CAPTION]

    def _walk(self, root: etree._Element) -> None:
        opened: list[int] = []
        styles = [self.visible.styles.of(root)]
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            tag = local_name(node)
            if event == "start":
                style = self.visible.styles.below(styles[-1], node)
                styles.append(style)
                if not style.shown:
                    walk.skip_subtree()
                    continue
                self._break(tag)
                if tag == "table":
                    opened.append(len(self.tables))
                    self.tables.append(node)
                    self._before.append((self._barrier, len(self.lines)))
                self._say(node.text, style)
                continue
            if event == "end" and styles.pop().shown:
                self._break(tag)
                if tag == "table" and opened and self.tables[opened[-1]] is node:
                    self._leave(opened.pop())
            self._say(node.tail, styles[-1])
        self._break("body")

    def _say(self, text: str | None, style: ComputedStyle) -> None:
        if text and style.seen:
            if style.struck and (any(map(str.isdigit, text)) or len(folded(text)) > _FEW_LETTERS):
                self.struck.append(folded(text))
            self._pieces.append(" " if style.struck else text)

    def _break(self, tag: str) -> None:
        if tag in _BREAKS:
            line = folded("".join(self._pieces))
            if line:
                self.lines.append(line)
            self._pieces.clear()
        elif tag in _CELLS:
            self._pieces.append(" ")

    def _leave(self, table: int) -> None:
        """A table of numbers, or a long one, separates what follows from what came before."""
        inside = self.lines[self._before[table][1] :]
        with_digits = sum(1 for line in inside if any(map(str.isdigit, line)))
        if len(inside) > _FEW_ROWS or with_digits > _FEW_DATES or any(map(_AMOUNT.search, inside)):
            self._barrier = len(self.lines)
