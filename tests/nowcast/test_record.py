from __future__ import annotations

import pytest

from hashpivot.core import BundleError
from hashpivot.nowcast import Horizon, Subject, parse_record, record, write_record

from .test_calibrate import CASE


def test_what_is_written_is_read_again() -> None:
    assert parse_record(write_record([CASE, CASE])) == (CASE, CASE)


def test_the_bundled_record_is_whole() -> None:
    cases = record()
    assert len(cases) > 500
    assert {case.horizon for case in cases} == set(Horizon)
    assert {case.subject for case in cases} == set(Subject)
    for case in cases:
        assert case.as_of < case.actual_known, "a nowcast must not know its outcome"
        assert 0 < case.p10_usd <= case.median_usd <= case.p90_usd


@pytest.mark.parametrize("text", ["", "ticker,quarter\n", write_record([CASE]) + "1,2\n"])
def test_a_damaged_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"columns|cells"):
        parse_record(text)


def test_a_missing_table_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    record.cache_clear()
    monkeypatch.setattr("hashpivot.nowcast.record._record.COLUMNS", ("other", "columns"))
    with pytest.raises(BundleError, match="track_record"):
        record()
    record.cache_clear()
