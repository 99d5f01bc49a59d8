"""The bitcoin network: protocol, mining economics, daily history and halvings."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

from ._day import MORE_DAYS_HINT, NetworkDay, issuance_btc
from ._day_differences import DayDifference
from ._economics import (
    breakeven_hashprice_usd_per_ph_day,
    breakeven_power_usd_per_mwh,
    btc_per_eh_day,
    difficulty_of_ehs,
    hash_rate_ehs,
    hash_rate_ths,
    hashprice_usd_per_ph_day,
)
from ._fees import Fees, fees_of
from ._halvings import Halving, HalvingEstimate, expected_block, halvings, next_halving
from ._merged_days import MergedDays, last_standing, merged_days
from ._network import NetworkHistory, NetworkPeriod, own_table
from ._own_table import read_days, write_days
from ._protocol import (
    BLOCKS_PER_EPOCH,
    BLOCKS_PER_HALVING,
    DIFFICULTY_ONE_TARGET,
    HALVINGS,
    INITIAL_SUBSIDY_SAT,
    MOST_RETARGET,
    POW_LIMIT,
    SAME_DIFFICULTY,
    SATOSHI_PER_BTC,
    SECONDS_PER_BLOCK,
    CompactTarget,
    bits_of_difficulty,
    decode_bits,
    difficulty_can_follow,
    difficulty_of_bits,
    difficulty_of_target,
    encode_target,
    halving_heights,
    issuance_sat,
    retarget,
    subsidy_sat,
    supply_sat,
    target_of_bits,
)

if TYPE_CHECKING:
    from ._next_difficulty import DifficultyForecast, next_difficulty
    from ._next_hashprice import HashpriceForecast, next_hashprices

__all__ = [
    "BLOCKS_PER_EPOCH",
    "BLOCKS_PER_HALVING",
    "DIFFICULTY_ONE_TARGET",
    "HALVINGS",
    "INITIAL_SUBSIDY_SAT",
    "MORE_DAYS_HINT",
    "MOST_RETARGET",
    "POW_LIMIT",
    "SAME_DIFFICULTY",
    "SATOSHI_PER_BTC",
    "SECONDS_PER_BLOCK",
    "CompactTarget",
    "DayDifference",
    "DifficultyForecast",
    "Fees",
    "Halving",
    "HalvingEstimate",
    "HashpriceForecast",
    "MergedDays",
    "NetworkDay",
    "NetworkHistory",
    "NetworkPeriod",
    "bits_of_difficulty",
    "breakeven_hashprice_usd_per_ph_day",
    "breakeven_power_usd_per_mwh",
    "btc_per_eh_day",
    "decode_bits",
    "difficulty_can_follow",
    "difficulty_of_bits",
    "difficulty_of_ehs",
    "difficulty_of_target",
    "encode_target",
    "expected_block",
    "fees_of",
    "halving_heights",
    "halvings",
    "hash_rate_ehs",
    "hash_rate_ths",
    "hashprice_usd_per_ph_day",
    "issuance_btc",
    "issuance_sat",
    "last_standing",
    "merged_days",
    "next_difficulty",
    "next_halving",
    "next_hashprices",
    "own_table",
    "read_days",
    "retarget",
    "subsidy_sat",
    "supply_sat",
    "target_of_bits",
    "write_days",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {  # forecasts need NumPy
        "._next_difficulty": ("DifficultyForecast", "next_difficulty"),
        "._next_hashprice": ("HashpriceForecast", "next_hashprices"),
    },
)
