from __future__ import annotations

import pytest

from hashpivot.core import BundleError
from hashpivot.nowcast import Horizon, Subject, load_track_record, parse_track_record, write_track_record

from .test_learning import CASE


def test_what_is_written_is_read_again() -> None:
    assert parse_track_record(write_track_record([CASE, CASE])) == (CASE, CASE)


def test_the_bundled_record_is_whole() -> None:
    cases = load_track_record()
    assert len(cases) > 500
    assert {case.horizon for case in cases} == set(Horizon)
    assert {case.subject for case in cases} == set(Subject)
    for case in cases:
        assert case.as_of < case.actual_known, "a nowcast must not know its outcome"
        assert case.p10_usd <= case.median_usd <= case.p90_usd
        assert case.p10_usd > 0 or case.subject is Subject.EBITDA


@pytest.mark.parametrize("text", ["", "ticker,quarter\n", write_track_record([CASE]) + "1,2\n"])
def test_a_damaged_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"columns|cells"):
        parse_track_record(text)


def test_a_missing_table_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    load_track_record.cache_clear()
    monkeypatch.setattr("hashpivot.nowcast.track_record._cases.COLUMNS", ("other", "columns"))
    with pytest.raises(BundleError, match="track_record"):
        load_track_record()
    load_track_record.cache_clear()
