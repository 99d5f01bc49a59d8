"""The network's history by day, and what it comes to over a period."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from math import fsum
from pathlib import Path
from typing import Self, overload

from hashpivot.core import InvalidInput, NoData, Quarter, home

from ._day import MORE_DAYS_HINT, NetworkDay
from ._economics import btc_per_eh_day, hash_rate_ehs
from ._extension import extended
from ._fees import Fees, fees_of, without_chance
from ._own_table import read_days
from ._point_in_time import as_known
from ._table import bundled_days

OWN_TABLE = "network.csv"
"""Name of the user's table in `HASHPIVOT_HOME`."""


def own_table() -> Path:
    """Where the user's table stands; it need not exist."""
    return home() / OWN_TABLE


@dataclass(frozen=True, slots=True)
class NetworkPeriod:
    """The network over a period of whole days, both included. Means are means over days.

    Args:
        start: First day.
        end: Last day.
        days: Number of days.
        blocks: Blocks found.
        issuance_btc: Bitcoin created, fees not included.
        fees_btc: Fees; days not known are filled as `fees_of` says, never counted as zero.
        fees_low_btc: Lower end of the fees, all days at their lower ends but those of whole estimated months.
        fees_high_btc: Upper end of the fees, likewise.
        fees_missing_days: Days whose fees are filled from the days around them.
        fees_estimated_days: Days whose fees are the mean of their month.
        fees_approx_days: Days whose fees are known approximately.
        mean_price_usd: US dollars per bitcoin, mean of the days' closes.
        mean_difficulty: Difficulty.
        mean_hash_rate_ehs: Hash rate the difficulty stands for.
        mean_hashprice_usd_per_ph_day: Hashprice with fees.
        mean_subsidy_hashprice_usd_per_ph_day: Hashprice without fees.
        revenue_usd: What all miners earned: each day's issuance and fees at that day's close.
        btc_per_eh: Bitcoin 1 EH/s running throughout was expected to earn, FPPS style, fees included.
    """

    start: date
    end: date
    days: int
    blocks: int
    issuance_btc: float
    fees_btc: float
    fees_low_btc: float
    fees_high_btc: float
    fees_missing_days: int
    fees_estimated_days: int
    fees_approx_days: int
    mean_price_usd: float
    mean_difficulty: float
    mean_hash_rate_ehs: float
    mean_hashprice_usd_per_ph_day: float
    mean_subsidy_hashprice_usd_per_ph_day: float
    revenue_usd: float
    btc_per_eh: float

    @property
    def fee_share(self) -> float:
        """Fees as a share of what miners earned in bitcoin."""
        return self.fees_btc / (self.issuance_btc + self.fees_btc)

    @property
    def fee_uncertainty(self) -> float:
        """Half the width of the fees' interval as a share of what miners earned in bitcoin.

        About the relative uncertainty it leaves in hashprice, revenue and bitcoin per EH/s; 0 where all fees
        are exact.
        """
        return (self.fees_high_btc - self.fees_low_btc) / 2 / (self.issuance_btc + self.fees_btc)


