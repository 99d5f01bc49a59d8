from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from hashpivot.sources.http import limits_folder


@pytest.mark.skipif(os.name != "posix", reason="XDG_CACHE_HOME is of POSIX systems")
def test_it_does_not_depend_on_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = []
    for name in ("one", "other"):
        monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path / name))
        found.append(limits_folder())
    assert found == [tmp_path / "cache" / "hashpivot" / "limits"] * 2 and found[0].is_dir()


@pytest.mark.skipif(os.name != "posix", reason="XDG_CACHE_HOME is of POSIX systems")
def test_where_no_cache_can_be_written_it_is_in_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path / "home"))
    assert limits_folder() == tmp_path / "home" / "limits"


@pytest.mark.skipif(os.name != "posix", reason="XDG_CACHE_HOME is of POSIX systems")
def test_what_is_a_day_old_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = limits_folder()
    for name, age in (("old.json", 90_000), ("new.json", 10)):
        (folder / name).write_text("{}", encoding="utf-8")
        os.utime(folder / name, (time.time() - age,) * 2)
    assert {path.name for path in limits_folder().iterdir()} == {".probe", "new.json"}
