"""Mutations of tables: what editors, converters and copy and paste do to rows, columns, headers and cells."""

from __future__ import annotations

import random
import re

from .markup import (
    AMOUNT,
    CELL,
    MONTH,
    ROW,
    TABLE,
    TABLE_START,
    UNIT_NOTE,
    WORDS,
    YEAR,
    Mutation,
    insert,
    pick,
    put,
    replace,
    swap,
)

_BETWEEN_TABLES = re.compile(
    rb"</table>(?:(?!</?table\b).){0,3000}?<table\b[^<>]*>", re.DOTALL | re.IGNORECASE
)
_BETWEEN_CELLS = re.compile(rb"</t[dh]>\s*<t[dh]\b[^<>]*>", re.IGNORECASE)
_IN_WORDS = (
    b"twelve",
    b"nil",
    b"none",
    b"n/m",
    b"N/A",
    b"-",
    b"\xe2\x80\x94",
    b"nine hundred",
    b"*",
    b"0",
    b"",
)
_UNIT_NOTES = (
    b"",
    b"(in millions)",
    b"(in thousands)",
    b"(in thousands, except per share data)",
    b"(dollars in billions)",
    b"(in millions of RMB)",
    b"(in whole dollars)",
    b"in thousands in millions",
    b"($000s)",
    b"(US$ MM)",
)
_HEADERS = (
    b"Six Months Ended",
    b"Year Ended December 31,",
    b"Fiscal 2024",
    b"As of June 30, 2024",
    b"Change",
    b"% Change",
    b"Q2'24",
    b"2Q24",
    b"H1 2024",
    b"TTM",
    b"Pro forma",
    b"(unaudited)",
    b"December 28, 2024",
    b"13 weeks ended",
    b"Inception to date",
)
_AROUND = (
    (b"(", b")"),
    (b"(", b""),
    (b"", b")"),
    (b"-", b""),
    (b"\xe2\x88\x92", b""),
    (b"$", b""),
    (b"$(", b")"),
    (b"US$ ", b""),
    (b"RMB ", b""),
    (b"\xe2\x82\xac", b""),
    (b"C$", b""),
    (b"", b"%"),
    (b"", b"M"),
    (b"", b"K"),
    (b"~", b""),
    (b"<", b""),
    (b"", b" (1)"),
    (b"", b"<sup>2</sup>"),
    (b"", b"*"),
    (b"", b"\xe2\x80\xa0"),
    (b"", b"x"),
    (b"[", b"]"),
    (b"", b" BTC"),
)
_LABEL_NOISE = (
    b"\xc2\xad",
    b"\xe2\x80\x8b",
    b"\xe2\x80\xae",
    b"&nbsp;",
    b" (unaudited)",
    b", net",
    b" - related party",
    b" per share",
    b" (1)(2)",
    b"\xef\xbb\xbf",
    b" as % of revenue",
)


def cut_a_table(data: bytearray, rng: random.Random) -> bytes:
    """A table that ends at a row and goes on in another without its header."""
    row = pick(ROW, data, rng)
    between = rng.choice((b"</table><table>", b"</table><p>(continued)</p><table>", b"</table><hr/><table>"))
    return bytes(data) if row is None else insert(data, row.start(), between)


def glue_tables(data: bytearray, rng: random.Random) -> bytes:
    return replace(_BETWEEN_TABLES, data, rng, b"")


def merge_cells(data: bytearray, rng: random.Random) -> bytes:
    return replace(_BETWEEN_CELLS, data, rng, rng.choice((b"", b" ", b"<br/>", b"&#160;")))


def split_a_cell(data: bytearray, rng: random.Random) -> bytes:
    amount = pick(AMOUNT, data, rng)
    if amount is None:
        return bytes(data)
    between = rng.choice((b"</td><td>", b"<br/>", b"</p><p>", b" ", b"</span><span>"))
    return insert(data, rng.randrange(amount.start(), amount.end()) + 1, between)


