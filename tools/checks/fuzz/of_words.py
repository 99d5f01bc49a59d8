"""Mutations of running text: the sentences that targets, contracts, risks and results are read from."""

from __future__ import annotations

import random
import re

from .markup import PARAGRAPH, SENTENCE, Mutation, insert, pick, put, replace, swap

_SUM = re.compile(rb"\$ ?\d[\d,.]*(?: (?:million|billion|thousand))?")
_QUANTITY = re.compile(rb"\d[\d,.]* ?(?:MW|megawatts|EH/s|exahash|%|million|billion)")
_WHEN = re.compile(
    rb"(?:by|in|during) (?:the )?(?:end of |first |second |third |fourth |early |late |mid-)?"
    rb"(?:half of |quarter of )?(?:Q[1-4] )?20\d\d"
)
_SUMS = (
    b"$12.5 million",
    b"$1,250",
    b"$0",
    b"$(3.6) million",
    b"$1.2-1.4 billion",
    b"approximately $99 million to $101 million",
    b"$ 5",
    b"$999999999999999999999999 billion",
    b"US$7 trillion",
    b"RMB 40 million",
    b"\xe2\x82\xac30m",
    b"twelve million dollars",
    b"$1.2.3 million",
    b"$NaN million",
    b"$1e9 million",
)
_QUANTITIES = (
    b"1 GW",
    b"100-200 MW",
    b"50 EH/s",
    b"0 MW",
    b"1,000,000 MW",
    b"5 petahash",
    b"half a gigawatt",
    b"300 %",
    b"\xd9\xa3\xd9\xa4 MW",
    b"9" * 400 + b" MW",
    b"-5 MW",
    b"2x",
)
_TIMES = (
    b"by the end of 2026",
    b"in the fourth quarter of fiscal 2025",
    b"by year-end",
    b"next year",
    b"in Q13 2025",
    b"by 2099",
    b"in February 30, 2026",
    b"in H2 2025",
    b"over the next 18 months",
    b"in the year 9999",
    b"by 0000",
    b"last quarter",
    b"no later than 31.12.2026",
)
_TWISTS = (
    (b" will ", b" will not "),
    (b" expects ", b" no longer expects "),
    (b" expects ", b" previously expected "),
    (b"We ", b"Our competitors "),
    (b" is ", b" would have been "),
    (b" was ", b" was not "),
    (b" million", b" billion"),
    (b" and ", b", "),
    (b"the ", b"THE "),
)
_BETWEEN = (
    b"; ",
    b", while ",
    b" (",
    b" \xe2\x80\x94 ",
    b"\n\n",
    b". ",
    b"",
    b"\n  \xe2\x80\xa2 ",
    b'" ',
    b"&#8203;",
)


def change_a_sum(data: bytearray, rng: random.Random) -> bytes:
    return replace(_SUM, data, rng, rng.choice(_SUMS))


def change_a_quantity(data: bytearray, rng: random.Random) -> bytes:
    return replace(_QUANTITY, data, rng, rng.choice(_QUANTITIES))


def change_a_time(data: bytearray, rng: random.Random) -> bytes:
    return replace(_WHEN, data, rng, rng.choice(_TIMES))


def swap_sentences(data: bytearray, rng: random.Random) -> bytes:
    return swap(SENTENCE, data, rng)


def repeat_a_sentence(data: bytearray, rng: random.Random) -> bytes:
    found = pick(SENTENCE, data, rng)
    times = rng.choice((1, 2, 200))
    return bytes(data) if found is None else insert(data, found.end(), (b" " + found[0]) * times)


def move_a_paragraph(data: bytearray, rng: random.Random) -> bytes:
    return swap(PARAGRAPH, data, rng)


def join_sentences(data: bytearray, rng: random.Random) -> bytes:
    return replace(re.compile(rb"\.\s+(?=[A-Z])"), data, rng, rng.choice(_BETWEEN))


def break_a_sentence(data: bytearray, rng: random.Random) -> bytes:
    """A sentence cut by a tag, a line or a page."""
    found = pick(SENTENCE, data, rng)
    if found is None:
        return bytes(data)
    between = rng.choice((b"</p><p>", b"<br/>", b"\n", b"\n\n", b"<b>", b"<hr/>7<hr/>", b"\x0c", b"<!-- -->"))
    return insert(data, rng.randrange(found.start(), found.end()), between)


def twist_a_sentence(data: bytearray, rng: random.Random) -> bytes:
    """A word that makes it mean something else: denied, past, somebody else's."""
    before, after = rng.choice(_TWISTS)
    return replace(re.compile(re.escape(before)), data, rng, after)


def swap_sums(data: bytearray, rng: random.Random) -> bytes:
    return swap(_SUM, data, rng)


def say_it_elsewhere(data: bytearray, rng: random.Random) -> bytes:
    """A sentence in a cell, a list, a heading, a footnote or quotation marks."""
    found = pick(SENTENCE, data, rng)
    if found is None:
        return bytes(data)
    before, after = rng.choice(
        (
            (b"<table><tr><td>", b"</td></tr></table>"),
            (b"<ul><li>", b"</li></ul>"),
            (b"<h2>", b"</h2>"),
            (b"<sup>", b"</sup>"),
            (b'"', b'"'),
            (b"\xe2\x80\x9c", b"\xe2\x80\x9d said the CEO."),
            (b"<del>", b"</del>"),
            (b"(", b")"),
            (b"<blockquote>", b"</blockquote>"),
        )
    )
    return put(data, found, before + found[0] + after)


WORDS_SAID: tuple[Mutation, ...] = (
    change_a_sum,
    change_a_quantity,
    change_a_time,
    swap_sentences,
    repeat_a_sentence,
    move_a_paragraph,
    join_sentences,
    break_a_sentence,
    twist_a_sentence,
    swap_sums,
    say_it_elsewhere,
)
