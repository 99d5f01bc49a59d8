"""How a browser shows an element: whether it is seen, how large, raised or not, in which box.

The cascade of CSS as far as it decides what of a table's text a person sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from ._declarations import TRANSPARENT, Color, Declarations, color, declarations, pixels
from ._style_sheet import StyleSheet, local_name

NEVER_SHOWN = frozenset((
    "area", "base", "basefont", "datalist", "head", "link", "meta", "noembed", "noframes", "noscript", "param",
    "rp", "script", "style", "template", "title", "ix:header", "ix:hidden",
))  # fmt: skip
"""Elements whose text a page does not show."""

_REPLACED = frozenset((
    "audio", "button", "canvas", "iframe", "input", "object", "optgroup", "option", "select", "textarea", "video",
))  # fmt: skip
"""Elements in whose place something else is shown, such as a form's field; their text is none of the page's."""

_BY_TAG: dict[str, Declarations] = {
    **dict.fromkeys(NEVER_SHOWN, {"display": "none"}),
    **dict.fromkeys(("s", "strike", "del"), {"text-decoration": "line-through"}),
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
_CELLS = frozenset({"td", "th"})
_TABLE_PARTS = _CELLS | {"table", "tbody", "thead", "tfoot", "tr", "col", "colgroup", "caption"}
_BLOCK_TAGS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "ul",
))  # fmt: skip
_FONT_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0,
    "xx-large": 32.0, "xxx-large": 48.0,
}  # fmt: skip
_FONT_TAG = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
_STEP = 1.2  # CSS Fonts 4: `smaller` and `larger`
_OFF_SCREEN = -500.0  # pixels; beyond any indent, and where hidden texts are moved to
_NOTHING = 1.0  # pixels of width or height; screen readers' texts are kept in one
_ON_THE_LINE = frozenset({"", "baseline", "top", "bottom", "middle", "inherit", "initial", "unset"})
_IN_THE_FLOW = frozenset({"", "inline", "contents", "inherit", "initial", "unset"})
_ONE_BOX = frozenset({"", "none", "static", "visible", "auto", "normal", "initial", "unset", "1"})
_BORDERS = ("border", "border-left", "border-right")
_ROW_PARTS = frozenset({"tr", "tbody", "thead", "tfoot", "col", "colgroup"})
_OUT = ("absolute", "fixed")
_CHANGING = ("transform", "clip-path", "float", "filter", "rotate", "scale", "translate", "zoom")
_ATTRIBUTES = ("style", "class", "hidden", "bgcolor", "background", "color", "size", "dir", "align")
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
        reversed: True if its characters are set from right to left whatever they are.
        box: The box it is set in, moved out of the text's flow; 0 for the text's own.
        breaks: True if it begins on a line or in a place of its own.
        leftward: True if its lines begin at the left.
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
    reversed: bool = False
    box: int = 0
    breaks: bool = False
    leftward: bool = True
    closed: bool = False
    color: Color | None = (0, 0, 0)
    background: Color | None = (255, 255, 255)

    @property
    def seen(self) -> bool:
        """True if a person sees the text: visible, not tiny, and not of its background's colour."""
        unseen = self.color is not None and self.color in (self.background, TRANSPARENT)
        return self.shown and self.visible and not self.closed and self.size >= _NOTHING and not unseen


_START = ComputedStyle()


