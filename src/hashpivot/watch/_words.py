"""The message about a filing: what it is, what it changed, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hashpivot.season import NOT_JUDGED
from hashpivot.sources.sec import FilingEntry, filing_page

from .changes import FilingChanges, HeadlineChange, RevenueSurprise, VerdictMove
from .journal import FilingNews, JournalEntry

_MEASURES = {"total_revenue": "revenue", "ai_revenue": "AI revenue"}
_MOST_SHOWN = 6  # measures that are named
_MOST_WARNINGS = 3  # that are shown in words; data have all
_OUTCOMES = {
    "in_ledger": "read",
    "not_disclosed": "gives nothing for the ledger",
    "unreadable": "could not be read",
    "unreachable": "is listed, but does not come",
}


def filing_news(entry: JournalEntry, changes: FilingChanges | None, problem: str = "") -> FilingNews:
    """The message about a filing.

    Args:
        entry: The filing, with the outcome of its reading.
        changes: What it changed; None if the ledger has nothing of it.
        problem: Why that is not known, if it should be.
    """
    one = entry.filing
    url = filing_page(FilingEntry(one.cik, one.accession, one.form, one.filed))
    public = entry.public.isoformat() if entry.public else None
    reason = problem or entry.reason
    ticker = (changes.ticker if changes else "") or one.ticker  # of two that file together, whose it is
    body: dict[str, Any] = {
        "event": "filing",
        "id": one.accession,
        "ticker": ticker,
        "form": one.form,
        "accession": one.accession,
        "filed": one.filed.isoformat(),
        "public": public,
        "listed_in": one.listed_in,
        "url": url,
        "state": entry.outcome,
        "reason": reason,
        "warnings": list(entry.warnings),
        "changes": changes.to_dict() if changes else None,
    }
    said = _OUTCOMES.get(entry.outcome, entry.outcome)
    title = f"{ticker} {one.form}: {said}{_counts(changes)}"
    when = f"public {entry.public:%Y-%m-%d %H:%M} UTC" if entry.public else f"filed {one.filed}"
    lines = [f"{when}, {one.accession}", *_changed(changes), *_doubts(reason, entry.warnings), url]
    return FilingNews(one.accession, title, tuple(lines), body)


def _doubts(reason: str, warnings: Sequence[str]) -> Iterator[str]:
    """Why there is nothing, the first warnings, and how many more."""
    if reason:
        yield f"reason: {reason}"
    yield from (f"warning: {warning}" for warning in warnings[:_MOST_WARNINGS])
    if len(warnings) > _MOST_WARNINGS:
        yield f"and {len(warnings) - _MOST_WARNINGS} more warnings, in the JSON"


def _counts(changes: FilingChanges | None) -> str:
    """`, 33 figures, 20 new, 3 restated, 4 statements of its text`."""
    if changes is None:
        return ""
    parts = [f"{changes.figures:,} figures", f"{changes.new:,} new"] if changes.figures else []
    parts += [f"{changes.restated:,} restated"] if changes.restated else []
    parts += [f"{changes.text_facts:,} statements of its text"] if changes.text_facts else []
    return "".join(f", {part}" for part in parts)


def _changed(changes: FilingChanges | None) -> Iterator[str]:
    if changes is None:
        return
    yield from (_headline(c) for c in changes.headlines if c.before_usd is not None or c.after_usd)
    if changes.surprise:
        yield _surprise(changes.surprise)
    yield from map(_verdict, changes.verdicts)
    if not (changes.headlines or changes.verdicts):
        yield "no revenue and no verdict changed"
        if changes.measures:
            yield f"gives {_some(changes.measures)}"


def _some(measures: Sequence[str]) -> str:
    """The measures, or the first of them and how many more."""
    more = len(measures) - _MOST_SHOWN
    shown = ", ".join(measure.replace("_", " ") for measure in measures[:_MOST_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown


def _headline(change: HeadlineChange) -> str:
    before, after = (_usd(amount) for amount in (change.before_usd, change.after_usd))
    name = f"{change.quarter} {_MEASURES[change.measure]}"
    return f"{name}: {after}" if change.before_usd is None else f"{name}: {before} -> {after}"


def _verdict(change: VerdictMove) -> str:
    before, after = (_verdict_words(verdict) for verdict in (change.before, change.after))
    move = f" ({change.move})" if change.move in ("up", "down") else ""
    moved = f"{before} -> {after}" if change.before else after
    return f"{change.quarter} {change.question}: {moved}{move}"


def _verdict_words(verdict: str) -> str:
    return (
        "no figures" if not verdict else "not judged" if verdict == NOT_JUDGED else verdict.replace("_", " ")
    )


def _surprise(surprise: RevenueSurprise) -> str:
    name = f"{surprise.quarter} against the nowcast"
    if surprise.expected is None or surprise.relative is None:
        return f"{name}: there was none ({surprise.reason})"
    low, median, high = (
        _usd(amount)
        for amount in (surprise.expected.p10_usd, surprise.expected.median_usd, surprise.expected.p90_usd)
    )
    where = f"{surprise.position} the 80% interval {low} to {high}"
    return f"{name}: {surprise.relative:+.1%}, median {median}, {where}"


def _usd(amount: float | None) -> str:
    return "not known" if amount is None else f"{amount / 1e6:,.1f} million USD"
