from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from hashpivot.bitcoin import issuance_sat, subsidy_sat
from hashpivot.outlook import spans


@given(st.integers(0, 7_500_000), st.integers(1, 300))
def test_issuance_of_consecutive_spans_is_the_protocols_to_the_satoshi(first: int, count: int) -> None:
    found = list(islice(spans(first), count))
    assert sum(span.issuance_sat for span in found) == issuance_sat(first, found[-1].last)
    assert [span.first for span in found[1:]] == [span.last + 1 for span in found[:-1]]


@given(st.integers(0, 7_500_000))
def test_a_span_has_one_subsidy_and_one_difficulty(first: int) -> None:
    for span in islice(spans(first), 120):
        assert subsidy_sat(span.first) == subsidy_sat(span.last)
        assert span.first // 2016 == span.last // 2016
        assert span.issuance_sat == span.blocks * subsidy_sat(span.first)


def test_the_epoch_of_a_halving_is_two_spans() -> None:
    found = list(islice(spans(1_048_320), 3))
    assert [(span.first, span.last) for span in found] == [
        (1_048_320, 1_049_999),
        (1_050_000, 1_050_335),
        (1_050_336, 1_052_351),
    ]
    assert [span.halves for span in found] == [False, True, False]
    assert [span.ends_epoch for span in found] == [False, True, True]
    assert [span.opens_epoch for span in found] == [True, False, True]
    assert found[1].subsidy_btc == 1.5625
