"""A company's fleet of mining machines: plan, renewal, conversion, and what nobody planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hashpivot.core import Line
from hashpivot.formula import Number, equal, exp, if_, is_zero, max_, min_, ratio, total

from ...inputs import AiContract, Mining, quarter_number
from ...market import MACHINE_CLASSES
from ..shared import QUARTERS_PER_YEAR, Chance, Recorder

THS_PER_EHS = 1e6


class Fleet:
    """The fleet.

    Args:
        mining: The company's inputs.
        contracts: Those that take mining megawatts.
        first: First simulated quarter, as a number.
        chance: For changes nobody planned.
        record: Takes its quantities.

    Attributes:
        ehs: Hash rate installed.
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

    def classes(self) -> Iterator[tuple[Number, Number]]:
        """Hash rate and megawatts of five equal classes, together those of the fleet."""
        return ((self.ehs / len(self._shares), self.mw * share) for share in self._shares)

    def advance(self, step: int, number: Number, usd_per_th: Number, funds_usd: Number) -> Number:
        """Enter a quarter; what is spent on machines for it, in dollars.

        The plan is bought in any case; renewal and growth beyond plan only as far as there are funds.

        Args:
            step: Quarters since the first.
            number: The quarter, as a number.
            usd_per_th: Price of new machines.
            funds_usd: What may be spent on discretionary purchases.
        """
        mining, record = self._mining, self._record
        self._convert(number)
        fall = exp(-mining.improvement * step / QUARTERS_PER_YEAR)
        j_per_th = record("new_j", mining.growth_j_per_th * fall)
        planned = record("planned", if_(step < mining.growth_quarters, mining.growth_ehs, 0.0))
        moves = moving(mining, step)
        change = self._chance.fleet_change(mining.fleet_noise * moves)
        shrunk, grown = min_(change, 1.0), max_(change - 1.0, 0.0)
        ehs, mw = self.ehs * shrunk, self.mw * shrunk
        renewal = mining.renewal * moves
        wanted = record("wanted", mw * (renewal + grown) / j_per_th)
        price = THS_PER_EHS * usd_per_th
        affordable = max_(ratio(funds_usd, price, wanted + planned) - planned, 0.0)
        bought = record("bought", min_(wanted, affordable))
        part = ratio(bought, wanted)
        self.ehs = record("ehs", ehs * (1 - renewal * part) + bought + planned)
        self.mw = record("mw", mw * (1 + grown * part) + planned * j_per_th)
        return record("machines", (bought + planned) * price)

    def _convert(self, number: Number) -> None:
        """Take off the megawatts of contracts whose data halls begin to be built."""
        taken = self._record("converted", sum(self._taken(each, number) for each in self._contracts))
        if is_zero(taken):
            return
        left = self._record("kept", ratio(max_(self.mw - taken, 0.0), self.mw))
        self.ehs, self.mw = self.ehs * left, self.mw * left

    def _taken(self, contract: AiContract, number: Number) -> Number:
        """Megawatts a contract takes in a quarter; if its build began before the first, in the first."""
        begin = max_(quarter_number(contract.start) - contract.build_quarters, self._first)
        return if_(equal(number, begin), contract.converts_mw, 0.0)


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
