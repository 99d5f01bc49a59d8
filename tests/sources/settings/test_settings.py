from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import InvalidInput
from hashpivot.sources import Identity, Settings, identity, save_identity


def written(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_a_missing_file_is_an_empty_one(tmp_path: Path) -> None:
    assert identity(Settings.load(tmp_path / "settings.toml")) is None


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o666, 0o620])
def test_a_file_others_may_read_is_refused(mode: int, tmp_path: Path) -> None:
    path = written(tmp_path / "settings.toml", '[ercot]\npassword = "hush"\n', mode)
    with pytest.raises(InvalidInput, match="others may read or write it") as raised:
        Settings.load(path)
    assert f"chmod 600 {path}" in raised.value.hint and "hush" not in str(raised.value)


@pytest.mark.parametrize("text", ["[", "a = 1", "x", "[identity]\nname = \x00"])
def test_what_is_no_settings_file_is_told(text: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        Settings.load(written(tmp_path / "settings.toml", text))
    assert raised.value.hint


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(
        tmp_path / "settings.toml", '[prices]\nexchanges = ["a", "b"]\n[ercot]\nuser = "x"\nn = 3\n'
    )
    settings = Settings.load(path)
    assert settings.values("prices", "exchanges") == ("a", "b")
    assert (settings.value("ercot", "user"), settings.value("ercot", "n")) == ("x", "3")
    assert settings.value("ercot", "none", "default") == "default" and settings.values("ercot", "none") == ()
    monkeypatch.setenv("HASHPIVOT_ERCOT_USER", "y")
    monkeypatch.setenv("HASHPIVOT_PRICES_EXCHANGES", "c, d,")
    assert settings.value("ercot", "user") == "y" and settings.values("prices", "exchanges") == ("c", "d")


def test_no_value_is_shown(tmp_path: Path) -> None:
    settings = Settings.load(written(tmp_path / "settings.toml", '[ercot]\npassword = "hush"\n'))
    assert "hush" not in repr(settings) and "ercot" in repr(settings)
    who = Identity("Jane Doe", "jane@example.com")
    assert "jane" not in repr(who).lower() and who.user_agent == "Jane Doe jane@example.com"


def test_a_saved_identity_is_read_again_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = written(tmp_path / "settings.toml", '[ercot]\nuser = "x"\n')
    save_identity(Identity("O'Neil & Sons, Inc.", "j.o@mail.example.org"), path)
    settings = Settings.load(path)
    assert identity(settings) == Identity("O'Neil & Sons, Inc.", "j.o@mail.example.org")
    assert settings.value("ercot", "user") == "x" and stat.S_IMODE(path.stat().st_mode) == 0o600
    fresh = tmp_path / "new" / "settings.toml"
    save_identity(Identity("Jane", "jane@example.com"), fresh)
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600


@given(st.text(max_size=40), st.text(max_size=40))
def test_only_what_a_header_can_hold_is_an_identity(name: str, email: str) -> None:
    try:
        who = Identity(name, email)
    except InvalidInput as error:
        assert error.hint
        return
    assert who.user_agent.isascii() and who.user_agent.isprintable() and "http" not in email


@pytest.mark.parametrize("name", ["https://example.com", "Jane (Doe)", "", "Jané", "a\nb", " Jane"])
def test_names_the_service_refused_are_refused_here(name: str) -> None:
    with pytest.raises(InvalidInput):
        Identity(name, "jane@example.com")
