"""The text of a cell as a person sees it: nothing hidden, no raised marks, no digits glued together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import digit

from lxml import etree

from ._computed_style import ComputedStyle, PageStyles
from ._style_sheet import local_name
from ._text import folded

_BLOCKS = frozenset({"br", "caption", "hr", "table", "td", "th", "tr"})
_RAISED = re.compile(r"[²³¹⁰ⁱ⁴-ⁿ₀-₎ₐ-ₜªº]+")
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200e\u202a\u202c\u202d\u2060-\u2066\u2069-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)  # Unicode's Default_Ignorable_Code_Point, without those that set text from right to left
_RIGHT_TO_LEFT = "\u061c\u200f\u202b\u2067\u2068"
_OVERRIDE = "\u202e"
_DIRECTING = _RIGHT_TO_LEFT + _OVERRIDE
_SIGNS = re.compile(r"[\s\-–—−+~≈<>%$€£¥¢]*")
_NOTE = re.compile(r"(?:[(\[]\w{1,2}[)\]]|[*†‡])+")
_SEPARATORS = ".,٫٬"
_STROKE = "\u0336"
_STRUCK = re.compile(rf"(?:\w{_STROKE})+(?:[^\w{_STROKE}]+(?:\w{_STROKE})+)*")
_SMALL = 0.8  # of the cell's font size; EDGAR's marks are set at 0.65, `<small>` at 0.83
_SAME = 0.95  # sizes this near are one to the eye


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of text of one style; a break between pieces has none, and a gap in the line no text either."""

    text: str
    style: ComputedStyle | None


class VisibleText:
    """Reads what a person sees of the elements of one page.

    Args:
        root: Root element of the page.
        sheets: Texts of its style sheets, if they are at hand.

    Attributes:
        unseen: Digits left out as they have the colour of their background or no size.
    """

    def __init__(self, root: etree._Element, sheets: list[str] | None = None) -> None:
        self.styles = PageStyles(root, sheets)
        self.unseen: list[str] = []

    def of(self, element: etree._Element) -> str:
        """The text of a cell, white space folded; tables inside it left out, unless one of a
        single row is all that it holds.

        Marks set above or below the line are left out, and small ones beside a number. Between digits that do
        not stand in one line and size is a blank, as together they are no number. Letters and digits struck
        out are followed by U+0336, and digits that are all raised are written as superscripts. U+202E stands
        before digits that may be seen in another order, or not at all.
        """
        return self._read(element, self.styles.of(element))

    def below(self, around: ComputedStyle, element: etree._Element) -> str:
        """The text of a cell as `of` gives it, by the style of the row around it."""
        return self._read(element, self.styles.below(around, element))

    def _read(self, element: etree._Element, style: ComputedStyle) -> str:
        if not style.shown:
            return ""
        holder, own = self._only_holder(element, style)
        text = holder.text or ""
        if len(holder) == 0 and own.seen and text.isascii() and _is_simple(own):
            return folded(text)
        return _joined(list(self._pieces(element, style)), style.size)

    def _only_holder(
        self, element: etree._Element, style: ComputedStyle
    ) -> tuple[etree._Element, ComputedStyle]:
        """The innermost element that alone holds the text of a cell, and its style."""
        while len(element) == 1 and not element.text and style.shown:
            child = element[0]
            if child.tail or not isinstance(child.tag, str) or local_name(child) == "table":
                break
            element, style = child, self.styles.below(style, child)
        return element, style

    def _pieces(self, element: etree._Element, style: ComputedStyle) -> Iterator[_Piece]:
        """A stack instead of recursion, as depth is the writer's choice."""
        around = [style]
        walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event == "start" and node is not element:
                own = self.styles.below(around[-1], node)
                name = local_name(node)
                if own.shown and (own.breaks or name in _BLOCKS):
                    yield _Piece(" ", None)
                elif own.box != around[-1].box or (own.gap and around[-1].shown):
                    yield _GAP
                apart = name == "table" and not _frames(node, element)
                if not own.shown or apart:
                    walk.skip_subtree()
                around.append(_UNSEEN if apart else own)
            if event == "start":
                yield from self._by_raised(node.text or "", around[-1])
                continue
            if node is element:
                return
            if event == "end":
                own = around.pop()
                if own.shown and (own.breaks or local_name(node) in _BLOCKS):
                    yield _Piece(" ", None)
            yield from self._by_raised(node.tail or "", around[-1])

    def _by_raised(self, text: str, style: ComputedStyle) -> Iterator[_Piece]:
        """The piece, parted where characters are raised or lowered by themselves; a gap if it is unseen."""
        if not style.seen:
            if style.shown and style.visible and not style.closed and any(map(str.isdigit, text)):
                self.unseen.append(text)
            if style.shown and style.size >= 1 and text.strip():
                yield _GAP
                yield _Piece("".join(char for char in text if char in _DIRECTING), None)
            return
        start = 0
        for found in _RAISED.finditer(text):
            yield _Piece(text[start : found.start()], style)
            yield _Piece(found[0], ComputedStyle(size=style.size / 2, raised=True))
            start = found.end()
        yield _Piece(text[start:], style)


