from __future__ import annotations

import pytest

from hashpivot.desk.fetch._companies_asked import same_name


@pytest.mark.parametrize(
    ("listed", "ours", "same"),
    [
        ("CANGO INC.", "Cango Inc.", True),
        ("LM FUNDING AMERICA, INC.", "LM Funding America, Inc.", True),
        ("Ebang International", "Ebang International Holdings Inc.", True),
        ("Bit Mining Ltd", "Bit Digital, Inc.", False),
        ("American Express Co", "American Bitcoin Corp.", False),
        ("Holdings Inc.", "Holdings Corp.", False),
        ("", "Cango Inc.", False),
    ],
)
def test_a_name_is_the_same_by_all_its_telling_words(listed: str, ours: str, same: bool) -> None:
    assert same_name(listed, [ours]) is same
