"""Other ways to write the same: what is read stays, or a new warning says why not, or the file is refused."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from .markup import (
    AMOUNT,
    CELL,
    MONTH,
    NUMBER_START,
    ROW,
    TABLE,
    UNIT_NOTE,
    YEAR,
    Mutation,
    insert,
    pick,
    put,
    with_attribute,
)

_IN_PARENTHESES = re.compile(rb"(?<=>)\(([\d,.]+)\)(?=<)")
_BARE_TEXT = re.compile(rb"\(?[\d,.]+\)?")
_BARE = re.compile(rb"(?<=>)(\d[\d,.]*)(?=</(?:td|ix:))")
_GROUPED = re.compile(rb"(?<=>)(\(?)(\d{1,3}(?:,\d{3})+)(\)?)(?=<)")
_MINUSES = (
    "-",
    "\u2212",
    "\u2013",
    "\u2014",
    "\u2010",
    "\u2011",
    "\u2012",
    "\ufe63",
    "\uff0d",
    "- ",
    "\u2212\xa0",
    "\u00af",
    "\u02d7",
)
_SPACES = ("\xa0", "\u2009", "\u202f", "\u2007", " ", "\u2005", "\u2008", "\u200a", "'", "\u2019", "\u066c")
_MARKS = (
    "<sup>1</sup>",
    "<sup>(1)</sup>",
    '<span style="vertical-align:super;font-size:60%">1</span>',
    '<span style="position:relative;top:-4pt;font-size:6pt">1</span>',
    '<font size="1">1</font>',
    "<small><sup>2</sup></small>",
    "\u00b9",
    " (1)",
    "*",
    " *",
    "\u2020",
    "[1]",
    " \u00b2",
    '<a href="#f1"><sup>1</sup></a>',
    '<div style="float:right;font-size:6pt">1</div>',
    "</td><td><sup>1</sup>",
)
_FORMATS = (
    b"ixt:num-comma-decimal",
    b"ixt:num-unit-decimal",
    b"ixt:numcommadecimal",
    b"ixt:fixed-zero",
    b"ixt:numdotdecimalin",
)
_CONTINUED = (
    b"</table><p>7</p><hr/><p>Example Inc. (continued)</p>",
    b'</table><div style="page-break-after:always">12</div>',
    b"</table><table><tr><td>12</td><td>Table of Contents</td></tr></table>",
)
_OTHER_HEADS = (
    (b"% Change", b"%d%%"),
    (b"Change", b"%d,%03d"),
    (b"% of revenue", b"%d.%d%%"),
    (b"Variance", b"(%d)"),
    (b"", b"%d"),
    (b"Note", b"%d"),
    (b"2024 as previously reported", b"%d,%03d"),
    (b"Pro forma", b"%d,%03d"),
    (b"YTD", b"%d,%03d"),
    (b"Guidance", b"%d,%03d"),
    (b"Q1 2030E", b"%d,%03d"),
)


def _of_table(data: bytearray, rng: random.Random, change: Callable[[list[list[bytes]]], None]) -> bytes:
    """The document with the cells of one table changed, row by row."""
    table = pick(TABLE, data, rng)
    if table is None:
        return bytes(data)
    rows = [[cell[0] for cell in CELL.finditer(row[0])] for row in ROW.finditer(table[0])]
    if not rows or any(not row for row in rows):
        return bytes(data)
    change(rows)
    head = table[0][: table[0].index(b">") + 1]
    return put(data, table, head + b"".join(b"<tr>" + b"".join(row) + b"</tr>" for row in rows) + b"</table>")


def _inner(cell: bytes) -> bytes:
    return cell[cell.index(b">") + 1 : cell.rindex(b"</")]


def _some(
    shape: re.Pattern[bytes], data: bytearray, rng: random.Random, by: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    """One match changed, those of one table, or all."""
    if rng.random() < 0.4:
        return shape.sub(by, bytes(data))
    found = pick(shape if rng.random() < 0.6 else TABLE, data, rng)
    if found is None:
        return bytes(data)
    return put(data, found, shape.sub(by, found[0]) if found.re is TABLE else by(found))


def spread_signs(data: bytearray, rng: random.Random) -> bytes:
    """Parentheses and currency marks in cells of their own; heads over all three."""

    def change(rows: list[list[bytes]]) -> None:
        for row in rows:
            for place, cell in enumerate(row):
                text = _inner(cell)
                found = re.fullmatch(rb"(\(?)([\d,.]+)(\)?)", text)
                year = re.fullmatch(rb"(?:19|20)\d\d", text)
                width = re.search(rb'colspan="?(\d+)', cell)
                if place == 0 or width:
                    span = 3 * int(width[1]) - 2 * (place == 0) if width else 1
                    row[place] = b'<td colspan="%d">%s</td>' % (span, text)
                elif found and not year:
                    row[place] = b"<td>%s</td><td>%s</td><td>%s</td>" % found.groups()
                else:
                    row[place] = b'<td colspan="3">%s</td>' % text

    return _of_table(data, rng, change)


def write_other_minuses(data: bytearray, rng: random.Random) -> bytes:
    minus = rng.choice(_MINUSES).encode()
    after = rng.random() < 0.15
    return _some(
        _IN_PARENTHESES, data, rng, lambda found: found[1] + minus.strip() if after else minus + found[1]
    )


def space_thousands(data: bytearray, rng: random.Random) -> bytes:
    space = rng.choice(_SPACES).encode()
    return _some(_GROUPED, data, rng, lambda found: found[0].replace(b",", space))


def write_points_for_commas(data: bytearray, rng: random.Random) -> bytes:
    """1.234.567,8 for 1,234,567.8: in one number, in a table, everywhere."""
    table = bytes.maketrans(b",.", b".,")
    return _some(AMOUNT, data, rng, lambda found: found[0].translate(table))


def mark_numbers(data: bytearray, rng: random.Random) -> bytes:
    """Footnote marks behind numbers."""
    mark = rng.choice(_MARKS).encode()
    return _some(_BARE, data, rng, lambda found: found[0] + mark)


def mark_heads(data: bytearray, rng: random.Random) -> bytes:
    """Footnote marks and words behind the years of heads."""
    mark = rng.choice(
        (*_MARKS, " (unaudited)", " (as restated)", " Restated", "<br/>(audited)", " (2)")
    ).encode()
    return _some(re.compile(rb"(?<!\d)20[12]\d(?=</td>)"), data, rng, lambda found: found[0] + mark)


def shift_a_head(data: bytearray, rng: random.Random) -> bytes:
    """A row of heads that lacks its first cell, has one more, or spans one column more or less."""
    kind = rng.randrange(4)

    def change(rows: list[list[bytes]]) -> None:
        heads = [row for row in rows[:3] if any(YEAR.search(cell) for cell in row)]
        if not heads:
            return
        row = rng.choice(heads)
        if kind == 0 and not YEAR.search(row[0]):
            del row[0]
        elif kind == 1:
            row.insert(0, b"<td></td>")
        else:
            place = rng.randrange(len(row))
            width = re.search(rb'colspan="?(\d+)', row[place])
            wide = max(1, (int(width[1]) if width else 1) + (1 if kind == 2 else -1))
            row[place] = b'<td colspan="%d">%s</td>' % (wide, _inner(row[place]))

    return _of_table(data, rng, change)


def swap_two_periods(data: bytearray, rng: random.Random) -> bytes:
    """Two columns in each other's place, in every row."""

    def change(rows: list[list[bytes]]) -> None:
        count = {len(row) for row in rows if b"colspan" not in b"".join(row)}
        if len(count) != 1 or min(count) < 3 or b"colspan" in b"".join(b"".join(row) for row in rows):
            return
        one, other = rng.sample(range(1, min(count)), 2)
        for row in rows:
            row[one], row[other] = row[other], row[one]

    return _of_table(data, rng, change)


