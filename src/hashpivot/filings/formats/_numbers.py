"""Numbers as displayed to decimals: the numeric formats of transformation registries 1 to 5.

A format of the same name can have another rule in a later registry: the formats of registries 1 to 3 want
groups of three digits, those of 4 and 5 take group separators anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

Reader = Callable[[str], str]
"""From a text as displayed, white space collapsed, to its XML form; ValueError if it does not fit."""

_DECIMAL = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")
_XML_NUMBER = re.compile(r"[+\-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+\-]?[0-9]{1,2})?")
_DASH = re.compile("[-\u058a\u05be\u2010-\u2015\ufe58\ufe63\uff0d]")
_BLANKS = " \xa0"
_APOSTROPHES = "'`´’′"
_THREES = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){0,5})(?:\.([0-9]{1,9}))?")
_SHIFTS = {str(scale): scale for scale in range(10)}
FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
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


def displayed_number(text: str, read: Reader, scale: int, *, negative: bool) -> Decimal:
    """The value of a displayed number.

    Args:
        text: As displayed, white space collapsed.
        read: Of a number format.
        scale: Power of ten to multiply by.
        negative: True to turn the sign.

    Raises:
        ValueError: If the text is no number in that format.
    """
    refuse_long(text)
    digits = read(text)
    if negative:
        digits = digits[1:] if digits.startswith("-") else f"-{digits}"
    value = _scaled(digits, scale)
    if value.adjusted() > MAX_DIGITS:
        raise ValueError(f"{text[:40]!r} is larger than any amount")
    return value


def ordinary_number(text: str, read: Reader, scale: str, sign: str) -> Decimal | None:
    """The value of digits in groups of three, as nearly all numbers are displayed; None for any other text.

    What `displayed_number` gives for it, and nothing to doubt.
    """
    found = _THREES.fullmatch(text)
    shift = _SHIFTS.get(scale)
    if found is None or shift is None or sign not in ("", "-"):
        return None
    if read not in _WITH_COMMAS and (read is not plain_number or "," in text):
        return None
    fraction = (found[2] or "").ljust(shift, "0")
    point = "." if len(fraction) > shift else ""
    return Decimal(f"{sign}{found[1].replace(',', '')}{fraction[:shift]}{point}{fraction[shift:]}")


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


def refuse_long(text: str) -> None:
    """Raise ValueError for a text longer than any number, date or name."""
    if len(text) > MAX_LENGTH:
        raise ValueError(f"{text[:40]!r}... is too long for its format")


def misfit(text: str) -> ValueError:
    """The error for a text that its format does not take."""
    return ValueError(f"{text[:40]!r} does not fit its format")


def plain_number(text: str) -> str:
    """A number without a format."""
    return f"{xml_number(text):f}"


def _grouped(shape: str, groups: str, point: str) -> Reader:
    """A format of registries 1 to 3: `shape` says where the separators `groups` stand."""
    pattern, plain = re.compile(shape), str.maketrans(point, ".", groups)

    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise misfit(text)
        return text.translate(plain)

    return read


def _lenient(groups: str, point: str) -> Reader:
    """A format of registries 4 and 5: separators anywhere in the whole part, blanks anywhere."""
    pattern = re.compile(rf"[{groups}{_BLANKS}0-9]*(?:\{point}[{_BLANKS}0-9]+)?")
    plain = str.maketrans(point, ".", groups + _BLANKS)

    def read(text: str) -> str:
        digits = text.replace(",", "") if point == "." else ""
        if digits.isdecimal() and digits.isascii():
            return digits
        digits = text.translate(plain)
        if not (pattern.fullmatch(text) and _DECIMAL.fullmatch(digits)):
            raise misfit(text)
        return digits

    return read


def _two_units(shape: str, groups: str, digits: Mapping[int, str] = FULL_WIDTH) -> Reader:
    """A format for two units: `5 dollars 25 cents` is 5.25; `digits` are those of another script it takes."""
    pattern, plain = re.compile(shape), str.maketrans("", "", groups)

    def read(text: str) -> str:
        found = pattern.fullmatch(text.translate(digits))
        whole = found["whole"].translate(plain) if found else ""
        if not (found and whole):
            raise misfit(text)
        return f"{whole}.{found['part'].zfill(2)}"

    return read


def _one_dash(text: str) -> str:
    if not _DASH.fullmatch(text):
        raise misfit(text)
    return "0"


def _one_hyphen(text: str) -> str:
    if text != "-":
        raise misfit(text)
    return "0"


def fixed_zero(_text: str) -> str:
    """Zero, whatever is displayed."""
    return "0"


_dot_decimal = _lenient(",", ".")
_comma_decimal = _lenient(".", ",")
_dot_decimal_apostrophes = _lenient("," + _APOSTROPHES, ".")
_comma_decimal_apostrophes = _lenient("." + _APOSTROPHES, ",")
_INDIAN = r"(?:[0-9]{1,2}[, \xa0])?(?:[0-9]{2}[, \xa0])*[0-9]{3}|[0-9]+"
_indian = _grouped(rf"(?:{_INDIAN})(?:\.[0-9]+)?", "," + _BLANKS, ".")
_STOPS = ".,\uff0c\uff0e"
_STRICT_UNITS = (
    rf"(?P<whole>0|[1-9][0-9]{{0,2}}(?:[{_STOPS}]?[0-9]{{3}})*)[^0-9{_STOPS}]+(?P<part>[0-9]{{1,2}})"
)


def _lenient_units(apostrophes: str) -> Reader:
    major = rf"0-9.,\uff0c{apostrophes}"
    shape = rf"(?P<whole>[{major}]+)[^{major}][^0-9]*(?P<part>[0-9]{{1,2}})[^0-9]*"
    return _two_units(shape, _STOPS + apostrophes)


REGISTRY_1: dict[str, Reader] = {
    "numcommadot": _grouped(r"[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?", ",", "."),
    "numdotcomma": _grouped(r"[0-9]{1,3}(?:\.[0-9]{3})*(?:,[0-9]+)?", ".", ","),
    "numspacedot": _grouped(r"[0-9]{1,3}(?:[ \xa0][0-9]{3})*(?:\.[0-9]+)?", _BLANKS, "."),
    "numspacecomma": _grouped(r"[0-9]{1,3}(?:[ \xa0][0-9]{3})*(?:,[0-9]+)?", _BLANKS, ","),
    "numcomma": _grouped(r"[0-9]+(?:,[0-9]+)?", "", ","),
    "numdash": _one_hyphen,
}
REGISTRY_2: dict[str, Reader] = {
    "numdotdecimal": _grouped(r"[0-9]{1,3}(?:[, \xa0]?[0-9]{3})*(?:\.[0-9]+)?", "," + _BLANKS, "."),
    "numcommadecimal": _grouped(r"[0-9]{1,3}(?:[. \xa0]?[0-9]{3})*(?:,[0-9]+)?", "." + _BLANKS, ","),
    "numunitdecimal": _two_units(rf"{_STRICT_UNITS}[^0-9{_STOPS}]*", _STOPS),
    "zerodash": _one_dash,
}
REGISTRY_3: dict[str, Reader] = {
    **REGISTRY_2,
    "numdotdecimalin": _indian,
    "numunitdecimalin": _two_units(
        rf"(?P<whole>{_INDIAN})[^0-9]+(?P<part>[0-9]{{1,2}})[^0-9]*", "," + _BLANKS, {}
    ),
}
REGISTRY_4: dict[str, Reader] = {
    "num-dot-decimal": _dot_decimal,
    "num-comma-decimal": _comma_decimal,
    "num-unit-decimal": _lenient_units(""),
    "numdotdecimalin": _indian,
    "fixed-zero": fixed_zero,
}
REGISTRY_5: dict[str, Reader] = {
    **REGISTRY_4,
    "num-dot-decimal-apos": _dot_decimal_apostrophes,
    "num-comma-decimal-apos": _comma_decimal_apostrophes,
    "num-unit-decimal-apos": _lenient_units(_APOSTROPHES + "＇"),
}


_WITH_COMMAS = frozenset({_dot_decimal, REGISTRY_1["numcommadot"], REGISTRY_2["numdotdecimal"]})


def canonical(read: Reader) -> Reader:
    """The format without needless zeros, as registries 4 and 5 write a number that is used as a text."""

    def short(text: str) -> str:
        whole, _, fraction = read(text).partition(".")
        return (whole.lstrip("0") or "0") + f".{fraction}".rstrip("0").rstrip(".")

    return short


def _ordinary(point: str) -> re.Pattern[str]:
    """Digits, alone or in groups of two or three by one kind of separator, the last group of three.

    A comma after the number, as a sentence goes on, says nothing about it.
    """
    digits = rf"(?:[0-9]*|[0-9]{{1,3}}([^0-9{point}])(?:[0-9]{{2,3}}\1)*[0-9]{{3}})"
    return re.compile(rf"{digits}(?:\{point}[0-9]+|[^0-9{point}])?")


_ORDINARY = {
    _dot_decimal: _ordinary("."),
    _dot_decimal_apostrophes: _ordinary("."),
    _comma_decimal: _ordinary(","),
    _comma_decimal_apostrophes: _ordinary(","),
}


def doubt(text: str, read: Reader) -> str:
    """Why the page may show another number than its format gives, in one sentence; empty if it does not."""
    if read is fixed_zero:
        shows_digits = any(character.isdigit() and character != "0" for character in text)
        return "digits shown, zero by their format" if shows_digits else ""
    ordinary = _ORDINARY.get(read)
    if ordinary and not ordinary.fullmatch(text):
        return "numbers grouped in an unusual way, read as their format says"
    return ""
