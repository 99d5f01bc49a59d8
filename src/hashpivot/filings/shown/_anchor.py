"""From a locator to the id its place has on a shown page."""

from __future__ import annotations

import re

from hashpivot.core import CellLocator, FactLocator, Locator, SentenceLocator

PREFIX = "at-"
"""Of every id we set; no id of the page itself begins so."""

_ODD = re.compile("[^A-Za-z0-9-]")


def anchor_of(locator: Locator) -> str:
    """The id of one place: `at-f-123`, `at-t31-r12-c15`, `at-p12-s3`; empty for a place in words.

    It needs no escape in an address or a style rule.
    """
    if isinstance(locator, FactLocator):
        return PREFIX + _ODD.sub(lambda found: f"_{ord(found[0]):x}_", locator.id)
    if isinstance(locator, CellLocator):
        return f"{PREFIX}t{locator.table}-r{locator.row}-c{locator.column}"
    if isinstance(locator, SentenceLocator):
        return f"{PREFIX}p{locator.paragraph}-s{locator.sentence}"
    return ""
