"""Hostile files end in a reading or a typed error, in time linear in their size and below 1 GiB.

    python -m tools long hostile

Each kind of file is read at two sizes, one twice the other, in a process of its own whose memory is bounded.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 1 << 30
MOST_TIMES = 3.0  # the time of twice the size; two, and a machine shared with others
SHORTEST = 1.0  # seconds below which times say nothing
_HARD_LIMIT = 4 << 30  # address space, so that a failing case does not take the machine's memory

HEAD = (
    b"<html><body><p>CASTLE ROCK, January 6, 2025 /PRNewswire/ -- Riot Platforms, Inc. (NASDAQ: RIOT)</p>"
    b"<table><tr><td>Metric</td><td>December 2024</td><td>November 2024</td></tr>"
)
ROW = b"<tr><td>Bitcoin Produced</td><td>516</td><td>495</td></tr>"
INLINE = b"""<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:us-gaap="http://fasb.org/us-gaap/2024"><body><ix:header><ix:resources>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">7</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-03-31</xbrli:endDate></xbrli:period>
</xbrli:context>
<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header>"""
FACT = b'<ix:nonFraction name="us-gaap:Revenues" contextRef="c" unitRef="u" decimals="0">5</ix:nonFraction>'
SUBMISSION = b"<SEC-DOCUMENT>\n<DOCUMENT>\n<TYPE>%s\n<TEXT>\n%s\n</TEXT>\n</DOCUMENT>\n"


def _times(piece: bytes, size: int) -> bytes:
    return piece * (size // len(piece))


def _numbered(pattern: bytes, size: int) -> bytes:
    return b"".join(pattern % number for number in range(size // (len(pattern) + 4)))


def _release(rows: bytes) -> bytes:
    return HEAD + ROW + rows + b"</table></body></html>"


def _inline(body: bytes) -> bytes:
    return INLINE + FACT + body + FACT + b"</body></html>"


KINDS: dict[str, Callable[[int], bytes]] = {
    "gzip_members": lambda size: gzip.compress(b"x") * (size // len(gzip.compress(b"x"))),
    "gzip_in_gzip": lambda size: gzip.compress(gzip.compress(b"a" * size)),
    "less_than_signs": lambda size: b"<" * size,
    "paragraphs": lambda size: HEAD + ROW + b"</table>" + _times(b"<p>some words of a paragraph</p>", size),
    "empty_paragraphs": lambda size: HEAD + ROW + b"</table>" + _times(b"<p>", size),
    "one_line": lambda size: HEAD + ROW + b"</table>" + _times(b"word ", size),
    "one_word": lambda size: HEAD + ROW + b"</table>" + b"a" * size,
    "plain_line": lambda size: _times(b"Revenue was up. ", size),
    "plain_lines": lambda size: _times(b"Revenue was up.\n\n", size),
    "rows": lambda size: _release(_times(ROW, size)),
    "header_rows": lambda size: _release(
        _times(b"<tr><td></td><td>March 2024</td><td>April 2024</td></tr>" + ROW, size)
    ),
    "headers_of_their_own": lambda size: _release(
        _numbered(b"<tr><td></td><td>March %d</td></tr><tr><td>Bitcoin Produced</td><td>5</td></tr>", size)
    ),
    "header_rows_first": lambda size: (
        HEAD + _times(b"<tr><td></td><td>of March 2024</td></tr>", size // 2) + _times(ROW, size // 2)
    ),
    "titles": lambda size: HEAD + _times(b"<tr><td>in thousands of dollars</td></tr>" + ROW, size),
    "tables": lambda size: _times(HEAD.partition(b"<table>")[2].join((b"<table>", ROW + b"</table>")), size),
    "nested_tables": lambda size: _release(_times(b"<tr><td><table>", size)),
    "nested_divisions": lambda size: _release(b"<tr><td>" + _times(b"<div>", size)),
    "nested_cells": lambda size: _release(_times(b"<td>", size)),
    "spans": lambda size: _release(_times(b'<tr><td colspan="9999" rowspan="9999">5</td></tr>', size)),
    "row_spans": lambda size: _release(
        b"<tr>" + _times(b'<td rowspan="999">5</td>', size // 2) + b"</tr>" + _times(b"<tr><td>5", size // 2)
    ),
    "unread_cells": lambda size: _release(
        _times(b"<tr><td>Bitcoin Produced</td><td>~5</td><td>5</td></tr>", size)
    ),
    "attributes": lambda size: _release(b"<tr><td " + _numbered(b"a%d=1 ", size) + b">5</td></tr>"),
    "bare_attributes": lambda size: _release(b"<tr><td " + _numbered(b"a%d ", size) + b">5</td></tr>"),
    "styles": lambda size: _release(_numbered(b'<tr><td style="font-size:%dpt;color:red">5</td></tr>', size)),
    "rules": lambda size: (
        b"<style>" + _numbered(b"td b.c%d{display:none} ", size) + b"</style>" + _release(ROW)
    ),
    "open_rules": lambda size: b"<style>" + _times(b"td{", size) + b"</style>" + _release(ROW),
    "rules_and_cells": lambda size: (
        b"<style>"
        + _numbered(b"table i b{font-size:%dpt}", min(size // 2, 100_000))
        + b"</style>"
        + _release(_times(b"<tr><td>x</td><td><i><b>5</b></i></td></tr>", size // 2))
    ),
    "comments": lambda size: _release(_times(b"<!-- x -->", size)),
    "entities": lambda size: _release(b"<tr><td>" + _times(b"&nbsp;", size)),
    "invisible": lambda size: _release(b"<tr><td>" + _times("\u200b\u202e".encode(), size)),
    "documents": lambda size: _times(SUBMISSION % (b"EX-99.1", _release(b"")), size),
    "empty_documents": lambda size: _times(b"<DOCUMENT>", size),
    "zip_inside": lambda size: (
        SUBMISSION % (b"ZIP", b"begin 644 x.zip\n" + _times(b"M" + b"a" * 60 + b"\n", size))
    ),
    "gzip_inside": lambda size: SUBMISSION % (b"EX-99.1", b"<table>" + gzip.compress(b"\0" * size)),
    "facts": lambda size: _inline(_times(FACT, size)),
    "fact_rows": lambda size: _inline(
        b"<table>" + _times(b"<tr><td>x</td><td>%s</td></tr>" % FACT, size) + b"</table>"
    ),
    "fact_headers": lambda size: _inline(
        b"<table>"
        + _times(b"<tr><td>x</td><td>y</td></tr>", size // 2)
        + b"<tr>"
        + _times(b"<td>%s</td>" % FACT, size // 2)
        + b"</tr></table>"
    ),
    "fact_spans": lambda size: _inline(
        b"<table>" + _times(b'<tr><td rowspan="999"></td><td>%s</td></tr>' % FACT, size) + b"</table>"
    ),
    "nested_facts": lambda size: _inline(_times(b"<div>", size)),
    "broken_xml": lambda size: _inline(b"</p>" + _times(b"<p>&nbsp;", size)),
}
"""Kinds of files by name: from a size to bytes of about that size."""

READ = """
import json, resource, sys, time
from hashpivot.core import HashpivotError
from hashpivot.filings import read_filing, read_prose, shown_file
from hashpivot.lines import read
resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))
def labels(path):
    for fact in read_filing(path).facts:
        fact.label, fact.column_header, fact.row, fact.column