def add_another_column(data: bytearray, rng: random.Random) -> bytes:
    """Changes, shares, notes or other versions beside or between the periods."""
    head, shape = rng.choice(_OTHER_HEADS)

    def change(rows: list[list[bytes]]) -> None:
        if len({len(row) for row in rows}) != 1 or b"colspan" in b"".join(rows[0]):
            return
        place = rng.randrange(1, len(rows[0]) + 1)
        for number, row in enumerate(rows):
            filled = number and any(map(_BARE_TEXT.fullmatch, map(_inner, row[1:])))
            text = _drawn(shape, rng) if filled else b"" if number else head
            row.insert(place, b"<td>" + text + b"</td>")

    return _of_table(data, rng, change)


def _drawn(shape: bytes, rng: random.Random) -> bytes:
    """A number of this shape."""
    return re.sub(rb"%(?:03)?d", lambda _: b"%d" % rng.randrange(100, 999), shape).replace(b"%%", b"%")


def part_the_heads(data: bytearray, rng: random.Random) -> bytes:
    """The head's year in a row of its own below the rest of it, or above."""
    above = rng.random() < 0.3

    def change(rows: list[list[bytes]]) -> None:
        head = rows[0]
        if not any(MONTH.search(cell) and YEAR.search(cell) for cell in head):
            return
        years = []
        for place, cell in enumerate(head):
            found = YEAR.search(_inner(cell))
            start = cell[: cell.index(b">") + 1]
            years.append(start + (found[0] if found else b"") + b"</td>")
            if found:
                head[place] = start + _inner(cell).replace(found[0], b"") + b"</td>"
        rows.insert(0 if above else 1, years)

    return _of_table(data, rng, change)


