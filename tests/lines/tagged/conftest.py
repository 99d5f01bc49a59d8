"""A page written and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hashpivot.lines import Reading, read

from .pages import Page


@pytest.fixture
def reader(tmp_path: Path) -> Callable[[Page], Reading]:
    def read_one(page: Page) -> Reading:
        path = tmp_path / "filing.htm"
        path.write_bytes(page.write())
        return read(path)

    return read_one