def unstruck(text: str) -> str:
    """A text of `VisibleText` without the words that are struck out in it; a blank is left in their place."""
    return folded(_STRUCK.sub(" ", text)) if _STROKE in text else text


def _frames(table: etree._Element, cell: etree._Element) -> bool:
    """True for a table of one row that is all a cell holds: it sets out the cell, and is none of its own."""
    rows = table.iter("{*}tr")
    if next(rows, None) is None or next(rows, None) is not None:
        return False
    node = table
    while node is not cell:
        around = node.getparent()
        if around is None or len(around) > 1 or (around.text or "").strip() or (node.tail or "").strip():
            return False
        node = around
    return True


_UNSEEN = ComputedStyle(shown=False)
_GAP = _Piece("", None)


def _joined(pieces: list[_Piece], size: float) -> str:
    pieces = [_Piece(_INVISIBLE.sub("", piece.text), piece.style) for piece in pieces]
    pieces = [piece for piece in pieces if piece.text or piece == _GAP]
    if len(pieces) == 1 and pieces[0].style is not None and _is_simple(pieces[0].style):
        return _undirected(folded(pieces[0].text))
    sizes = [p.style.size for p in pieces if p.style and not p.style.raised and _says(p.text)]
    if sizes and max(sizes) < _SMALL * size:
        size = max(sizes)
    text, marks = _without_marks(pieces, size)
    if not _says(text) and not _NOTE.fullmatch(marks.strip()):
        return folded(f"{text} {_as_raised(marks)}")
    return folded(text)


def _without_marks(pieces: list[_Piece], size: float) -> tuple[str, str]:
    """The text, and the marks left out of it."""
    large = "".join(p.text for p in pieces if p.style and not _is_mark(p, size, among_digits=True))
    among_digits = not any(map(str.isalpha, large)) and any(map(str.isdigit, large))
    kept: list[str] = []
    marks: list[str] = []
    last, before, parted = "", None, False
    for piece in pieces:
        if piece == _GAP or _is_mark(piece, size, among_digits):
            marks.append(piece.text)
            parted = True
            continue
        text = _written(piece)
        apart = parted or not _together(before, piece.style, size)
        if apart and _is_numeric(last) and _is_numeric(text[:1]):
            kept.append(" ")
        kept.append(text)
        last, before, parted = text[-1:], piece.style, False
    return "".join(kept), "".join(marks)


def _is_mark(piece: _Piece, size: float, among_digits: bool) -> bool:
    """True for raised and lowered small print, and for small print beside a number."""
    style = piece.style
    if style is None or _SIGNS.fullmatch(piece.text):
        return False
    if style.raised:
        return style.size < _SAME * size or _NOTE.fullmatch(piece.text.strip()) is not None
    return among_digits and style.size < _SMALL * size and _says(piece.text)


def _together(before: ComputedStyle | None, after: ComputedStyle | None, size: float) -> bool:
    """True if texts of these styles stand in one line, box and size."""
    if before is None or after is None:
        return True
    alike = (before.raised, before.box, before.struck) == (after.raised, after.box, after.struck)
    return alike and min(before.size, after.size) >= _SAME * max(before.size, after.size)


def _written(piece: _Piece) -> str:
    style = piece.style
    if style is None:
        return piece.text
    text = _as_raised(piece.text) if style.raised else piece.text
    if style.struck:
        text = "".join(char + _STROKE if char.isalnum() else char for char in text)
    return f"{_OVERRIDE}{text}" if style.displaced and any(map(str.isdigit, text)) else text


def _as_raised(text: str) -> str:
    return "".join(_RAISED_DIGITS[digit(char)] if char.isdecimal() else char for char in text)


def _is_numeric(char: str) -> bool:
    return char.isdecimal() or (char != "" and char in _SEPARATORS)


def _is_simple(style: ComputedStyle) -> bool:
    return not (style.raised or style.struck or style.displaced)


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _undirected(text: str) -> str:
    """The text without characters that set it from right to left, where they stand around digits only.

    Elsewhere they stay, as the order of what is seen is not that of the text.
    """
    plain = text.strip(_RIGHT_TO_LEFT + " ")
    return plain if plain[:1].isalnum() and plain[-1:].isalnum() else text
