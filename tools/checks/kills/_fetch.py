"""`hashpivot fetch` of a season from a stand-in for EDGAR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from hashpivot.core import Quarter
from hashpivot.testing.generated import generated_universe, universe_filings
from hashpivot.testing.services import EdgarService

from ._command import Pieces
from ._ledger_command import LedgerCommand, stored

_SEASON = Quarter.parse("2025Q2")


class FetchCommand(LedgerCommand):
    """`hashpivot fetch` of a season of so many companies."""

    name = "fetch"

    def __init__(self, folder: Path, size: int) -> None:
        super().__init__(folder, size)
        universe = dict(list(generated_universe([_SEASON]).items())[:size])
        self._tickers = list(universe)
        self._service = EdgarService(universe_filings(universe, [_SEASON], updates=False, amended_share=0.3))

    def __enter__(self) -> Self:
        """Start the stand-in."""
        self._service.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End the stand-in."""
        self._service.__exit__(kind, error, trace)

    def words(self, home: Path) -> Sequence[str]:
        """From the stand-in."""
        return ["fetch", *self._tickers, "--season", str(_SEASON), "--base-url", self._service.url]

    def unsound(self, home: Path) -> Iterator[str]:
        """Empty documents."""
        return (f"{key} is empty" for key, content in stored(home).items() if not content)

    def kept(self, home: Path) -> Pieces:
        """Documents of the store."""
        self._service.forget()
        return stored(home)

    def again(self, home: Path, kept: Pieces) -> Iterator[str]:
        """Those that were downloaded again."""
        names = {key.removeprefix("sec/") for key in kept}
        asked = {seen.route.rpartition("/")[2] for seen in self._service.requests}
        return (f"{name} was downloaded again" for name in sorted(names & asked))
