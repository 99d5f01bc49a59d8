"""What is mutated: made-up documents, hand-written ones, pieces of real filings, and real filings whole."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import overload

from ...bundle.snapshot import Snapshot
from ...places import DATA, TESTS
from . import made
from .made import Truth
from .markup import PARAGRAPH, TABLE

SMALL = TESTS / "filings" / "data"
CASES = DATA.parent / "cases"
_PAGES = frozenset({".gz", ".htm", ".html", ".txt", ".xml"})
_SHARES = (("made", 70), ("small", 9), ("excerpt", 20), ("whole", 1))
"""Of cases, in percent. A whole filing takes a hundred times as long as a made-up one."""
_EXCERPT_BYTES = 90_000
_STATEMENT = (
    re.compile(rb"revenues?\b|net sales", re.IGNORECASE),
    re.compile(rb"net (?:\(?loss\)?|income|earnings)", re.IGNORECASE),
)
_LARGEST_WHOLE = 8_000_000


@dataclass(frozen=True)
class Base:
    """A document to mutate.

    Args:
        name: Where it comes from; the same for the same document.
        kind: `inline`, `release`, ... of a made-up one, else where it comes from.
        data: Its bytes, unpacked.
        truth: What it says, if it is made up.
    """

    name: str
    kind: str
    data: bytes
    truth: Truth


class Files(Sequence[bytes]):
    """The documents in files, each read when it is asked for."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths

    def __len__(self) -> int:
        return len(self._paths)

    def name(self, place: int) -> str:
        """The file's name."""
        return self._paths[place].name

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


class Documents:
    """All that may be mutated.

    Args:
        real: Take real filings and the small inputs that once failed, if they are at hand.
        wide: Take filings of other industries too.
    """

    def __init__(self, *, real: bool, wide: bool = False) -> None:
        small = [path for path in SMALL.iterdir() if path.suffix in _PAGES]
        filings: list[Path] = []
        if real and DATA.is_dir():
            snapshot = Snapshot.load()
            filings = [path for folder in sorted(snapshot.files) for path in snapshot.paths(folder)]
            others = sorted(path for path in (DATA / "corpus").rglob("*") if path.suffix in _PAGES)
            filings += others if wide else []
            small += [path for path in sorted(CASES.glob("re*/**/*")) if path.suffix in _PAGES]
        self._small = Files(sorted(small))
        self._filings = Files(filings)
        self._pieces: dict[tuple[int, int], bytes] = {}

    def draw(self, rng: random.Random) -> Base:
        """One of them; the same for the same state of `rng`."""
        shares = [pair for pair in _SHARES if len(self._filings) or pair[0] in ("made", "small")]
        (source,) = rng.choices([name for name, _ in shares], [share for _, share in shares])
        if source == "made":
            number = rng.randrange(10**9)
            drawn = made.make(random.Random(number))
            return Base(f"made {number}", drawn.kind, drawn.data, drawn.truth)
        if source == "small":
            place = rng.randrange(len(self._small))
            return Base(self._small.name(place), "small", self._small[place], {})
        if source == "whole":
            (place,) = rng.choices(range(len(self._filings)), self._filings.weights)
            return Base(self._filings.name(place), "whole", self._filings[place][:_LARGEST_WHOLE], {})
        place = rng.randrange(len(self._filings))
        number = rng.randrange(6)
        piece = self._excerpt(place, number)
        return Base(f"{self._filings.name(place)} piece {number}", "excerpt", piece, {})

    def _excerpt(self, place: int, number: int) -> bytes:
        held = self._pieces.get((place, number))
        if held is None:
            held = self._pieces[place, number] = excerpt(self._filings[place], random.Random(number))
        return held


def excerpt(data: bytes, rng: random.Random) -> bytes:
    """A page of a filing's first paragraphs, and some of its tables and paragraphs: often its statements.

    Args:
        data: A page or a submission.
        rng: Which tables, besides the largest ones that speak of revenue.
    """
    head_end = data.find(b"<body")
    head_end = data.find(b">", head_end) + 1 if head_end >= 0 else 0
    head = data[:head_end]
    header = re.search(rb"<ix:header>.*?</ix:header>", data, re.DOTALL)
    tables = [table[0] for table in TABLE.finditer(data)]
    telling = [table for table in tables if all(words.search(table) for words in _STATEMENT)]
    chosen = telling[:2] + rng.sample(tables, min(2, len(tables)))
    paragraphs = [found[0] for found in PARAGRAPH.finditer(data, head_end, head_end + 3_000_000)]
    start = rng.randrange(len(paragraphs)) if paragraphs else 0
    text = [
        *paragraphs[:6],
        *(table for table in chosen if len(table) < _EXCERPT_BYTES),
        *paragraphs[start : start + 8],
    ]
    body = b"\n".join(text)
    hidden = b'<div style="display:none">' + _used(header[0], body) + b"</div>" if header else b""
    return head + hidden + body + b"</body></html>"


def _used(header: bytes, body: bytes) -> bytes:
    """A header without the contexts nothing refers to."""
    wanted = set(re.findall(rb'contextRef="([^"]*)"', body + header))

    def kept(context: re.Match[bytes]) -> bytes:
        return context[0] if context[1] in wanted else b""

    return re.sub(rb'<xbrli:context id="([^"]*)".*?</xbrli:context>', kept, header, flags=re.DOTALL)
