"""Damage a ledger's file: what is read from it is what was written, or an error, and never anything else.

A ledger of real filings, some read by an earlier and a later version of the reader, and of records by hand is
damaged again and again, each time in one place: in the file, or in the log of a writer that was killed.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from hashpivot.core import Companies, LedgerError
from hashpivot.desk.ledger import Document, read_document
from hashpivot.ledger import Ledger, View, bundled
from hashpivot.ledger.records import record_kind, record_rows, rows_of_mappings, scene_of

from ..bundle.snapshot import Snapshot

AS_WRITTEN, ERROR = "as written", "error"
_FILINGS = ("RIOT_10Q-2024-03", "RIOT_10Q-2024-06", "BTCS_10Q-2023-09", "BTCS_10Q-2024-06")
_PAGE = 4096
_SECTOR = 512
_RECORD = {
    "ticker": "RIOT",
    "measure": "total_revenue",
    "period": "2026Q3",
    "value": "180000000",
    "unit": "usd",
    "known": "2026-10-29",
    "title": "Results",
    "grade": "B",
    "locator": "table 1",
}
_FILED = {
    "of": "0001558370-24-010495",
    "filed": "2024-08-05",
    "title": "Index",
    "grade": "B",
    "locator": "row",
}

Damage = Callable[[bytearray, random.Random], None]


def _flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _set_byte(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] = chance.randrange(256)


def _zero_sector(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) // _SECTOR) * _SECTOR
    data[start : start + _SECTOR] = bytes(_SECTOR)


def _swap_pages(data: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(len(data) // _PAGE) * _PAGE for _ in range(2))
    kept = data[one : one + _PAGE]
    data[one : one + _PAGE] = data[other : other + _PAGE]
    data[other : other + _PAGE] = kept


def _truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(1, len(data)) :]


def _append(data: bytearray, chance: random.Random) -> None:
    data += chance.randbytes(chance.randint(1, 2 * _PAGE))


def _delete_byte(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data))]


KINDS: dict[str, Damage] = {
    "bit": _flip,
    "byte": _set_byte,
    "sector": _zero_sector,
    "pages": _swap_pages,
    "truncated": _truncate,
    "appended": _append,
    "deleted": _delete_byte,
}
_LAST = 16 * (24 + _PAGE)
"""Bytes of a log's last transaction: where one of them is gone, it is what a killed writer leaves."""


@dataclass(frozen=True)
class Pristine:
    """A sound ledger.

    Args:
        files: The file, and the log if a writer was killed, by the end of their names.
        answers: What is read from it, by question.
    """

    files: dict[str, bytes]
    answers: dict[str, Any]


