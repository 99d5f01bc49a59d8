"""Fuzz the readers: mutate filings, and demand a reading or a typed error in bounded time for every case.

Where the tags of a period still agree, its total must not be lost without a word.

    python -m tools fuzz --cases 10000 --seed 1

Mutates the real filings if they are at hand (`--wide`: those of other industries too), else the hand-written
documents of the tests. A failed case is made again by `--seed S --first N --cases 1`.
"""

from __future__ import annotations

import gzip
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, overload

from hashpivot.core import HashpivotError
from hashpivot.filings import read_filing, read_release
from hashpivot.lines import Reading, read, read_facts
from hashpivot.lines.release import ReleaseDocument

from ..bundle.snapshot import Snapshot
from ..places import DATA, TESTS
from .kept_totals import Original, Said, known_companies
from .mutations import STRUCTURE, Mutation

SMALL = TESTS / "filings" / "data"
_TAG = re.compile(rb"<[^<>]{1,400}>")
_ATTRIBUTE = re.compile(rb'\s[\w:.\-]+="[^"<>]{0,200}"')
_NUMBER = re.compile(rb">[\d,.]{1,20}<")

_AS_RELEASE = 10  # every tenth case is read with its tags ignored too, which takes long
_PIECE = 20  # cases a process takes at once
_TELL = 1000  # cases between two words of progress
_PAGES = frozenset({".gz", ".htm", ".html", ".txt", ".xml"})


class WrongTotal(AssertionError):
    """A total was lost without a word, though the tags agree."""


@dataclass(frozen=True)
class Failure:
    """A case that did not end well."""

    case: int
    mutations: str
    problem: str


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
    one, other = _pick(_TAG, data, rng), _pick(_TAG, data, rng)
    if one is None or other is None or one.end() > other.start():
        return bytes(data)
    return bytes(
        data[: one.start()] + other[0] + data[one.end() : other.start()] + one[0] + data[other.end() :]
    )


def delete_a_tag(data: bytearray, rng: random.Random) -> bytes:
    return _replace(_TAG, data, rng, b"")


def delete_attributes(data: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 10))):
        data = bytearray(_replace(_ATTRIBUTE, data, rng, b""))
    return bytes(data)


def spoil_a_value(data: bytearray, rng: random.Random) -> bytes:
    junk = rng.choice((b"", b"-1", b"99999999999", b"INF", "—é".encode(), b"a b", b"A" * 5000, b"&amp;&bad;"))
    found = _pick(_ATTRIBUTE, data, rng)
    if found is None:
        return bytes(data)
    name = found[0].split(b"=")[0]
    return bytes(data[: found.start()] + name + b'="' + junk + b'"' + data[found.end() :])


def spoil_a_number(data: bytearray, rng: random.Random) -> bytes:
    junk = rng.choice((b"", b"1e999", b"--5", b"9" * 3000, "٣٤".encode(), b"1.2.3", b"NaN", b"<b>1</b>,000"))
    return _replace(_NUMBER, data, rng, b">" + junk + b"<")


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


MUTATIONS: tuple[Mutation, ...] = (
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
    *STRUCTURE,
)


def _pick(shape: re.Pattern[bytes], data: bytearray, rng: random.Random) -> re.Match[bytes] | None:
    return shape.search(data, rng.randrange(len(data)))


def _replace(shape: re.Pattern[bytes], data: bytearray, rng: random.Random, by: bytes) -> bytes:
    found = _pick(shape, data, rng)
    return bytes(data if found is None else data[: found.start()] + by + data[found.end() :])


