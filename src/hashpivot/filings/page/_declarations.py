"""Declarations of CSS: of a `style` attribute, of a rule, and their lengths and colours."""

from __future__ import annotations

import re
from collections.abc import Iterator

Declarations = dict[str, str]
"""Value by property, both in lower case; an important one has the property's name behind a `!`."""

Color = tuple[int, int, int] | str
"""Red, green and blue, or the name of a colour outside the table below."""

TRANSPARENT = "transparent"

_LONGEST = 5_000  # characters; styles of filings have some hundred
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"\s*(-?[a-z][a-z\-]*)\s*:\s*([^;]*)")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$")
_LENGTH = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e-?\d+)?)\s*(%|[a-z]*)")
_PIXELS = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54,
    "q": 2.4 / 2.54, "rem": 16.0, "vw": 12.8, "vh": 7.2, "vmin": 7.2, "vmax": 12.8,
}  # fmt: skip
_IN_EMS = {"em": 1.0, "ex": 0.5, "ch": 0.5, "%": 0.01}
_NAMED: dict[str, Color] = {
    "black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "lime": (0, 255, 0),
    "blue": (0, 0, 255), "yellow": (255, 255, 0), "aqua": (0, 255, 255), "cyan": (0, 255, 255),
    "fuchsia": (255, 0, 255),
    "magenta": (255, 0, 255), "silver": (192, 192, 192), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "maroon": (128, 0, 0), "olive": (128, 128, 0), "green": (0, 128, 0), "purple": (128, 0, 128),
    "teal": (0, 128, 128), "navy": (0, 0, 128),
}  # fmt: skip
_FUNCTION = re.compile(r"rgba?\(([^()]*)\)")
_ALPHA_PARTS = 4


def declarations(text: str) -> Declarations:
    """The declarations of a `style` attribute or a rule; of two for one property the later counts."""
    text = text[:_LONGEST]
    plain = _COMMENT.sub("", text.lower()) if "/*" in text else text.lower()
    return dict(_declared(plain))


def _declared(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split(";"):
        found = _DECLARATION.match(part)
        if found:
            value = found[2].strip()
            plain = _IMPORTANT.sub("", value) if "!" in value else value
            yield (found[1] if plain == value else f"!{found[1]}"), plain


def pixels(value: str, size: float) -> float | None:
    """A length in pixels; percentages and `em` of the font size `size`; None if it is no plain length."""
    found = _LENGTH.fullmatch(value)
    if found is None:
        return None
    number, unit = float(found[1]), found[2]
    if unit in _IN_EMS:
        return number * _IN_EMS[unit] * size
    return number * _PIXELS[unit] if unit in _PIXELS else None


def color(value: str) -> Color | None:
    """A colour; `transparent` where nothing of it is seen, None if it cannot be read."""
    if value.startswith("#"):
        return _hexadecimal(value[1:])
    found = _FUNCTION.fullmatch(value)
    if found is not None:
        return _channels(re.split(r"[\s,/]+", found[1].strip()))
    return _NAMED.get(value, value) if value.isalpha() else None


def _hexadecimal(digits: str) -> Color | None:
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in (6, 8) or not re.fullmatch(r"[0-9a-f]+", digits):
        return None
    red, green, blue, *alpha = bytes.fromhex(digits)
    return TRANSPARENT if alpha == [0] else (red, green, blue)


def _channels(parts: list[str]) -> Color | None:
    try:
        numbers = [float(part.rstrip("%")) * (2.55 if part.endswith("%") else 1) for part in parts]
    except ValueError:
        return None
    if len(numbers) == _ALPHA_PARTS and numbers[3] == 0:
        return TRANSPARENT
    return (round(numbers[0]), round(numbers[1]), round(numbers[2])) if len(numbers) > 2 else None