def swap_cells(data: bytearray, rng: random.Random) -> bytes:
    return swap(CELL, data, rng)


def swap_columns(data: bytearray, rng: random.Random) -> bytes:
    """Two columns change places in a table, in all rows or, wrongly, in some."""
    table = pick(TABLE, data, rng)
    if table is None:
        return bytes(data)
    one, other = rng.sample(range(6), 2)
    share = rng.choice((1.0, 1.0, 0.5, 0.1))

    def swapped(row: re.Match[bytes]) -> bytes:
        cells = [cell[0] for cell in CELL.finditer(row[0])]
        if len(cells) <= max(one, other) or rng.random() > share:
            return row[0]
        cells[one], cells[other] = cells[other], cells[one]
        return b"<tr>" + b"".join(cells) + b"</tr>"

    return put(data, table, ROW.sub(swapped, table[0]))


def drop_a_column(data: bytearray, rng: random.Random) -> bytes:
    table = pick(TABLE, data, rng)
    if table is None:
        return bytes(data)
    column = rng.randrange(5)

    def without(row: re.Match[bytes]) -> bytes:
        cells = [cell[0] for cell in CELL.finditer(row[0])]
        return b"<tr>" + b"".join(cells[:column] + cells[column + 1 :]) + b"</tr>" if cells else row[0]

    return put(data, table, ROW.sub(without, table[0]))


def add_a_column(data: bytearray, rng: random.Random) -> bytes:
    """A column more: empty, of currency signs, of numbers without a head, of notes."""
    table = pick(TABLE, data, rng)
    if table is None:
        return bytes(data)
    column, text = rng.randrange(5), rng.choice((b"", b"$", b"7", b"(1)", b"12,345", b"%", b"Note 3"))

    def more(row: re.Match[bytes]) -> bytes:
        cells = [cell[0] for cell in CELL.finditer(row[0])]
        return b"<tr>" + b"".join([*cells[:column], b"<td>" + text + b"</td>", *cells[column:]]) + b"</tr>"

    return put(data, table, ROW.sub(more, table[0]))


def change_a_header_year(data: bytearray, rng: random.Random) -> bytes:
    return replace(
        YEAR, data, rng, rng.choice((b"2023", b"2024", b"2025", b"1999", b"20X4", b"2024/25", b"24"))
    )


def change_a_header_month(data: bytearray, rng: random.Random) -> bytes:
    return replace(
        MONTH, data, rng, rng.choice((b"March", b"June", b"Sept.", b"DECEMBER", b"Smarch", b"Dec"))
    )


def change_a_header_words(data: bytearray, rng: random.Random) -> bytes:
    return replace(
        re.compile(rb"(?:Three|Six|Nine|Twelve) Months Ended|Year Ended", re.IGNORECASE),
        data,
        rng,
        rng.choice(_HEADERS),
    )


def change_a_unit_note(data: bytearray, rng: random.Random) -> bytes:
    return replace(UNIT_NOTE, data, rng, rng.choice(_UNIT_NOTES))


def add_a_unit_note(data: bytearray, rng: random.Random) -> bytes:
    """A note of a unit where none was: in a label, a header, a row of its own, or before a table."""
    note = rng.choice(_UNIT_NOTES[1:])
    if rng.random() < 0.5:
        found = pick(WORDS, data, rng)
        return bytes(data) if found is None else insert(data, found.end(), b" " + note)
    table = pick(TABLE_START, data, rng)
    if table is None:
        return bytes(data)
    if rng.random() < 0.5:
        return insert(data, table.start(), b"<p>" + note + b"</p>")
    return insert(data, table.end(), b'<tr><td colspan="9">' + note + b"</td></tr>")


def dress_a_number(data: bytearray, rng: random.Random) -> bytes:
    """Parentheses, minus signs, currencies, percent and other marks around a number."""
    amount = pick(AMOUNT, data, rng)
    if amount is None:
        return bytes(data)
    before, after = rng.choice(_AROUND)
    return put(data, amount, before + amount[0].strip(b"()") + after)


