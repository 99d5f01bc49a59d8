"""Every pattern finds the made-up example that motivated it."""

from __future__ import annotations

import pytest

from hashpivot.guidance.words._patterns import Pattern, patterns

ALL = [
    pytest.param(pattern, id=f"{group}: {pattern.example}")
    for table in ("targets.toml", "contracts.toml", "flags.toml")
    for group, found in patterns(table).items()
    for pattern in found
]


@pytest.mark.parametrize("pattern", ALL)
def test_example_is_found(pattern: Pattern) -> None:
    assert pattern.search(pattern.example)
