from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hashpivot.sources import Client, Identity, Store
from hashpivot.sources.http import Service
from hashpivot.sources.sec import sec_kind

ME = Identity("Jane Doe", "jane@example.com")


def quick(base_url: str, **changed: object) -> Service:
    """EDGAR at a stand-in, with short pauses."""
    facts: dict[str, object] = {
        "rate": 500.0,
        "block_seconds": 0.3,
        "kind_of": sec_kind,
        "headers": {"User-Agent": ME.user_agent},
        "pause": 0.001,
        "timeout": 2.0,
        "longest": 3.0,
    }
    return Service("sec", ("www.sec.gov", "data.sec.gov"), base_url=base_url, **facts | changed)  # type: ignore[arg-type]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Callable[..., Client]]:
    """Makes clients of a stand-in that are closed in the end."""
    made: list[Client] = []

    def make(base_url: str, **changed: object) -> Client:
        made.append(Client(quick(base_url, **changed), limits=tmp_path / "limits"))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store") as opened:
        yield opened
