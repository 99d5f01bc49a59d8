"""Revenue and gross profit by line of business, one quarter at a time."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.bitcoin import breakeven_hashprice_usd_per_ph_day
from hashpivot.core import Line
from hashpivot.formula import Number, exp, if_, indicator, is_zero, min_, ratio

from ...inputs import CompanyInputs, quarter_number
from ...market import MarketQuarter
from ..shared import QUARTERS_PER_YEAR, Chance, Recorder, ramp
from ._contracts import HOURS_PER_DAY, ContractModel, RentIndex, passed_through
from ._fleet import THS_PER_EHS, Fleet, class_name, held, moving

PHS_PER_EHS, THS_PER_PHS = 1_000, 1_000
USD_PER_PH_DAY_OF_J_PER_TH = breakeven_hashprice_usd_per_ph_day(1.0, 1.0)
"""Hashprice that pays for 1 USD/MWh at 1 J/TH."""

Amounts = dict[Line, Number]


@dataclass(frozen=True, eq=False)
class QuarterFlows:
    """One quarter.

    Args:
        revenue: Dollars by line.
        profit: Gross profit in dollars by line, depreciation not deducted.
        mined_btc: Bitcoin mined.
        ph_days: PH/s-days mined, for breakevens.
        machines_usd: Spent on mining machines.
        ai_capex_usd: Spent on AI data halls and GPUs.
        bitcoin_usd: Price at which bitcoin changes hands in the quarter.
    """

    revenue: Amounts
    profit: Amounts
    mined_btc: Number
    ph_days: Number
    machines_usd: Number
    ai_capex_usd: Number
    bitcoin_usd: Number

    @property
    def capex_usd(self) -> Number:
        """Spent on machines, AI data halls and GPUs."""
        return self.machines_usd + self.ai_capex_usd


class LineModel:
    """The lines of one company.

    Args:
        inputs: The company.
        first: First quarter, as a number.
        chance: What is drawn at random.
        record: Takes every quantity.
    """

    def __init__(self, inputs: CompanyInputs, first: Number, chance: Chance, record: Recorder) -> None:
        self.inputs, self._chance, self._record = inputs, chance, record
        late = [chance.start_slip(inputs.colocation) for _ in inputs.contracts]
        self._contracts = [
            ContractModel(contract, number, inputs, slip, chance, record)
            for number, (contract, slip) in enumerate(zip(inputs.contracts, late, strict=True))
        ]
        self._rent = RentIndex(inputs.colocation, chance)
        self._power = chance.power(inputs.power, inputs.mining.power_usd_per_mwh)
        self._chip_slip = chance.tape_out_slip(inputs.chips)
        self._spot, self._contracted = record("spot", 1.0), record("contracted", 1.0)
        self._fleet = Fleet(inputs.mining, inputs.contracts, first, chance, record)
        self._levels = {line: chance.start_level(line) for line in Line}
        self._changing = [line for line, level in _levels(inputs).items() if not is_zero(level)]
        start = inputs.chips.first_quarter
        self._first_chip = None if start is None else record("chip_age", quarter_number(start))

    def quarter(self, step: int, market: MarketQuarter, funds_usd: Number) -> QuarterFlows:
        """The flows of a quarter; call it in order.

        Args:
            step: Quarters since the first.
            market: The quarter's market.
            funds_usd: What may be spent on discretionary purchases of machines.
        """
        record = self._record
        number, days = record("number", quarter_number(market.quarter)), record("days", market.quarter.days)
        revenue: Amounts = dict.fromkeys(Line, 0.0)
        profit: Amounts = dict.fromkeys(Line, 0.0)
        chip_age, moves = self._chip_age(number), moving(self.inputs.mining, step)
        self._change_levels(step)
        self._run_rate_lines(revenue, profit)
        self._halls(days, revenue, profit)
        self._cloud(days, moves, revenue, profit)
        ai_capex = self._contracted_lines(step, number, days, revenue, profit)
        usd_per_th = record("machine_price", self._usd_per_th(market, chip_age))
        machines = self._fleet.advance(step, number, usd_per_th, record("funds", funds_usd))
        mined, ph_days = self._mine(market, days, moves, revenue, profit)
        self._chips(market, chip_age, moves, revenue, profit)
        for line in self.lines:
            revenue[line] = record(f"revenue_{line}", revenue[line])
            profit[line] = record(f"profit_{line}", profit[line])
        price = record("bitcoin_usd", ratio(revenue[Line.SELF_MINING], mined, market.price_usd))
        return QuarterFlows(revenue, profit, mined, ph_days, machines, record("ai_capex", ai_capex), price)

    def _change_levels(self, step: int) -> None:
        """Levels of all lines but mining, whose fleet changes by itself, as the record says lines change."""
        change = self._chance.line_change(self.inputs.steady.line_noise) if step else 1.0
        if isinstance(change, float):
            return
        for line in self._changing:
            self._levels[line] = self._levels[line] * change

    @property
    def lines(self) -> list[Line]:
        """The lines the company may have: chips only with a programme."""
        return [line for line in Line if line != Line.CHIPS or self._first_chip is not None]

    def ai_depreciation_usd(self) -> Number:
        """Depreciation of AI data halls and GPUs that contracts brought, in the quarter entered last."""
        return sum(contract.depreciation_usd() for contract in self._contracts)

    def _run_rate_lines(self, revenue: Amounts, profit: Amounts) -> None:
        steady = self.inputs.steady
        for line, usd in (
            (Line.HOSTING, steady.hosting_usd),
            (Line.ENGINEERING, steady.engineering_usd),
            (Line.POWER, steady.power_usd),
            (Line.OTHER, steady.other_usd),
        ):
            revenue[line] = usd * self._levels[line]
            profit[line] = revenue[line] * steady.margin

    def _halls(self, days: Number, revenue: Amounts, profit: Amounts) -> None:
        """Data halls already let, and the power their tenants pay."""
        halls = self.inputs.colocation
        rent = self._record("hall_rent", halls.full_usd * self._levels[Line.AI_COLOCATION])
        full = passed_through(halls.running_critical_mw, halls.passthrough_usd_per_mwh, halls, days)
        power = self._record("hall_power", full)
        revenue[Line.AI_COLOCATION] = revenue[Line.AI_COLOCATION] + (rent + power)
        profit[Line.AI_COLOCATION] = profit[Line.AI_COLOCATION] + rent * halls.margin

    def _cloud(self, days: Number, moves: Number, revenue: Amounts, profit: Amounts) -> None:
        """GPU time sold at the start: contracted prices come to follow spot prices, costs do not."""
        cloud, record = self.inputs.cloud, self._record
        shock = self._chance.spot_shock(cloud.spot_volatility)
        self._spot = record("spot", self._spot * exp((shock - cloud.spot_decay / QUARTERS_PER_YEAR) * moves))
        moved = self._contracted + (self._spot - self._contracted) / cloud.contract_quarters
        self._contracted = record("contracted", moved)
        index = cloud.contract_share * self._contracted + (1 - cloud.contract_share) * self._spot
        index = record("gpu_price", index)
        full = cloud.gpus * cloud.utilisation * cloud.usd_per_gpu_hour * days * HOURS_PER_DAY
        full = record("gpu_full", full * self._levels[Line.AI_CLOUD])
        earned = record("gpu_revenue", full * index)
        kept = record("gpu_profit", full * (index - 1 + cloud.margin))
        revenue[Line.AI_CLOUD] = revenue[Line.AI_CLOUD] + earned
        profit[Line.AI_CLOUD] = profit[Line.AI_CLOUD] + kept

    def _contracted_lines(
        self, step: int, number: Number, days: Number, revenue: Amounts, profit: Amounts
    ) -> Number:
        """Contracts ahead; what is spent on them."""
        if step and (self._record.shows_all or any(each.follows_market for each in self._contracts)):
            self._rent.advance()
        self._rent.value = self._record("rent_index", self._rent.value)
        capex: Number = 0.0
        for contract in self._contracts:
            line = contract.line
            index = self._rent.value if line == Line.AI_COLOCATION else self._spot
            flows = contract.quarter(number, days, index)
            revenue[line] = revenue[line] + flows.revenue
            profit[line] = profit[line] + flows.profit
            capex = capex + flows.capex_usd
        return capex

    def _chip_age(self, number: Number) -> Number | None:
        """Quarters since the first chip; None without a programme."""
        if self._first_chip is None:
            return None
        return self._record("chip_age", number - self._first_chip - self._chip_slip)

    def _usd_per_th(self, market: MarketQuarter, chip_age: Number | None) -> Number:
        """Price of new machines, tied to hashprice; own chips cost no more than making them."""
        usd_per_th_day = market.hashprice_usd_per_ph_day / THS_PER_PHS
        bought = usd_per_th_day * self.inputs.finance.machine_days
        if chip_age is None:
            return bought
        return if_(chip_age >= 0, min_(bought, self.inputs.chips.cost_usd_per_th), bought)

    def _mine(
        self, market: MarketQuarter, days: Number, moves: Number, revenue: Amounts, profit: Amounts
    ) -> tuple[Number, Number]:
        """Self-mining: a class of machines is off where the quarter's hashprice does not pay its power.

        Returns:
            Bitcoin mined, and PH/s-days.
        """
        mining, record, terms = self.inputs.mining, self._record, self._power.terms(market.quarter)
        site_uptime = record("site_uptime", terms.uptime)
        usd_per_mwh = record("power_price", terms.usd_per_mwh)
        credits_usd = record("credits", terms.credits_usd_per_mw_hour)
        hashprice = record("net_hashprice", market.hashprice_usd_per_ph_day * (1 - mining.pool_fee))
        running, drawn = self._running(hashprice, usd_per_mwh, moves)
        uptime = mining.uptime * site_uptime
        running, drawn = record("running", running * uptime), record("drawn", drawn)
        power = drawn * (uptime * usd_per_mwh)
        other = mining.non_power_opex_usd_per_mwh - credits_usd
        hours = days * HOURS_PER_DAY
        cost = record("mining_cost", hours * (power + self._fleet.mw * other))
        ph_days = running * (PHS_PER_EHS * days)
        earned = record("mining_revenue", ph_days * hashprice)
        revenue[Line.SELF_MINING] = earned
        profit[Line.SELF_MINING] = earned - cost
        btc_per_eh = record("btc_per_eh", market.btc_per_eh)
        return record("mined_btc", running * (btc_per_eh * (1 - mining.pool_fee))), ph_days

    def _running(self, hashprice: Number, usd_per_mwh: Number, moves: Number) -> tuple[Number, Number]:
        """Hash rate and megawatts of the classes of machines that pay for their power; all if none moves."""
        running, drawn = 0.0, 0.0
        per_j = USD_PER_PH_DAY_OF_J_PER_TH * usd_per_mwh
        for number, (ehs, mw) in enumerate(self._fleet.classes()):
            pays = indicator(hashprice * ehs > per_j * mw)
            on = self._record(class_name(number), held(pays, moves))
            running = running + on * ehs
            drawn = drawn + on * mw
        return running, drawn

    def _chips(
        self, market: MarketQuarter, chip_age: Number | None, moves: Number, revenue: Amounts, profit: Amounts
    ) -> None:
        """Machines sold: none where the price does not cover the cost of making them, if they move."""
        if chip_age is None:
            return
        chips, record = self.inputs.chips, self._record
        price = record("chip_price", market.hashprice_usd_per_ph_day / THS_PER_PHS * chips.price_days)
        most = (
            ramp(chip_age, chips.ramp_quarters)
            * chips.sold_ehs
            * chips.market_share_kept
            * THS_PER_EHS
            * self._levels[Line.CHIPS]
        )
        sells = held(indicator(price > chips.cost_usd_per_th), moves)
        sold = record("chip_sold", most * sells)
        revenue[Line.CHIPS] = sold * price
        profit[Line.CHIPS] = sold * (price - chips.cost_usd_per_th)


def _levels(inputs: CompanyInputs) -> dict[Line, Number]:
    """What the lines other than mining begin with: dollars, GPUs or EH/s."""
    steady = inputs.steady
    return {
        Line.HOSTING: steady.hosting_usd,
        Line.ENGINEERING: steady.engineering_usd,
        Line.POWER: steady.power_usd,
        Line.OTHER: steady.other_usd,
        Line.AI_COLOCATION: inputs.colocation.full_usd,
        Line.AI_CLOUD: inputs.cloud.gpus,
        Line.CHIPS: inputs.chips.sold_ehs,
    }