def write_in_words(data: bytearray, rng: random.Random) -> bytes:
    return replace(AMOUNT, data, rng, rng.choice(_IN_WORDS))


def change_separators(data: bytearray, rng: random.Random) -> bytes:
    """Numbers as written elsewhere: 1.234,5 and 1 234 and 1'234 and 12,34,567 and other digits."""
    shape = rng.choice((AMOUNT, re.compile(rb"(?<=>)\d{1,3}(?:,\d{3})+(?:\.\d+)?(?=<)")))
    style = rng.randrange(7)

    def rewritten(number: bytes) -> bytes:
        text = number.decode()
        if style == 0:
            return text.translate(str.maketrans(",.", ".,")).encode()
        if style == 1:
            return text.replace(",", "\u202f").encode()
        if style == 2:
            return text.replace(",", "'").encode()
        if style == 3:
            return text.replace(",", "").encode()
        if style == 4:
            return text.translate({48 + digit: 0x660 + digit for digit in range(10)}).encode()
        if style == 5:
            return text.translate({48 + digit: 0xFF10 + digit for digit in range(10)}).encode()
        return text.replace(",", ",0", 1).encode()

    if rng.random() < 0.5:
        return shape.sub(lambda found: rewritten(found[0]), bytes(data))
    found = pick(shape, data, rng)
    return bytes(data) if found is None else put(data, found, rewritten(found[0]))


def repeat_a_row(data: bytearray, rng: random.Random) -> bytes:
    row = pick(ROW, data, rng)
    return bytes(data) if row is None else insert(data, row.end(), row[0] * rng.choice((1, 1, 30)))


def move_a_row(data: bytearray, rng: random.Random) -> bytes:
    """A row moved to another table, or to another place of its own."""
    row = pick(ROW, data, rng)
    if row is None:
        return bytes(data)
    rest = put(data, row, b"")
    other = pick(ROW, rest, rng)
    return bytes(data) if other is None else insert(rest, other.start(), row[0])


def nest_a_table(data: bytearray, rng: random.Random) -> bytes:
    """A cell's words in a table of their own."""
    cell = pick(CELL, data, rng)
    if cell is None:
        return bytes(data)
    start, _, rest = cell[0].partition(b">")
    inner = rest.rpartition(b"</")[0]
    end = cell[0][len(start) + 1 + len(inner) :]
    return put(data, cell, start + b"><table><tr><td>" + inner + b"</td></tr></table>" + end)


def add_label_noise(data: bytearray, rng: random.Random) -> bytes:
    found = pick(WORDS, data, rng)
    if found is None:
        return bytes(data)
    at = rng.choice((found.end(), rng.randrange(found.start(), found.end() + 1)))
    return insert(data, at, rng.choice(_LABEL_NOISE))


def empty_a_label(data: bytearray, rng: random.Random) -> bytes:
    return replace(WORDS, data, rng, rng.choice((b"", b" ", b"-", b"Total", b"Other", b"Revenue")))


def turn_into_head_cells(data: bytearray, rng: random.Random) -> bytes:
    row = pick(ROW, data, rng)
    if row is None:
        return bytes(data)
    changed = re.sub(rb"(</?)t[dh]\b", rb"\1th", row[0])
    return put(data, row, rng.choice((changed, b"<thead>" + changed + b"</thead>")))


TABLES: tuple[Mutation, ...] = (
    cut_a_table,
    glue_tables,
    merge_cells,
    split_a_cell,
    swap_cells,
    swap_columns,
    drop_a_column,
    add_a_column,
    change_a_header_year,
    change_a_header_month,
    change_a_header_words,
    change_a_unit_note,
    add_a_unit_note,
    dress_a_number,
    write_in_words,
    change_separators,
    repeat_a_row,
    move_a_row,
    nest_a_table,
    add_label_noise,
    empty_a_label,
    turn_into_head_cells,
)
