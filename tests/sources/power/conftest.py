"""A stand-in for ERCOT, and clients that ask it fast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from hashpivot.sources.http import Client
from hashpivot.sources.power import (
    ERCOT_PRODUCTS,
    DayRoute,
    ErcotKeys,
    MisReports,
    PowerDay,
    PublicReports,
    ercot_service,
    local_days,
    mis_service,
    power_days,
)
from hashpivot.sources.settings import Settings
from hashpivot.sources.store import Store
from hashpivot.testing.services.ercot import ErcotService

KEYS = ErcotKeys("user@example.com", "made-up-password", "made-up-key")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store") as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings({"ercot": {"requests_per_second": 500}}, tmp_path / "settings.toml")


@pytest.fixture
def public(settings: Settings, tmp_path: Path) -> Iterator[Callable[..., PublicReports]]:
    """Make a client of a stand-in's public API."""
    opened: list[Client] = []

    def make(service: ErcotService, keys: ErcotKeys = KEYS) -> PublicReports:
        known = replace(
            ercot_service(settings, base_url=service.url), pause=0.01, block_seconds=0.2, attempts=3
        )
        opened.append(Client(known, limits=tmp_path / "limits"))
        return PublicReports(opened[-1], keys)

    yield make
    for client in opened:
        client.close()


@pytest.fixture
def keyless(settings: Settings, tmp_path: Path, store: Store) -> Iterator[Callable[..., MisReports]]:
    """Make a client of a stand-in's keyless reports."""
    opened: list[Client] = []

    def make(service: ErcotService) -> MisReports:
        known = replace(
            mis_service(settings, base_url=service.url), pause=0.01, block_seconds=0.2, attempts=3
        )
        opened.append(Client(known, limits=tmp_path / "limits"))
        return MisReports(opened[-1], store)

    yield make
    for client in opened:
        client.close()


def fetched(
    route: DayRoute,
    store: Store,
    product: str,
    first: date,
    last: date,
    now: datetime,
    points: tuple[str, ...] = ("HB_WEST",),
) -> dict[tuple[date, str], PowerDay]:
    """Days of a product by day and point."""
    days = power_days(route, store, ERCOT_PRODUCTS[product], points, local_days(first, last), now)
    return {(one.day, one.point): one for one in days}
