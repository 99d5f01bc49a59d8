"""Shapes of a filing's markup, and how a mutation picks one and puts another in its place."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Mutation = Callable[[bytearray, random.Random], bytes]
"""From a document and a source of chance to another document; the same one if it finds nothing to change."""

TAG = re.compile(rb"<[^<>]{1,400}>")
ATTRIBUTE = re.compile(rb'\s[\w:.\-]+="[^"<>]{0,200}"')
NUMBER = re.compile(rb">[\d,.]{1,20}<")
CONTEXT_REF = re.compile(rb'contextRef="[^"<>]{1,200}"')
UNIT_REF = re.compile(rb'unitRef="[^"<>]{1,200}"')
FACT = re.compile(rb"<ix:nonFraction\b[^<>]{1,1000}>[^<>]{0,100}</ix:nonFraction>")
FACT_START = re.compile(rb"<ix:non(?:Fraction|Numeric)\b")
NUMBER_START = re.compile(rb"<ix:nonFraction\b")
TEXT_FACT = re.compile(rb"<ix:nonNumeric\b[^<>]{1,1000}>[^<>]{0,1000}</ix:nonNumeric>")
CONTEXT = re.compile(rb"<(?:xbrli:)?context\b.{1,3000}?</(?:xbrli:)?context>", re.DOTALL)
UNIT = re.compile(rb"<(?:xbrli:)?unit\b.{1,1000}?</(?:xbrli:)?unit>", re.DOTALL)
PERIOD = re.compile(rb"(?<=<xbrli:period>).{1,300}?(?=</xbrli:period>)", re.DOTALL)
IDENTITY = re.compile(rb'\bid="[^"<>]{1,100}"')
TABLE = re.compile(rb"<table\b(?:(?!</?table\b).){0,200000}?</table>", re.DOTALL | re.IGNORECASE)
TABLE_START = re.compile(rb"<table\b[^<>]*>", re.IGNORECASE)
ROW = re.compile(rb"<tr\b(?:(?!</?tr\b).){0,50000}?</tr>", re.DOTALL | re.IGNORECASE)
CELL = re.compile(rb"<t[dh]\b(?:(?!</?t[dh]\b).){0,20000}?</t[dh]>", re.DOTALL | re.IGNORECASE)
CELL_START = re.compile(rb"<t[dh]\b", re.IGNORECASE)
DIGITS = re.compile(rb"(?<=>)[^<>]{0,20}\d[\d,.]*(?=[^<>]{0,20}<)")
AMOUNT = re.compile(rb"(?<=>)\(?\d{1,3}(?:,\d{3})*(?:\.\d+)?\)?(?=<)")
DATE = re.compile(rb"(?<=>)\s*(?:19|20)\d\d-\d\d-\d\d\s*(?=</)")
WORDS = re.compile(rb"(?<=>)[^<>\d]{3,60}(?=<)")
YEAR = re.compile(rb"(?<!\d)20[12]\d(?!\d)")
MONTH = re.compile(rb"January|February|March|April|May|June|July|August|September|October|November|December")
UNIT_NOTE = re.compile(rb"\(?(?:dollars )?in (?:thousands|millions|billions)[^<>()]{0,60}\)?", re.IGNORECASE)
PARAGRAPH = re.compile(rb"<p\b(?:(?!</?p\b).){0,20000}?</p>", re.DOTALL | re.IGNORECASE)
SENTENCE = re.compile(rb"[A-Z][^<>.]{20,400}\.(?=[\s<])")


def pick(shape: re.Pattern[bytes], data: bytes | bytearray, rng: random.Random) -> re.Match[bytes] | None:
    """The first match behind a place drawn at random, or the first of all; None if there is none."""
    return shape.search(data, rng.randrange(len(data) or 1)) or shape.search(data)


def replace(shape: re.Pattern[bytes], data: bytearray, rng: random.Random, by: bytes) -> bytes:
    """The document with other bytes for one match."""
    found = pick(shape, data, rng)
    return bytes(data) if found is None else put(data, found, by)


def put(data: bytes | bytearray, found: re.Match[bytes], by: bytes) -> bytes:
    """The document with other bytes for this match."""
    return bytes(data[: found.start()] + by + data[found.end() :])


def insert_within(
    shape: re.Pattern[bytes], data: bytearray, rng: random.Random, what: Sequence[bytes]
) -> bool:
    """Put one of several texts somewhere into a match, in place; False if there is none."""
    found = pick(shape, data, rng)
    if found is not None:
        at = rng.randrange(found.start(), found.end() + 1)
        data[at:at] = rng.choice(what)
    return found is not None


def insert(data: bytes | bytearray, at: int, what: bytes) -> bytes:
    """The document with more bytes at a place."""
    return bytes(data[:at] + what + data[at:])


def swap(shape: re.Pattern[bytes], data: bytearray, rng: random.Random) -> bytes:
    """The document with two matches in each other's place."""
    one, other = pick(shape, data, rng), pick(shape, data, rng)
    if one is None or other is None:
        return bytes(data)
    first, second = sorted((one, other), key=lambda found: found.start())
    if first.end() > second.start():
        return bytes(data)
    between = data[first.end() : second.start()]
    return bytes(data[: first.start()] + second[0] + between + first[0] + data[second.end() :])


def set_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """A start tag, from `<` to before `>`, with one attribute replaced or added."""
    bare = re.sub(rb'\s%s="[^"]*"' % re.escape(name), b"", tag)
    end = len(bare) - bare.endswith(b"/")
    return bare[:end] + b' %s="%s"' % (name, value) + bare[end:]


def with_attribute(
    shape: re.Pattern[bytes], data: bytearray, rng: random.Random, name: bytes, value: bytes
) -> bytes:
    """The document with one attribute set in a start tag that `shape` begins."""
    found = pick(shape, data, rng)
    end = data.find(b">", found.end()) if found else -1
    if found is None or end < 0:
        return bytes(data)
    return bytes(
        data[: found.start()] + set_attribute(bytes(data[found.start() : end]), name, value) + data[end:]
    )
