"""Changes whose effect is known: what depends on them changes by as much, or a warning says why not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from hashpivot.core import CellLocator, FactLocator, Figure, SentenceLocator

from .markup import NUMBER_START, put, set_attribute
from .saying import Saying, entry_of

_FACT = re.compile(rb"<ix:(?:nonFraction|nonNumeric|fraction)\b[^<>]*>")
_NOTES = ((b"(in thousands", 1000), (b"(in millions", 1_000_000))
_UNTOLD = "without a warning"
_UNSIGNED = (
    "capital_expenditure",
    "power_credits",
    "bitcoin_sold",
    "shares_outstanding",
    "stock_split_ratio",
)
"""Measures whose sign says nothing: filers write payments either way, and no count is negative."""


@dataclass(frozen=True)
class Change:
    """A change to one figure's number, or to a note that all of a table hang on.

    Args:
        data: The changed document.
        figure: The figure whose number was changed; None if it was the note of a table.
        factor: What the value is to be multiplied by.
        places: Locators of figures that may change with it.
    """

    data: bytes
    figure: Figure | None
    factor: Fraction
    places: frozenset[str]

    def problems(self, before: Saying, after: Saying) -> Iterator[str]:
        """Figures that are wrong though no new warning says so."""
        if after.error or after.warnings - before.warnings:
            return
        now = after.values
        elsewhere = {
            (entry_of(figure), figure.value)
            for figure in after.located
            if str(figure.locator) not in self.places
        }
        for figure in before.located:
            entry = entry_of(figure)
            values = now.get(entry, set())
            if str(figure.locator) in self.places:
                wanted = figure.value * self.factor.numerator / self.factor.denominator
                if (entry, figure.value) in elsewhere:
                    continue  # another place says it, such as the total of a company of one line
                if not any(Fraction(value) == Fraction(figure.value) * self.factor for value in values):
                    shown = ", ".join(map(str, values)) or "gone"
                    yield f"{_name(figure)}: {figure.value} should be {wanted:f}, is {shown}, {_UNTOLD}"
            elif figure.value not in values and not _depends(figure, self.places):
                shown = ", ".join(map(str, values)) or "gone"
                yield f"{_name(figure)}: {figure.value}, which was left alone, became {shown} {_UNTOLD}"


Telling = Callable[[bytes, Saying, random.Random], Change | None]


def _name(figure: Figure) -> str:
    return f"{figure.measure} {figure.line or 'total'} {figure.start}..{figure.end}"


def _depends(figure: Figure, places: frozenset[str]) -> bool:
    """True if it may change too: a sum, or what is left over when others are known."""
    return (
        figure.measure in ("eliminations", "unattributed", "segment_gross_profit")
        or any(place in str(figure.locator) for place in places)
        or "sum of" in figure.note
    )


def _tagged(data: bytes, said: Saying, rng: random.Random) -> tuple[Figure, re.Match[bytes]] | None:
    """A figure that is one tagged fact, and that fact's start tag."""
    figures = [figure for figure in said.located if isinstance(figure.locator, FactLocator)]
    if not figures or b"<ix:header" not in data:
        return None
    figure = rng.choice(figures)
    name = str(figure.locator).removeprefix("fact:")
    for number, tag in enumerate(_FACT.finditer(data)):
        if b'id="%s"' % name.encode() in tag[0] or (f"n{number}" == name and b" id=" not in tag[0]):
            return (figure, tag) if NUMBER_START.match(tag[0]) else None
    return None


def _places(figure: Figure, said: Saying) -> frozenset[str]:
    """Of all figures that are read from the same number."""
    return frozenset(str(each.locator) for each in said.located if each.locator == figure.locator)


def slip_a_scale(data: bytes, said: Saying, rng: random.Random) -> Change | None:
    """A fact's scale off by three, six or one."""
    found = _tagged(data, said, rng)
    if found is None:
        return None
    figure, tag = found
    off = rng.choice((3, -3, 3, -3, 6, 1))
    scale = re.search(rb'scale="(-?\d+)"', tag[0])
    changed = set_attribute(tag[0][:-1], b"scale", b"%d" % (int(scale[1] if scale else 0) + off)) + b">"
    factor = Fraction(10) ** off
    return Change(put(data, tag, changed), figure, factor, _places(figure, said))


def turn_a_sign(data: bytes, said: Saying, rng: random.Random) -> Change | None:
    """A fact's sign turned."""
    found = _tagged(data, said, rng)
    if found is None:
        return None
    figure, tag = found
    if figure.measure in _UNSIGNED:
        return None
    if b'sign="-"' in tag[0]:
        changed = tag[0].replace(b' sign="-"', b"")
    else:
        changed = set_attribute(tag[0][:-1], b"sign", b"-") + b">"
    return Change(put(data, tag, changed), figure, Fraction(-1), _places(figure, said))


def change_one_number(data: bytes, said: Saying, rng: random.Random) -> Change | None:
    """The last digits of a number that stands once in the document."""
    kinds = (FactLocator, CellLocator, SentenceLocator)
    figures = [figure for figure in said.located if isinstance(figure.locator, kinds) and figure.value]
    rng.shuffle(figures)
    for figure in figures[:5]:
        for unit in (1, 1000, 1_000_000):
            number = abs(figure.value) / unit
            shown = f"{number:,f}"
            pattern = re.compile(rb"(?<![\d,.])%s(?![\d]|[,.]\d)" % re.escape(shown.encode()))
            places = list(pattern.finditer(data))
            if len(places) == 1 and len(shown) > 2:
                new = _other_digits(shown, rng)
                factor = Fraction(new.replace(",", "")) / Fraction(number)
                return Change(put(data, places[0], new.encode()), figure, factor, _places(figure, said))
    return None


def _other_digits(shown: str, rng: random.Random) -> str:
    """The same but for its last two digits."""
    while True:
        tail = "".join(str(rng.randrange(1, 10)) if char.isdigit() else char for char in shown[-2:])
        if tail != shown[-2:]:
            return shown[:-2] + tail


def change_the_unit(data: bytes, said: Saying, rng: random.Random) -> Change | None:
    """The note of a release's table from thousands to millions, or the other way."""
    if b"<ix:" in data:
        return None
    held = [(note, unit) for note, unit in _NOTES if data.count(note) == 1]
    if len(held) != 1:
        return None
    other, size = next(pair for pair in _NOTES if pair != held[0])
    factor = Fraction(size, held[0][1])
    cells = [
        figure for figure in said.located if isinstance(figure.locator, CellLocator) and figure.unit == "usd"
    ]
    if not cells:
        return None
    return Change(
        data.replace(held[0][0], other), None, factor, frozenset(str(each.locator) for each in cells)
    )


TELLING: tuple[Telling, ...] = (slip_a_scale, turn_a_sign, change_one_number, change_the_unit)
