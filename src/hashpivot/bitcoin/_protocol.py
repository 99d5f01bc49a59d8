"""What consensus fixes: subsidy, halvings, supply, compact targets, difficulty and its retarget rule.

Everything here is exact: satoshis and targets are integers, difficulties are fractions. The rules are those
of Bitcoin Core (`validation.cpp` GetBlockSubsidy, `arith_uint256.cpp` SetCompact and GetCompact, `pow.cpp`
CalculateNextWorkRequired).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hashpivot.core import InvalidInput

SATOSHI_PER_BTC = 100_000_000
INITIAL_SUBSIDY_SAT = 50 * SATOSHI_PER_BTC
BLOCKS_PER_HALVING = 210_000
HALVINGS = INITIAL_SUBSIDY_SAT.bit_length()
"""Number of halvings until the subsidy is zero: 33, the last at height 6,930,000."""

BLOCKS_PER_EPOCH = 2016
SECONDS_PER_BLOCK = 600
EPOCH_SECONDS = BLOCKS_PER_EPOCH * SECONDS_PER_BLOCK

DIFFICULTY_ONE_TARGET = 0xFFFF << 208
POW_LIMIT = (1 << 224) - 1
"""The easiest target of the main network."""

MOST_RETARGET = 4
"""Largest factor, and its inverse the smallest, of one change of difficulty."""

SAME_DIFFICULTY = 1e-6
"""Relative difference up to which two published, rounded numbers are the same difficulty."""

_WORD = 0x007FFFFF
_SIGN = 0x00800000
_UINT256 = (1 << 256) - 1


def subsidy_sat(height: int) -> int:
    """Satoshis the block at `height` may create.

    Raises:
        InvalidInput: If `height` is negative.
    """
    return INITIAL_SUBSIDY_SAT >> _checked_height(height) // BLOCKS_PER_HALVING


def halving_heights() -> range:
    """Heights of the first block of each later subsidy: 210,000 up to 6,930,000, where it becomes zero."""
    return range(BLOCKS_PER_HALVING, (HALVINGS + 1) * BLOCKS_PER_HALVING, BLOCKS_PER_HALVING)


def supply_sat(height: int) -> int:
    """Satoshis the protocol allows to exist once the block at `height` is mined, genesis included.

    Closed form: an era of subsidy s brings 210,000 s, and the halves of an integer, each rounded down, add up
    to `sum(n >> i, i >= 0) = 2 n - popcount(n)` (Legendre). What miners left unclaimed or lost is not
    deducted, nor is the genesis coinbase, which cannot be spent.

    Raises:
        InvalidInput: If `height` is negative.
    """
    eras, blocks = divmod(_checked_height(height) + 1, BLOCKS_PER_HALVING)
    present = INITIAL_SUBSIDY_SAT >> eras
    past = _sum_of_halves(INITIAL_SUBSIDY_SAT) - _sum_of_halves(present)
    return BLOCKS_PER_HALVING * past + blocks * present


def issuance_sat(first: int, last: int) -> int:
    """Satoshis created by the blocks at heights `first` to `last`, both included.

    Raises:
        InvalidInput: If a height is negative or `last` is before `first - 1` (an empty span is allowed).
    """
    if last < first - 1:
        raise InvalidInput(f"heights {first} to {last} run backwards")
    before = supply_sat(first - 1) if _checked_height(first) else 0
    return (supply_sat(last) if last >= 0 else 0) - before


@dataclass(frozen=True, slots=True)
class CompactTarget:
    """A compact target (nBits) spelled out.

    Args:
        target: The magnitude, cut to 256 bits.
        negative: The sign bit is set and the magnitude's mantissa is not zero.
        overflow: The magnitude does not fit 256 bits.
    """

    target: int
    negative: bool = False
    overflow: bool = False

    @property
    def valid(self) -> bool:
        """Whether a main network block may carry it: positive, no overflow, not above the limit."""
        return not self.negative and not self.overflow and 0 < self.target <= POW_LIMIT


def decode_bits(bits: int) -> CompactTarget:
    """What a 32-bit compact target means, sign and overflow included (SetCompact).

    Raises:
        InvalidInput: If `bits` is not an unsigned 32-bit number.
    """
    if not 0 <= bits <= 0xFFFFFFFF:
        raise InvalidInput(f"{bits:#x} is not a compact target", hint="nBits is an unsigned 32-bit number")
    size, word = bits >> 24, bits & _WORD
    if size <= 3:
        word >>= 8 * (3 - size)
    target = word << 8 * max(0, size - 3)
    return CompactTarget(target & _UINT256, negative=bool(word and bits & _SIGN), overflow=target > _UINT256)


def encode_target(target: int, *, negative: bool = False) -> int:
    """The compact form of a 256-bit magnitude (GetCompact): the leading three bytes are kept, the rest cut.

    Raises:
        InvalidInput: If `target` is negative or above 256 bits.
    """
    if not 0 <= target <= _UINT256:
        raise InvalidInput(f"target {target:#x} does not fit 256 bits")
    size = (target.bit_length() + 7) // 8
    word = target << 8 * (3 - size) if size <= 3 else target >> 8 * (size - 3)
    if word & _SIGN:
        word >>= 8
        size += 1
    return word | size << 24 | (_SIGN if negative and word else 0)


def target_of_bits(bits: int) -> int:
    """The target of a block header's nBits.

    Raises:
        InvalidInput: If no main network block may carry `bits`: negative, zero, overflowing or too easy.
    """
    decoded = decode_bits(bits)
    if not decoded.valid:
        raise InvalidInput(f"nBits {bits:#010x} is not a valid target of the main network")
    return decoded.target


def difficulty_of_target(target: int) -> Fraction:
    """Difficulty, exactly: the target of difficulty one (0xFFFF x 2^208) over `target`.

    Raises:
        InvalidInput: If `target` is not positive.
    """
    if target <= 0:
        raise InvalidInput(f"a target must be positive, not {target}")
    return Fraction(DIFFICULTY_ONE_TARGET, target)


def difficulty_of_bits(bits: int) -> Fraction:
    """Difficulty of a block header's nBits, exactly.

    Raises:
        InvalidInput: As `target_of_bits`.
    """
    return difficulty_of_target(target_of_bits(bits))


def bits_of_difficulty(difficulty: Fraction | float) -> int:
    """The nBits whose difficulty is nearest: finds the header's value again from a published, rounded number.

    Raises:
        InvalidInput: If `difficulty` is not a positive finite number, or too low for the main network.
    """
    if not 0 < difficulty < float("inf"):
        raise InvalidInput(f"a difficulty must be positive, not {difficulty}")
    target = round(DIFFICULTY_ONE_TARGET / Fraction(difficulty))
    if not 0 < target <= POW_LIMIT:
        raise InvalidInput(f"the main network cannot have a difficulty of {difficulty}")
    below = encode_target(target)
    above = encode_target(decode_bits(below).target + (1 << 8 * max(0, (below >> 24) - 3)))
    valid = [bits for bits in (below, above) if decode_bits(bits).valid]
    return min(valid, key=lambda bits: abs(decode_bits(bits).target - target))


def retarget(bits: int, first_time: int, last_time: int) -> int:
    """nBits of the next epoch (CalculateNextWorkRequired).

    The new target is the old one times the time the epoch took over two weeks; the time is held within a
    quarter and four times of two weeks, the target below the network's limit, and the result loses what nBits
    cannot hold. The time runs from the epoch's first block to its last, hence over 2,015 intervals although
    two weeks are 2,016 of them: blocks come 600 x 2016 / 2015 = 600.3 s apart when the target rests.

    Args:
        bits: nBits of the epoch that ends.
        first_time: Header time of its first block, in seconds.
        last_time: Header time of its last block, in seconds.

    Raises:
        InvalidInput: As `target_of_bits`.
    """
    taken = min(max(last_time - first_time, EPOCH_SECONDS // 4), EPOCH_SECONDS * 4)
    return encode_target(min(target_of_bits(bits) * taken // EPOCH_SECONDS, POW_LIMIT))


def difficulty_can_follow(before: float, after: float, changes: int) -> bool:
    """True if a difficulty can come after another in so many changes, each by four times at most.

    Args:
        before: The earlier; both may be rounded as they are published.
        after: The later.
        changes: Number of heights between them that are multiples of 2,016.
    """
    if changes == 0:
        return abs(after / before - 1) <= SAME_DIFFICULTY
    most = float(MOST_RETARGET) ** changes * (1 + SAME_DIFFICULTY)
    return 1 / most <= after / before <= most


def _checked_height(height: int) -> int:
    if height < 0:
        raise InvalidInput(f"a height cannot be negative: {height}")
    return height


def _sum_of_halves(number: int) -> int:
    return 2 * number - number.bit_count()
