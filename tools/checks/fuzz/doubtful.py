"""Changes that leave a document in doubt: a new warning must say so, or it must be refused."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

from .markup import FACT, TABLE, TABLE_START, UNIT_NOTE, Mutation, insert, pick, put

_DAY = re.compile(rb"<xbrli:(startDate|endDate|instant)>(\d{4}-\d\d-\d\d)(?=<)")
_MAIN = re.compile(rb"us-gaap:(?:Revenues|CostOfRevenue|OperatingIncomeLoss|NetIncomeLoss)\"")
_DIGIT = re.compile(rb"\d(?=[\d,]*<)")


def contradict_the_unit(data: bytearray, rng: random.Random) -> bytes:
    """A second note of another unit beside the first, of a table of amounts."""
    notes = list(UNIT_NOTE.finditer(bytes(data)))
    table = pick(TABLE_START, data, rng)
    if len(notes) != 1 or table is None or b"<ix:" in data or data.count(b"<table") != 1:
        return bytes(data)
    other = b"(in millions)" if b"thousand" in notes[0][0].lower() else b"(in thousands)"
    kind = rng.randrange(3)
    if kind == 0:
        return insert(data, table.start(), b"<p>" + other + b"</p>")
    if kind == 1:
        return insert(data, table.end(), b'<tr><td colspan="9">' + other + b"</td></tr>")
    end = bytes(data).find(b"</table>", table.end())
    return insert(data, end, b'<tr><td colspan="9">All amounts are ' + other.strip(b"()") + b".</td></tr>")


def shift_a_day(data: bytearray, rng: random.Random) -> bytes:
    """One day of a main period moved by one or two."""
    fact = next((fact for fact in FACT.finditer(bytes(data)) if _MAIN.search(fact[0])), None)
    name = re.search(rb'contextRef="([^"]+)"', fact[0]) if fact else None
    if name is None or b"<ix:header" not in data:
        return bytes(data)
    context = re.search(
        rb'<xbrli:context id="%s".*?</xbrli:context>' % re.escape(name[1]), bytes(data), re.DOTALL
    )
    days = list(_DAY.finditer(bytes(data), *context.span())) if context else []
    if not days:
        return bytes(data)
    day = rng.choice(days)
    moved = date.fromisoformat(day[2].decode()) + timedelta(days=rng.choice((-2, -1, 1, 2)))
    return put(data, day, b"<xbrli:%s>%s" % (day[1], moved.isoformat().encode()))


def contradict_a_fact(data: bytearray, rng: random.Random) -> bytes:
    """A fact of the statements once more, in a paragraph, with other digits."""
    facts = [fact for fact in FACT.finditer(bytes(data)) if _MAIN.search(fact[0]) and _DIGIT.search(fact[0])]
    if not facts:
        return bytes(data)
    fact = rng.choice(facts)
    other = re.sub(
        rb'\sid="[^"]*"', b"", _DIGIT.sub(lambda digit: b"%d" % ((int(digit[0]) + 3) % 10), fact[0])
    )
    table = TABLE.search(bytes(data))
    at = table.start() if table and rng.random() < 0.5 else bytes(data).rfind(b"</body>")
    return insert(data, at, b"<p>It was " + other + b".</p>") if at >= 0 else bytes(data)


def swap_two_contexts(data: bytearray, rng: random.Random) -> bytes:
    """Two facts of one row, each tagged as of the other's period."""
    rows = re.compile(rb'(contextRef="[^"]+")((?:(?!</?tr\b).)*?)(contextRef="[^"]+")', re.DOTALL)
    pairs = [pair for pair in rows.finditer(bytes(data)) if pair[1] != pair[3] and b"<td" in pair[2]]
    if not pairs or b"<ix:header" not in data:
        return bytes(data)
    pair = rng.choice(pairs)
    return put(data, pair, pair[3] + pair[2] + pair[1])


DOUBTFUL: tuple[Mutation, ...] = (contradict_the_unit, shift_a_day, contradict_a_fact, swap_two_contexts)
