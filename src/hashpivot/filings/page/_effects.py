"""What declarations do to an element: its size, its colours, whether it is seen, raised or moved."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ._declarations import TRANSPARENT, Color, Declarations, color, pixels

CELL_TAGS = frozenset({"td", "th"})
COLUMNS = ("{*}colgroup", "{*}col")
_FONT_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0,
    "xx-large": 32.0, "xxx-large": 48.0,
}  # fmt: skip
_FONT_TAG = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
_STEP = 1.2  # CSS Fonts 4: `smaller` and `larger`
_OFF_SCREEN = -500.0  # pixels; beyond any indent, and where hidden texts are moved to
NOTHING = 1.0  # pixels of width or height; screen readers' texts are kept in one
_OF_THE_LINE = frozenset({"top", "bottom", "middle", "text-top", "text-bottom"})  # by its height
_ON_THE_LINE = frozenset({"", "baseline", "top", "bottom", "middle", "inherit", "initial", "unset"})
_ONE_BOX = frozenset({"", "none", "static", "visible", "auto", "normal", "initial", "unset", "1"})
_BORDERS = ("border", "border-left", "border-right")
OUT_OF_FLOW = ("absolute", "fixed")
_CHANGING = ("transform", "clip-path", "float", "filter", "rotate", "scale", "translate", "zoom")


_OF_A_BOX = (
    "margin", "margin-left", "margin-right", "padding", "padding-left", "padding-right", *_BORDERS, "width",
    "height", "max-width", "max-height", "vertical-align",
)  # fmt: skip
_OF_ALL = (
    "display", "visibility", "content-visibility", "opacity", "font", "font-size", "font-variant-position",
    "color", "-webkit-text-fill-color", "background", "background-color", "background-image",
    "text-decoration", "text-decoration-line", "text-indent", "direction", "unicode-bidi", "position", "left",
    "top", "right", "bottom", "overflow", "overflow-x", "clip", *_CHANGING,
)  # fmt: skip
_READ = {True: frozenset(_OF_ALL), False: frozenset(_OF_ALL + _OF_A_BOX)}


def with_effect(declared: Declarations, tag: str) -> Declarations:
    """The declarations that the functions here read for an element of this tag, in order of their names.

    A cell always has a box, and its neighbours stand in other cells.
    """
    read = _READ[tag in CELL_TAGS]
    return {name: declared[name] for name in sorted(read.intersection(declared))}


def presented(element: etree._Element, tag: str) -> Declarations:
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
    if get("dir"):
        found["direction"] = str(get("dir")).lower()
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


def font_size(declared: Declarations, around: float) -> float:
    """The font size in pixels, by that of the text around."""
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


def shows_nothing(declared: Declarations, tag: str, size: float, boxed: bool) -> bool:
    """True if an element that has a place shows nothing in it."""
    value = declared.get
    if _is_zero(value("opacity", "1")) or value("content-visibility") == "hidden":
        return True
    clipped = value("clip-path", "")
    if clipped.startswith(("inset(50%", "inset(100%", "circle(0")) or _scaled_away(value("transform", "")):
        return True
    out = value("position") in OUT_OF_FLOW
    if out and value("clip", "").startswith("rect") and _empty_rectangle(value("clip", "")):
        return True
    boxed = boxed or out or value("float") in ("left", "right")
    if (
        boxed
        and tag not in CELL_TAGS
        and value("overflow", value("overflow-x", "")).startswith(("hidden", "clip"))
    ):
        sides = (value(name, "") for name in ("width", "height", "max-width", "max-height"))
        if any(_at_most(side, NOTHING, size) for side in sides):
            return True
    if value("position") not in (*OUT_OF_FLOW, "relative"):
        return False
    moves = ("left", "top", "right", "bottom") if out else ("left", "top")
    return any(_at_most(value(name, ""), _OFF_SCREEN, size) for name in moves)


def is_visible(around: bool, written: str) -> bool:
    """True if its `visibility` is that of what is seen."""
    return around if written in ("", "inherit", "unset") else written not in ("hidden", "collapse")


def is_raised(declared: Declarations, size: float, around: float) -> bool:
    """True if it stands above or below the line."""
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


def is_moved(declared: Declarations, size: float) -> bool:
    """True if the element may be set elsewhere than between the texts before and after it."""
    value = declared.get
    if value("position") in (*OUT_OF_FLOW, "sticky"):
        return True
    if value("position") == "relative" and any(
        pixels(value(side, "0"), size) != 0 for side in ("left", "right")
    ):
        return True
    if _is_nudged(declared, size) or value("vertical-align") in _OF_THE_LINE:
        return True
    if any(abs(side) > NOTHING for name in ("margin", "padding") for side in _sides(declared, name, size)):
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


def is_displaced(declared: Declarations, tag: str, size: float, boxed: bool) -> bool:
    """True if its characters are set from right to left, or its first line begins far off the page.

    How much of it is seen there depends on its lines and where they are aligned.
    """
    if boxed and _at_most(declared.get("text-indent", ""), _OFF_SCREEN, size):
        return True
    overridden = tag == "bdo" or "override" in declared.get("unicode-bidi", "")
    return overridden and declared.get("direction") == "rtl"


def inks(declared: Declarations) -> dict[str, Color | None]:
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


def has_colored_columns(table: etree._Element) -> bool:
    """True if a column may set the colour behind its cells."""
    return any(col.get("style") or col.get("bgcolor") or col.get("class") for col in _columns(table))


def _columns(table: etree._Element) -> list[etree._Element]:
    return [col for child in table.iterchildren(*COLUMNS) for col in (child, *child.iterchildren("{*}col"))]


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
    return bottom - top <= NOTHING or right - left <= NOTHING