class NetworkHistory(Sequence[NetworkDay]):
    """Consecutive days of the network, indexed by position, or by date through `day`.

    Days are UTC days of median time past, see `NetworkDay`.

    Args:
        days: Consecutive days in order.

    Raises:
        NoData: If there is no day.
    """

    def __init__(self, days: Sequence[NetworkDay]) -> None:
        if not days:
            raise NoData("a network history needs at least one day")
        self._days = tuple(days)
        self._by_quarter: dict[Quarter, NetworkPeriod] = {}

    @staticmethod
    def load() -> NetworkHistory:
        """The table shipped with the package, extended by `network.csv` in the user's folder if there is one.

        The same files are read once. The user's table adds days after the last bundled one, prices before the
        first bundled one and fees where the bundled ones are estimated; it never replaces a bundled value.

        Raises:
            BundleError: If the bundled table is missing or damaged.
            UnreadableFile: If the user's table cannot be read.
            InvalidInput: If the user's table is wrong, or differs from the bundled one by more than the
                tolerance.
        """
        own = own_table()
        if not own.is_file():
            return _bundled()
        found = own.stat()
        return _extended(own, (found.st_mtime_ns, found.st_size))

    @staticmethod
    def bundled() -> NetworkHistory:
        """The table shipped with the package, by itself.

        Raises:
            BundleError: If it is missing or damaged.
        """
        return _bundled()

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """The history a table holds by itself; its columns are those of the user's table.

        Raises:
            UnreadableFile: If it cannot be read.
            InvalidInput: If it is wrong, naming the row.
        """
        return cls(read_days(path))

    def extended_by(self, own: NetworkHistory, where: str = OWN_TABLE) -> Self:
        """This history, with what `own` adds to it: later days, prices and fees this one does not have.

        Args:
            own: The other history.
            where: Its name in errors.

        Raises:
            InvalidInput: If the two do not meet, or differ by more than the tolerance.
        """
        return type(self)(extended(self._days, own._days, where))

    @property
    def first_day(self) -> date:
        """First day of the history."""
        return self._days[0].day

    @property
    def last_day(self) -> date:
        """Last day of the history."""
        return self._days[-1].day

    @property
    def first_priced_day(self) -> date:
        """First day with a price; every later one has one.

        Raises:
            NoData: If no day has a price.
        """
        first = bisect_left(self._days, True, key=lambda row: row.close_usd is not None)
        if first == len(self._days):
            raise NoData(f"the history ({self._range()}) has no prices", hint=MORE_DAYS_HINT)
        return self._days[first].day

    def day(self, day: date) -> NetworkDay:
        """The network on `day`.

        Raises:
            NoData: If `day` lies outside the history.
        """
        return self._days[self._position(day)]

    def fees(self, day: date) -> Fees:
        """Fees of `day`, estimated where missing, with their interval (see `fees_of`).

        Raises:
            NoData: If `day` lies outside the history.
        """
        return fees_of(self._days, self._position(day))

    def fees_over(self, start: date, end: date) -> list[Fees]:
        """Fees of each day from `start` to `end`, for adding up.

        The estimated days of a month that lies within have no interval, since their sum is known.

        Raises:
            NoData: If either day lies outside the history.
        """
        first, last = self._position(start), self._position(end)
        fees = [fees_of(self._days, position) for position in range(first, last + 1)]
        return without_chance(self._days[first : last + 1], fees)

    def hashprice_usd_per_ph_day(self, day: date) -> float:
        """Hashprice of `day` in USD per PH/s per day, with fees, estimated where missing.

        Raises:
            NoData: If `day` lies outside the history.
        """
        return self.day(day).hashprice_usd_per_ph_day(self.fees(day).btc)

    def over(self, start: date, end: date) -> NetworkPeriod:
        """The network from `start` to `end`, both included.

        Raises:
            InvalidInput: If `end` is before `start`.
            NoData: If either day lies outside the history.
        """
        if end < start:
            raise InvalidInput(f"a period cannot end on {end} before it starts on {start}")
        first, last = self._position(start), self._position(end)
        return _period(self._days[first : last + 1], self.fees_over(start, end))

    def quarter(self, quarter: Quarter) -> NetworkPeriod:
        """The network over a calendar quarter.

        Raises:
            NoData: If the history does not hold the whole quarter.
        """
        if quarter not in self._by_quarter:
            self._by_quarter[quarter] = self.over(quarter.start, quarter.end)
        return self._by_quarter[quarter]

    def quarters(self) -> Iterator[tuple[Quarter, NetworkPeriod]]:
        """Every calendar quarter the history holds as a whole, prices included, in order."""
        first = self.first_priced_day
        around = Quarter.containing(first).through(Quarter.containing(self.last_day))
        whole = (quarter for quarter in around if first <= quarter.start and quarter.end <= self.last_day)
        return ((quarter, self.quarter(quarter)) for quarter in whole)

    def until(self, day: date) -> Self:
        """The history as far as `day`, as if nothing later were known; fees are then filled from before it.

        The mean fees of a month and the pace of an epoch are not known before they end: estimated fees of the
        last month are filled too, and interpolated blocks of the last epoch come at the protocol's pace.

        Raises:
            NoData: If `day` lies outside the history.
        """
        position = self._position(day)
        if position == len(self._days) - 1:
            return self
        return type(self)(as_known(self._days[: position + 1]))

    def day_of_height(self, height: int) -> date:
        """The day the block at `height` belongs to.

        Raises:
            NoData: If the block lies outside the history.
        """
        if not self._days[0].height_end - self._days[0].blocks < height <= self._days[-1].height_end:
            raise NoData(f"block {height:,} is not in the history ({self._range()})")
        return self._days[bisect_left(self._days, height, key=lambda row: row.height_end)].day

    @overload
    def __getitem__(self, index: int) -> NetworkDay: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[NetworkDay, ...]: ...

    def __getitem__(self, index: int | slice) -> NetworkDay | tuple[NetworkDay, ...]:
        return self._days[index]

    def __len__(self) -> int:
        return len(self._days)

    def __repr__(self) -> str:
        return f"NetworkHistory({self._range()})"

    def _position(self, day: date) -> int:
        position = (day - self.first_day).days
        if not 0 <= position < len(self._days):
            raise NoData(
                f"no network data for {day}", hint=f"the history holds {self._range()}; {MORE_DAYS_HINT}"
            )
        return position

    def _range(self) -> str:
        last = self._days[-1]
        return f"{self.first_day} to {last.day}, up to block {last.height_end:,}"


