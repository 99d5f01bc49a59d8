"""Make a failing document small: cut what the failure does not need, from elements down to bytes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from .cases import Aim, Case, again
from .demands import Demands, examine, most_seconds
from .markup import ATTRIBUTE, CONTEXT, FACT, PARAGRAPH, ROW, TABLE, TEXT_FACT, UNIT

Cut = tuple[int, int]
Fails = Callable[[bytes], str]
"""The signature of how a document fails; empty if it does not."""

_ELEMENTS = (TABLE, PARAGRAPH, ROW, CONTEXT, UNIT, FACT, TEXT_FACT,
             re.compile(rb"<(div|span|td|th|p|li|font|b|sup)\b[^<>]*>[^<>]*</\1>"),
             re.compile(rb"<(?:script|style|head|title)\b.*?</(?:script|style|head|title)>", re.DOTALL),
             re.compile(rb"<!--.*?-->", re.DOTALL))  # fmt: skip
_SMALL_SHAPES = (
    ATTRIBUTE,
    re.compile(rb"</?[\w:]+[^<>]*>"),
    re.compile(rb"[^<>\s]{2,}\s*"),
    re.compile(rb"\s+"),
)
_SECONDS = 120.0
"""Processor time a document is shrunk for."""


def signature(error: BaseException) -> str:
    """What kind of failure it is: the same for the same cause in documents of other numbers and names."""
    words = re.sub(r"\d[\d,.\-]*|'[^']*'", "#", str(error).splitlines()[0] if str(error) else "")
    trace = error.__traceback__
    where = ""
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        where = (
            f"{path.rpartition('/')[2]}:{trace.tb_frame.f_code.co_name}" if "hashpivot/" in path else where
        )
        trace = trace.tb_next
    return f"{type(error).__name__} {' '.join(words.split()[:5])} {where}"


def failure_of(data: bytes) -> str:
    """How a document fails by itself: not read, rows that no ledger takes, or two readings that differ."""
    started = time.process_time()
    try:
        examine(data, twice=True)
    except Exception as error:
        return signature(error)
    bound = most_seconds(data)
    return "too slow" if time.process_time() - started > 2 * bound else ""


def failure_with(case: Case) -> Fails:
    """How a document fails when the changes of a case are made on it, or its truth is asked."""

    def fails(data: bytes) -> str:
        base = replace(case.base, name=f"shrunk {hash(data)}", data=data)
        changed = data if case.aim in (Aim.TELLING, Aim.TRUTH) else again(case, data)
        try:
            Demands(kept=4).hold(replace(case, base=base, data=changed), 2)
        except Exception as error:
            return signature(error)
        return ""

    return fails


def shrink(data: bytes, fails: Fails, *, seconds: float = _SECONDS) -> bytes:
    """A smaller document that fails alike; the document itself if it does not fail.

    Args:
        data: It.
        fails: Its signature must stay.
        seconds: Processor time to spend.
    """
    wanted = fails(data)
    if not wanted:
        return data
    until = time.process_time() + seconds
    while time.process_time() < until:
        before = len(data)
        for cuts in (*map(_matches, _ELEMENTS), _pieces, *map(_matches, _SMALL_SHAPES), _bytes):
            data = _without(data, cuts, lambda piece: fails(piece) == wanted, until)
        if len(data) == before:
            break
    return data


def _without(
    data: bytes, cuts: Callable[[bytes], list[Cut]], holds: Callable[[bytes], bool], until: float
) -> bytes:
    """Leave out as many of the cuts as may be, in groups that halve in size."""
    found = cuts(data)
    size = len(found)
    while size:
        start = 0
        while start < len(found) and time.process_time() < until:
            group = found[start : start + size]
            smaller = _cut(data, group)
            if len(smaller) < len(data) and holds(smaller):
                data = smaller
                found = found[:start] + _moved(found[start + size :], group)
            else:
                start += size
        size //= 2
    return data


def _cut(data: bytes, cuts: list[Cut]) -> bytes:
    parts, place = [], 0
    for start, end in cuts:
        if start >= place:
            parts.append(data[place:start])
            place = end
    return b"".join([*parts, data[place:]])


def _moved(cuts: list[Cut], gone: list[Cut]) -> list[Cut]:
    """Cuts behind those that are gone, in the document without them."""
    by = sum(end - start for start, end in gone)
    return [(start - by, end - by) for start, end in cuts]


def _matches(shape: re.Pattern[bytes]) -> Callable[[bytes], list[Cut]]:
    return lambda data: [found.span() for found in shape.finditer(data)]


def _pieces(data: bytes) -> list[Cut]:
    """Stretches between tags."""
    edges = [found.start() for found in re.finditer(rb"<", data)]
    return list(_spans([0, *edges, len(data)]))


def _bytes(data: bytes) -> list[Cut]:
    """Every byte, of a document that is small by now."""
    return [(place, place + 1) for place in range(len(data))] if len(data) < 4_000 else []


def _spans(edges: list[int]) -> Iterator[Cut]:
    return ((start, end) for start, end in pairwise(edges) if end > start)
