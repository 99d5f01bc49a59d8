"""The sentences of a release's file, read where a release states results."""

from __future__ import annotations

import re
from pathlib import Path

from hashpivot.core import Companies, UnreadableFiling
from hashpivot.filings import Prose, Release, read_prose

from ._results import SentenceResults, sentence_results

_RELEASE_FORM = re.compile(r"(?:8-K|6-K)?(?:/A)?")
"""A prospectus or proxy statement repeats results that were released before."""
_EVENT_FORM = re.compile(r"(?:8-K|6-K|[SF]-\d+|424B\d)(?:/A|MEF)?")
"""What is filed about an event or an offering may hold no results at all, unlike a report on a period."""


def results_of(path: str | Path, release: Release, companies: Companies | None) -> SentenceResults:
    """The results in the sentences of a release.

    Args:
        path: Its file.
        release: Its tables, of which there may be none.
        companies: Known companies (default: the shipped table and the user's).

    Raises:
        UnreadableFiling: If it has neither tables nor results in sentences, and its header does not show it
            to be a filing that need not have any.
    """
    prose = _prose_of(path)
    results = SentenceResults()
    if prose is not None and _RELEASE_FORM.fullmatch(release.form):
        known = companies if companies is not None else Companies.load()
        company = known.by_cik(release.cik) or known.get(release.ticker)
        names = (*(company.names if company else ()), release.company_name)
        results = sentence_results(prose, filed=release.filed, calendar=release.calendar, names=names)
    if not (release.tables or release.left_out or results.facts or (prose and _need_hold_none(release))):
        raise UnreadableFiling(
            "it holds neither XBRL facts nor a table of numbers with dated columns, nor results in sentences",
            where=str(path),
            hint="take the inline XBRL, the full submission (.txt) or the release's page (EX-99.1, 6-K)",
        )
    return results


def _prose_of(path: str | Path) -> Prose | None:
    try:
        return read_prose(path)
    except UnreadableFiling:
        return None


def _need_hold_none(release: Release) -> bool:
    """True for a filing about an event or an offering whose header says whose it is and when it was filed."""
    return bool(_EVENT_FORM.fullmatch(release.form) and release.cik and release.filed)
