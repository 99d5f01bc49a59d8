"""Where the main statements are: the tables whose rows together give the evidence of one.

A highlight, a note or a sentence may show revenue beside a tax expense; only the income statement shows
costs, operating income, tax, net income and amounts per share together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from hashpivot.filings import Fact

from ._concepts import kind_of

Period = tuple[date | None, date]
Evidence = dict[int, dict[str, set[Period]]]
"""By table, the kinds of rows it shows with the periods of each."""

NOWHERE = -1  # the table of facts outside tables; an XBRL instance has no others

_KINDS = {
    "income": {
        "expense": r"(Costs?AndExpenses|OperatingExpenses|BenefitsLossesAndExpenses|NoninterestExpense"
        r"|OperatingCosts|(SellingGeneralAnd|GeneralAnd)AdministrativeExpense"
        r"|ResearchAndDevelopmentExpense\w*|InterestExpense\w*|Depreciation(Depletion)?And\w+|OtherNonoperatingIncomeExpense|NonoperatingIncomeExpense)",
        "gross": r"GrossProfit",
        "operating": r"OperatingIncomeLoss|ProfitLossFromOperatingActivities",
        "pretax": r"IncomeLossFromContinuingOperationsBeforeIncomeTaxes\w*|IncomeLossIncludingPortion\w*"
        r"|ProfitLossBeforeTax",
        "tax": r"IncomeTaxExpenseBenefit|IncomeTaxExpenseContinuingOperations",
        "net": r"NetIncomeLoss(Available\w+Basic)?|ProfitLoss|IncomeLossFromContinuingOperations"
        r"|NetIncomeLossIncluding\w+",
        "per_share": r"\w*(EarningsPer|LossPer|PerShare|EarningsLossPer)\w*(Basic|Diluted)\w*"
        r"|\w*EarningsLossPerShare",
        "shares": r"WeightedAverageNumberOf\w*|(Adjusted)?WeightedAverageShares",
    },
    "balance": {
        "assets": r"Assets(Current|Net)?",
        "liabilities": r"Liabilities(Current|Noncurrent)?",
        "equity": r"StockholdersEquity\w*|Equity|PartnersCapital|MembersEquity",
        "both": r"LiabilitiesAndStockholdersEquity|EquityAndLiabilities",
    },
    "cash_flow": {
        name.lower(): rf"(NetCashProvidedByUsedIn|CashFlowsFromUsedIn){name}Activities(ContinuingOperations)?"
        for name in ("Operating", "Investing", "Financing")
    },
}
_PATTERNS = {
    statement: [(kind, re.compile(pattern)) for kind, pattern in kinds.items()]
    for statement, kinds in _KINDS.items()
}
_LEAST_SHARE = 0.5  # of the evidence of the best table: a statement broken over two pages shows half on each
_ADDED_BACK = {"net", "expense"}
_RESULTS = {"revenue", "gross", "operating", "pretax", "tax", "per_share"}
_NEAR = 4  # tables; page footers are tables too
_FEWEST = 2  # kinds a table that continues a statement shows


def is_of_income(concept: str) -> bool:
    """True for a concept, by its local name, whose row tells an income statement from a note."""
    return bool(_kind(concept, "income"))


def evidence_of(by_name: Mapping[str, list[Fact]]) -> dict[str, Evidence]:
    """The evidence of the `income` statement, `balance` sheet and `cash_flow` statement.

    Args:
        by_name: The facts by local name of their concept.
    """
    return {statement: _evidence(by_name, statement) for statement in _KINDS}


def locate(evidence: Mapping[str, Evidence]) -> dict[str, frozenset[int]]:
    """The tables of each statement."""
    income, cash = evidence["income"], evidence["cash_flow"]
    first = _first(income, needs="revenue")
    first = _first(income, needs="net") if first is None else first
    flows = _first(cash, needs="operating")
    flows = _first(cash) if flows is None else flows
    end = flows if first is not None and flows is not None and flows > first else None
    before = _page_before(end, income) if first is not None and end is not None else frozenset()
    return {
        "income": _followed(first, income, min(before, default=end)),
        "balance": _followed(_first(evidence["balance"]), evidence["balance"], None),
        "cash_flow": before | _whole(_followed(flows, cash, None)),
    }


def _page_before(flows: int, income: Evidence) -> frozenset[int]:
    """The table right before the cash flow statement that shows its first rows, broken off before a total.

    These are net income and what is added back: rows of an income statement without its results.
    """
    kinds = income.get(flows - 1, {}).keys()
    return frozenset({flows - 1} if kinds >= _ADDED_BACK and not kinds & _RESULTS else ())


def kinds_by_period(evidence: Evidence, tables: frozenset[int]) -> dict[Period, set[str]]:
    """The kinds of rows that each period has in these tables."""
    spans: dict[Period, set[str]] = {}
    for table, kinds in evidence.items():
        if table in tables:
            for kind, periods in kinds.items():
                for period in periods:
                    spans.setdefault(period, set()).add(kind)
    return spans


@lru_cache(maxsize=8192)
def _kind(name: str, statement: str) -> str:
    """The kind of row a concept stands for in a statement, or ""."""
    if statement == "income" and (money := kind_of(name)) in ("revenue", "cost"):
        return money
    return next((kind for kind, pattern in _PATTERNS[statement] if pattern.fullmatch(name)), "")


def _evidence(by_name: Mapping[str, list[Fact]], statement: str) -> Evidence:
    """Kinds and periods by table; prose counts only where nothing stands in a table."""
    tables: Evidence = {}
    for name, facts in by_name.items():
        kind = _kind(name, statement)
        if not kind:
            continue
        for fact in facts:
            context = fact.context
            timed = (context.start is None) == (statement == "balance")
            if timed and not context.dims and not fact.hidden and not fact.in_label:
                tables.setdefault(fact.table, {}).setdefault(kind, set()).add((context.start, context.end))
    if len(tables) > 1:
        tables.pop(NOWHERE, None)
    return tables


def _first(tables: Evidence, needs: str = "") -> int | None:
    """The earliest table that shows a good part of what the best one shows, its next pages counted in."""
    starts = sorted(table for table, kinds in tables.items() if not needs or needs in kinds)
    scores = {table: len(_group(table, starts, tables)) for table in starts}
    most = max(scores.values(), default=0)
    return next((table for table, score in scores.items() if score > _LEAST_SHARE * most), None)


def _group(table: int, starts: list[int], tables: Evidence) -> set[str]:
    """Kinds shown from this table up to the next that may be a beginning."""
    end = min((start for start in starts if start > table), default=table + 1)
    return {kind for number, kinds in tables.items() if table <= number < end for kind in kinds}


def _followed(first: int | None, tables: Evidence, end: int | None) -> frozenset[int]:
    """The first table and those that go on with it.

    Up to the statement that follows (`end`) every table with evidence does. Elsewhere one does that shows
    other periods, or directly after it other rows.
    """
    if first is None:
        return frozenset()
    found = {first}
    kinds, periods = set(tables[first]), _periods(tables[first])
    follows = True
    for table in sorted(number for number in tables if number > first and (end is None or number < end)):
        shown = set(tables[table])
        new_periods = len(shown) >= _FEWEST and not _periods(tables[table]) & periods
        follows = end is not None or new_periods or (follows and not shown & kinds)
        if follows:
            found.add(table)
            kinds |= shown
            periods |= _periods(tables[table])
    return frozenset(found)


def _periods(kinds: Mapping[str, Iterable[Period]]) -> set[Period]:
    return {period for periods in kinds.values() for period in periods}


def _whole(tables: frozenset[int]) -> frozenset[int]:
    """With the tables between two that are near: a page of a cash flow statement may show no total."""
    pairs = zip(sorted(tables), sorted(tables)[1:], strict=False)
    return tables.union(*(range(one, next_) for one, next_ in pairs if next_ - one <= _NEAR))
