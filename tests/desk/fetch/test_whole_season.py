"""A season of the whole universe: real filings where there are some, generated ones of everybody else."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hashpivot.desk.ledger import add_file
from hashpivot.filings.source import split_submission
from hashpivot.ledger import Ledger
from hashpivot.testing.generated import universe_filings
from hashpivot.testing.services import ServedFiling, served_file

from .conftest import SEASON, TICKERS, Fetching, Universe, ledger_rows

REAL = ("ixbrl/[BR][TI][CO][ST]_10Q-2025-06-30*", "submissions/BTDR*", "submissions/CORZ*")


@pytest.fixture(scope="module")
def season(shared: Path, universe: Universe) -> list[ServedFiling]:
    real = [served_file(path) for pattern in REAL for path in sorted((shared / "filings").glob(pattern))]
    served = {filing.filer.cik for filing in real}
    others = {ticker: books for ticker, books in universe.items() if books.key not in served}
    made = universe_filings(others, [SEASON], updates=False)
    return real + [filing for filing in made if filing.form != "8-K" or filing.filer.ticker in TICKERS]


def test_the_ledger_is_as_if_the_files_were_added_by_hand_and_a_second_run_downloads_nothing(
    season: list[ServedFiling], fetching: Callable[..., Fetching], tmp_path: Path
) -> None:
    user = fetching(season)
    summary = user(season=SEASON)
    assert summary.complete and not summary.lost
    assert {document.state for document in summary.documents} <= {"new", "not_disclosed"}
    assert len({filer.ticker for filer in summary.filers}) > 20
    served = {filing.accession: filing for filing in season}
    looked_up = {filer.ticker for filer in summary.filers if filer.looked_up}
    for document in reversed(summary.documents):  # the order must not matter
        if document.state == "new":
            by_hand(
                tmp_path, served[document.accession], document.ticker if document.ticker in looked_up else ""
            )
    assert user.rows == ledger_rows(tmp_path / "by_hand.sqlite3")

    before, asked = user.ledger.read_bytes(), len(user.downloads())
    again = user(season=SEASON)
    assert len(user.downloads()) == asked == len(summary.documents)
    assert user.ledger.read_bytes() == before
    assert {document.state for document in again.documents} <= {"unchanged", "not_disclosed"}


def test_the_ledger_is_opened_once_for_all_documents(
    made: list[ServedFiling], fetching: Callable[..., Fetching], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, right = [], Ledger.open.__func__

    def counted(cls: type[Ledger], *args: Any, **options: Any) -> Ledger:
        opened.append(args)
        return right(cls, *args, **options)

    monkeypatch.setattr(Ledger, "open", classmethod(counted))
    assert len(fetching(made)(*TICKERS).documents) > 5 and len(opened) == 1


def by_hand(folder: Path, filing: ServedFiling, ticker: str) -> None:
    file = folder / f"{filing.accession}.txt.gz"
    file.write_bytes(gzip.compress(filing.submission()))
    add_file(file, folder / "by_hand.sqlite3", ticker=ticker)


def test_served_filings_are_what_edgar_would_serve(season: list[ServedFiling]) -> None:
    for filing in season:
        read = split_submission(filing.submission())
        assert (read.accession, read.form) == (filing.accession, filing.form)
