"""A web desk on the bundled figures, asked as a browser on this machine would."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hashpivot.web import Access, web_app

from .browser import _desk_address, browser, console, desk_address, page

__all__ = ["_desk_address", "browser", "console", "desk_address", "page"]

HERE = "http://127.0.0.1:8765"


def client_of(access: Access | None = None, ledger: Path | None = None, base: str = HERE) -> TestClient:
    """A client of a desk; what a page fails with is raised."""

    def fail(error: Exception) -> None:
        raise error

    return TestClient(web_app(ledger, access=access, on_failure=fail), base_url=base, follow_redirects=False)


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home for all pages of the bundled figures, so that they are made once."""
    return tmp_path_factory.mktemp("web-home")


@pytest.fixture(scope="session")
def _client() -> TestClient:
    return client_of()


@pytest.fixture
def client(_client: TestClient, shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("HASHPIVOT_HOME", str(shared_home))
    assert not os.environ.get("HASHPIVOT_LEDGER")
    return _client
