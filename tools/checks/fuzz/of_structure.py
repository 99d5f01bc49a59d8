"""Mutations of a filing that keep its structure: what a filer, an agent's tool or an attacker might write."""

from __future__ import annotations

import random
import re

from .markup import (
    CELL_START,
    CONTEXT_REF,
    DATE,
    DIGITS,
    FACT,
    NUMBER_START,
    ROW,
    TABLE,
    UNIT_REF,
    WORDS,
    Mutation,
    insert_within,
    pick,
    swap,
)

_HIDING = (
    b'<span style="display:none">9</span>',
    b'<span style="visibility:hidden">9</span>',
    b"<sup>1</sup>",
    b'<font size="1">1</font>',
    b'<span hidden="">9</span>',
    b'<span style="font-size:0">9</span>',
    b"<!-- 9 -->",
    b'<font style="font-size:6.5pt;vertical-align:top">(1)</font>',
    b"<s>5</s>",
    b'<span style="color:#fff">9</span>',
)
_CHARACTERS = [
    character.encode()
    for character in "\u200b\u200d\u200e\u200f\u202d\u202e\u2067\u2069\u00ad\ufeff\u0661\uff15\u00b2\u0336"
]
_DATES = (
    b"2024-12-31",
    b"2025-01-01",
    b"0001-01-01",
    b"9999-12-31",
    b"2024-02-30",
    b"2023-12-31T24:00:00",
    b"",
)
_MONTHS = (
    b"December 2024",
    b"March 31, 2025",
    b"Three Months Ended June 30, 2025",
    b"FY 9999",
    b"Q1",
    b"2025",
    b"",
)


def swap_contexts(data: bytearray, rng: random.Random) -> bytes:
    return swap(CONTEXT_REF, data, rng)


def swap_units(data: bytearray, rng: random.Random) -> bytes:
    return swap(UNIT_REF, data, rng)


def reorder_rows(data: bytearray, rng: random.Random) -> bytes:
    return swap(ROW, data, rng)


def swap_numbers(data: bytearray, rng: random.Random) -> bytes:
    return swap(DIGITS, data, rng)


def swap_words(data: bytearray, rng: random.Random) -> bytes:
    return swap(WORDS, data, rng)


def move_a_table(data: bytearray, rng: random.Random) -> bytes:
    table = pick(TABLE, data, rng)
    if table is None:
        return bytes(data)
    rest = data[: table.start()] + data[table.end() :]
    at = rng.randrange(len(rest) + 1)
    return bytes(rest[:at] + table[0] + rest[at:])


def change_scale_or_sign(data: bytearray, rng: random.Random) -> bytes:
    fact = pick(NUMBER_START, data, rng)
    if fact is None:
        return bytes(data)
    added = rng.choice(
        (b' sign="-"', b' scale="3"', b' scale="-6"', b' scale="99"', b' decimals="-9"', b' sign="+"')
    )
    end = data.find(b">", fact.end())
    tag = re.sub(rb'\s%s="[^"]*"' % added.split(b"=")[0].strip(), b"", bytes(data[fact.end() : end]))
    return bytes(data[: fact.end()] + added + tag + data[end:])


def widen_spans(data: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 20, 300))):
        cell = pick(CELL_START, data, rng)
        if cell is None:
            break
        span = b' %s="%d"' % (rng.choice((b"colspan", b"rowspan")), rng.choice((0, 2, 3, 50, 5000, 10**12)))
        data[cell.end() : cell.end()] = span
    return bytes(data)


def nest_deeply(data: bytearray, rng: random.Random) -> bytes:
    tag = rng.choice((b"div", b"span", b"table", b"td", b"font", b"sup", b"b"))
    depth = rng.choice((10, 200, 3000))
    found = pick(DIGITS, data, rng)
    at = found.start() if found else rng.randrange(len(data) + 1)
    return bytes(
        data[:at] + b"<%s>" % tag * depth + data[at : at + 5] + b"</%s>" % tag * depth + data[at + 5 :]
    )


def insert_characters(data: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 5, 100))):
        if not insert_within(DIGITS, data, rng, _CHARACTERS):
            break
    return bytes(data)


def hide_digits(data: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 5, 100))):
        if not insert_within(DIGITS, data, rng, _HIDING):
            break
    return bytes(data)


def repeat_a_fact(data: bytearray, rng: random.Random) -> bytes:
    """One fact twice, the second with other digits."""
    fact = pick(FACT, data, rng)
    if fact is None:
        return bytes(data)
    head, _, text = fact[0].rpartition(b'">')
    digits = bytes(rng.choice(b"0123456789") if char in b"0123456789" else char for char in text)
    return bytes(data[: fact.end()] + head + b'">' + digits + data[fact.end() :])


def change_a_period(data: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 10))):
        found = pick(DATE, data, rng)
        if found is None:
            break
        data[found.start() : found.end()] = rng.choice(_DATES)
    return bytes(data)


def change_a_header(data: bytearray, rng: random.Random) -> bytes:
    found = pick(WORDS, data, rng)
    return bytes(data if found is None else data[: found.start()] + rng.choice(_MONTHS) + data[found.end() :])


def drop_a_header_row(data: bytearray, rng: random.Random) -> bytes:
    table = pick(re.compile(rb"<table\b", re.IGNORECASE), data, rng)
    row = ROW.search(data, table.end()) if table else None
    return bytes(data if row is None else data[: row.start()] + data[row.end() :])


def hide_a_cell(data: bytearray, rng: random.Random) -> bytes:
    cell = pick(re.compile(rb"<(?:td|th|tr|table)\b", re.IGNORECASE), data, rng)
    hidden = rng.choice((b' hidden=""', b' style="display:none"', b' style="visibility:collapse"'))
    return bytes(data if cell is None else data[: cell.end()] + hidden + data[cell.end() :])


def add_a_style_sheet(data: bytearray, rng: random.Random) -> bytes:
    rule = rng.choice(
        (
            b"td{display:none}",
            b"tr>td,span{font-size:0}",
            b"font{color:white}",
            b"{}}{",
            b"td:hover{opacity:0}",
            b"@media{",
        )
    )
    at = rng.randrange(len(data) + 1)
    return bytes(data[:at] + b"<style>" + rule + b"</style>" + data[at:])


STRUCTURE: tuple[Mutation, ...] = (
    swap_contexts,
    swap_units,
    reorder_rows,
    swap_numbers,
    swap_words,
    move_a_table,
    change_scale_or_sign,
    widen_spans,
    nest_deeply,
    insert_characters,
    hide_digits,
    repeat_a_fact,
    change_a_period,
    change_a_header,
    drop_a_header_row,
    hide_a_cell,
    add_a_style_sheet,
)
