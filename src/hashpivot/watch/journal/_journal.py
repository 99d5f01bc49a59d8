"""The journal of a watch: `watch.sqlite3` in the user's home folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Self

from hashpivot.core import home

from ._database import Database
from ._entries import FilingState, FoundFiling, JournalEntry
from ._news import FilingNews

ENTRY_COLUMNS = (
    "accession, cik, ticker, form, filed, listed_in, found, state, public, misses, outcome, reason, source, "
    "warnings"
)
_FEED, _INDEX = "feed", "daily index"


class Journal:
    """What a watch has seen, told and sent. Use it as a context manager.

    A filing goes from found to in the ledger to told, each step one transaction. A message is written with
    the last of them, and marked when it has been sent: whenever the process ends, the next one goes on.

    Args:
        path: The file; the one in the user's home folder if not given.

    Raises:
        JournalError: As every method: if the file cannot be used, or another process watches with it.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._file = Database(path or home() / "watch.sqlite3")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    # Since when, and how far

    def starts(self) -> dict[str, datetime]:
        """From which moment each company is watched, by CIK."""
        rows = self._file.rows("SELECT cik, start FROM company")
        return {cik: datetime.fromisoformat(start) for cik, start in rows}

    def begin(self, ciks: Iterable[str], start: datetime, *, again: bool = False) -> None:
        """Watch companies from a moment on.

        Args:
            ciks: Those that are watched already keep their moment, unless `again`.
            start: The moment.
            again: Filings since then that were left alone are taken up, and the lists read from then on.
        """
        asked, held, moment = set(ciks), self.starts(), start.isoformat()
        again = again and any(held.get(cik) != start for cik in asked)
        with self._file.transaction() as connection:
            for cik in sorted(asked):
                how = "REPLACE" if again else "IGNORE"
                connection.execute(f"INSERT OR {how} INTO company VALUES (?, ?)", (cik, moment))
            if again:
                connection.execute("DELETE FROM mark")
                connection.execute(
                    "UPDATE filing SET state = ? WHERE state = ? AND public >= ?",
                    (FilingState.FOUND, FilingState.EARLIER, moment),
                )

    @property
    def feed_read(self) -> datetime | None:
        """Moment of the newest entry of the feed that was read; None before the first."""
        text = self._mark(_FEED)
        return datetime.fromisoformat(text) if text else None

    @property
    def index_read(self) -> date | None:
        """Last day whose daily index is done with: read, or there is none; None before the first."""
        text = self._mark(_INDEX)
        return date.fromisoformat(text) if text else None

    def _mark(self, name: str) -> str:
        rows = self._file.rows("SELECT value FROM mark WHERE name = ?", name)
        return rows[0][0] if rows else ""

    # Filings

    def found(
        self,
        filings: Iterable[FoundFiling],
        now: datetime,
        *,
        feed_read: datetime | None = None,
        index_read: date | None = None,
    ) -> None:
        """Write down filings, each once, together with how far the list was read that shows them."""
        marks = {_FEED: feed_read, _INDEX: index_read}
        with self._file.transaction() as connection:
            for one in filings:
                values = (one.accession, one.cik, one.ticker, one.form, one.filed.isoformat(), one.listed_in)
                connection.execute(
                    "INSERT OR IGNORE INTO filing (accession, cik, ticker, form, filed, listed_in, found, "
                    "state) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (*values, now.isoformat(), FilingState.FOUND),
                )
            for name, mark in marks.items():
                if mark:
                    connection.execute("INSERT OR REPLACE INTO mark VALUES (?, ?)", (name, mark.isoformat()))

    def waiting(self) -> list[JournalEntry]:
        """Filings that are not told yet, in order of the moment they became public; unknown moments last."""
        rows = self._file.rows(
            f"SELECT {ENTRY_COLUMNS} FROM filing WHERE state IN (?, ?) "
            "ORDER BY public IS NULL, public, accession",
            FilingState.FOUND,
            FilingState.IN_LEDGER,
        )
        return [journal_entry(*row) for row in rows]

    def entry(self, accession: str) -> JournalEntry | None:
        """A filing, None if it was never found."""
        rows = self._file.rows(f"SELECT {ENTRY_COLUMNS} FROM filing WHERE accession = ?", accession)
        return journal_entry(*rows[0]) if rows else None

    def counts(self) -> dict[str, int]:
        """How many filings there are, by state."""
        rows = self._file.rows("SELECT state, count(*) FROM filing GROUP BY state")
        return {state: int(count) for state, count in rows}

    def fetched(self, accession: str, public: datetime) -> None:
        """A filing came: since when it is public."""
        self._set(accession, {"public": public.isoformat()})

    def missed(self, accession: str) -> None:
        """EDGAR lists a filing and does not have it."""
        with self._file.transaction() as connection:
            connection.execute("UPDATE filing SET misses = misses + 1 WHERE accession = ?", (accession,))

    def left_alone(self, accession: str) -> None:
        """A filing became public before its company was watched."""
        self._set(accession, {"state": FilingState.EARLIER})

    def read(
        self, accession: str, outcome: str, reason: str, source: str, warnings: Iterable[str] = ()
    ) -> None:
        """A filing was read, and the ledger has what it gives."""
        self._set(
            accession,
            {
                "state": FilingState.IN_LEDGER,
                "outcome": outcome,
                "reason": reason,
                "source": source,
                "warnings": json.dumps(list(warnings)),
            },
        )

    def _set(self, accession: str, values: Mapping[str, str]) -> None:
        columns = ", ".join(f"{name} = ?" for name in values)
        with self._file.transaction() as connection:
            connection.execute(
                f"UPDATE filing SET {columns} WHERE accession = ?", (*values.values(), accession)
            )

    # Messages

    def tell(self, news: FilingNews, channels: Iterable[str]) -> None:
        """Write a message for channels; its filing is told. A second message about it is not written."""
        with self._file.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO news (id, text) VALUES (?, ?)", (news.id, news.dump()))
            for channel in channels:
                connection.execute("INSERT OR IGNORE INTO outbox VALUES (?, ?, NULL)", (news.id, channel))
            connection.execute("UPDATE filing SET state = ? WHERE accession = ?", (FilingState.TOLD, news.id))

    def unsent(self, channel: str) -> list[FilingNews]:
        """Messages of a channel that are not marked as sent, oldest first."""
        rows = self._file.rows(
            "SELECT id, text FROM news JOIN outbox USING (id) WHERE channel = ? AND sent IS NULL "
            "ORDER BY number",
            channel,
        )
        return [FilingNews.load(key, text) for key, text in rows]

    def sent(self, news: FilingNews, channel: str, now: datetime) -> None:
        """A message went out."""
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE outbox SET sent = ? WHERE id = ? AND channel = ?", (now.isoformat(), news.id, channel)
            )


def journal_entry(
    accession: str, cik: str, ticker: str, form: str, filed: str, listed_in: str, found: str, state: str,
    public: str | None, misses: int | str, outcome: str, reason: str, source: str, warnings: str,
) -> JournalEntry:  # fmt: skip
    """A filing of a row with `ENTRY_COLUMNS`."""
    return JournalEntry(
        FoundFiling(accession, cik, ticker, form, date.fromisoformat(filed), listed_in),
        datetime.fromisoformat(found),
        FilingState(state),
        datetime.fromisoformat(public) if public else None,
        int(misses),
        outcome,
        reason,
        source,
        tuple(json.loads(warnings)),
    )
