"""A release in the shape of a filing, so that lines are read from both the same way."""

from __future__ import annotations

from datetime import date

from hashpivot.filings import Fact, Filing, Release

from ..sentences import SentenceFact, SentenceResults
from ._facts import release_facts


class ReleaseDocument:
    """A release's facts with what `read_facts` asks a filing for.

    Where it has columns in dollars, amounts in other currencies are left out with a warning: a convenience
    translation is the company's own number, our conversion would not be.

    Args:
        release: As read.
        filing: The same file's XBRL facts, usually a cover page, if it has any.
        results: What its sentences state; they count where no table does.
    """

    def __init__(
        self, release: Release, filing: Filing | None = None, results: SentenceResults | None = None
    ) -> None:
        found = release_facts(release)
        others = _other_currencies(release)
        self.name = release.name
        self.sha256 = release.sha256
        self.facts: list[Fact] = [fact for fact in found.facts if fact.unit not in others]
        self.stated = frozenset(found.stated)
        self.said: tuple[SentenceFact, ...] = results.facts if results else ()
        self.warnings = [*release.warnings, *found.warnings, *(results.warnings if results else ())]
        if others:
            self.warnings.append(
                f"amounts in {', '.join(others)} were left out; only columns in USD were read"
            )
        self.cik = release.cik or (filing.cik if filing else "")
        self.ticker = (filing.ticker if filing else "") or release.ticker
        self.symbol_question = filing.trading_symbol.question if filing and not self.ticker else ""
        self.form = release.form or (filing.form if filing else "")
        self.accession = release.accession
        self.filed: date | None = release.filed
        self.company_name = (filing.company_name if filing else "") or release.company_name
        self.period_end = release.period_end or max((fact.end for fact in self.said), default=None)
        self.grade = release.grade
        self.url = release.submission.page_url(exhibit=True) if release.submission else ""


def _other_currencies(release: Release) -> list[str]:
    """Currencies beside the dollar; nothing if no column is in dollars."""
    named = {column.currency for table in release.tables for column in table.columns}
    return sorted(named - {"USD"}) if "USD" in named else []