def move_the_unit(data: bytearray, rng: random.Random) -> bytes:
    """The note of a unit below the table, in its first cell, behind its title, or in a footnote."""
    note = pick(UNIT_NOTE, data, rng)
    if note is None:
        return bytes(data)
    rest = put(data, note, b"")
    table = pick(TABLE, rest, rng)
    if table is None:
        return bytes(data)
    kind = rng.randrange(4)
    if kind == 0:
        return insert(rest, table.end(), b"<p>" + note[0] + b"</p>")
    if kind == 1:
        return insert(rest, table.end(), b"<p><sup>1</sup> Amounts are " + note[0].strip(b"()") + b".</p>")
    if kind == 2:
        return insert(rest, table.end() - len(b"</table>"), b"<tr><td>" + note[0] + b"</td></tr>")
    cell = CELL.search(rest, table.start())
    return bytes(data) if cell is None else insert(rest, cell.end() - len(b"</td>"), note[0])


def repeat_the_unit(data: bytearray, rng: random.Random) -> bytes:
    """The same note once more, elsewhere."""
    note = pick(UNIT_NOTE, data, rng)
    table = pick(TABLE, data, rng)
    if note is None or table is None:
        return bytes(data)
    at = rng.choice((table.start(), table.end()))
    return insert(data, at, b"<p>" + note[0] + b"</p>")


def continue_on_another_page(data: bytearray, rng: random.Random) -> bytes:
    """A table broken by a page, whose heads stand again over the rest of it, or do not."""
    table = pick(TABLE, data, rng)
    rows = list(ROW.finditer(table[0])) if table else []
    if table is None or len(rows) < 4:
        return bytes(data)
    cut = rng.randrange(2, len(rows))
    heads = rng.choice((0, 1, 1, 2))
    again = b"<table>" + b"".join(row[0] for row in rows[:heads])
    return insert(data, table.start() + rows[cut].start(), rng.choice(_CONTINUED) + again)


def write_in_another_scale(data: bytearray, rng: random.Random) -> bytes:
    """A fact's number and scale, both changed so that its value stays."""
    fact = pick(re.compile(rb'<ix:nonFraction\b[^<>]*scale="3"[^<>]*>(\d[\d,]*)(?=<)'), data, rng)
    if fact is None:
        return bytes(data)
    start = fact[0][: -len(fact[1])]
    digits = fact[1].replace(b",", b"")
    if rng.random() < 0.5:
        return put(data, fact, start.replace(b'scale="3"', b'scale="0"') + digits + b"000")
    millions = b"%d.%03d" % divmod(int(digits), 1000)
    return put(data, fact, start.replace(b'scale="3"', b'scale="6"') + millions)


def change_how_it_is_read(data: bytearray, rng: random.Random) -> bytes:
    """A fact's format, while its number is shown as before."""
    return with_attribute(NUMBER_START, data, rng, b"format", rng.choice(_FORMATS))


def strike_a_former_head(data: bytearray, rng: random.Random) -> bytes:
    """A year or month that was struck out and stands corrected."""
    shape = rng.choice((YEAR, MONTH))
    tag = rng.choice((b"s", b"del", b"strike"))

    def struck(found: re.Match[bytes]) -> bytes:
        other = b"2019" if found.re is YEAR else b"February"
        old = b"<%s>%s</%s>" % (tag, rng.choice((other, other[:1])), tag)
        return old + found[0] if rng.random() < 0.5 else found[0] + old

    found = pick(re.compile(rb"<td>[^<>]*(?:%s)[^<>]*</td>" % shape.pattern), data, rng)
    return bytes(data) if found is None else put(data, found, shape.sub(struck, found[0]))


ALIKE: tuple[Mutation, ...] = (
    spread_signs,
    write_other_minuses,
    space_thousands,
    write_points_for_commas,
    mark_numbers,
    mark_heads,
    shift_a_head,
    swap_two_periods,
    add_another_column,
    part_the_heads,
    move_the_unit,
    repeat_the_unit,
    continue_on_another_page,
    write_in_another_scale,
    change_how_it_is_read,
    strike_a_former_head,
)