@cache
def _bundled() -> NetworkHistory:
    return NetworkHistory(bundled_days())


@lru_cache(maxsize=4)
def _extended(own: Path, _version: tuple[int, int]) -> NetworkHistory:
    bundled = _bundled()
    days = read_days(own, (bundled.first_day, bundled.last_day))
    return NetworkHistory(extended(bundled, days, str(own)))


def _period(days: Sequence[NetworkDay], fees: Sequence[Fees]) -> NetworkPeriod:
    difficulty = _mean([row.difficulty for row in days])
    hashprices = [row.hashprice_usd_per_ph_day(fee.btc) for row, fee in zip(days, fees, strict=True)]
    return NetworkPeriod(
        start=days[0].day,
        end=days[-1].day,
        days=len(days),
        blocks=sum(row.blocks for row in days),
        issuance_btc=fsum(row.issuance_btc for row in days),
        fees_btc=fsum(fee.btc for fee in fees),
        fees_low_btc=fsum(fee.low_btc for fee in fees),
        fees_high_btc=fsum(fee.high_btc for fee in fees),
        fees_missing_days=sum(row.fees_flag == "missing" for row in days),
        fees_estimated_days=sum(row.fees_flag == "estimated" for row in days),
        fees_approx_days=sum(row.fees_flag == "approx" for row in days),
        mean_price_usd=_mean([row.price_usd for row in days]),
        mean_difficulty=difficulty,
        mean_hash_rate_ehs=hash_rate_ehs(difficulty),
        mean_hashprice_usd_per_ph_day=_mean(hashprices),
        mean_subsidy_hashprice_usd_per_ph_day=_mean([row.subsidy_hashprice_usd_per_ph_day for row in days]),
        revenue_usd=fsum(
            (row.issuance_btc + fee.btc) * row.price_usd for row, fee in zip(days, fees, strict=True)
        ),
        btc_per_eh=fsum(
            btc_per_eh_day(row.difficulty, row.subsidy_btc, fee.btc / row.blocks)
            for row, fee in zip(days, fees, strict=True)
        ),
    )


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)
