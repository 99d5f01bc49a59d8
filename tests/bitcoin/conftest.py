import gzip
from csv import DictReader
from pathlib import Path

import pytest

from hashpivot.bitcoin import NetworkHistory
from tools.bundle.collected import history_of
from tools.bundle.snapshot import Snapshot

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "network"


def shared_rows(name: str) -> list[dict[str, str]]:
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the collected network data ({name}) is not beside this repository")
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        return list(DictReader(lines))


@pytest.fixture(scope="session")
def epochs() -> list[dict[str, str]]:
    return shared_rows("difficulty_epochs.csv")


@pytest.fixture(scope="session")
def published_hashprices() -> list[dict[str, str]]:
    return shared_rows("hashprice_computed_daily.csv")


@pytest.fixture(scope="session")
def collected(taken_in: Snapshot) -> NetworkHistory:
    """The collected history: every day counted and priced, exact fees to June 2026; it is not shipped."""
    return history_of(taken_in.table("network/network_daily.csv"))
