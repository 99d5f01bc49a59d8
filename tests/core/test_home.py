"""Where the user's own data stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashpivot.core import InvalidInput, home, ledger_path
from hashpivot.ledger import Ledger, View


@pytest.fixture(autouse=True)
def _no_ledger_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HASHPIVOT_LEDGER", raising=False)


def test_the_ledger_is_in_the_home_folder_unless_named(monkeypatch, tmp_path: Path) -> None:
    assert ledger_path() == home() / "ledger.sqlite3"
    monkeypatch.setenv("HASHPIVOT_LEDGER", str(tmp_path / "other.sqlite3"))
    assert ledger_path() == tmp_path / "other.sqlite3"
    assert ledger_path(tmp_path / "third.sqlite3") == tmp_path / "third.sqlite3"
    monkeypatch.setenv("HASHPIVOT_LEDGER", "")
    assert ledger_path() == home() / "ledger.sqlite3"


def test_a_tilde_is_the_users_folder(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HASHPIVOT_LEDGER", "~/mine.sqlite3")
    assert ledger_path() == tmp_path / "mine.sqlite3"


@pytest.mark.parametrize("url", ["postgresql://desk@db.example/figures", "postgres://x", "sqlite:///a.db"])
def test_a_url_is_refused_until_it_can_be_opened(monkeypatch, url: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be opened yet") as named:
        Ledger.open(url)
    assert "PostgreSQL comes in a later version" in named.value.hint and not named.value.where
    monkeypatch.setenv("HASHPIVOT_LEDGER", url)
    with pytest.raises(InvalidInput, match="HASHPIVOT_LEDGER: a ledger at"):
        View.open()


def test_ledger_and_view_open_the_ledger_that_is_named(
    monkeypatch, tmp_path: Path, shared_ledger: Path
) -> None:
    monkeypatch.setenv("HASHPIVOT_LEDGER", str(shared_ledger))
    with Ledger.open() as ledger:
        assert ledger.path == shared_ledger and len(ledger.read()) == 57
    assert "EXMP" in View.open().tickers()
    assert "EXMP" not in View.open(tmp_path / "none.sqlite3").tickers()


@pytest.mark.parametrize("name", ["HASHPIVOT_HOME", "HASHPIVOT_LEDGER"])
def test_a_tilde_and_the_name_of_no_user_are_refused(monkeypatch, name: str) -> None:
    monkeypatch.setenv("HASHPIVOT_LEDGER", "")
    monkeypatch.setenv(name, "~nobody-of-that-name/x")
    with pytest.raises(InvalidInput, match=f"{name}: ~nobody-of-that-name is the home folder of no user"):
        ledger_path()


@pytest.fixture
def shared_ledger(tmp_path: Path) -> Path:
    """A copy of the ledger that 0.1.0 wrote."""
    path = tmp_path / "named.sqlite3"
    source = Path(__file__).parents[1] / "ledger" / "data" / "ledger-0.1.0.sqlite3"
    path.write_bytes(source.read_bytes())
    return path
