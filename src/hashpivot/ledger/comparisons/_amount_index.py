"""Reported amounts by the question they answer, on disk, so that memory does not grow with them."""

from __future__ import annotations

import hashlib
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ._sound_figures import SoundFigures

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE amounts (question BLOB, number INTEGER, known TEXT, value TEXT, step TEXT, source TEXT,
    comparative INTEGER, PRIMARY KEY (question, number)) WITHOUT ROWID;
CREATE TABLE totals (address TEXT PRIMARY KEY, known TEXT, value TEXT, step TEXT, source TEXT, title TEXT)
    WITHOUT ROWID;
CREATE TABLE sources (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_MOST_ANSWERS = 4_000
"""Questions whose answers are kept ready in memory; a report asks some hundred."""
_MOST_AMOUNTS = 100_000
"""Amounts of these answers, about 50 MB; far more than reports of some companies give."""


@dataclass(frozen=True, slots=True)
class HeldAmount:
    """What of a held figure later ones are compared with; the fields are those of `Figure`."""

    value: Decimal
    unit_step: Decimal
    known: date
    source: str


class AmountAnswers:
    """All amounts of one question; `sound` are those in the right scale."""

    def __init__(self) -> None:
        self.sound: SoundFigures[HeldAmount] = SoundFigures()
        self._comparatives: list[tuple[date, int, HeldAmount]] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, amount: HeldAmount, number: int, comparative: bool) -> None:
        """Add one, and judge anew the comparative amounts that became known after it.

        Args:
            amount: The amount.
            number: Its place among all that were added.
            comparative: True if it stands in a comparative column.
        """
        self._count += 1
        place = bisect_right(self._comparatives, (amount.known, number))
        later = self._comparatives[place:]
        for _, order, other in later:
            self.sound.discard(other, order)
        self.sound.judge(amount, number, comparative)
        for _, order, other in later:
            self.sound.judge(other, order, True)
        if comparative:
            self._comparatives.insert(place, (amount.known, number, amount))


class AmountIndex:
    """Amounts and totals in a temporary database that is gone when closed."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._ready: dict[bytes, AmountAnswers] = {}
        self._ready_amounts = 0
        self._count = 0

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def add(self, amounts: Iterable[tuple[str, HeldAmount, bool]]) -> None:
        """Add amounts.

        Args:
            amounts: Each with its question, and whether it stands in a comparative column.
        """
        rows = []
        for question, amount, comparative in amounts:
            self._count += 1
            key = _key(question)
            ready = self._ready.get(key)
            if ready is not None:
                ready.add(amount, self._count, comparative)
                self._ready_amounts += 1
            rows.append(
                (
                    key, self._count, amount.known.isoformat(), str(amount.value), str(amount.unit_step),
                    amount.source, comparative,
                )
            )  # fmt: skip
        with self._at_once():
            self._database.executemany("INSERT INTO amounts VALUES (?,?,?,?,?,?,?)", rows)
        self._forget_oldest()

    def answers(self, question: str) -> AmountAnswers:
        """All amounts of a question."""
        key = _key(question)
        ready = self._ready.get(key)
        if ready is None:
            ready = AmountAnswers()
            query = (
                "SELECT number, known, value, step, source, comparative FROM amounts WHERE question = ? "
                "ORDER BY number"
            )
            for number, known, value, step, source, comparative in self._database.execute(query, (key,)):
                amount = HeldAmount(Decimal(value), Decimal(step), date.fromisoformat(known), source)
                ready.add(amount, number, bool(comparative))
            self._ready[key] = ready
            self._ready_amounts += len(ready)
            self._forget_oldest()
        return ready

    def _forget_oldest(self) -> None:
        """Let go of the answers that are ready longest, beyond what is kept; never of the last one."""
        while len(self._ready) > 1 and (
            len(self._ready) > _MOST_ANSWERS or self._ready_amounts > _MOST_AMOUNTS
        ):
            self._ready_amounts -= len(self._ready.pop(next(iter(self._ready))))

    def total(self, address: str) -> tuple[HeldAmount, str] | None:
        """The latest known total of an address and the title of its source; None if there is none."""
        query = "SELECT value, step, known, source, title FROM totals WHERE address = ?"
        row = self._database.execute(query, (address,)).fetchone()
        if row is None:
            return None
        value, step, known, source, title = row
        return HeldAmount(Decimal(value), Decimal(step), date.fromisoformat(known), source), title

    def put_totals(self, totals: Iterable[tuple[str, HeldAmount, str]]) -> None:
        """Put totals, each with its address and the title of its source, where none known later stands."""
        rows = (
            (address, one.known.isoformat(), str(one.value), str(one.unit_step), one.source, title)
            for address, one, title in totals
        )
        with self._at_once():
            self._database.executemany(
                "INSERT INTO totals VALUES (?,?,?,?,?,?) ON CONFLICT (address) DO UPDATE SET known = "
                "excluded.known, value = excluded.value, step = excluded.step, source = excluded.source, "
                "title = excluded.title WHERE totals.known <= excluded.known",
                rows,
            )

    def has_source(self, key: str) -> bool:
        """Tell whether amounts of a source were added."""
        return self._database.execute("SELECT 1 FROM sources WHERE key = ?", (key,)).fetchone() is not None

    def put_sources(self, keys: Iterable[str]) -> None:
        """Note sources whose amounts are added."""
        with self._at_once():
            self._database.executemany("INSERT OR IGNORE INTO sources VALUES (?)", ((key,) for key in keys))

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        self._database.execute("BEGIN")
        yield
        self._database.execute("COMMIT")


def _key(question: str) -> bytes:
    return hashlib.blake2b(question.encode(), digest_size=12).digest()
