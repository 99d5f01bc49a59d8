"""The formats of inline XBRL, by the namespace of their registry and their name in it."""

from __future__ import annotations

from collections.abc import Mapping

from . import _dates, _numbers
from ._codes import CODES
from ._durations import DURATIONS
from ._number_words import number_from_words
from ._numbers import Reader, canonical, misfit

Formats = Mapping[tuple[str, str], Reader]

_XBRL = "http://www.xbrl.org/inlineXBRL/transformation/"
_BEFORE_1 = "http://www.xbrl.org/2008/inlineXBRL/transformation"
_SEC = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"
_DATED = {1: "2010-04-20", 2: "2011-07-31", 3: "2015-02-26", 4: "2020-02-12", 5: "2022-02-16"}
_REGISTRIES = {number: f"{_XBRL}{day}" for number, day in _DATED.items()}
_BOXES = "☐☑☒"


def _fixed(value: str) -> Reader:
    """A format with one value, whatever is displayed."""
    return lambda _text: value


def _ballot_box(unchecked: str, checked: str) -> Reader:
    def read(text: str) -> str:
        if len(text) != 1 or text not in _BOXES:
            raise misfit(text)
        return unchecked if text == _BOXES[0] else checked

    return read


_SWITCHES_2 = {"booleanfalse": _fixed("false"), "booleantrue": _fixed("true"), "nocontent": _fixed("")}
_SWITCHES_4 = {"fixed-false": _fixed("false"), "fixed-true": _fixed("true"), "fixed-empty": _fixed("")}
_SEC_NUMBERS: dict[str, Reader] = {"numwordsen": number_from_words}
_SEC_TEXTS: dict[str, Reader] = {
    "boolballotbox": _ballot_box("false", "true"),
    "yesnoballotbox": _ballot_box("No", "Yes"),
    **DURATIONS,
    **CODES,
    **_dates.SEC,
}


def _by_name(registries: Mapping[str, Mapping[str, Reader]]) -> Formats:
    return {(uri, name): read for uri, formats in registries.items() for name, read in formats.items()}


def _canonical(formats: Mapping[str, Reader]) -> dict[str, Reader]:
    return {name: canonical(read) for name, read in formats.items()}


NUMBER_FORMATS: Formats = _by_name(
    {
        _BEFORE_1: _numbers.REGISTRY_1,
        _REGISTRIES[1]: _numbers.REGISTRY_1,
        _REGISTRIES[2]: _numbers.REGISTRY_2,
        _REGISTRIES[3]: _numbers.REGISTRY_3,
        _REGISTRIES[4]: _numbers.REGISTRY_4,
        _REGISTRIES[5]: _numbers.REGISTRY_5,
        _SEC: _SEC_NUMBERS,
    }
)
"""Formats that give a number."""

TEXT_FORMATS: Formats = _by_name(
    {
        _BEFORE_1: _numbers.REGISTRY_1 | _dates.REGISTRY_1,
        _REGISTRIES[1]: _numbers.REGISTRY_1 | _dates.REGISTRY_1,
        _REGISTRIES[2]: _numbers.REGISTRY_2 | _dates.REGISTRY_2 | _SWITCHES_2,
        _REGISTRIES[3]: _numbers.REGISTRY_3 | _dates.REGISTRY_3 | _SWITCHES_2,
        _REGISTRIES[4]: _canonical(_numbers.REGISTRY_4) | _dates.REGISTRY_4 | _SWITCHES_4,
        _REGISTRIES[5]: _canonical(_numbers.REGISTRY_5) | _dates.REGISTRY_4 | _SWITCHES_4,
        _SEC: _SEC_NUMBERS | _SEC_TEXTS,
    }
)
"""All formats: of a text, a number too may be the value."""
