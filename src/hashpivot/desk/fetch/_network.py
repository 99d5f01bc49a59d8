"""Network days and prices fetched into the user's `network.csv`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.bitcoin import (
    DayDifference,
    MergedDays,
    NetworkDay,
    NetworkHistory,
    last_standing,
    merged_days,
    own_table,
    read_days,
    write_days,
)
from hashpivot.core import HashpivotError, InvalidInput
from hashpivot.report import print_line
from hashpivot.sources import Settings
from hashpivot.sources.http import OnWait

from ..shared import DeskResult
from ._found_days import NetworkAsked, found_closes, found_days

if TYPE_CHECKING:
    from rich.console import Console

COMPARED_DAYS = 3
"""Bundled days fetched again before the first own one is added: source and table must speak of the same."""

_ONE = timedelta(days=1)


@dataclass(frozen=True, repr=False)
class NetworkFetch(DeskResult):
    """What the live sources brought into the user's table of network days.

    Args:
        file: The table.
        written: True if it was written.
        last_day: Its last day now, or the bundled table's if there is no own one.
        days: Days added, or with `dry_run` those that would be.
        unchanged: Days fetched that stand already and agree.
        differences: Values that differ beyond the tolerance; the standing ones stay.
        warnings: Prices in doubt, with both numbers.
        gaps: Why the table ends before yesterday, if not for a source that failed.
        pending: Days over by the clock whose last blocks are not confirmed yet.
        unreachable: Sources that failed, and how; an exchange may, if another has the prices.
        interrupted: True if the source of blocks failed, before the end.
        sources: Who was asked, in order.
        requests: How many requests that took.
    """

    row_key = "date"

    file: str
    written: bool
    last_day: date
    days: tuple[NetworkDay, ...] = ()
    unchanged: tuple[date, ...] = ()
    differences: tuple[DayDifference, ...] = ()
    warnings: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    pending: tuple[date, ...] = ()
    unreachable: tuple[HashpivotError, ...] = ()
    interrupted: bool = False
    sources: tuple[str, ...] = ()
    requests: int = 0

    def __repr__(self) -> str:
        return f"NetworkFetch({self._done()})"

    @property
    def complete(self) -> bool:
        """True if every day wanted stands in the table now, or is only waiting for confirmation."""
        return not (self.interrupted or self.gaps)

    def records(self) -> list[dict[str, Any]]:
        """The days added, in the columns of the table and the hash rate their difficulty stands for."""
        return [
            {
                "date": row.day.isoformat(),
                "price_usd": row.close_usd,
                "difficulty": row.difficulty,
                "hash_rate_ehs": row.hash_rate_ehs,
                "blocks": row.blocks,
                "height_end": row.height_end,
                "fees_btc": row.fees_btc,
            }
            for row in self.days
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot fetch network`."""
        return {
            "file": self.file,
            "written": self.written,
            "complete": self.complete,
            "last_day": self.last_day.isoformat(),
            "days": self.records(),
            "unchanged": [day.isoformat() for day in self.unchanged],
            "disagreements": [difference.to_dict() for difference in self.differences],
            "warnings": list(self.warnings),
            "gaps": list(self.gaps),
            "pending": [day.isoformat() for day in self.pending],
            "interrupted": self.interrupted,
            "unreachable": [error.to_dict() for error in self.unreachable],
            "sources": list(self.sources),
            "requests": self.requests,
        }

    def _done(self) -> str:
        if not self.days:
            return f"nothing new, the table reaches to {self.last_day}"
        count = f"{len(self.days)} day{'s' if len(self.days) > 1 else ''}"
        verb = "added" if self.written else "found, nothing written"
        return f"{count} {verb}, {self.days[0].day} to {self.days[-1].day}"

    def _show(self, console: Console) -> None:
        print_line(console, f"network: {self._done()}")
        if self.written:
            print_line(console, f"  in {self.file}")
        if self.sources:
            print_line(console, f"  asked: {', '.join(self.sources)} ({self.requests} requests)")
        if self.unchanged:
            print_line(console, f"  compared and unchanged: {len(self.unchanged)}")
        for what, texts in (
            ("differs, not replaced", self.differences),
            ("warning", self.warnings),
            ("gap", self.gaps),
            ("not confirmed yet", self.pending),
            ("unreachable", self.unreachable),
        ):
            for text in texts:
                print_line(console, f"  {what}: {text}")


