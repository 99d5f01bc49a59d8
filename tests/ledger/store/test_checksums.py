from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import LedgerError
from hashpivot.ledger.store.database import READINGS, SEALS, DamagedRow
from hashpivot.ledger.store.database._checksums import signed, verified

CHARACTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
TEXTS = st.text(CHARACTERS, max_size=12)
ROW = st.tuples(TEXTS, TEXTS, TEXTS)


@given(st.lists(ROW, max_size=4), st.integers(1, 2**40))
def test_rows_are_verified_as_they_were_signed(rows: list[tuple[str, ...]], first: int) -> None:
    stored = list(signed(READINGS, first, rows))
    assert list(verified(READINGS, stored)) == list(enumerate(rows, first))


@given(ROW, st.data())
def test_one_flipped_bit_is_found(row: tuple[str, ...], data: st.DataObject) -> None:
    (stored,) = signed(READINGS, 7, [row])
    place = data.draw(st.sampled_from([1, 2, 3, 4]).filter(lambda n: stored[n]))
    octets = bytearray(stored[place].encode())
    octets[data.draw(st.integers(0, len(octets) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    damaged = (*stored[:place], octets.decode(errors="replace"), *stored[place + 1 :])
    with pytest.raises(DamagedRow, match="row 7 of its table readings"):
        list(verified(READINGS, [damaged]))


@given(ROW.filter(any), st.data())
def test_a_text_that_moves_or_is_none_any_more_is_found(row: tuple[str, ...], data: st.DataObject) -> None:
    (stored,) = signed(READINGS, 7, [row])
    others = [
        (8, *stored[1:]),
        (7, stored[1] + stored[2], "", *stored[3:]) if stored[2] else (9, *stored[1:]),
        (7, None, *stored[2:]),
        (7, stored[1].encode(), *stored[2:]),
        (7, *stored[1:4], None),
    ]
    with pytest.raises(DamagedRow):
        list(verified(READINGS, [data.draw(st.sampled_from(others))]))


def test_a_row_of_another_table_is_none_of_this_one() -> None:
    row = ("s", "TEST", *["0+0"] * 5)
    assert list(verified(SEALS, signed(SEALS, 1, [row])))
    with pytest.raises(DamagedRow):
        list(verified(READINGS, signed(SEALS, 1, [row])))


@pytest.mark.parametrize("value", ["a\0", "\udc00", 1, 1.5, None, b"x"])
def test_what_cannot_be_stored_is_named(value: object) -> None:
    with pytest.raises(LedgerError, match="read_on of a row of readings cannot be stored"):
        list(signed(READINGS, 1, [("s", "1", value)]))  # type: ignore[list-item]
