"""A user's file is read within bounds, whatever it is."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

import pytest

from hashpivot.core import open_file, parse_json, parse_toml, read_bytes, read_text
from hashpivot.core.base import _read_file

ENDLESS = Path("/dev/zero")


def test_a_text_of_any_editor_is_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_text(path) == "a\nb\nc\n"


def test_no_more_is_read_than_a_file_may_hold(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(b"x" * 2_000_001)
    with pytest.raises(OSError, match="larger than 2 MB"):
        read_bytes(path, 2_000_000)
    assert len(read_bytes(path, 2_000_001)) == 2_000_001


@pytest.mark.skipif(not ENDLESS.exists(), reason="needs a device that never ends")
def test_a_device_that_never_ends_is_refused() -> None:
    with pytest.raises(OSError, match="larger than 1 MB"):
        read_text(ENDLESS, 1_000_000)
    with pytest.raises(OSError, match="a device"):
        open_file(ENDLESS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = " + "[" * 3000 + "]" * 3000, "brackets within"),
        ("a = " + "9" * 5000, "4300"),
        ("a", "end of document"),
    ],
)
def test_what_is_no_toml_is_one_kind_of_error(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_toml(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 200_000, "brackets within"),
        ('{"a": NaN}', "no finite"),
        ('{"a": 1e999}', "no finite"),
        ('{"a": %s}' % ("9" * 400), "400 digits"),
        ("{", "line 1"),
        (b"\xff\xfe\x00", "decode"),
    ],
)
def test_what_is_no_json_is_one_kind_of_error(text: str | bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_json(text)


def test_json_gives_what_it_says() -> None:
    assert parse_json('{"a": [1, -2.5e3, null, true, "x"]}') == {"a": [1, -2500.0, None, True, "x"]}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_read_and_one_that_nobody_writes_into_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content = b"a" * 300_000
    writer = Thread(target=pipe.write_bytes, args=(content,))
    writer.start()
    assert read_bytes(pipe) == content
    writer.join()
    monkeypatch.setattr(_read_file, "_PIPE_SECONDS", 0.1)
    for read in (read_bytes, open_file):
        with pytest.raises(OSError, match="nobody wrote into the pipe"):
            read(pipe)
