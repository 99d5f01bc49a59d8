"""Write docs/outlook-companies.md: what is known and absent, contracts, the path, what decides it.

python -m tools write outlook-company-pages
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hashpivot.company import CompanyProfile
from hashpivot.core import Missing
from hashpivot.desk import Desk, OutlookResult
from hashpivot.outlook import CompanyResults, ListedContract, OutlookSummary, Spread, Swings
from hashpivot.report.charts import decides_words
from hashpivot.report.outlook import contracts_table, input_name

from ..parts import Made
from ..places import ROOT

TICKERS = ("CORZ", "IREN", "WULF", "HUT", "CIFR", "APLD", "RIOT", "MARA", "CLSK", "BTDR", "BTBT")
AHEAD = (1, 4, 8, 12)
_MOST = 3
"""Events named."""
_SWINGS = 5
"""Inputs named that decide the outcome."""
_HEAD = """# Outlooks of eleven companies

Written by `python -m tools write outlook-company-pages` from the bundled figures: medians, 80% intervals in
brackets, millions of dollars. Cash, debt and shares are on each outlook's own page, with what they stand on.
[How an outlook is computed](methods/outlook.md).
"""


def make() -> Made:
    """The page."""
    desk = Desk.open(as_of=Desk.open().network.last_day)
    sections = (_section(desk, ticker) for ticker in TICKERS)
    return {ROOT / "docs" / "outlook-companies.md": "\n".join([_HEAD, *sections])}


def _section(desk: Desk, ticker: str) -> str:
    profile, result = desk.company(ticker).profile, desk.outlook(ticker, quarters=max(AHEAD))
    summary = result.outlook.summary
    parts = (
        f"## {profile.company.name} ({ticker})\n",
        f"**{summary.carrier.sentence}.** {profile.message.title}\n",
        *_known(profile),
        *_absent(summary),
        *_contracts(ticker, result.contracts),
        *_path(result),
        *(f"- {said.rstrip('.')}." for said in summary.cautions),
    )
    return "\n".join((*parts, ""))


def _known(profile: CompanyProfile) -> Iterator[str]:
    newest = profile.newest
    report = newest.reason if isinstance(newest, Missing) else f"last revenue known: {newest}"
    running = [entry.contract for entry in profile.contracts if entry.state.value == "in_force"]
    megawatts = sum(float(contract.mw_critical_it or 0) for contract in running)
    yield f"- **Known**: {report}; {len(running)} AI contracts in force, {megawatts:,.0f} MW of critical IT."
    debt = profile.debt
    owed = debt.total.reason if isinstance(debt.total, Missing) else _m(float(debt.total.value))
    yield f"- **Debt** at {debt.day}: {owed}."
    for event in profile.events[:_MOST]:
        yield f"- **Event** {event.effective}: {event.note or event.kind.words}."


def _absent(summary: OutlookSummary) -> Iterator[str]:
    """What is absent, by the filing that would fill it."""
    waiting: dict[str, list[str]] = {}
    for each in summary.solvency.absent:
        waiting.setdefault(each.missing.needs.partition(":")[0], []).append(input_name(each.key))
    if not waiting:
        yield "- **Absent**: nothing that cash and debt depend on."
    for needs, names in waiting.items():
        yield f"- **Absent**: {', '.join(names)}; the {needs or 'next report'} would fill it."


def _contracts(ticker: str, contracts: Sequence[ListedContract]) -> Iterator[str]:
    """The AI contracts as the outlook takes them, each with a link to where it was read."""
    table = contracts_table(ticker, contracts)
    if not contracts:  # a remark says so
        return
    yield f"\n| {' | '.join(table.header)} |\n|{' --- |' * len(table.header)}"
    for contract, row in zip(contracts, table.rows, strict=True):
        read = f"[{row[-1]}]({contract.source})" if contract.source.startswith("http") else row[-1]
        yield f"| {' | '.join((*row[:-1], read))} |"
    yield f"\n{table.notes[0]}"


def _path(result: OutlookResult) -> Iterator[str]:
    rows = result.outlook.summary.quarters
    yield "\n| quarter | revenue | gross profit | adjusted EBITDA |\n| --- | --- | --- | --- |"
    for row in (rows[ahead - 1] for ahead in AHEAD):
        amounts = (row.revenue_usd, row.gross_profit_usd, row.adjusted_ebitda_usd)
        yield f"| {row.quarter} | {' | '.join(map(_spread, amounts))} |"
    yield ""
    yield from _decides(result.swings)
    yield from _leans(rows[0], rows[-1])


def _decides(found: Swings) -> Iterator[str]:
    """The inputs that move the outcome most, one at a time."""
    said = decides_words(found, _SWINGS)
    if said:
        yield f"- **What decides it** ({found.outcome}; {_m(found.base_usd)}): {'; '.join(said)}."


def _leans(first: CompanyResults, last: CompanyResults) -> Iterator[str]:
    """How far bitcoin moves revenue, now and at the end, and how likely AI and chips bring most of it."""
    if first.bitcoin_beta is not None and last.bitcoin_beta is not None:
        now, then = (f"{row.bitcoin_beta or 0.0:.1f}% in {row.quarter}" for row in (first, last))
        most = f"{first.p_ai_chips_majority:.0%} and {last.p_ai_chips_majority:.0%} of paths"
        yield f"- **Bitcoin**: 1% on its price moves revenue by {now} and {then};"
        yield f"  AI and chips, fit-out apart, bring more than half of revenue on {most}."


def _spread(spread: Spread | None) -> str:
    if spread is None or spread.p10 is None or spread.p50 is None or spread.p90 is None:
        return "absent"
    return f"{_m(spread.p50)} ({_m(spread.p10)} to {_m(spread.p90)})"


def _m(usd: float) -> str:
    return f"{usd / 1e6:,.1f}"
