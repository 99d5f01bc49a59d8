"""How a browser shows an element: whether it is seen, how large, raised or not, in which box.

The cascade of CSS as far as it decides what of a table's text a person sees.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from ._declarations import TRANSPARENT, Color, Declarations, declarations
from ._effects import (
    CELL_TAGS,
    NOTHING,
    OUT_OF_FLOW,
    font_size,
    has_colored_columns,
    inks,
    is_displaced,
    is_moved,
    is_raised,
    is_visible,
    presented,
    shows_nothing,
    with_effect,
)
from ._style_sheet import StyleSheet, local_name

NEVER_SHOWN = frozenset((
    "area", "base", "basefont", "datalist", "head", "link", "meta", "noembed", "noframes", "noscript",
    "param", "rp", "script", "style", "template", "title", "ix:header", "ix:hidden",
))  # fmt: skip
"""Elements whose text a page does not show."""

_REPLACED = frozenset((
    "audio", "button", "canvas", "iframe", "input", "object", "optgroup", "option", "select", "textarea",
    "video",
))  # fmt: skip
"""Elements in whose place something else is shown, such as a form's field; their text is not."""

_BY_TAG: dict[str, Declarations] = {
    **{tag: {"display": "none"} for tag in NEVER_SHOWN},
    **{tag: {"text-decoration": "line-through"} for tag in ("s", "strike", "del")},
    "sup": {"vertical-align": "super", "font-size": "smaller"},
    "sub": {"vertical-align": "sub", "font-size": "smaller"},
    "rt": {"vertical-align": "super", "font-size": "50%"},
    "small": {"font-size": "smaller"},
    "big": {"font-size": "larger"},
    "h1": {"font-size": "2em"},
    "h2": {"font-size": "1.5em"},
    "h3": {"font-size": "1.17em"},
    "h5": {"font-size": "0.83em"},
    "h6": {"font-size": "0.67em"},
}
_TABLE_PARTS = CELL_TAGS | {"table", "tbody", "thead", "tfoot", "tr", "col", "colgroup", "caption"}
_BLOCK_TAGS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "ul",
))  # fmt: skip
_IN_THE_FLOW = frozenset({"", "inline", "contents", "inherit", "initial", "unset"})
_ROW_PARTS = frozenset({"tr", "tbody", "thead", "tfoot", "col", "colgroup"})
_ATTRIBUTES = frozenset({"style", "hidden", "bgcolor", "background", "color", "size", "dir"})
_BY_CHILDREN = frozenset({"body", "details", "dialog", "input", "table"})  # or by rarer attributes
_LONGEST_KEPT = 500  # characters of a style; longer ones are rare, and keeping them takes memory
_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class ComputedStyle:
    """How the text of one element is shown; children begin with it.

    Args:
        shown: False if neither it nor anything in it is seen.
        gap: True if it leaves a gap in its line though it is not shown.
        visible: False if its own text is invisible; what is in it may be visible again.
        size: Of its font, in pixels.
        raised: Above or below the line.
        struck: Struck out.
        displaced: True if its characters may be set in another order, or off the page.
        box: How many boxes it stands in that have a place of their own beside the text before and after.
        breaks: True if it begins on a line or in a place of its own.
        closed: True for a `<details>` of which only the summary is shown.
        color: Of its text; None if unknown.
        background: Behind it; None if unknown.
    """

    shown: bool = True
    gap: bool = False
    visible: bool = True
    size: float = 16.0
    raised: bool = False
    struck: bool = False
    displaced: bool = False
    box: int = 0
    breaks: bool = False
    closed: bool = False
    color: Color | None = (0, 0, 0)
    background: Color | None = (255, 255, 255)

    @property
    def seen(self) -> bool:
        """True if a person sees the text: visible, not tiny, and not of its background's colour."""
        unseen = self.color is not None and self.color in (self.background, TRANSPARENT)
        return self.shown and self.visible and not self.closed and self.size >= NOTHING and not unseen


_START = ComputedStyle()