def shown(path):
    with open(path, "rb") as file:
        shown_file(file.read(), path)
outcomes, started = [], time.process_time()
for reader in (read, labels, read_prose, shown):
    try:
        reader(sys.argv[1])
        outcomes.append("read")
    except HashpivotError as error:
        outcomes.append(error.kind)
words = open("/proc/self/status").read().split()  # the rusage of a process counts its parent's memory
print(json.dumps([outcomes, time.process_time() - started, int(words[words.index("VmHWM:") + 1]) * 1024]))
""".replace("{limit}", str(_HARD_LIMIT))


@dataclass(frozen=True)
class Measured:
    """One kind at one size: what came of it, the seconds it took, and the most memory resident."""

    kind: str
    size: int
    outcomes: list[str]
    seconds: float
    resident: int

    def __str__(self) -> str:
        mebibytes = self.resident >> 20
        return f"{self.kind:22} {self.size:>12,} {self.seconds:7.2f} s {mebibytes:5} MiB {self.outcomes}"


def measure(kind: str, size: int, folder: Path, patience: float = 600) -> Measured | str:
    """Read one file in a process of its own; a sentence if that fails."""
    path = folder / f"{kind}.htm"
    path.write_bytes(KINDS[kind](size))
    try:
        done = subprocess.run(
            [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=patience
        )
    except subprocess.TimeoutExpired:
        return f"{kind} of {size:,} bytes: not read within {patience:.0f} s"
    finally:
        path.unlink()
    if done.returncode:
        return f"{kind} of {size:,} bytes: {(done.stderr.strip().splitlines() or ['killed'])[-1]}"
    outcomes, seconds, resident = json.loads(done.stdout)
    return Measured(kind, size, outcomes, seconds, resident)


def run(kinds: Iterable[str], size: int) -> Iterator[tuple[Measured | str, list[str]]]:
    """Each kind at twice the size, and what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            small, large = measure(kind, size, Path(folder)), measure(kind, 2 * size, Path(folder))
            yield large, list(_problems(small, large))


def _problems(small: Measured | str, large: Measured | str) -> Iterator[str]:
    if isinstance(small, str) or isinstance(large, str):
        yield from (each for each in (small, large) if isinstance(each, str))
        return
    if large.resident > MOST_BYTES:
        yield f"{large.kind} of {large.size:,} bytes takes {large.resident:,} bytes of memory"
    if large.seconds > SHORTEST and large.seconds > MOST_TIMES * small.seconds:
        yield f"{large.kind}: {small.seconds:.1f} s for {small.size:,} bytes, {large.seconds:.1f} s for twice"


def main(arguments: list[str]) -> None:
    """`python -m tools.checks.hostile SIZE [KIND...]`: print each kind as it is measured."""
    for large, problems in run(arguments[1:] or KINDS, int(arguments[0])):
        print(large, *problems, sep="\n  !! " if problems else " ", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
