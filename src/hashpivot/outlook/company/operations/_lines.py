"""Revenue and gross profit by line of business, one quarter at a time."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Line
from hashpivot.formula import Number, exp, if_, is_zero, max_, min_, power, ratio, total

from ...inputs import Cloud, Colocation, CompanyInputs, quarter_number
from ...market import MarketQuarter
from ..shared import QUARTERS_PER_YEAR, Chance, Recorder, ramp
from ._contracts import HOURS_PER_DAY, ContractFlows, ContractModel, RentIndex, passed_through
from ._fleet import THS_PER_EHS, THS_PER_PHS, Fleet, MiningTerms, moving
from ._tenancy import GPUS, HALLS, Tenancy, market_share

PHS_PER_EHS = 1_000
TIMING_KEPT = 0.5**0.5
"""A quarter's share of what an AI line's start is above or below its median, in logs: half in two quarters,
about half of a usual ramp. Judged."""

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
        ai_capex_usd: Spent on AI data halls and GPUs, tenants' part included.
        contracts: Contracts ahead.
        bitcoin_usd: Price at which bitcoin changes hands in the quarter.
        mining_mw: Megawatts of the fleet installed.
    """

    revenue: Amounts
    profit: Amounts
    mined_btc: Number
    ph_days: Number
    machines_usd: Number
    ai_capex_usd: Number
    contracts: tuple[ContractFlows, ...]
    bitcoin_usd: Number
    mining_mw: Number


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
        self._margin_shift = {
            Line.AI_COLOCATION: chance.margin_shift(Line.AI_COLOCATION, inputs.colocation.margin_spread),
            Line.AI_CLOUD: chance.margin_shift(Line.AI_CLOUD, inputs.cloud.margin_spread),
        }
        halls = inputs.colocation
        self._contracts = [
            ContractModel(
                each, number, inputs, first, chance.start_slip(number, halls, each.overdue_quarters), chance,
                record,
            )
            for number, each in enumerate(inputs.contracts)
        ]  # fmt: skip
        cloud = inputs.cloud
        let = 0.0 if is_zero(halls.full_usd) else halls.loss_chance
        self._halls_let = Tenancy(HALLS, let, halls.empty_quarters, chance)
        self._gpus_let = Tenancy(
            GPUS, 0.0 if is_zero(cloud.gpus) else cloud.loss_chance, cloud.empty_quarters, chance
        )
        self._market_share = market_share(halls.full_usd, halls.running_critical_mw, halls)
        self._rent = RentIndex(inputs.colocation, chance)
        self._power = chance.power(inputs.power, inputs.mining.power_usd_per_mwh)
        self._chip_slip = chance.tape_out_slip(inputs.chips)
        self._spot, self._contracted = record("spot", 1.0), record("contracted", 1.0)
        self._fleet = Fleet(inputs.mining, inputs.contracts, first, chance, record)
        self._levels = {line: chance.start_level(line) for line in Line}
        self._cloud_needed = record.shows_all or not (
            is_zero(cloud.gpus)
            and is_zero(cloud.one_off_usd)
            and all(each.line != Line.AI_CLOUD for each in self._contracts)
        )
        self._changing = [line for line, level in _levels(inputs).items() if not is_zero(level)]
        self._settling = self._settled_levels()
        self._reference: Number | None = None
        self._ordered_at: Number = 0.0
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
        self._advance_rents(step)
        self._halls(step, days, revenue, profit)
        self._cloud(step, days, moves, revenue, profit)
        contracts = self._contracted_lines(step, number, days, revenue, profit)
        cost_per_th, j_per_th = self._new_machines(step, chip_age)
        usd_per_th = record("machine_price", self._usd_per_th(market, chip_age, cost_per_th))
        terms = self._mining_terms(market)
        machines = self._fleet.advance(step, number, usd_per_th, j_per_th, record("funds", funds_usd), terms)
        mined, ph_days = self._mine(market, terms, days, moves, revenue, profit)
        self._chips(market, chip_age, cost_per_th, moves, revenue, profit)
        for line in self.lines:
            revenue[line] = record(f"revenue_{line}", revenue[line])
            profit[line] = record(f"profit_{line}", profit[line])
        price = record("bitcoin_usd", ratio(revenue[Line.SELF_MINING], mined, market.price_usd))
        halls = record("ai_capex", total([0.0, *(each.capex_usd for each in contracts)]))
        return QuarterFlows(
            revenue, profit, mined, ph_days, machines, halls, contracts, price, self._fleet.mw
        )

    def _change_levels(self, step: int) -> None:
        """Levels of lines that are neither mining nor AI change as the record says lines do.

        What the start of an AI line with contracts ahead is above or below its median is a matter of how far
        they have come, and fades as they come: growth takes a contract. So it does where contracts tell the
        rent that runs.
        """
        if not step:
            return
        for line, moves in self._settling.items():
            self._levels[line] = power(self._levels[line], TIMING_KEPT) * moves
        change = self._chance.line_change(self.inputs.steady.line_noise)
        if isinstance(change, float):
            return
        for line in self._changing:
            self._levels[line] = self._levels[line] * change

    def _settled_levels(self) -> dict[Line, Number]:
        """A quarter's factor on the level of AI lines that contracts explain, towards where they settle."""
        halls = self.inputs.colocation
        settling: dict[Line, Number] = {each.line: 1.0 for each in self._contracts if each.pays}
        if not is_zero(halls.running_critical_mw):
            settled = self._chance.running_rent(halls.running_spread)
            settling[Line.AI_COLOCATION] = power(settled, 1 - TIMING_KEPT)
        return settling

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
            (Line.OTHER, steady.other_usd + steady.unattributed_usd),
        ):
            revenue[line] = usd * self._levels[line]
            profit[line] = revenue[line] * steady.margin

    def _halls(self, step: int, days: Number, revenue: Amounts, profit: Amounts) -> None:
        """Data halls already let, the power their tenants pay, and what ends."""
        halls = self.inputs.colocation
        level, tenancy = self._levels[Line.AI_COLOCATION], self._halls_let
        tenancy.advance(step, self._rent.value * self._market_share)
        signed = self._record("hall_rent", halls.full_usd * level)
        rent = tenancy.paid(signed)
        full = passed_through(halls.running_critical_mw, halls.passthrough_usd_per_mwh, halls, days)
        passed = self._record("hall_power", (full + halls.passthrough_usd * level) * tenancy.let)
        once = self._record("hall_one_off", _one_off(halls, step) * level)
        revenue[Line.AI_COLOCATION] = revenue[Line.AI_COLOCATION] + (rent + passed + once)
        margin = halls.margin + self._margin_shift[Line.AI_COLOCATION]
        kept = rent - signed * (1 - margin) + once * halls.one_off_margin
        profit[Line.AI_COLOCATION] = profit[Line.AI_COLOCATION] + kept

    def _cloud(self, step: int, days: Number, moves: Number, revenue: Amounts, profit: Amounts) -> None:
        """GPU time sold at the start: contracted prices come to follow spot prices, costs do not."""
        cloud, record = self.inputs.cloud, self._record
        shock = self._chance.spot_shock(cloud.spot_volatility)
        if not self._cloud_needed:
            return
        self._spot = record("spot", self._spot * exp((shock - cloud.spot_decay / QUARTERS_PER_YEAR) * moves))
        moved = self._contracted + (self._spot - self._contracted) / cloud.contract_quarters
        self._contracted = record("contracted", moved)
        index = cloud.contract_share * self._contracted + (1 - cloud.contract_share) * self._spot
        index = record("gpu_price", index)
        full = cloud.gpus * cloud.utilisation * cloud.usd_per_gpu_hour * days * HOURS_PER_DAY
        full = record("gpu_full", full * self._levels[Line.AI_CLOUD])
        self._gpus_let.advance(step, 1.0)
        earned = record("gpu_revenue", self._gpus_let.paid(full * index))
        margin = cloud.margin + self._margin_shift[Line.AI_CLOUD]
        kept = record("gpu_profit", earned - full * (1 - margin))
        once = record("gpu_one_off", _one_off(cloud, step) * self._levels[Line.AI_CLOUD])
        revenue[Line.AI_CLOUD] = revenue[Line.AI_CLOUD] + (earned + once)
        profit[Line.AI_CLOUD] = profit[Line.AI_CLOUD] + (kept + once * cloud.one_off_margin)

    def _contracted_lines(
        self, step: int, number: Number, days: Number, revenue: Amounts, profit: Amounts
    ) -> tuple[ContractFlows, ...]:
        """Contracts ahead, added to their lines."""
        every: list[ContractFlows] = []
        for contract in self._contracts:
            line = contract.line
            index = self._rent.value if line == Line.AI_COLOCATION else self._spot
            flows = contract.quarter(step, number, days, index)
            revenue[line] = revenue[line] + flows.revenue
            profit[line] = profit[line] + flows.profit + flows.rent * self._margin_shift[line]
            every.append(flows)
        return tuple(every)

    def _advance_rents(self, step: int) -> None:
        """Move the market's rent of halls on, where something depends on it."""
        needed = not self._halls_let.lasts or any(each.needs_rents for each in self._contracts)
        if step and (self._record.shows_all or needed):
            self._rent.advance()
        self._rent.value = self._record("rent_index", self._rent.value)

    def _chip_age(self, number: Number) -> Number | None:
        """Quarters since the first chip; None without a programme."""
        if self._first_chip is None:
            return None
        return self._record("chip_age", number - self._first_chip - self._chip_slip)

    def _new_machines(self, step: int, chip_age: Number | None) -> tuple[Number, Number]:
        """Cost of making a TH and J/TH of new machines: both fall with the trend; own ones may use less."""
        mining, chips, record = self.inputs.mining, self.inputs.chips, self._record
        fall = exp(-mining.improvement * step / QUARTERS_PER_YEAR)
        j_per_th = mining.growth_j_per_th
        if chip_age is not None:
            own = (chip_age >= 0) & (chips.own_j_per_th > 0)
            j_per_th = if_(own, chips.own_j_per_th, j_per_th)
        return record("chip_cost", chips.cost_usd_per_th * fall), record("new_j", j_per_th * fall)

    def _usd_per_th(self, market: MarketQuarter, chip_age: Number | None, cost_per_th: Number) -> Number:
        """Price of new machines, tied to hashprice; own chips cost no more than making them."""
        usd_per_th_day = market.hashprice_usd_per_ph_day / THS_PER_PHS
        bought = usd_per_th_day * self.inputs.finance.machine_days
        if chip_age is None:
            return bought
        return if_(chip_age >= 0, min_(bought, cost_per_th), bought)

    def _mining_terms(self, market: MarketQuarter) -> MiningTerms:
        """What mining pays and costs in a quarter."""
        mining, record, terms = self.inputs.mining, self._record, self._power.terms(market.quarter)
        site_uptime = record("site_uptime", terms.uptime)
        usd_per_mwh = record("power_price", terms.usd_per_mwh)
        credits_usd = record("credits", terms.credits_usd_per_mw_hour)
        hashprice = record("net_hashprice", market.hashprice_usd_per_ph_day * (1 - mining.pool_fee))
        other = mining.non_power_opex_usd_per_mwh - credits_usd
        return MiningTerms(hashprice, mining.uptime * site_uptime, usd_per_mwh, other)

    def _mine(
        self,
        market: MarketQuarter,
        terms: MiningTerms,
        days: Number,
        moves: Number,
        revenue: Amounts,
        profit: Amounts,
    ) -> tuple[Number, Number]:
        """Self-mining: a class of machines is off where the quarter's hashprice does not pay its power.

        Returns:
            Bitcoin mined, and PH/s-days.
        """
        record, at_work = self._record, self._fleet.run(terms, moves)
        running, drawn = record("running", at_work.ehs * terms.uptime), record("drawn", at_work.mw)
        power_cost = drawn * (terms.uptime * terms.usd_per_mwh)
        hours = days * HOURS_PER_DAY
        cost = record("mining_cost", hours * (power_cost + self._fleet.mw * terms.other_usd_per_mwh))
        ph_days = running * (PHS_PER_EHS * days)
        earned = record("mining_revenue", ph_days * terms.hashprice)
        revenue[Line.SELF_MINING] = earned
        profit[Line.SELF_MINING] = earned - cost
        btc_per_eh = record("btc_per_eh", market.btc_per_eh)
        return record("mined_btc", running * (btc_per_eh * (1 - self.inputs.mining.pool_fee))), ph_days

    def _chips(
        self, market: MarketQuarter, chip_age: Number | None, cost_per_th: Number, moves: Number,
        revenue: Amounts, profit: Amounts,
    ) -> None:  # fmt: skip
        """Machines sold: orders follow the price of a TH a quarter later.

        Where the price does not cover the cost, fewer are sold, in proportion: stock is cleared at a loss.
        A first quarter whose level is told is as it is told.
        """
        if chip_age is None:
            return
        chips, record, hashprice = self.inputs.chips, self._record, market.hashprice_usd_per_ph_day
        if self._reference is None:
            own = chips.reference_hashprice_usd_per_ph_day
            self._reference = if_(own > 0, own, hashprice)
            self._ordered_at = self._reference + (hashprice - self._reference) * moves
        price = record("chip_price", hashprice / THS_PER_PHS * chips.price_days)
        orders = power(ratio(self._ordered_at, self._reference), chips.orders_elasticity)
        orders = record("chip_orders", orders * self._levels[Line.CHIPS])
        most = ramp(chip_age, chips.ramp_quarters) * chips.sold_ehs * chips.market_share_kept * THS_PER_EHS
        sells = max_(min_(ratio(price, cost_per_th, 1.0), 1.0), 1.0 - moves)
        sold = record("chip_sold", most * orders * sells)
        revenue[Line.CHIPS] = sold * price
        profit[Line.CHIPS] = sold * (price - cost_per_th)
        self._ordered_at = hashprice


def _one_off(line: Colocation | Cloud, step: int) -> Number:
    """Revenue of a quarter that does not recur: that of the start, until its quarters are over."""
    return if_(step < line.one_off_quarters, line.one_off_usd, 0.0)


def _levels(inputs: CompanyInputs) -> dict[Line, Number]:
    """What the lines other than mining and AI begin with: dollars or EH/s."""
    steady = inputs.steady
    return {
        Line.HOSTING: steady.hosting_usd,
        Line.ENGINEERING: steady.engineering_usd,
        Line.POWER: steady.power_usd,
        Line.OTHER: steady.other_usd + steady.unattributed_usd,
        Line.CHIPS: inputs.chips.sold_ehs,
    }
