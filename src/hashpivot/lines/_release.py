"""A release in the shape of a filing, so that lines are read from both the same way."""

from __future__ import annotations

from datetime import date

from hashpivot.filings import Fact, Filing, Release

from ._release_facts import release_facts


class ReleaseDocument:
    """A release's facts with what `read_facts` asks a filing for.

    Args:
        release: As read.
        filing: The same file's XBRL facts, usually a cover page, if it has any.
    """

    def __init__(self, release: Release, filing: Filing | None = None) -> None:
        found = release_facts(release)
        self.name = release.name
        self.sha256 = release.sha256
        self.facts: list[Fact] = found.facts
        self.warnings = [*release.warnings, *found.warnings, *_currency_warnings(release)]
        self.cik = release.cik or (filing.cik if filing else "")
        self.ticker = (filing.ticker if filing else "") or release.ticker
        self.form = release.form or (filing.form if filing else "")
        self.accession = release.accession
        self.filed: date | None = release.filed
        self.company_name = (filing.company_name if filing else "") or release.company_name
        self.period_end = release.period_end
        self.grade = release.grade


def _currency_warnings(release: Release) -> list[str]:
    currencies = {column.currency for table in release.tables for column in table.columns}
    others = sorted(currencies - {"USD"})
    if not others or "USD" not in currencies:
        return []
    return [f"amounts in {', '.join(others)} were left out; only columns in USD were read"]
