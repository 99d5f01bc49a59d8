"""Nothing in any season says `not disclosed` unless a filing of that quarter was read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from hashpivot import Desk
from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Absence, Line, Missing, Quarter
from hashpivot.ledger import QuarterLines, View
from hashpivot.season import CompanySeason, Season
from hashpivot.season.answers import base_quarter

MEASURES = ("revenue", "cost_of_revenue", "gross_profit", "segment_gross_profit")
NEAR = timedelta(days=45)


@pytest.fixture(scope="module")
def seasons(desk: Desk) -> list[Season]:
    view = desk.view
    quarters: set[Quarter] = {quarter for ticker in view.tickers() for quarter in view.quarters(ticker)}
    return [desk.season(quarter) for quarter in sorted(quarters)]


def test_lines(seasons: list[Season]) -> None:
    for season in seasons:
        for company in season.companies:
            for missing in _of_lines(company.lines):
                assert _read(season.view, company.ticker, missing.reason, company.lines.end), missing


def test_answers(seasons: list[Season], desk: Desk) -> None:
    count = 0
    for season in seasons:
        for company in season.companies:
            ends = _compared_with(season, company, desk.network)
            for missing in _of_answers(company):
                count += missing.code is Absence.NOT_DISCLOSED
                assert _read(season.view, company.ticker, missing.reason, *ends, code=missing.code), missing
    assert count  # filings that were read are silent on something, and some answer says so


def test_json(seasons: list[Season], desk: Desk) -> None:
    for season in seasons:
        for company in json.loads(json.dumps(season.to_dict()))["companies"]:
            ends = _compared_with(season, season[company["ticker"]], desk.network)
            for missing in _of_json(company):
                code = Absence(missing["missing"])
                assert _read(season.view, company["ticker"], missing["reason"], *ends, code=code), missing
            for answer in company["answers"].values():
                kinds = {missing["missing"] for missing in answer["absent"]}
                said = [answer["headline"], *answer["notes"]]
                assert "not_disclosed" in kinds or not any("not disclosed" in text.lower() for text in said)


def _of_lines(lines: QuarterLines) -> Iterator[Missing]:
    values = [lines.total_revenue, lines.eliminations, lines.unattributed, *lines.gross_profit.values()]
    values += [*lines.missing.values(), *lines.silent.values()]
    values += [lines.why(measure, line) for measure in MEASURES for line in Line]
    yield from (v for v in values if isinstance(v, Missing) and v.code is Absence.NOT_DISCLOSED)


def _of_answers(company: CompanySeason) -> Iterator[Missing]:
    yield from (share for share in company.shares.values() if isinstance(share, Missing))
    for answer in company.answers:
        yield from answer.absent
        yield from (metric.value for metric in answer.metrics if isinstance(metric.value, Missing))


def _of_json(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("missing"), str):
            yield value
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from _of_json(one)


def _compared_with(season: Season, company: CompanySeason, network: NetworkHistory) -> list[date]:
    """Ends of the quarters an answer looks at: the season's, those before it, the halving's."""
    quarters = [season.quarter - back for back in (0, 1, 4)]
    base = base_quarter(season.quarter, network)
    statements = season.view.company_statements(company.ticker)
    return [statements.bounds(quarter)[1] for quarter in (*quarters, *([base] if base else []))]


def _read(view: View, ticker: str, reason: str, *ends: date, code: Absence = Absence.NOT_DISCLOSED) -> bool:
    """True unless the absence is of a filing's silence and no such filing of one of the quarters was read."""
    if code is not Absence.NOT_DISCLOSED:
        return True
    files = [s for s in view.sources.values() if s.sha256 and s.ticker == ticker and s.title in reason]
    return any(s.period_end is None or abs(s.period_end - end) <= NEAR for s in files for end in ends)
