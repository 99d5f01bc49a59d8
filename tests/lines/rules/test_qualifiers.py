"""What part of an AI line a row is."""

from __future__ import annotations

import pytest

from hashpivot.core import Line
from hashpivot.lines.rules import qualifier


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("License fees", "rent"),
        ("HPC lease revenue", ""),
        ("Rent, power and fit-out", ""),
        ("HPC Hosting: rental revenues", "rent"),
        ("Power fees passed through to customers", "pass_through"),
        ("Electricity reimbursement", "pass_through"),
        ("Tenant fit-out services", "fit_out"),
        ("Construction of data hall", "fit_out"),
        ("Sale of GPU servers", "resale"),
        ("Equipment sales", "resale"),
        ("Colocation services", ""),
        ("Maintenance and other", ""),
    ],
)
def test_words(words: str, name: str) -> None:
    assert qualifier(Line.AI_COLOCATION, [words]) == name
    assert qualifier(Line.HOSTING, [words]) == ""
