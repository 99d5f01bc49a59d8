"""Contexts (who, when, which dimensions) and units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from lxml import etree

from ..source import Notes
from ._names import Names, UndeclaredPrefix

XBRLI = "{http://www.xbrl.org/2003/instance}"
_EXPLICIT = "{http://xbrl.org/2006/xbrldi}explicitMember"
_TYPED = "{http://xbrl.org/2006/xbrldi}typedMember"
_START = f"{XBRLI}startDate"
_ENDS = frozenset({f"{XBRLI}endDate", f"{XBRLI}instant"})
_IDENTIFIER = f"{XBRLI}identifier"
_FOREVER = f"{XBRLI}forever"
_PARTS = (_EXPLICIT, _TYPED, _START, *_ENDS, _IDENTIFIER, _FOREVER)
_ONE_DAY = timedelta(days=1)
FOREVER = date.max
REPORT_YEARS = range(1600, 2400)  # of any report; counting on from a day cannot leave the calendar


@dataclass(frozen=True, slots=True)
class Context:
    """What a fact is about.

    Args:
        id: As in the document.
        entity: CIK without leading zeros; empty if none.
        start: First day of the period; None for an instant (and for "forever", which ends on `date.max`).
        end: Last day of the period, inclusive, or the instant.
        dims: Sorted `(axis, member)` pairs of canonical names; typed members carry their text.
    """

    id: str
    entity: str
    start: date | None
    end: date
    dims: tuple[tuple[str, str], ...]

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for contexts that mean the same, whatever their ids."""
        return self.entity, self.start, self.end, self.dims


def read_contexts(
    elements: Iterable[etree._Element], names: Names, notes: Notes
) -> dict[str | None, Context]:
    """All usable contexts by id; the others are noted."""
    contexts: dict[str | None, Context] = {}
    for element in elements:
        try:
            context = _context(element, names)
        except (ValueError, OverflowError, UndeclaredPrefix) as error:
            notes.add("unusable context", f"{element.get('id', '')!r}: {error}")
            continue
        if contexts.setdefault(context.id, context).key != context.key:
            notes.add("contexts with one id that differ, the first is used", repr(context.id))
    return contexts


def _context(element: etree._Element, names: Names) -> Context:
    entity = ""
    start: date | None = None
    end: date | None = None
    dims: list[tuple[str, str]] = []
    for part in element.iter(*_PARTS):
        tag = part.tag
        if tag == _EXPLICIT:
            dims.append((names.read(part.get("dimension", ""), part), names.read(part.text or "", part)))
        elif tag == _START:
            start = _report_day(part.text, False)
        elif tag in _ENDS:
            end = _report_day(part.text, True)
        elif tag == _IDENTIFIER:
            entity = (part.text or "").strip().lstrip("0")
        elif tag == _TYPED:
            dims.append((names.read(part.get("dimension", ""), part), _typed(part)))
        elif tag == _FOREVER:
            end = FOREVER
    if end is None:
        raise ValueError("it has no period")
    if start is not None and start > end:
        raise ValueError(f"it ends on {end} before it starts on {start}")
    return Context(element.get("id", ""), entity, start, end, tuple(sorted(dims)))


def _typed(part: etree._Element) -> str:
    return " ".join("".join(str(text) for text in part.itertext()).split())


@lru_cache(maxsize=2048)
def _report_day(text: str | None, closing: bool) -> date:
    day = _day(text, closing)
    if day.year not in REPORT_YEARS:
        raise ValueError(f"{day} is no day of a report")
    return day


def _day(text: str | None, closing: bool) -> date:
    """XBRL 2.1, 4.7.2: a closing date without time means its last moment; midnight ends the day before."""
    word = (text or "").strip()
    if len(word) == 10:
        return date.fromisoformat(word)
    day, _, time = word.rstrip("Z").partition("T")
    if not time:
        return date.fromisoformat(day[:10])
    if time.startswith("24:00"):
        return date.fromisoformat(day) + (_ONE_DAY if not closing else timedelta(0))
    moment = datetime.fromisoformat(f"{day}T{time}")
    midnight = moment.hour == moment.minute == moment.second == 0
    return moment.date() - (_ONE_DAY if closing and midnight else timedelta(0))


def read_units(elements: Iterable[etree._Element], notes: Notes) -> dict[str | None, str]:
    """All units by id, written `USD`, `shares`, `USD/shares`, `USD*shares`, `BTC`."""
    units: dict[str | None, str] = {}
    for element in elements:
        below = element.find(f".//{XBRLI}unitDenominator")
        above = element.find(f".//{XBRLI}unitNumerator")
        unit = _measures(element if above is None else above)
        if below is not None:
            unit = f"{unit}/{_measures(below)}"
        if unit.strip("/"):
            units.setdefault(element.get("id", ""), unit)
        else:
            notes.add("unit without a measure", repr(element.get("id", "")))
    return units


def _measures(element: etree._Element) -> str:
    measures = element.iter(f"{XBRLI}measure")
    return "*".join(sorted((measure.text or "").strip().rpartition(":")[2] for measure in measures))
