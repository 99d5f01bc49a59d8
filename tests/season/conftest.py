"""A desk on the bundled figures, opened once."""

from __future__ import annotations

import pytest

from hashpivot import Desk


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk.open(tmp_path_factory.mktemp("desk") / "none.sqlite3")
