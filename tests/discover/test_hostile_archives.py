"""Archives that are none, are damaged, or try something."""

from __future__ import annotations

import gzip
import os
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from hashpivot.core import InvalidInput, UnreadableFile
from hashpivot.discover import find_data_sets
from tests.discover.made import look, packed, tables


def refused(path: Path, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        look(path)
    assert str(path) in str(caught.value) and caught.value.hint


def test_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"<html>Request Rate Threshold Exceeded</html>")
    refused(tmp_path / "a.zip", "is no archive")
    (tmp_path / "a.zip").write_bytes(b"")
    refused(tmp_path / "a.zip", "is no archive")
    refused(tmp_path / "b.zip", "does not exist")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_may_never_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.zip")
    refused(tmp_path / "a.zip", "is neither a file nor a folder")
    refused(Path("/dev/zero"), "is neither a file nor a folder")
    with pytest.raises(InvalidInput, match="holds no data set"):
        find_data_sets([tmp_path])


def test_a_download_cut_short(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", tables())
    path.write_bytes(path.read_bytes()[:-60])
    refused(path, "is no archive")


def test_a_flipped_byte(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", tables())
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        data[archive.getinfo("num.tsv").header_offset + 60] ^= 0x55
    path.write_bytes(data)
    refused(path, "num.tsv: cannot be read")


def test_a_bomb(tmp_path: Path) -> None:
    refused(packed(tmp_path / "a.zip", tables() | {"num": b"\t" * 50_000_000}), "unpacks to 50,000,000 bytes")


def test_a_lie_about_the_size(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", tables())
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("num.tsv").file_size
    place = data.rindex(struct.pack("<L", size))
    path.write_bytes(data[:place] + struct.pack("<L", size // 2) + data[place + 4 :])
    refused(path, "cannot be read|is no archive")


@pytest.mark.parametrize("name", ["../num.tsv", "/num.tsv", "..\\num.tsv"])
def test_paths_that_lead_outside(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "a.zip", {key: text for key, text in tables().items() if key != "num"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, tables()["num"])
    refused(path, "outside itself")


def test_two_tables_of_one_name_and_an_encrypted_one(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", tables())
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("inner/num.tsv", tables()["num"])
    refused(path, "is a second table num")
    path = packed(tmp_path / "b.zip", tables())
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    refused(path, "is encrypted")


def test_a_table_that_is_missing(tmp_path: Path) -> None:
    refused(packed(tmp_path / "a.zip.part", {"sub": tables()["sub"]}), "holds no table num")
    with pytest.raises(InvalidInput, match="holds no data set"):
        find_data_sets([tmp_path])
    with pytest.raises(InvalidInput, match="no data set is named"):
        find_data_sets([])


def test_an_archive_of_the_store_is_packed_twice(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", tables())
    twice = tmp_path / "2024_05_notes.zip.gz"
    twice.write_bytes(gzip.compress(path.read_bytes()))
    assert len(look(twice).filers) == 1


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    look(packed(tmp_path / "a.zip", tables()))
    texts = tables()
    with pytest.raises(UnreadableFile):
        look(packed(tmp_path / "b.zip", texts | {"num": texts["num"].replace(b"qtrs", b"q", 1)}))
    assert not list(temporary.iterdir())
