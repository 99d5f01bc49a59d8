"""The company: lines, overheads and funding, quarter by quarter, on whatever numbers it is given.

On arrays of paths with chance drawn it is the simulation; on plain numbers without chance it is the company
in a market without surprises; on terms it is that same company as the formulas of a workbook.
"""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Quarter
from hashpivot.formula import Number, is_zero, total

from ..inputs import CompanyInputs, quarter_number
from ..market import MarketQuarter
from .operations import LineModel, QuarterFlows
from .shared import Chance, NoChance, NoRecord, Recorder
from .statements import (
    Balance,
    Income,
    IncomeStatement,
    Projects,
    PropertyDepreciation,
    StartDebt,
    WorkingCapital,
    interest_due,
    settle,
)

_NO_CHANCE, _NO_RECORD = NoChance(), NoRecord()
UNLIMITED_USD = 1e12
"""Funds of a company whose balance is not known: purchases follow the plan, not cash."""


@dataclass(frozen=True, eq=False)
class ModelledQuarter:
    """A company's quarter.

    Args:
        flows: What its lines bring and spend.
        ebitda_usd: Gross profit less overheads; None where those are not known.
        balance: At the quarter's end; None if it is not known where it starts from.
        depreciation_usd: None where that of what is owned is not known.
        income: Below EBITDA; None where balance or depreciation is not known.
        capex_usd: Spent on machines, AI data halls and GPUs, by lenders too, not by tenants.
        capitalised_usd: Interest added to property instead of being an expense; None without a balance.
    """

    flows: QuarterFlows
    ebitda_usd: Number | None
    balance: Balance | None
    depreciation_usd: Number | None
    income: Income | None
    capex_usd: Number
    capitalised_usd: Number | None


class CompanyModel:
    """One company ahead.

    Args:
        inputs: The company.
        first: The first quarter.
        start_price_usd: Bitcoin price on the last known day.
        chance: What is drawn at random; nothing if not given.
        record: Takes every quantity the model computes.
    """

    def __init__(
        self, inputs: CompanyInputs, first: Quarter, start_price_usd: Number, chance: Chance = _NO_CHANCE,
        record: Recorder = _NO_RECORD,
    ) -> None:  # fmt: skip
        self._inputs, self._start_price_usd, self._record = inputs, start_price_usd, record
        self._lines = LineModel(inputs, quarter_number(first), chance, record)
        finance, known = inputs.finance, inputs.finance.funding_known
        self._balance = Balance.of(finance, start_price_usd, record) if known else None
        self._stack = StartDebt(inputs, quarter_number(first), record) if known else None
        owned = finance.depreciation_usd is not None
        hall_years = inputs.colocation.hall_years
        self._projects = Projects(inputs, record) if known else None
        self._depreciation = PropertyDepreciation(finance, hall_years) if owned else None
        self._working_capital = WorkingCapital(finance, record)
        self._income = IncomeStatement(finance, record) if known and owned else None

    def quarter(self, step: int, market: MarketQuarter) -> ModelledQuarter:
        """The quarter `step` quarters after the first; call it in order."""
        flows = self._lines.quarter(step, market, self._funds_usd(market))
        ebitda = self._ebitda(flows)
        on_halls = self._ai_capex_usd(flows)
        capex = self._capex(flows, on_halls)
        if self._balance is None or self._stack is None or self._projects is None:
            return ModelledQuarter(flows, ebitda, None, self._depreciated(flows, 0.0), None, capex, None)
        interest = interest_due(self._balance, self._stack, self._inputs.finance, self._record)
        project = self._projects.quarter(flows.contracts, on_halls, interest)
        depreciation = self._depreciated(flows, project.in_use_usd)
        income = self._earned(flows, ebitda, depreciation, interest, project.capitalised_usd)
        self._balance = settle(
            self._balance,
            self._inputs.finance,
            flows,
            ebitda,
            interest,
            income,
            self._stack,
            capex,
            project,
            self._projects.owed_usd,
            self._working_capital.change_usd(flows, ebitda, market.quarter.days),
            self._start_price_usd,
            self._record,
        )
        added = project.capitalised_usd
        return ModelledQuarter(flows, ebitda, self._balance, depreciation, income, capex, added)

    def _ai_capex_usd(self, flows: QuarterFlows) -> Number:
        """What AI data halls and GPUs cost the company and its lenders: tenants pay the rest."""
        tenants, cost = self._inputs.finance.tenant_capex_share, flows.ai_capex_usd
        return cost if is_zero(tenants) else cost * (1 - tenants)

    def _capex(self, flows: QuarterFlows, on_halls: Number) -> Number:
        machines = flows.machines_usd
        return self._record("capex", machines if is_zero(on_halls) else machines + on_halls)

    def _earned(
        self, flows: QuarterFlows, ebitda: Number, depreciation: Number | None, interest: Number,
        capitalised: Number,
    ) -> Income | None:  # fmt: skip
        """Income below EBITDA; None where depreciation is not known."""
        if self._income is None or self._balance is None:
            return None
        held = self._balance.bitcoin * (flows.bitcoin_usd - self._balance.price_usd)
        gain = self._record("fair_value", held)
        return self._income.quarter(ebitda, depreciation, interest, capitalised, gain)

    def _depreciated(self, flows: QuarterFlows, interest_in_use: Number) -> Number | None:
        """Depreciation, of what tenants paid for none; None if that of what is owned is not known."""
        if self._depreciation is None:
            return None
        owned = self._depreciation.quarter(flows.machines_usd, interest_in_use)
        halls, tenants = self._lines.ai_depreciation_usd(), self._inputs.finance.tenant_capex_share
        if not is_zero(tenants):
            halls = halls * (1 - tenants)
        return self._record("depreciation", owned + halls)

    def _funds_usd(self, market: MarketQuarter) -> Number:
        """What may be spent on discretionary purchases: no limit where the balance is not known."""
        if self._balance is None:
            return UNLIMITED_USD
        return self._balance.spare_usd(self._inputs.finance, market.price_usd)

    def _ebitda(self, flows: QuarterFlows) -> Number | None:
        inputs, record = self._inputs, self._record
        gross = record("profit", total([flows.profit[line] for line in self._lines.lines]))
        overheads = inputs.overheads_usd
        return None if overheads is None else record("ebitda", gross - record("overheads", overheads))
