"""What a unit of hash rate earns and what power it can pay for.

A block at difficulty D takes 2^32 D hashes on average. (The exact count is 2^256 / (target + 1), higher by 15
parts per million; the convention of every published hash rate and hashprice is followed here.) Numbers from
1e40 up, or positive ones below 1e-40, count as not finite, so that no result can overflow.
"""

from __future__ import annotations

from hashpivot.core import InvalidInput

from ._protocol import SECONDS_PER_BLOCK

HASHES_PER_DIFFICULTY = 2**32
SECONDS_PER_DAY = 86_400
_LIMIT = 1e40
_THS, _PHS, _EHS = 1e12, 1e15, 1e18
_MWH_PER_PH_DAY_AT_ONE_J_PER_TH = 24 * _PHS / _THS / 1e6


def hash_rate_ths(difficulty: float) -> float:
    """Hash rate in TH/s at which blocks of `difficulty` come every 600 s: 2^32 D / 600 / 10^12.

    Raises:
        InvalidInput: If `difficulty` is not positive and finite.
    """
    return _positive("difficulty", difficulty) * HASHES_PER_DIFFICULTY / SECONDS_PER_BLOCK / _THS


def hash_rate_ehs(difficulty: float) -> float:
    """Hash rate in EH/s at which blocks of `difficulty` come every 600 s.

    Raises:
        InvalidInput: If `difficulty` is not positive and finite.
    """
    return hash_rate_ths(difficulty) * (_THS / _EHS)


def difficulty_of_ehs(ehs: float) -> float:
    """Difficulty at which `ehs` EH/s find a block every 600 s; the inverse of `hash_rate_ehs`.

    Raises:
        InvalidInput: If `ehs` is not positive and finite.
    """
    return _positive("hash rate", ehs) * _EHS * SECONDS_PER_BLOCK / HASHES_PER_DIFFICULTY


def btc_per_eh_day(difficulty: float, subsidy_btc: float, fees_btc_per_block: float = 0.0) -> float:
    """Bitcoin 1 EH/s is expected to earn in a day: 86400 x 10^18 / (2^32 D) blocks, subsidy and fees each.

    With the fees of the average block this is what a pool pays per share (FPPS) before its own fee.

    Raises:
        InvalidInput: If `difficulty` is not positive, or an amount negative or not finite.
    """
    blocks = SECONDS_PER_DAY * _EHS / (HASHES_PER_DIFFICULTY * _positive("difficulty", difficulty))
    return blocks * (_amount("subsidy", subsidy_btc) + _amount("fees", fees_btc_per_block))


def hashprice_usd_per_ph_day(
    difficulty: float, subsidy_btc: float, fees_btc_per_block: float, price_usd: float
) -> float:
    """Hashprice, FPPS style, in USD per PH/s per day: 86400 x 10^15 / (2^32 D) x (subsidy + fees) x price.

    Args:
        difficulty: Difficulty of the day.
        subsidy_btc: Subsidy of a block.
        fees_btc_per_block: Mean fees of a block; 0 gives the subsidy-only hashprice.
        price_usd: US dollars per bitcoin.

    Raises:
        InvalidInput: If `difficulty` is not positive, or an amount negative or not finite.
    """
    earned = btc_per_eh_day(difficulty, subsidy_btc, fees_btc_per_block)
    return earned * (_PHS / _EHS) * _amount("price", price_usd)


def breakeven_power_usd_per_mwh(hashprice_usd_per_ph_day: float, j_per_th: float) -> float:
    """The power price in USD/MWh at which a machine's power costs all it earns.

    1 PH/s at e J/TH draws e kW, 0.024 e MWh a day; hence hashprice / (0.024 e). Power only: no pool fee,
    cooling overhead, hosting or capital.

    Raises:
        InvalidInput: If the hashprice is negative, the efficiency not positive, or either not finite.
    """
    drawn = _MWH_PER_PH_DAY_AT_ONE_J_PER_TH * _positive("efficiency in J/TH", j_per_th)
    return _amount("hashprice", hashprice_usd_per_ph_day) / drawn


def breakeven_hashprice_usd_per_ph_day(power_usd_per_mwh: float, j_per_th: float) -> float:
    """The hashprice in USD per PH/s per day that just pays for power: 0.024 e x power price.

    The inverse of `breakeven_power_usd_per_mwh`. A negative power price gives a negative hashprice: such a
    machine is paid to run.

    Raises:
        InvalidInput: If the power price is not finite or the efficiency not positive and finite.
    """
    if not -_LIMIT < power_usd_per_mwh < _LIMIT:
        raise InvalidInput(f"power price must be a finite number, not {power_usd_per_mwh}")
    return _MWH_PER_PH_DAY_AT_ONE_J_PER_TH * _positive("efficiency in J/TH", j_per_th) * power_usd_per_mwh


def _positive(name: str, value: float) -> float:
    if not 1 / _LIMIT < value < _LIMIT:
        raise InvalidInput(f"{name} must be a positive number, not {value}")
    return value


def _amount(name: str, value: float) -> float:
    if not 0 <= value < _LIMIT:
        raise InvalidInput(f"{name} must be zero or a positive number, not {value}")
    return value
