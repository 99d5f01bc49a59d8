"""Recipes: how each metric of the four answers follows from other cells of a company's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hashpivot.core import GROUPS, InvalidInput, Missing, Quarter
from hashpivot.formula import FormulaError, Term, log_change_deviation, total
from hashpivot.season import Answer, Metric

from ._figures import FigureCells
from ._table import TOTAL, Content, Key, Table, live


class _Unknown(Exception):
    """A cell a recipe needs holds no number."""


@dataclass(frozen=True, slots=True)
class ContractCells:
    """A contract's cells; None where the announcement tells no number.

    Args:
        name: Address of its counterparty.
        value: In USD.
        years: Its term.
        megawatts: Critical IT.
    """

    name: str
    value: Term | None
    years: Term | None
    megawatts: Term | None


@dataclass
class Facts:
    """What recipes may use.

    Args:
        table: The company's table.
        cells: Its figures.
        quarter: The season.
        contracts: Cells of the contracts announced.
        written: Metrics written so far, by name.
        base: The last quarter before the halving; None if there is none to compare with.
    """

    table: Table
    cells: FigureCells
    quarter: Quarter
    contracts: list[ContractCells]
    written: dict[str, Term] = field(default_factory=dict)
    base: Quarter | None = None

    def content(self, metric: Metric) -> Content:
        """What to write for a metric that is no word: a formula wherever one gives the desk's number."""
        return metric.value if isinstance(metric.value, Missing) else live(metric, self._formula(metric))

    def at(self, key: Key, quarter: Quarter | None) -> Term:
        """A cell of the table."""
        found = self.table.cell(key, quarter) if quarter else None
        if not isinstance(found, Term):
            raise _Unknown
        return found

    def metric(self, name: str) -> Term:
        """A metric written above."""
        if name not in self.written:
            raise _Unknown
        return self.written[name]

    def figure(self, metric: Metric, position: int) -> Term:
        """One of the figures a metric stands on."""
        return self.cells.term(metric.figures[position])

    def changes(self, key: Key, metric: Metric) -> list[tuple[Term, Term]]:
        """Later and earlier of neighbouring quarters the metric looks at, where the amount is above zero."""
        quarters = {figure.quarter for figure in metric.figures if figure.quarter}
        held = {quarter: self.table.cell(key, quarter) for quarter in sorted(quarters)}
        known = {q: cell for q, cell in held.items() if isinstance(cell, Term) and cell.value > 0}
        return [(cell, known[q - 1]) for q, cell in known.items() if q - 1 in known]

    def _formula(self, metric: Metric) -> Term | None:
        recipe = _RECIPES.get(metric.name, _figure_itself)
        try:
            return recipe(self, metric)
        except (_Unknown, FormulaError, IndexError):
            return None


Recipe = Callable[[Facts, Metric], Term]


def base_of(answers: tuple[Answer, ...]) -> Quarter | None:
    """The quarter before the halving that the profitability answer compares with."""
    values = (m.value for answer in answers for m in answer.metrics if m.name == "base_quarter")
    try:
        return next((Quarter.parse(value) for value in values if isinstance(value, str)), None)
    except InvalidInput:
        return None


def _figure_itself(facts: Facts, metric: Metric) -> Term:
    if len(metric.figures) != 1:
        raise _Unknown
    return facts.figure(metric, 0)


def _first_over_second(facts: Facts, metric: Metric) -> Term:
    return facts.figure(metric, 0) / facts.figure(metric, 1)


def _all_figures(facts: Facts, metric: Metric) -> Term:
    return total([facts.cells.term(figure) for figure in metric.figures])


def _now(*key: str) -> Recipe:
    return lambda facts, _: facts.at(key, facts.quarter)


def _growth(quarters: int, *key: str) -> Recipe:
    return lambda facts, _: facts.at(key, facts.quarter) / facts.at(key, facts.quarter - quarters) - 1


def _since_base(*key: str) -> Recipe:
    return lambda facts, _: facts.at(key, facts.quarter) - facts.at(key, facts.base)


def _over(above: str, below: str) -> Recipe:
    return lambda facts, _: facts.metric(above) / facts.metric(below)


def _sum_of(*names: str) -> Recipe:
    """The metrics of these names that hold a number."""
    return lambda facts, _: total([facts.written[name] for name in names if name in facts.written])


def _part_of_revenue(*names: str) -> Recipe:
    return lambda facts, metric: _sum_of(*names)(facts, metric) / facts.metric("total_revenue_usd")


