"""The one error base: what was wrong, where, and what to do about it."""

from __future__ import annotations

import re

from ._terminal_text import terminal_line


class HashpivotError(Exception):
    """Base of every error hashpivot raises on purpose.

    Args:
        message: What was wrong, one sentence.
        where: The file, row or key it was found in, if any.
        hint: What the user can do, one sentence.
    """

    exit_status = 1

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    @property
    def kind(self) -> str:
        """Stable snake_case name of the error, for JSON: `UnreadableFiling` -> `unreadable_filing`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self).__name__).lower()

    def __str__(self) -> str:
        place = f"{terminal_line(self.where)}: " if self.where else ""
        advice = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{place}{self.message}{advice}"

    def to_dict(self) -> dict[str, str]:
        """`{"kind", "message", "hint"}`, the error object of every JSON answer."""
        message = f"{self.where}: {self.message}" if self.where else self.message
        return {"kind": self.kind, "message": message, "hint": self.hint}


class InvalidInput(HashpivotError):
    """A value the user gave cannot mean anything here (a quarter, a ticker, a date, a settings key)."""

    exit_status = 2


class UnreadableFile(HashpivotError):
    """A file is missing, a directory, empty, too large, truncated or not text."""


class UnreadableFiling(HashpivotError):
    """A file was read but holds no filing we understand."""


class ReaderFailure(UnreadableFiling):
    """The reader failed on a file in a way nobody foresaw; other files are not concerned."""


class LedgerError(HashpivotError):
    """The ledger cannot be opened, read or written; what it held before is untouched."""


class UnknownKey(HashpivotError, KeyError):
    """A result holds nothing under that key; the hint names the nearest keys."""


class UnknownCompany(UnknownKey):
    """No company of that ticker, name or CIK is known."""


class UnknownFigure(UnknownKey):
    """No figure of that address stands in the ledger."""


class NoData(HashpivotError):
    """The question is well put, but the ledger holds nothing to answer it from."""


class BundleError(HashpivotError):
    """A table shipped with the package is damaged."""


class SourceError(HashpivotError):
    """A service gave no usable answer."""


class NotAtSource(SourceError):
    """The service has no such document; asking again does not help."""


class RefusedBySource(SourceError):
    """The service refuses us: no or wrong identification, keys or rights."""


class Unreachable(SourceError):
    """No whole answer came, however often we asked: network, proxy, certificate, maintenance, rate block."""


class UnexpectedAnswer(SourceError):
    """The answer came whole, but not in the shape the service is known to give."""


class DocumentStoreError(HashpivotError):
    """The store of fetched documents cannot be read or written; what it held before is untouched."""


class JournalError(HashpivotError):
    """The journal of `hashpivot watch` cannot be read or written, or another process is using it."""


class ChannelError(HashpivotError):
    """A message could not be sent; it is kept and tried again."""
