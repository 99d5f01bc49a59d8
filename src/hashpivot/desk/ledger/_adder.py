"""Files put into a ledger one after another, each at the same cost however many came before it."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self

from hashpivot.core import Companies, DocumentStoreError, LedgerPlace
from hashpivot.ledger import HeldAmounts, Ledger
from hashpivot.sources import Store

from ._added import AddedFile
from ._kept_copy import keep_copy, no_copy
from ._ready_file import ReadyFile, ready_file


class FileAdder:
    """Puts files into one ledger, which stays open from file to file. Use it as a context manager.

    Each file is one transaction. Between two files nothing is locked, so that others may read and write.

    Args:
        ledger: Where the ledger is kept; the user's if not given.
        wait: Seconds to wait for another process that is writing.
    """

    def __init__(self, ledger: LedgerPlace | None = None, *, wait: float = 10.0) -> None:
        self._path = ledger
        self._wait = wait
        self._opened = ExitStack()
        self._ledger: Ledger | None = None
        self._held: HeldAmounts | None = None
        self._store: Store | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of ledger and store; the next file opens them again."""
        self._ledger = self._held = self._store = None
        self._opened.close()

    @cached_property
    def companies(self) -> Companies:
        """The companies files may be of: the shipped table and the user's."""
        return Companies.load()

    @property
    def ledger(self) -> Ledger:
        """The open ledger.

        Raises:
            LedgerError: If it cannot be opened.
        """
        if self._ledger is None:
            self._ledger = self._opened.enter_context(Ledger.open(self._path, wait=self._wait))
        return self._ledger

    def add(self, path: str | Path, *, ticker: str = "", filed: date | None = None) -> AddedFile:
        """Read a file and put it into the ledger; arguments and errors as `add_file`."""
        ready = ready_file(path, ticker=ticker, filed=filed, companies=self.companies)
        return self.put(path, ready)

    def put(self, path: str | Path, ready: ReadyFile, *, kept: tuple[str, ...] | None = None) -> AddedFile:
        """Put a file that was read into the ledger, and a copy of it into the store.

        Args:
            path: The file.
            ready: What was read from it.
            kept: Warnings about the copy, if one is kept already.

        Raises:
            LedgerError: If the ledger cannot be written; nothing is written then.
        """
        source = ready.source
        try:
            held = self.ledger.source(source.key)
            disagree = [] if held else self._amounts().disagreements(ready.figures, source)
            added = self.ledger.add(source, ready.figures, ready.remarks)
        except BaseException:
            self.close()  # the next file sees the ledger as it is then
            raise
        copied = self._keep(ready, Path(path)) if kept is None else kept
        return AddedFile(
            str(path),
            source,
            added.new,
            added.figures,
            dict(Counter(remark.kind for remark in ready.remarks)) if added.new else {},
            (*ready.warnings, *(disagree if added.new else ()), *copied),
            added.reread,
            added.changes,
        )

    def _amounts(self) -> HeldAmounts:
        if self._held is None:
            self._held = self._opened.enter_context(HeldAmounts(self.ledger))
        return self._held

    def _keep(self, ready: ReadyFile, path: Path) -> tuple[str, ...]:
        try:
            if self._store is None:
                self._store = self._opened.enter_context(Store())
        except DocumentStoreError as error:
            return no_copy(error)
        return keep_copy(ready.source, path, self._store)


def add_file(
    path: str | Path, ledger: LedgerPlace | None = None, *, ticker: str = "", filed: date | None = None
) -> AddedFile:
    """Read a file and put its figures and statements into a ledger, whole or not at all.

    The store gets a copy of the file, so that a trace can show it.

    Args:
        path: As `read_document`.
        ledger: Where the ledger is kept; the user's if not given.
        ticker: Whose it is, if the file does not say.
        filed: Day it became public, if the file does not say.

    Raises:
        UnreadableFile, UnreadableFiling, UnknownCompany, InvalidInput: As `read_document`.
        NoData: If it holds neither figures nor statements.
        LedgerError: If the ledger cannot be written; nothing is written then.
    """
    with FileAdder(ledger) as adder:
        return adder.add(path, ticker=ticker, filed=filed)
