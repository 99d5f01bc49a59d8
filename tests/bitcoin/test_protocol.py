from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.bitcoin import (
    BLOCKS_PER_HALVING,
    DIFFICULTY_ONE_TARGET,
    HALVINGS,
    POW_LIMIT,
    CompactTarget,
    bits_of_difficulty,
    decode_bits,
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
from hashpivot.core import InvalidInput

LAST = 6_930_000
heights = st.integers(0, LAST + 500_000)
word = st.integers(0, 0xFFFFFFFF)


@pytest.mark.parametrize(
    ("height", "satoshi"),
    [
        (0, 5_000_000_000),
        (209_999, 5_000_000_000),
        (210_000, 2_500_000_000),
        (419_999, 2_500_000_000),
        (420_000, 1_250_000_000),
        (630_000, 625_000_000),
        (839_999, 625_000_000),
        (840_000, 312_500_000),
        (1_050_000, 156_250_000),
        (2_100_000, 4_882_812),
        (LAST - 1, 1),
        (LAST, 0),
        (10**9, 0),
    ],
)
def test_subsidy(height: int, satoshi: int) -> None:
    assert subsidy_sat(height) == satoshi


def test_halving_heights() -> None:
    steps = list(halving_heights())
    assert (len(steps), steps[0], steps[-1]) == (33, 210_000, LAST)
    assert HALVINGS == 33


@pytest.mark.parametrize(
    ("height", "satoshi"),
    [
        (0, 5_000_000_000),
        (209_999, 10_500_000 * 10**8),
        (419_999, 15_750_000 * 10**8),
        (839_999, 1_968_750_000_000_000),
        (840_000, 1_968_750_312_500_000),
        (LAST - 1, 2_099_999_997_690_000),
        (LAST + 10**6, 2_099_999_997_690_000),
    ],
)
def test_supply(height: int, satoshi: int) -> None:
    assert supply_sat(height) == satoshi


def test_supply_is_the_sum_of_eras() -> None:
    eras = range(HALVINGS)
    assert supply_sat(LAST) == sum(BLOCKS_PER_HALVING * subsidy_sat(era * BLOCKS_PER_HALVING) for era in eras)


@given(heights)
def test_each_block_adds_its_subsidy(height: int) -> None:
    before = supply_sat(height - 1) if height else 0
    assert supply_sat(height) - before == subsidy_sat(height)


@given(heights, st.integers(0, 300))
def test_issuance_is_the_sum_of_subsidies(first: int, blocks: int) -> None:
    expected = sum(subsidy_sat(height) for height in range(first, first + blocks))
    assert issuance_sat(first, first + blocks - 1) == expected


@pytest.mark.parametrize(
    "wrong", [lambda: subsidy_sat(-1), lambda: supply_sat(-1), lambda: issuance_sat(9, 7)]
)
def test_heights_that_cannot_be(wrong) -> None:
    with pytest.raises(InvalidInput):
        wrong()


@pytest.mark.parametrize(
    ("bits", "target", "negative", "overflow", "again"),
    [
        (0x00000000, 0, False, False, 0),
        (0x00123456, 0, False, False, 0),
        (0x01003456, 0, False, False, 0),
        (0x04000000, 0, False, False, 0),
        (0x00923456, 0, False, False, 0),
        (0x01803456, 0, False, False, 0),
        (0x04800000, 0, False, False, 0),
        (0x01123456, 0x12, False, False, 0x01120000),
        (0x02008000, 0x80, False, False, 0x02008000),
        (0x01FEDCBA, 0x7E, True, False, 0x01FE0000),
        (0x02123456, 0x1234, False, False, 0x02123400),
        (0x03123456, 0x123456, False, False, 0x03123456),
        (0x04123456, 0x12345600, False, False, 0x04123456),
        (0x04923456, 0x12345600, True, False, 0x04923456),
        (0x05009234, 0x92340000, False, False, 0x05009234),
        (0x20123456, 0x123456 << 232, False, False, 0x20123456),
        (0x1D00FFFF, DIFFICULTY_ONE_TARGET, False, False, 0x1D00FFFF),
        (0xFF123456, 0, False, True, 0),
        (0x21010000, 0x0100 << 248 & (1 << 256) - 1, False, True, 0),
    ],
)
def test_compact_vectors(bits: int, target: int, negative: bool, overflow: bool, again: int) -> None:
    assert decode_bits(bits) == CompactTarget(target, negative, overflow)
    assert encode_target(target, negative=negative) == again


@given(word)
def test_overflow_as_the_reference_client_words_it(bits: int) -> None:
    size, mantissa = bits >> 24, bits & 0x007FFFFF
    expected = mantissa != 0 and (
        size > 34 or (mantissa > 0xFF and size > 33) or (mantissa > 0xFFFF and size > 32)
    )
    assert decode_bits(bits).overflow == expected


@given(word)
def test_compact_round_trip(bits: int) -> None:
    decoded = decode_bits(bits)
    if not decoded.overflow:
        normal = encode_target(decoded.target, negative=decoded.negative)
        assert decode_bits(normal) == decoded
        assert encode_target(decode_bits(normal).target, negative=decoded.negative) == normal


@given(st.integers(0, (1 << 256) - 1))
def test_encoding_keeps_the_leading_bytes(target: int) -> None:
    kept = decode_bits(encode_target(target)).target
    assert kept <= target < kept + max(1, 1 << max(0, target.bit_length() - 15))


@pytest.mark.parametrize(
    ("bits", "difficulty"),
    [
        (0x1D00FFFF, 1.0),
        (0x1B0404CB, 16307.420938523983),
        (0x17034219, 86388558925171.02),
    ],
)
def test_difficulty_of_known_bits(bits: int, difficulty: float) -> None:
    assert float(difficulty_of_bits(bits)) == pytest.approx(difficulty, rel=1e-12)


def test_difficulty_is_exact() -> None:
    assert difficulty_of_bits(0x1B0404CB) == Fraction(0xFFFF << 208, 0x0404CB << 192)
    assert difficulty_of_target(DIFFICULTY_ONE_TARGET // 3) == Fraction(DIFFICULTY_ONE_TARGET, 0x5555 << 208)


@given(st.integers(0x05, 0x1C), st.integers(0x008000, 0x7FFFFF))
def test_bits_found_again_from_a_rounded_difficulty(size: int, mantissa: int) -> None:
    bits = size << 24 | mantissa
    assert bits_of_difficulty(float(difficulty_of_bits(bits))) == bits
    assert bits_of_difficulty(difficulty_of_bits(bits)) == bits


def test_every_published_epoch_has_bits(epochs: list[dict[str, str]]) -> None:
    """Early epochs are given to four decimals, those since 2010 to about twelve digits or more."""
    for row in epochs:
        published = float(row["difficulty"])
        found = float(difficulty_of_bits(bits_of_difficulty(published)))
        assert found == pytest.approx(published, rel=2e-11, abs=5.1e-5)


@pytest.mark.parametrize(
    ("bits", "first", "last", "following"),
    [
        (0x1D00FFFF, 1_261_130_161, 1_262_152_739, 0x1D00D86A),
        (0x1D00FFFF, 1_231_006_505, 1_233_061_996, 0x1D00FFFF),
        (0x1C05A3F4, 1_279_008_237, 1_279_297_671, 0x1C0168FD),
        (0x1C387F6F, 1_263_163_443, 1_269_211_443, 0x1D00E1FD),
    ],
    ids=["block 32,256", "held at the limit", "held at a quarter", "held at four times"],
)
def test_retarget(bits: int, first: int, last: int, following: int) -> None:
    assert retarget(bits, first, last) == following


@given(st.integers(0x10, 0x1C), st.integers(0x008000, 0x7FFFFF), st.integers(-(10**8), 10**8))
def test_retarget_stays_within_four_times(size: int, mantissa: int, taken: int) -> None:
    bits = size << 24 | mantissa
    old, new = target_of_bits(bits), target_of_bits(retarget(bits, 0, taken))
    assert new <= min(old * 4, POW_LIMIT)
    assert new > old // 4 * (1 - 2**-14)


@given(st.integers(0x10, 0x1C), st.integers(0x008000, 0x7FFFFF))
def test_retarget_rests_after_exactly_two_weeks(size: int, mantissa: int) -> None:
    assert retarget(size << 24 | mantissa, 0, 1_209_600) == size << 24 | mantissa


@pytest.mark.parametrize("bits", [0, 0x01FEDCBA, 0xFF123456, 0x1D010000, 0x207FFFFF])
def test_bits_no_block_may_carry(bits: int) -> None:
    with pytest.raises(InvalidInput, match="not a valid target"):
        target_of_bits(bits)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: decode_bits(-1),
        lambda: decode_bits(1 << 32),
        lambda: encode_target(-1),
        lambda: encode_target(1 << 256),
        lambda: difficulty_of_target(0),
        lambda: bits_of_difficulty(0.0),
        lambda: bits_of_difficulty(float("nan")),
        lambda: bits_of_difficulty(float("inf")),
        lambda: bits_of_difficulty(1e-9),
        lambda: bits_of_difficulty(1e300),
    ],
)
def test_numbers_that_are_no_targets(wrong) -> None:
    with pytest.raises(InvalidInput):
        wrong()
