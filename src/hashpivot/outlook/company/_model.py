"""The company: lines, overheads and funding, quarter by quarter, on whatever numbers it is given.

On arrays of paths with chance drawn it is the simulation; on plain numbers without chance it is the company
in a market without surprises; on terms it is that same company as the formulas of a workbook.
"""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Quarter
from hashpivot.formula import Number, total

from ..inputs import CompanyInputs, quarter_number
from ..market import MarketQuarter
from .operations import LineModel, QuarterFlows
from .shared import Chance, NoChance, NoRecord, Recorder
from .statements import Balance, settle

_NO_CHANCE, _NO_RECORD = NoChance(), NoRecord()


@dataclass(frozen=True, eq=False)
class ModelledQuarter:
    """A company's quarter.

    Args:
        flows: What its lines bring and spend.
        ebitda_usd: Gross profit less overheads.
        balance: At the quarter's end.
    """

    flows: QuarterFlows
    ebitda_usd: Number
    balance: Balance


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
        self._balance = Balance.of(inputs.finance, record)

    def quarter(self, step: int, market: MarketQuarter) -> ModelledQuarter:
        """The quarter `step` quarters after the first; call it in order."""
        inputs, record = self._inputs, self._record
        flows = self._lines.quarter(step, market, self._balance.spare_usd(inputs.finance, market.price_usd))
        gross = record("profit", total([flows.profit[line] for line in self._lines.lines]))
        overheads = record("overheads", inputs.finance.sga_usd + inputs.finance.rd_usd + inputs.chips.rd_usd)
        ebitda = record("ebitda", gross - overheads)
        self._balance = settle(self._balance, inputs.finance, flows, ebitda, self._start_price_usd, record)
        return ModelledQuarter(flows, ebitda, self._balance)

    def ai_depreciation_usd(self) -> Number:
        """Depreciation of AI data halls and GPUs that contracts brought, in the quarter entered last."""
        return self._lines.ai_depreciation_usd()
