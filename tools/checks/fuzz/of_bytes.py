"""Mutations of bytes, tags and attributes that know little of what they mean."""

from __future__ import annotations

import gzip
import random

from .markup import ATTRIBUTE, NUMBER, TAG, Mutation, pick, replace


def flip_bytes(data: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 3, 30, 300))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def truncate(data: bytearray, rng: random.Random) -> bytes:
    return bytes(data[: rng.randrange(1, len(data) + 1)])


def cut_the_head(data: bytearray, rng: random.Random) -> bytes:
    return bytes(data[rng.randrange(min(len(data), 3000)) :])


def drop_a_block(data: bytearray, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    del data[start : start + rng.choice((1, 10, 1000, 100_000))]
    return bytes(data)


def double_a_block(data: bytearray, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    block = data[start : start + rng.choice((10, 500, 20_000))]
    at = rng.randrange(len(data))
    return bytes(data[:at] + block + data[at:])


def swap_tags(data: bytearray, rng: random.Random) -> bytes:
    one, other = pick(TAG, data, rng), pick(TAG, data, rng)
    if one is None or other is None or one.end() > other.start():
        return bytes(data)
    return bytes(
        data[: one.start()] + other[0] + data[one.end() : other.start()] + one[0] + data[other.end() :]
    )


def delete_a_tag(data: bytearray, rng: random.Random) -> bytes:
    return replace(TAG, data, rng, b"")


def delete_attributes(data: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 10))):
        data = bytearray(replace(ATTRIBUTE, data, rng, b""))
    return bytes(data)


def spoil_a_value(data: bytearray, rng: random.Random) -> bytes:
    junk = rng.choice((b"", b"-1", b"99999999999", b"INF", "—é".encode(), b"a b", b"A" * 5000, b"&amp;&bad;"))
    found = pick(ATTRIBUTE, data, rng)
    if found is None:
        return bytes(data)
    name = found[0].split(b"=")[0]
    return bytes(data[: found.start()] + name + b'="' + junk + b'"' + data[found.end() :])


def spoil_a_number(data: bytearray, rng: random.Random) -> bytes:
    junk = rng.choice((b"", b"1e999", b"--5", b"9" * 3000, "٣٤".encode(), b"1.2.3", b"NaN", b"<b>1</b>,000"))
    return replace(NUMBER, data, rng, b">" + junk + b"<")


def spoil_the_encoding(data: bytearray, rng: random.Random) -> bytes:
    name = rng.choice(("utf-16", "utf-32", "cp1252", "utf-7", "cp500", "latin-1"))
    if rng.random() < 0.3:
        return bytes(data).replace(b"ASCII", name.encode(), 1).replace(b"utf-8", name.encode(), 1)
    return bytes(data).decode("utf-8", "replace").encode(name, "replace")


def insert_junk(data: bytearray, rng: random.Random) -> bytes:
    junk = rng.choice(
        (
            b"\0" * 50,
            b"<" * 500,
            b"<x>" * 3000,
            b"]]>",
            b"<!--",
            b"<![CDATA[",
            b'<!DOCTYPE x [<!ENTITY a "aaaa">]>',
            b"<table>" * 400,
            b'<td colspan="999999999" rowspan="99999999">',
            b'<q xmlns:us-gaap="x" xmlns="y">',
            rng.randbytes(200),
        )
    )
    at = rng.randrange(len(data)) if rng.random() < 0.8 else 0
    return bytes(data[:at] + junk + data[at:])


def pack(data: bytearray, rng: random.Random) -> bytes:
    packed = bytearray(gzip.compress(bytes(data), compresslevel=1))
    if rng.random() < 0.7:
        packed[rng.randrange(len(packed))] ^= 1 << rng.randrange(8)
    return bytes(packed)


BYTES: tuple[Mutation, ...] = (
    flip_bytes,
    truncate,
    cut_the_head,
    drop_a_block,
    double_a_block,
    swap_tags,
    delete_a_tag,
    delete_attributes,
    spoil_a_value,
    spoil_a_number,
    spoil_the_encoding,
    insert_junk,
    pack,
)
