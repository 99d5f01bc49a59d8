"""Where the real data lies, and a home of its own for every test."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres_server import PostgresServer, binaries
from tools.bundle.snapshot import Snapshot

# How long an example takes says how busy the machine is, and nothing of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_sessionstart() -> None:
    """Keep the user's own ledger out of fixtures that outlive a test; in CI, demand the real data."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers keep every core busy; threads on top wait
    os.environ["HASHPIVOT_HOME"] = str(Path(tempfile.gettempdir()) / f"no-home-{os.getpid()}")
    os.environ["XDG_CACHE_HOME"] = str(Path(tempfile.gettempdir()) / f"no-cache-{os.getpid()}")
    os.environ.pop("HASHPIVOT_LEDGER", None)
    if os.environ.get("HASHPIVOT_REQUIRE_SHARED") and not SHARED.is_dir():
        pytest.exit(f"HASHPIVOT_REQUIRE_SHARED is set, but {SHARED} is not there", returncode=1)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the repository; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs the real data in ../shared/data, which is not there")
    return SHARED


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL server; tests that need it skip where there is none."""
    installed = binaries() is not None
    if not installed and os.environ.get("HASHPIVOT_REQUIRE_SHARED"):
        pytest.fail("HASHPIVOT_REQUIRE_SHARED is set, but no PostgreSQL server is installed")
    if not installed:
        pytest.skip("needs a PostgreSQL server (initdb and postgres), which is not installed")
    pytest.importorskip("psycopg", reason="needs psycopg, which is not installed")
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def taken_in(shared: Path) -> Snapshot:
    """The rows and filings of the real data that the package was built from."""
    return Snapshot.load(shared)


@pytest.fixture(scope="session")
def real_filings(taken_in: Snapshot) -> list[Path]:
    """The real inline XBRL filings the package was built from."""
    return [path for path in taken_in.paths("filings/ixbrl") if "_10" in path.name]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path / "home"))