class PageStyles:
    """The styles of a page's elements.

    Args:
        root: Root element of the page.
    """

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._kept: dict[etree._Element, ComputedStyle] = {}
        self._changed: dict[tuple[object, ...], ComputedStyle] = {}
        self._boxes = 0
        self._body_color: Color | None = (0, 0, 0)

    @cached_property
    def sheet(self) -> StyleSheet:
        """The rules of the page's `<style>` elements."""
        return StyleSheet([str(style.text or "") for style in self._root.iter("{*}style")])

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
        get, tag = element.get, local_name(element)
        key = (
            around,
            tag,
            get("style"),
            get("class"),
            get("hidden"),
            get("bgcolor"),
            get("color"),
            get("size"),
            get("dir"),
        )
        simple = not self.sheet and tag not in ("details", "summary", "table", "body")
        known = self._changed.get(key) if simple else None
        if known is None:
            known = self._compute(around, element, tag)
            if simple and known.box == around.box:
                if len(self._changed) > _MOST_KEPT:
                    self._changed.clear()
                self._changed[key] = known
        return known

    def _compute(self, around: ComputedStyle, element: etree._Element, tag: str) -> ComputedStyle:
        declared = self._declared(element, tag)
        value = declared.get
        if self._quirks and tag == "table":
            around = replace(around, size=16.0, color=self._body_color)
        size = _font_size(declared, around.size)
        display = value("display", "block" if tag in _BLOCK_TAGS else "inline")
        boxed = display not in _IN_THE_FLOW or tag in _CELLS
        inks = {"color": around.color, "background": around.background, **_inks(declared)}
        leftward = _leftward(around.leftward, element, tag, declared)
        nowhere = display == "none" and tag not in ("col", "colgroup")
        nowhere = nowhere or (tag in _ROW_PARTS and value("visibility") == "collapse")
        nowhere = nowhere or (around.closed and tag != "summary")
        nowhere = nowhere or (tag == "input" and element.get("type") == "hidden")
        gone = nowhere or tag in _REPLACED or _gone(declared, tag, size, boxed, leftward)
        style = ComputedStyle(
            shown=not gone,
            gap=gone and not nowhere and value("position") not in _OUT,
            visible=_visible(around.visible, value("visibility", "")),
            size=size,
            raised=around.raised or (tag not in _TABLE_PARTS and _raised(declared, size, around.size)),
            struck=around.struck
            or "line-through" in value("text-decoration", value("text-decoration-line", "")),
            reversed=_reversed(around.reversed, element, tag, declared),
            box=around.box,
            breaks=boxed and tag not in _TABLE_PARTS,
            leftward=leftward,
            color=inks["color"],
            background=inks["background"],
        )
        if tag == "body":
            self._body_color = style.color
        elif tag == "table" and _colored_columns(element):
            style = replace(style, background=None)
        elif tag == "details" and element.get("open") is None:
            style = replace(style, closed=True)
        if tag not in _TABLE_PARTS and _is_moved(declared, size):
            self._boxes += 1
            style = replace(style, box=self._boxes)
        return style

    def _declared(self, element: etree._Element, tag: str) -> Declarations:
        """All that is declared for an element, the weightiest of each property."""
        found = {**_BY_TAG.get(tag, {}), **_presented(element, tag)}
        if self.sheet:
            found |= self.sheet.declared(element)
        written = element.get("style")
        if written:
            found |= declarations(written)
        important = {name[1:]: value for name, value in found.items() if name.startswith("!")}
        return found | important


def _presented(element: etree._Element, tag: str) -> Declarations:
    """What attributes other than `style` say."""
    found: Declarations = {}
    get = element.get
    if get("hidden") is not None or (tag == "dialog" and get("open") is None):
        found["display"] = "none"
    if get("bgcolor"):
        found["background-color"] = str(get("bgcolor")).lower()
    if get("background"):
        found["background"] = "url"
    ink = get("color") if tag == "font" else get("text") if tag == "body" else None
    if ink:
        found["color"] = str(ink).lower()
    if tag == "font" and get("size"):
        found["font-size"] = _font_tag_size(str(get("size")).strip())
    return found


def _font_tag_size(written: str) -> str:
    try:
        number = int(written)
    except ValueError:
        return ""
    place = number + 3 if written[0] in "+-" else number
    return f"{_FONT_TAG[max(1, min(place, 7)) - 1]}px"


def _font_size(declared: Declarations, around: float) -> float:
    written = declared.get("font-size", "")
    if not written and "font" in declared:
        written = next(
            (word.partition("/")[0] for word in declared["font"].split() if word[0] in ".0123456789"), ""
        )
    if not written:
        return around
    if written in ("smaller", "larger"):
        return around / _STEP if written == "smaller" else around * _STEP
    found = _FONT_SIZES.get(written)
    if found is None:
        found = pixels(written, around)
    return around if found is None or found < 0 else found


def _gone(declared: Declarations, tag: str, size: float, boxed: bool, leftward: bool) -> bool:
    """True if an element that has a place shows nothing in it."""
    value = declared.get
    if _is_zero(value("opacity", "1")) or value("content-visibility") == "hidden":
        return True
    clipped = value("clip-path", "")
    if clipped.startswith(("inset(50%", "inset(100%", "circle(0")) or _scaled_away(value("transform", "")):
        return True
    out = value("position") in _OUT
    if out and value("clip", "").startswith("rect") and _empty_rectangle(value("clip", "")):
        return True
    boxed = boxed or out or value("float") in ("left", "right")
    if (
        boxed
        and tag not in _CELLS
        and value("overflow", value("overflow-x", "")).startswith(("hidden", "clip"))
    ):
        sides = (value(name, "") for name in ("width", "height", "max-width", "max-height"))
        if any(_at_most(side, _NOTHING, size) for side in sides):
            return True
    moves = ["text-indent"] if boxed and leftward else []
    if out or value("position") == "relative":
        moves += ["left", "top", *(["right", "bottom"] if out else [])]
    return any(_at_most(value(name, ""), _OFF_SCREEN, size) for name in moves)