def _volatility(*key: str) -> Recipe:
    return lambda facts, metric: log_change_deviation(facts.changes(key, metric))


def _contracted(cell: str) -> Recipe:
    def recipe(facts: Facts, _: Metric) -> Term:
        told: list[Term] = [term for contract in facts.contracts if (term := getattr(contract, cell))]
        return total(told)

    return recipe


def _contracts(facts: Facts, _: Metric) -> Term:
    names = [contract.name for contract in facts.contracts]
    return Term(f"COUNTA({names[0]}:{names[-1]})", len(names))


def _contracts_a_quarter(facts: Facts, _: Metric) -> Term:
    """Announced value spread evenly over the announced term, contracts without either left out."""
    return total([c.value / (c.years * 4) for c in facts.contracts if c.value and c.years])


_IMPLIED = (
    "contracted_quarterly_revenue_usd",
    "targets_contracted_quarterly_revenue_usd",
    "targets_guided_quarterly_revenue_usd",
    "targets_aspired_quarterly_revenue_usd",
)

_RECIPES: Mapping[str, Recipe] = {
    "revenue_growth_yoy": _growth(4, *TOTAL),
    "revenue_growth_qoq": _growth(1, *TOTAL),
    **{f"{group}_revenue_usd": _now("group_revenue", group) for group in GROUPS},
    **{f"{group}_share": _now("share", group) for group in ("ai", "chips", "ai_chips")},
    "ai_chips_growth_yoy": _growth(4, "group_revenue", "ai_chips"),
    "ai_chips_growth_qoq": _growth(1, "group_revenue", "ai_chips"),
    "ai_chips_run_rate_usd": lambda facts, _: facts.at(("group_revenue", "ai_chips"), facts.quarter) * 4,
    **{f"{group}_gross_profit_usd": _now("group_gross_profit", group) for group in GROUPS},
    **{f"{group}_gross_margin_share": _now("group_margin", group) for group in GROUPS},
    "mining_gross_profit_change_usd": _since_base("group_gross_profit", "mining"),
    "ai_chips_gross_profit_change_usd": _since_base("group_gross_profit", "ai_chips"),
    "offset_ratio": lambda facts, _: (
        facts.metric("ai_chips_gross_profit_change_usd") / -facts.metric("mining_gross_profit_change_usd")
    ),
    "effective_lines": _now("effective_lines"),
    "effective_lines_at_base": lambda facts, _: facts.at(("effective_lines",), facts.base),
    "total_revenue_volatility": _volatility(*TOTAL),
    "mining_revenue_volatility": _volatility("group_revenue", "mining"),
    "ai_chips_revenue_volatility": _volatility("group_revenue", "ai_chips"),
    "obligation_to_revenue_ratio": _over("remaining_performance_obligation_usd", "total_revenue_usd"),
    "ai_contracts": _contracts,
    "contracted_value_usd": _contracted("value"),
    "contracted_critical_it_mw": _contracted("megawatts"),
    "contracted_quarterly_revenue_usd": _contracts_a_quarter,
    "contracted_to_revenue_ratio": _part_of_revenue(*_IMPLIED[:2]),
    "implied_to_revenue_ratio": _part_of_revenue(*_IMPLIED),
    "operating_cash_flow_year_usd": lambda facts, metric: facts.figure(metric, 0) * 4,
    "funding_usd": _sum_of(
        "liquidity_usd", "targets_financing_contracted_usd", "operating_cash_flow_year_usd"
    ),
    "funding_to_build_ratio": _over("funding_usd", "contracts_and_targets_to_build_usd"),
    "capex_cover_ratio": _over("operating_cash_flow_usd", "capital_expenditure_usd"),
    "liquidity_usd": _all_figures,
    "runway_quarters": lambda facts, _: (
        facts.metric("liquidity_usd")
        / (facts.metric("capital_expenditure_usd") - facts.metric("operating_cash_flow_usd"))
    ),
    "net_debt_usd": lambda facts, _: facts.metric("debt_usd") - facts.metric("liquidity_usd"),
    "net_debt_to_revenue_ratio": lambda facts, _: (
        facts.metric("net_debt_usd") / (facts.metric("total_revenue_usd") * 4)
    ),
    "share_count_growth_yoy": lambda facts, metric: _first_over_second(facts, metric) - 1,
    "impairment_to_revenue_ratio": _first_over_second,
    "overhead_to_revenue_ratio": _first_over_second,
}