class PageStyles:
    """The styles of a page's elements.

    Args:
        root: Root element of the page.
        sheets: Texts of its `<style>` elements, if they are at hand.
    """

    def __init__(self, root: etree._Element, sheets: list[str] | None = None) -> None:
        self._root = root
        self._sheets = sheets
        self._kept: dict[etree._Element, ComputedStyle] = {}
        self._written: dict[tuple[object, ...], Declarations] = {}
        self._distinct: dict[tuple[object, ...], Declarations] = {}  # so that no other one takes its id
        self._known: dict[tuple[object, ...], ComputedStyle] = {}
        self._one_of: dict[ComputedStyle, ComputedStyle] = {}
        self._alive: dict[int, ComputedStyle] = {}  # by id, so that no other style takes it
        self._body_color: Color | None = (0, 0, 0)

    @cached_property
    def sheet(self) -> StyleSheet:
        """The rules of the page's `<style>` elements."""
        sheets = self._sheets
        if sheets is None:
            sheets = [str(style.text or "") for style in self._root.iter("{*}style")]
        return StyleSheet(sheets)

    @cached_property
    def _quirks(self) -> bool:
        """True for a page without document type, where tables do not take the font size around them."""
        return not self._root.getroottree().docinfo.doctype

    def of(self, element: etree._Element) -> ComputedStyle:
        """The style of an element; those of its ancestors are kept."""
        path = []
        node: etree._Element | None = element
        while node is not None and node not in self._kept:
            path.append(node)
            node = node.getparent()
        style = _START if node is None else self._kept[node]
        for node in reversed(path):
            style = self.below(style, node)
            if node is not element:
                self._kept[node] = style
        return style

    def below(self, around: ComputedStyle, element: etree._Element) -> ComputedStyle:
        """The style of an element by that of its parent."""
        if not around.shown:
            return around
        tag = local_name(element)
        declared = self._declared(element, tag)
        if tag in _BY_CHILDREN:
            return self._compute(around, element, tag, declared)
        key = (id(around), tag, id(declared))
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _MOST_KEPT:
                for kept in (self._known, self._alive, self._one_of):
                    kept.clear()
            self._alive[id(around)] = around
            known = self._known[key] = self._compute(around, element, tag, declared)
        return known

    def _compute(
        self, around: ComputedStyle, element: etree._Element, tag: str, declared: Declarations
    ) -> ComputedStyle:
        value = declared.get
        if self._quirks and tag == "table":
            around = replace(around, size=16.0, color=self._body_color)
        size = font_size(declared, around.size)
        display = value("display", "block" if tag in _BLOCK_TAGS else "inline")
        boxed = display not in _IN_THE_FLOW or tag in CELL_TAGS
        colors = {"color": around.color, "background": around.background, **inks(declared)}
        nowhere = display == "none" and tag not in ("col", "colgroup")
        nowhere = nowhere or (tag in _ROW_PARTS and value("visibility") == "collapse")
        nowhere = nowhere or (around.closed and tag != "summary")
        nowhere = nowhere or (tag == "input" and element.get("type") == "hidden")
        gone = nowhere or tag in _REPLACED or shows_nothing(declared, tag, size, boxed)
        style = ComputedStyle(
            shown=not gone,
            gap=gone and not nowhere and value("position") not in OUT_OF_FLOW,
            visible=is_visible(around.visible, value("visibility", "")),
            size=size,
            raised=around.raised or (tag not in _TABLE_PARTS and is_raised(declared, size, around.size)),
            struck=around.struck
            or "line-through" in value("text-decoration", value("text-decoration-line", "")),
            displaced=around.displaced or is_displaced(declared, tag, size, boxed),
            box=around.box,
            breaks=boxed and tag not in _TABLE_PARTS,
            color=colors["color"],
            background=colors["background"],
        )
        if tag == "body":
            self._body_color = style.color
        elif tag == "table" and has_colored_columns(element):
            style = replace(style, background=None)
        elif tag == "details" and element.get("open") is None:
            style = replace(style, closed=True)
        if tag not in _TABLE_PARTS and is_moved(declared, size):
            style = replace(style, box=style.box + 1)
        return self._one_of.setdefault(style, style)

    def _declared(self, element: etree._Element, tag: str) -> Declarations:
        """What is declared for an element and has an effect; one object for all with the same."""
        if self.sheet or tag in _BY_CHILDREN:
            return self._one(self._cascade(element, tag))
        attributes = [item for item in element.items() if item[0] in _ATTRIBUTES]
        written = (tag, *attributes)
        known = self._written.get(written)
        if known is None:
            known = self._one(self._cascade(element, tag))
            if sum(len(value) for _, value in attributes) <= _LONGEST_KEPT:
                self._written[written] = known
        return known

    def _one(self, declared: Declarations) -> Declarations:
        if max(len(self._distinct), len(self._written)) > _MOST_KEPT:
            for kept in (self._distinct, self._written, self._known, self._alive, self._one_of):
                kept.clear()
        return self._distinct.setdefault(tuple(declared.items()), declared)

    def _cascade(self, element: etree._Element, tag: str) -> Declarations:
        """All that is declared for an element and has an effect, the weightiest of each property."""
        found = {**_BY_TAG.get(tag, {}), **presented(element, tag)}
        if self.sheet:
            found |= self.sheet.declared(element)
        written = element.get("style")
        if written:
            found |= declarations(written)
        important = {name[1:]: value for name, value in found.items() if name.startswith("!")}
        return with_effect(found | important, tag)
