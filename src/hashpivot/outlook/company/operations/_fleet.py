"""A company's fleet of mining machines: plan, renewal, conversion, machines that leave, and the unplanned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.bitcoin import BLOCKS_PER_HALVING, SECONDS_PER_BLOCK, breakeven_hashprice_usd_per_ph_day
from hashpivot.core import Line
from hashpivot.formula import Number, equal, exp, if_, indicator, is_zero, max_, min_, ratio, total

from ...inputs import AiContract, Mining, quarter_number
from ...market import MACHINE_CLASSES
from ..shared import QUARTERS_PER_YEAR, Chance, Recorder

THS_PER_EHS, THS_PER_PHS = 1e6, 1_000
USD_PER_PH_DAY_OF_J_PER_TH = breakeven_hashprice_usd_per_ph_day(1.0, 1.0)
"""Hashprice that pays for 1 USD/MWh at 1 J/TH."""

QUARTER_DAYS = 365.25 / QUARTERS_PER_YEAR
HALVING_DAYS = BLOCKS_PER_HALVING * SECONDS_PER_BLOCK / 86_400
HALVINGS_AHEAD = 3
"""Later ones are beyond any payback."""

TREND_HALF_LIFE = 4
"""Quarters in which a fleet's trend fades by half. Chosen on outcomes to 2024 (`python -m tools write
fleet-trends`)."""


@dataclass(frozen=True, eq=False)
class MiningTerms:
    """What a quarter pays for hash rate and takes for megawatts.

    Args:
        hashprice: USD per PH/s per day, the pool's fee taken off.
        uptime: Share of the time machines can run.
        usd_per_mwh: Price of power.
        other_usd_per_mwh: Other cash cost per MW installed and hour, credits taken off.
    """

    hashprice: Number
    uptime: Number
    usd_per_mwh: Number
    other_usd_per_mwh: Number


@dataclass(frozen=True, eq=False)
class Running:
    """Hash rate that runs and the megawatts it draws, at full uptime."""

    ehs: Number
    mw: Number


class Fleet:
    """The fleet.

    Args:
        mining: The company's inputs.
        contracts: Those that take mining megawatts.
        first: First simulated quarter, as a number.
        chance: For changes nobody planned.
        record: Takes its quantities.

    Attributes:
        ehs: Hash rate installed: five equal classes of machines, around the fleet's mean efficiency.
        mw: Megawatts it draws when all of it runs.
    """

    def __init__(
        self, mining: Mining, contracts: Sequence[AiContract], first: Number, chance: Chance, record: Recorder
    ) -> None:
        self._mining, self._contracts, self._first = mining, contracts, first
        self._chance, self._record = chance, record
        change = chance.fleet_change(mining.fleet_noise, mining.age_quarters)
        level = chance.start_level(Line.SELF_MINING)
        self.ehs = record("ehs", mining.hash_rate_ehs * change * level)
        self.mw = record("mw", self.ehs * mining.j_per_th)
        factors = [exp(spot * mining.class_spread) for spot in MACHINE_CLASSES]
        self._shares = [record(class_name(n), each / total(factors)) for n, each in enumerate(factors)]
        self._losing: list[Number] = [0.0 for _ in factors]
        self._left: tuple[Number, Number] = (0.0, 0.0)
        self._aim, self._idle = record("aim", self.mw), record("idle", 0.0)

    def run(self, terms: MiningTerms, moves: Number) -> Running:
        """Run the classes that pay for their power; those that lost cash for two quarters leave afterwards.

        A class loses cash where what it earns over its power does not pay its other cash cost. Such machines
        are worth no more than their scrap, so leaving brings nothing; their other cost ends.
        """
        record = self._record
        per_j = USD_PER_PH_DAY_OF_J_PER_TH * terms.usd_per_mwh
        other = USD_PER_PH_DAY_OF_J_PER_TH * terms.other_usd_per_mwh
        running, drawn, left_ehs, left_mw = 0.0, 0.0, 0.0, 0.0
        each_ehs = self.ehs / len(self._shares)
        earned = terms.hashprice * each_ehs
        for number, share in enumerate(self._shares):
            mw = self.mw * share
            kept = earned - per_j * mw
            on = record(class_name(number), held(indicator(kept > 0), moves))
            running, drawn = running + on * each_ehs, drawn + on * mw
            losing = indicator(terms.uptime * kept < other * mw)
            leaves = losing * self._losing[number]
            left_ehs, left_mw = left_ehs + leaves * each_ehs, left_mw + leaves * mw
            self._losing[number] = record(f"losing_{number + 1}", losing)
        self._left = record("left_ehs", left_ehs), record("left_mw", left_mw)
        return Running(running, drawn)

    def advance(
        self, step: int, number: Number, usd_per_th: Number, j_per_th: Number, funds_usd: Number,
        terms: MiningTerms,
    ) -> Number:  # fmt: skip
        """Enter a quarter; what is spent on machines for it, in dollars.

        The plan is bought in any case; renewal and growth beyond plan only as far as there are funds, and
        where a machine pays back in time. In a first quarter whose own level the inputs tell, machines
        renewed are paid for and are part of that level.

        Args:
            step: Quarters since the first.
            number: The quarter, as a number.
            usd_per_th: Price of new machines.
            j_per_th: Their efficiency.
            funds_usd: What may be spent on discretionary purchases.
            terms: What mining pays and costs in the quarter.
        """
        mining, record = self._mining, self._record
        self._leave()
        self._convert(number)
        planned = record("planned", if_(step < mining.growth_quarters, mining.growth_ehs, 0.0))
        moves = moving(mining, step)
        trend = exp(moves * mining.trend * 0.5 ** (step / TREND_HALF_LIFE))
        change = self._chance.fleet_change(mining.fleet_noise * moves) * trend
        ehs, mw, grown = self._change(change, terms)
        ahead = record("subsidy_ahead", self.subsidy_ahead(step))
        worth = record("worth", self._pays_back(usd_per_th, j_per_th, ahead, terms))
        wanted = record("wanted", worth * (mw * mining.renewal + grown) / j_per_th)
        price = THS_PER_EHS * usd_per_th
        affordable = max_(ratio(funds_usd, price, wanted + planned) - planned, 0.0)
        bought = record("bought", min_(wanted, affordable))
        part = ratio(bought, wanted)
        renewed = bought - ehs * (mining.renewal * part)
        self.ehs = record("ehs", ehs + renewed * moves + planned)
        self.mw = record("mw", mw + grown * part + planned * j_per_th)
        self._aim = self._aim + planned * j_per_th
        return record("machines", (bought + planned) * price)

    def _change(self, change: Number, terms: MiningTerms) -> tuple[Number, Number, Number]:
        """EH/s and megawatts after an unplanned change, and the megawatts of machines to be bought.

        Changes move the megawatts aimed at. Below those owned, machines stand idle and come back for nothing;
        beyond them, the quarter's growth takes new machines. Later falls undo growth not bought first.
        """
        aim, owned = self._aim * change, self.mw + self._idle
        mw = min_(aim, owned)
        grows = min_(max_(aim - owned, 0.0), max_(change - 1.0, 0.0) * self.mw)
        earns, kept = self._earns(self.ehs, self.mw, terms), ratio(mw, self.mw)
        self._aim, self._idle = self._record("aim", aim), self._record("idle", owned - mw)
        return self.ehs * kept, mw, grows * earns

    def _leave(self) -> None:
        """Take off the machines that left at the end of the quarter before."""
        ehs, mw = self._left
        self.ehs, self.mw = max_(self.ehs - ehs, 0.0), max_(self.mw - mw, 0.0)
        self._aim = max_(self._aim - mw, 0.0)

    def _earns(self, ehs: Number, mw: Number, terms: MiningTerms) -> Number:
        """1 where the fleet as it is pays its cash cost: no fleet grows beside machines that lose."""
        per_mw = USD_PER_PH_DAY_OF_J_PER_TH * (terms.uptime * terms.usd_per_mwh + terms.other_usd_per_mwh)
        return indicator(terms.uptime * terms.hashprice * ehs > per_mw * mw)

    def _pays_back(
        self, usd_per_th: Number, j_per_th: Number, subsidy_ahead: Number, terms: MiningTerms
    ) -> Number:
        """1 where a new machine earns its price within the payback required.

        It earns the quarter's hashprice, less what the halvings within that time take off the subsidy. Fees
        halve with it, and machines that stop then are left out: fees are a small part, and both err alike.
        """
        cost = USD_PER_PH_DAY_OF_J_PER_TH * j_per_th
        paid = terms.hashprice * subsidy_ahead
        earned = terms.uptime * (paid - cost * terms.usd_per_mwh) - cost * terms.other_usd_per_mwh
        return indicator(earned * self._mining.payback_days > usd_per_th * THS_PER_PHS)

    def subsidy_ahead(self, step: int) -> Number:
        """The mean subsidy of the days of payback after a quarter, over the quarter's, by calendar."""
        payback = self._mining.payback_days
        begins = step * QUARTER_DAYS - self._mining.halving_days
        ends = begins + QUARTER_DAYS
        now = (_issued(ends) - _issued(begins)) / QUARTER_DAYS
        return (_issued(ends + payback) - _issued(ends)) / payback / now

    def _convert(self, number: Number) -> None:
        """Take off the megawatts of contracts whose data halls begin to be built."""
        taken = self._record("converted", sum(self._taken(each, number) for each in self._contracts))
        if is_zero(taken):
            return
        left = self._record("kept", ratio(max_(self.mw - taken, 0.0), self.mw))
        self.ehs, self.mw = self.ehs * left, self.mw * left
        self._aim, self._idle = self._aim * left, self._idle * left

    def _taken(self, contract: AiContract, number: Number) -> Number:
        """Megawatts a contract takes in a quarter; if its build began before the first, in the first."""
        begin = max_(quarter_number(contract.start) - contract.build_quarters, self._first)
        return if_(equal(number, begin), contract.converts_mw, 0.0)


def _issued(days: Number) -> Number:
    """Subsidy paid from a halving to so many days after it, in days of the subsidy before it.

    It is negative for days before the halving.
    """
    eras = [max_(days - number * HALVING_DAYS, 0.0) for number in range(HALVINGS_AHEAD)]
    paid = [0.5 ** (number + 1) * min_(era, HALVING_DAYS) for number, era in enumerate(eras[:-1])]
    return total([min_(days, 0.0), *paid, 0.5**HALVINGS_AHEAD * eras[-1]])


def moving(mining: Mining, step: int) -> Number:
    """0 in a first quarter whose own level the inputs tell, which is then as it is; else 1."""
    return 1.0 if step else min_(mining.age_quarters, 1.0)


def held(pays: Number, moves: Number) -> Number:
    """1 where something pays, and in a first quarter that is as it is told; else 0."""
    stays = 1.0 - moves
    return pays if is_zero(stays) else max_(pays, stays)


def class_name(number: int) -> str:
    """What a class of machines is recorded as."""
    return f"class_{number + 1}"