def run(times: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Damage a ledger of four real filings so many times in each way; half of the times, one with a log.

    Returns:
        How many cases were read as they were written or refused, and what was wrong with the others.
    """
    outcomes: Counter[str] = Counter()
    problems: list[str] = []
    filings = [path for path in Snapshot.load().paths("filings/ixbrl") if path.name.startswith(_FILINGS)]
    with tempfile.TemporaryDirectory() as folder:
        ledgers = _ledgers(Path(folder), filings)
        for kind, number in ((kind, number) for number in range(times) for kind in KINDS):
            chance = random.Random(f"{seed}/{kind}/{number}")
            sound = ledgers[number % len(ledgers)]
            outcome = one_case(sound, Path(folder) / "case", kind, chance)
            if outcome in (AS_WRITTEN, ERROR):
                outcomes[outcome] += 1
            else:
                problems.append(f"{kind} {number}, seed {seed}: {outcome}")
    return outcomes, problems


def one_case(sound: Pristine, folder: Path, kind: str, chance: random.Random) -> str:
    """Damage a copy once and ask everything of it; return `AS_WRITTEN`, `ERROR` or what was wrong."""
    files = {end: bytearray(data) for end, data in sound.files.items()}
    end = chance.choice([end for end in files if not (end and kind == "truncated")])
    data = files[end]
    if end and kind == "deleted":
        data, last = data[:-_LAST], data[-_LAST:]
        _delete_byte(data, chance)
        files[end] = data + last
    else:
        KINDS[kind](data, chance)
    with _written(files, folder) as path:
        answers = {name: _answer(path, ask) for name, ask in QUESTIONS.items()}
        checked = _answer(path, Ledger.check)
    wrong = [
        name
        for name, answer in answers.items()
        if not isinstance(answer, LedgerError) and answer != sound.answers[name]
    ]
    if wrong:
        return f"another answer of {', '.join(wrong)}" + (
            "" if isinstance(checked, LedgerError) else ", unseen"
        )
    refused = [name for name, answer in answers.items() if isinstance(answer, LedgerError)]
    if refused and not isinstance(checked, LedgerError):
        return f"check does not see what {', '.join(refused)} refuses"
    return ERROR if refused else AS_WRITTEN


def _answer(path: Path, ask: Callable[[Ledger], Any]) -> Any:
    try:
        with Ledger.open(path, wait=0.01) as ledger:
            return ask(ledger)
    except LedgerError as error:
        return error


def _read(ticker: str | None) -> Callable[[Ledger], Any]:
    def ask(ledger: Ledger) -> Any:
        held = ledger.read(ticker)
        return list(held.sources.items()), held.figures, held.remarks, held.changes, held.aliases

    return ask


def _traced(ledger: Ledger) -> list[str]:
    view = View(ledger.read("RIOT"))
    return [str(view.trace(figure.id)) for figure in view.figures("RIOT")[:20]]


QUESTIONS: dict[str, Callable[[Ledger], Any]] = {
    "read": _read(None),
    "read(RIOT)": _read("RIOT"),
    "read(BTCS)": _read("BTCS"),
    "trace": _traced,
    "tickers": Ledger.tickers,
    "sources": Ledger.sources,
    "filing_dates": lambda ledger: (found := ledger.filing_dates(), found.remarks, found.changes)[1:],
    "added_on": Ledger.added_on,
}


@contextmanager
def _written(files: dict[str, bytearray], folder: Path) -> Iterator[Path]:
    """Files in an empty folder."""
    folder.mkdir(exist_ok=True)
    path = folder / "ledger.sqlite3"
    try:
        for end, data in files.items():
            path.with_name(path.name + end).write_bytes(data)
        yield path
    finally:
        for left in folder.iterdir():
            left.unlink()


def _ledgers(folder: Path, filings: list[Path]) -> list[Pristine]:
    """A ledger as closed, and one whose last writer was killed."""
    documents = [read_document(path) for path in filings]
    path, killed = folder / "sound.sqlite3", folder / "killed.sqlite3"
    with Ledger.open(path) as ledger:
        _fill(ledger, documents)
    with Ledger.open(killed) as ledger:
        _fill(ledger, documents)
        # While it is open the log stays: the copy is what a killed process leaves.
        left = {end: killed.with_name(killed.name + end).read_bytes() for end in ("", "-wal")}
    return [_pristine({"": path.read_bytes()}, folder), _pristine(left, folder)]


def _pristine(files: dict[str, bytes], folder: Path) -> Pristine:
    with _written({end: bytearray(data) for end, data in files.items()}, folder / "case") as path:
        answers = {name: _answer(path, ask) for name, ask in QUESTIONS.items()}
    return Pristine(files, answers)


def _fill(ledger: Ledger, documents: list[Document]) -> None:
    for number, document in enumerate(documents):
        source, figures, facts = document.reading.source, document.reading.figures(), document.remarks()
        earlier = [replace(figures[0], value=figures[0].value + 1), *figures[2:]]
        ledger.add(replace(source, reader=1), earlier, facts[1:], read_on=date(2026, 1, 1))
        if number % 3 == 0:
            ledger.add(source, figures, facts, read_on=date(2026, 6, 1))
        if number == 1:
            _record(ledger, "figures", _RECORD)
    _record(ledger, "figures", _RECORD | {"value": "181000000"}, _RECORD | {"title": "Another"})
    _record(ledger, "filing-dates", _FILED)


def _record(ledger: Ledger, kind: str, *rows: dict[str, str]) -> None:
    what = record_kind(kind)
    scene = scene_of((bundled() | ledger.read()).dated(), Companies.load(), date(2026, 11, 1))
    record_rows(ledger, what, rows_of_mappings(list(rows), what), scene)
