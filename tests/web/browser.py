"""Fixtures: a desk on a free port, and pages of it in Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tools.browser import CHROMIUM, chromium, served

_PATIENCE = 120_000  # milliseconds: a machine that runs all of CI may take its time
expect.set_options(timeout=_PATIENCE)


# Not of the session: while Playwright is open, no test of another folder could run an event loop of its own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests of this folder; skips where there is none."""
    if CHROMIUM is None:
        pytest.skip("needs Debian's chromium, which is not installed")
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def _desk_address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def desk_address(_desk_address: str, shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of a desk on the bundled figures; a test may set another HASHPIVOT_HOME."""
    monkeypatch.setenv("HASHPIVOT_HOME", str(shared_home))
    assert not os.environ.get("HASHPIVOT_LEDGER")
    return _desk_address


@pytest.fixture
def console() -> list[str]:
    """Errors of the page's console and scripts; a test that expects some clears the list."""
    return []


@pytest.fixture
def page(browser: Browser, desk_address: str, console: list[str]) -> Iterator[Page]:
    """A new page of the desk, so `page.goto("/season")`; the test fails if the console shows an error."""
    context = browser.new_context(base_url=desk_address, viewport={"width": 1400, "height": 900})
    context.set_default_timeout(_PATIENCE)
    opened = context.new_page()
    opened.on("console", lambda said: console.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: console.append(str(error)))
    yield opened
    context.close()
    assert console == []
