"""Ledgers of their own to record into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.records.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "ledger.sqlite3")


@pytest.fixture
def fresh_book(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Book]:
    """Books for properties that need many."""
    return lambda: Book(tmp_path_factory.mktemp("book") / "ledger.sqlite3")
