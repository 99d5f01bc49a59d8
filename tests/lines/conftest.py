"""A release written from its parts and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hashpivot.lines import Reading, read


@pytest.fixture
def reader(tmp_path: Path) -> Callable[..., Reading]:
    def read_one(*parts: str) -> Reading:
        path = tmp_path / "release.htm"
        path.write_text(f"<html><body>{''.join(parts)}</body></html>", encoding="utf-8")
        return read(path)

    return read_one