class Files(Sequence[bytes]):
    """The documents in files, each read when it is asked for."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths

    def __len__(self) -> int:
        return len(self._paths)

    @cached_property
    def weights(self) -> list[float]:
        """How often each is taken: the smaller, the oftener, so that all take about the same time."""
        return [1 / path.stat().st_size for path in self._paths]

    @overload
    def __getitem__(self, place: int) -> bytes: ...
    @overload
    def __getitem__(self, place: slice) -> Files: ...
    def __getitem__(self, place: int | slice) -> bytes | Files:
        if isinstance(place, slice):
            return Files(self._paths[place])
        data = self._paths[place].read_bytes()
        return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def corpus(*, real: bool, wide: bool = False) -> Files:
    """The documents to mutate.

    Args:
        real: Real filings if they are at hand, else and otherwise the hand-written ones.
        wide: Those of other industries too.
    """
    if real and DATA.is_dir():
        snapshot = Snapshot.load()
        paths = [path for folder in sorted(snapshot.files) for path in snapshot.paths(folder)]
        others = sorted(path for path in (DATA / "corpus").rglob("*") if path.suffix in _PAGES)
        return Files([*paths, *(others if wide else ())])
    return Files(sorted(path for path in SMALL.iterdir() if path.suffix in {".htm", ".xml", ".txt"}))


@dataclass(frozen=True)
class Case:
    """One mutated document; the same for the same seed and number.

    Args:
        place: Of the document it was made of.
        mutations: Their names.
        data: The mutated document.
    """

    place: int
    mutations: str
    data: bytes


def case(documents: Files, seed: int, number: int) -> Case:
    """The case of this number."""
    rng = random.Random(f"{seed}/{number}")
    (place,) = rng.choices(range(len(documents)), documents.weights)
    data = documents[place]
    chosen = rng.choices(MUTATIONS, k=rng.choice((1, 1, 1, 2, 3)))
    for mutation in chosen:
        data = mutation(bytearray(data or b" "), rng)
    return Case(place, ", ".join(mutation.__name__ for mutation in chosen), data)


def outcome(data: bytes, original: Original) -> str:
    """`filing`, or the kind of the typed error. All a user may ask of a filing is asked, and its lines.

    Raises:
        WrongTotal: If a total was lost though the tags of its period agree with the original's.
        Exception: Anything else is a bug in the reader.
    """
    try:
        filing = read_filing("case", data=data)
    except HashpivotError as error:
        str(error)
        read_file(data)
        return error.kind
    _ = filing.cover, filing.sha256, filing.period_end, filing.cik, filing.ticker, filing.company_name
    for fact in (*filing.facts, *filing.texts):
        _ = fact.text, fact.label, fact.column_header, fact.table, fact.row, fact.column, repr(fact)
        if filing.fact(fact.locator) is not fact:
            raise AssertionError(f"{fact.locator} leads elsewhere")
        if fact.unit and fact.value is None and not fact.nil:
            raise AssertionError(f"{fact.locator} has no value")
    reading = read_facts(filing, companies=known_companies())
    _ = repr(reading), [str(figure) for figure in reading.figures()]
    if original.said and (lost := list(original.said.lost(Said.of(filing, reading)))):
        raise WrongTotal("; ".join(lost))
    return "filing"


def read_file(data: bytes) -> None:
    """Read a document without usable tags as a user does: its tables, then its sentences."""
    with tempfile.NamedTemporaryFile(suffix=".htm") as file:
        file.write(data)
        file.flush()
        _show(lambda: read(file.name, companies=known_companies()))


def read_as_release(data: bytes) -> None:
    """Read the lines of business of its tables, tags ignored."""
    _show(lambda: read_facts(ReleaseDocument(read_release("case", data=data)), companies=known_companies()))


def _show(read_lines: Callable[[], Reading]) -> None:
    """All that a reading says; a typed error is as good."""
    try:
        reading = read_lines()
    except HashpivotError as error:
        str(error)
        return
    _ = repr(reading), [str(figure) for figure in reading.figures()]


def most_resident() -> int:
    """The most memory this process had resident, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class Fuzzer:
    """Runs cases over documents; what the unchanged documents say is kept.

    Args:
        documents: What is mutated.
        seed: Of all cases.
        bound: Seconds of processor time a case may take.
    """

    def __init__(self, documents: Files, seed: int, bound: float) -> None:
        self._documents = documents
        self._seed = seed
        self._bound = bound
        self._originals: dict[int, Original] = {}

    def run(self, cases: range) -> tuple[Counter[str], list[Failure]]:
        """Outcomes by kind, and the cases that failed or took too long."""
        outcomes: Counter[str] = Counter()
        failures: list[Failure] = []
        for number in cases:
            made = case(self._documents, self._seed, number)
            original = self._originals.setdefault(made.place, Original(self._documents, made.place))
            _ = original.said  # reading it is not part of the case's time
            started = time.process_time()
            try:
                outcomes[outcome(made.data, original)] += 1
                if number % _AS_RELEASE == 0:
                    read_as_release(made.data)
            except Exception as error:
                failures.append(Failure(number, made.mutations, f"{type(error).__name__}: {error}"))
            seconds = time.process_time() - started
            if seconds > self._bound:
                failures.append(Failure(number, made.mutations, f"took {seconds:.1f} s"))
        return outcomes, failures


_fuzzers: list[Fuzzer] = []
"""Of a worker process: one, as it keeps what it has read from piece to piece."""


def _begin(*arguments: Any) -> None:
    _fuzzers.append(Fuzzer(*arguments))


def _piece(cases: range) -> tuple[Counter[str], list[Failure], int]:
    return *_fuzzers[0].run(cases), most_resident()


def run_at_once(
    documents: Files, seed: int, cases: range, bound: float, jobs: int
) -> tuple[Counter[str], list[Failure], int]:
    """As `Fuzzer.run`, in several processes and with progress, and the most memory one of them took."""
    outcomes: Counter[str] = Counter()
    failures: list[Failure] = []
    resident = done = 0
    pieces = [cases[start : start + _PIECE] for start in range(0, len(cases), _PIECE)]
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(documents, seed, bound)) as pool:
        for found, failed, memory in pool.map(_piece, pieces):
            outcomes += found
            failures += failed
            resident = max(resident, memory)
            done += _PIECE
            for failure in failed:
                print(f"  {failure.case}: {failure.mutations}: {failure.problem}", file=sys.stderr)
            if done % _TELL == 0:
                print(
                    f"{done:,} of {len(cases):,} cases, {len(failures)} failed", file=sys.stderr, flush=True
                )
    return outcomes, failures, resident
