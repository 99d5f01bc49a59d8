"""Numbers as displayed to decimals: the numeric half of transformation registries 1 to 5 and the SEC's."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from ._number_words import number_from_words

_SPACES = re.compile(r"\s+")
_POINT = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")
_COMMAS = re.compile(r"[0-9, ]*[0-9][0-9, ]*(\.[0-9 ]*)?|\.[0-9][0-9 ]*")
_DOTS = re.compile(r"[0-9. ]*[0-9][0-9. ]*(,[0-9 ]*)?|,[0-9][0-9 ]*")
_XML_NUMBER = re.compile(r"[+\-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+\-]?[0-9]{1,2})?")
_UNITS = re.compile(r"([0-9., ]*[0-9])?[^0-9.,]*?([0-9]{1,2})?[^0-9]*")
MAX_LENGTH = 200
MAX_SCALE = 60
MAX_DIGITS = 30


def xml_number(text: str) -> Decimal:
    """A number written as in XML, `-1234.5` or `1.2E3`.

    Raises:
        ValueError: If it is none.
    """
    if len(text) > MAX_LENGTH or not _XML_NUMBER.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is not a number")
    return Decimal(text)


def displayed_number(text: str, read: Callable[[str], str], scale: int, *, negative: bool) -> Decimal:
    """The value of a displayed number.

    Args:
        text: As displayed, white space folded.
        read: A value of `NUMBER_FORMATS`.
        scale: Power of ten to multiply by.
        negative: True to turn the sign.

    Raises:
        ValueError: If the text is no number in that format.
    """
    _refuse_long(text)
    digits = read(text)
    if negative:
        digits = digits[1:] if digits.startswith("-") else f"-{digits}"
    value = _scaled(digits, scale)
    if value.adjusted() > MAX_DIGITS:
        raise ValueError(f"{text[:40]!r} is larger than any amount")
    return value


def _scaled(digits: str, scale: int) -> Decimal:
    if scale == 0:
        return Decimal(digits)
    if not -MAX_SCALE <= scale <= MAX_SCALE:
        raise ValueError(f"scale {scale} is out of bounds")
    whole, _, fraction = digits.partition(".")
    if scale > 0 and "e" not in digits and "E" not in digits:
        moved = fraction.ljust(scale, "0")
        return Decimal(f"{whole}{moved[:scale]}.{moved[scale:]}" if moved[scale:] else f"{whole}{moved}")
    return Decimal(f"{Decimal(f'{digits}E{scale}' if 'E' not in digits.upper() else digits):f}")


def _refuse_long(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise ValueError(f"{text[:40]!r}... is not a number")


def _plain(text: str) -> str:
    return f"{xml_number(text):f}"


def with_dot(text: str) -> str:
    """A plain decimal number from one with grouping commas or blanks and a decimal point."""
    simple = text.replace(",", "")
    return simple if simple.isdecimal() and simple.isascii() else _strip(text, _COMMAS, ",")


def _with_comma(text: str) -> str:
    return _strip(text, _DOTS, ".").replace(",", ".")


def _strip(text: str, shape: re.Pattern[str], groups: str) -> str:
    _refuse_long(text)
    folded = _SPACES.sub(" ", text).strip().replace("'", groups).replace("’", groups)
    if not shape.fullmatch(folded):
        raise ValueError(f"{text!r} is not a number in its format")
    return folded.replace(groups, "").replace(" ", "")


def _unit_decimal(text: str) -> str:
    """`5 dollars 25 cents` is 5.25."""
    _refuse_long(text)
    found = _UNITS.fullmatch(_SPACES.sub(" ", text).strip())
    if not found or not (found.group(1) or found.group(2)):
        raise ValueError(f"{text!r} is not an amount in two units")
    whole = re.sub(r"[., ]", "", found.group(1) or "0")
    return f"{whole}.{(found.group(2) or '0').zfill(2)}"


def _words(text: str) -> str:
    _refuse_long(text)
    return str(number_from_words(text))


def _zero(_text: str) -> str:
    return "0"


NUMBER_FORMATS: dict[str, Callable[[str], str]] = {
    "": _plain,
    "numdotdecimal": with_dot,
    "numdotdecimalapos": with_dot,
    "numdotdecimalin": with_dot,
    "numcommadot": with_dot,
    "numspacedot": with_dot,
    "numcommadecimal": _with_comma,
    "numcommadecimalapos": _with_comma,
    "numdotcomma": _with_comma,
    "numspacecomma": _with_comma,
    "numcomma": _with_comma,
    "numunitdecimal": _unit_decimal,
    "numunitdecimalapos": _unit_decimal,
    "numunitdecimalin": _unit_decimal,
    "numwordsen": _words,
    "numdash": _zero,
    "zerodash": _zero,
    "fixedzero": _zero,
}
"""Local names of the registries, hyphens left out, to functions giving a plain decimal number."""