def fetch_network(
    *,
    since: date | None = None,
    base_url: str = "",
    dry_run: bool = False,
    on_wait: OnWait | None = None,
    settings: Settings | None = None,
    today: date | None = None,
) -> NetworkFetch:
    """Fetch the network's days and prices through yesterday, and add those that are new to `network.csv`.

    Days that stand, bundled or the user's own, are compared and never replaced. Only days after the last one
    are asked for, and three bundled ones with the first own day.

    Args:
        since: Compare what stands from this day on too.
        base_url: Address of a stand-in for all services; empty for those of the settings.
        dry_run: Ask and compare, and write nothing.
        on_wait: Told each day that is counted (5 s each at mempool.space), and what is waited for.
        settings: The user's settings, read from their home folder if not given.
        today: The running UTC day, which is not over; the clock's if not given.

    Raises:
        InvalidInput: If settings, `since` or the user's table are wrong.
        UnreadableFile: If the user's table cannot be read or written; it is then as it was.
    """
    asked = NetworkAsked(settings or Settings.load(), base_url, on_wait)
    yesterday = (today or datetime.now(UTC).date()) - _ONE
    standing, bundled, path = NetworkHistory.load(), NetworkHistory.bundled(), own_table()
    last = last_standing(bundled, _own(path, bundled))
    first = _first(bundled, last, since, yesterday)
    if first > yesterday:
        return NetworkFetch(str(path), False, last.day)
    before = standing.day(min(first - _ONE, standing.last_day))
    closes = found_closes(asked, first, yesterday, before)
    until = _priced_until(last.day, yesterday, closes)
    with closing(found_days(asked, first, until, before.height_end, closes)) as found:
        merged = list(_merged(path, bundled, _told(asked, found, until), dry_run))
    reached = last_standing(bundled, merged[-1].own).day if merged else last.day
    gaps = [gap for step in merged for gap in step.gaps]
    pending = () if asked.interrupted or gaps else _days_between(reached, until)
    return NetworkFetch(
        str(path),
        not dry_run and any(step.added for step in merged),
        last.day if dry_run else reached,
        tuple(row for step in merged for row in step.added),
        tuple(day for step in merged for day in step.unchanged),
        tuple(difference for step in merged for difference in step.differences),
        tuple(asked.warnings),
        (*gaps, *_price_gap(until, yesterday)),
        pending,
        tuple(asked.failed),
        asked.interrupted,
        tuple(asked.services),
        asked.requests,
    )


def _own(path: Path, bundled: NetworkHistory) -> tuple[NetworkDay, ...]:
    return read_days(path, (bundled.first_day, bundled.last_day)) if path.is_file() else ()


def _first(bundled: NetworkHistory, last: NetworkDay, since: date | None, yesterday: date) -> date:
    """First day to ask for."""
    if since and not bundled.first_day < since <= yesterday:
        raise InvalidInput(
            f"days since {since} cannot be fetched",
            hint=f"name a day after {bundled.first_day} that is over, {yesterday} at the latest",
        )
    follows = last.day + _ONE
    overlap = COMPARED_DAYS if last.day == bundled.last_day and follows <= yesterday else 0
    return min(since or follows, follows - overlap * _ONE)


def _priced_until(standing: date, last: date, closes: Collection[date]) -> date:
    """Last day up to which each new one has a price; beyond it no blocks are asked for."""
    priced = standing
    while priced < last and priced + _ONE in closes:
        priced += _ONE
    return min(priced, last)


def _told(asked: NetworkAsked, found: Iterator[NetworkDay], until: date) -> Iterator[NetworkDay]:
    """The days, each told once it is merged."""
    for row in found:
        yield row
        left = (until - row.day).days
        asked.tell(f"{row.day}: {row.blocks} blocks, {left} {'day' if left == 1 else 'days'} to go")


def _merged(
    path: Path, bundled: NetworkHistory, found: Iterator[NetworkDay], dry_run: bool
) -> Iterator[MergedDays]:
    """Merge day by day, so that a run that is stopped keeps what came; a gap ends it.

    Each day is merged under a lock, with the table as it stands then: another process may have written.
    """
    from filelock import FileLock

    own = _own(path, bundled)
    if not dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
    for row in found:
        with nullcontext() if dry_run else FileLock(path.with_name(f".{path.name}.lock")):
            own = own if dry_run else _own(path, bundled)
            step = merged_days(bundled, own, [row])
            if not dry_run and len(step.own) > len(own):
                write_days(path, step.own[len(own) :])
            own = step.own
        yield step
        if step.gaps:
            return


def _price_gap(priced: date, yesterday: date) -> tuple[str, ...]:
    if priced >= yesterday:
        return ()
    return (f"{priced + _ONE} has no price; days from there on are added once it has one",)


def _days_between(last: date, until: date) -> tuple[date, ...]:
    """Days after one, through another: asked for and not there, their blocks are not confirmed."""
    return tuple(last + n * _ONE for n in range(1, (until - last).days + 1))
