"""Where the user's own data stand."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from hashpivot.core import InvalidInput, LedgerUrl, home, ledger_place
from hashpivot.ledger import Ledger, View


@pytest.fixture(autouse=True)
def _no_ledger_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HASHPIVOT_LEDGER", raising=False)


def test_the_ledger_is_in_the_home_folder_unless_named(monkeypatch, tmp_path: Path) -> None:
    assert ledger_place() == home() / "ledger.sqlite3"
    monkeypatch.setenv("HASHPIVOT_LEDGER", str(tmp_path / "other.sqlite3"))
    assert ledger_place() == tmp_path / "other.sqlite3"
    assert ledger_place(tmp_path / "third.sqlite3") == tmp_path / "third.sqlite3"
    monkeypatch.setenv("HASHPIVOT_LEDGER", "")
    assert ledger_place() == home() / "ledger.sqlite3"


def test_a_tilde_is_the_users_folder(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HASHPIVOT_LEDGER", "~/mine.sqlite3")
    assert ledger_place() == tmp_path / "mine.sqlite3"


@pytest.mark.parametrize(
    "url", ["sqlite:///a.db", "mysql://me:s3cret@host/db", "https://example.org/a?b=s3cret"]
)
def test_a_url_of_another_kind_is_refused(monkeypatch, url: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be opened") as named:
        Ledger.open(url)
    assert "postgresql://USER@HOST/DATABASE" in named.value.hint and not named.value.where
    monkeypatch.setenv("HASHPIVOT_LEDGER", url)
    with pytest.raises(InvalidInput, match="HASHPIVOT_LEDGER: a ledger at") as told:
        View.open()
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://desk@db.example/figures", "postgresql://desk@db.example/figures"),
        ("postgres://me:s3cret@h:5433/db?sslmode=require&schema=a", "postgresql://me@h:5433/db?schema=a"),
        ("postgresql://me@/db?password=s3cret&host=/tmp/x", "postgresql://me@/db?host=/tmp/x"),
        ("postgresql://a:1,b:2/db?passfile=s3cret", "postgresql://a:1,b:2/db"),
        ("postgresql://[::1]:54/db", "postgresql://[::1]:54/db"),
        ("postgresql://:s3cret@h", "postgresql://h/"),
    ],
)
def test_a_server_is_shown_without_its_password(monkeypatch, url: str, shown: str) -> None:
    monkeypatch.setenv("HASHPIVOT_LEDGER", url)
    place = ledger_place()
    assert str(place) == shown and repr(place) == f"LedgerUrl({shown})"
    assert ledger_place(place) == place == ledger_place(url) and pickle.loads(pickle.dumps(place)) == place
    assert (
        isinstance(place, LedgerUrl) and "schema" not in place.connection and url.split("/")[2] in place.text
    )


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:s3@cret@h/db",
        "postgresql://me:s3/cret@h/db",
        "postgresql://me:s3?cret@h/db",
        "postgresql://me:s3#cret@h/db",
        "postgresql://me:s3cret/db",
        "postgresql:/me:s3cret@h/db",
        "postgresql://me:s3cret@h/db?schema=Mine;",
        "postgresql://h/db?password=s3@cret",
    ],
)
def test_a_url_that_cannot_be_read_is_not_quoted(monkeypatch, url: str) -> None:
    monkeypatch.setenv("HASHPIVOT_LEDGER", url)
    with pytest.raises(InvalidInput) as told:
        ledger_place()
    assert told.value.hint and "cret" not in str(told.value) and "s3" not in str(told.value)


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
        ledger_place()


def test_a_home_that_is_a_file_is_refused(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path / "file"))
    monkeypatch.delenv("HASHPIVOT_LEDGER", raising=False)
    with pytest.raises(InvalidInput, match=r"HASHPIVOT_HOME: .*file is a file"):
        ledger_place()


@pytest.fixture
def shared_ledger(tmp_path: Path) -> Path:
    """A copy of the ledger that 0.1.0 wrote."""
    path = tmp_path / "named.sqlite3"
    source = Path(__file__).parents[1] / "ledger" / "data" / "ledger-0.1.0.sqlite3"
    path.write_bytes(source.read_bytes())
    return path
