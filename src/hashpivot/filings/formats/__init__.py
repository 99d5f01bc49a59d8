"""Formats: displayed numbers, dates, durations and codes as the registries of inline XBRL read them."""

from ._formats import NUMBER_FORMATS, TEXT_FORMATS, Formats
from ._numbers import Reader, displayed_number, doubt, ordinary_number, plain_number, xml_number

__all__ = [
    "NUMBER_FORMATS",
    "TEXT_FORMATS",
    "Formats",
    "Reader",
    "displayed_number",
    "doubt",
    "ordinary_number",
    "plain_number",
    "xml_number",
]