def _leftward(around: bool, element: etree._Element, tag: str, declared: Declarations) -> bool:
    if "rtl" in (declared.get("direction"), (element.get("dir") or "").lower()):
        return False
    aligned = declared.get("text-align") or (element.get("align") or "").lower()
    if not aligned and tag in ("center", "th"):
        return False
    return (
        around
        if aligned in ("", "inherit", "unset") or tag == "table"
        else aligned in ("left", "start", "justify")
    )


def _visible(around: bool, written: str) -> bool:
    return around if written in ("", "inherit", "unset") else written not in ("hidden", "collapse")


def _raised(declared: Declarations, size: float, around: float) -> bool:
    aligned = declared.get("vertical-align", "")
    if aligned not in _ON_THE_LINE and pixels(aligned, size) != 0:
        return True
    smaller = size < around
    moved = aligned in ("top", "bottom") or _is_nudged(declared, size)
    return (smaller and moved) or declared.get("font-variant-position", "normal") in ("super", "sub")


def _is_nudged(declared: Declarations, size: float) -> bool:
    sides = (declared.get(side, "auto") for side in ("top", "bottom"))
    return declared.get("position") == "relative" and any(
        side != "auto" and pixels(side, size) != 0 for side in sides
    )


def _is_moved(declared: Declarations, size: float) -> bool:
    """True if the element may be set elsewhere than between the texts before and after it."""
    value = declared.get
    if value("position", "static") in ("absolute", "fixed", "sticky"):
        return True
    if value("position") == "relative" and any(
        pixels(value(side, "0"), size) != 0 for side in ("left", "right")
    ):
        return True
    if _is_nudged(declared, size):
        return True
    if any(abs(side) > _NOTHING for name in ("margin", "padding") for side in _sides(declared, name, size)):
        return True
    if any(value(border, "none") not in ("none", "0", "0px") for border in _BORDERS):
        return True
    return any(value(name, "") not in _ONE_BOX for name in _CHANGING)


def _sides(declared: Declarations, name: str, size: float) -> Iterator[float]:
    """The margins or paddings at the left and at the right."""
    short = declared.get(name, "").split()
    left = short[3:4] or short[1:2] or short[:1]
    right = short[1:2] or short[:1]
    for side, short_form in (("left", left), ("right", right)):
        written = declared.get(f"{name}-{side}") or "".join(short_form)
        yield pixels(written, size) or 0.0


def _reversed(around: bool, element: etree._Element, tag: str, declared: Declarations) -> bool:
    overridden = tag == "bdo" or "override" in declared.get("unicode-bidi", "")
    if not overridden:
        return around
    return (declared.get("direction") or element.get("dir") or "").lower() == "rtl"


def _inks(declared: Declarations) -> dict[str, Color | None]:
    """The colours of text and background, where they are declared."""
    found: dict[str, Color | None] = {}
    ink = declared.get("-webkit-text-fill-color") or declared.get("color", "inherit")
    if ink not in ("inherit", "unset", "currentcolor"):
        found["color"] = color(ink)
    behind = declared.get("background-color") or declared.get("background", "")
    if declared.get("background-image", "none") != "none":
        found["background"] = None
    elif behind and behind not in ("inherit", "initial", "unset", "none") and color(behind) != TRANSPARENT:
        first = behind if "(" in behind else behind.split()[0]
        found["background"] = color(first)
    return found


def _colored_columns(table: etree._Element) -> bool:
    """True if a column may set the colour behind its cells."""
    return any(col.get("style") or col.get("bgcolor") or col.get("class") for col in _columns(table))


def _columns(table: etree._Element) -> list[etree._Element]:
    return [
        col
        for child in table.iterchildren("{*}colgroup", "{*}col")
        for col in (child, *child.iterchildren("{*}col"))
    ]


def _is_zero(written: str) -> bool:
    return _at_most(written, 0.0, 1.0)


def _at_most(written: str, bound: float, size: float) -> bool:
    found = pixels(written, size) if written else None
    return found is not None and found <= bound


def _scaled_away(transform: str) -> bool:
    return any(
        name.strip().startswith("scale") and any(_is_zero(part.strip()) for part in arguments.split(","))
        for name, _, arguments in (call.partition("(") for call in transform.split(")"))
    )


def _empty_rectangle(clip: str) -> bool:
    """True for `rect(0, 0, 0, 0)` and `rect(1px 1px 1px 1px)`."""
    sides = [pixels(part, 16.0) for part in clip[5:].rstrip(") ").replace(",", " ").split()]
    if len(sides) != 4 or None in sides:
        return False
    top, right, bottom, left = (side or 0.0 for side in sides)
    return bottom - top <= _NOTHING or right - left <= _NOTHING
