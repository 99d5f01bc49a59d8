from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.core import DocumentStoreError, InvalidInput
from hashpivot.sources import Store, download
from hashpivot.testing.services.http import LocalService, SeenRequest, ServedAnswer

KEY = "sec/0001628280-25-046263.txt"


def test_what_is_stored_is_found_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put = store.put(KEY, b"a filing", url="https://www.sec.gov/x", etag='"1"')
    with Store(tmp_path) as store:
        held = store.get(KEY)
        assert held == put and held is not None and held.read() == b"a filing"
        assert held.path == tmp_path / f"{KEY}.gz" and list(store) == [held]


def test_a_note_stays_until_the_document_is_stored_anew(store: Store) -> None:
    store.put(KEY, b"1")
    store.annotate(KEY, "read")
    assert (held := store.get(KEY)) and held.note == "read"
    store.put(KEY, b"2")
    assert (held := store.get(KEY)) and held.note == "" and held.read() == b"2"


def test_what_is_dropped_is_gone(store: Store) -> None:
    store.put(KEY, b"1")
    assert store.drop(KEY) and not store.drop(KEY)
    assert store.get(KEY) is None and not list(store.folder.rglob("*.gz"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    key=st.one_of(st.text(max_size=30), st.sampled_from(["../x/y", "sec/../../x", "/etc/passwd", "sec/a/.."]))
)
def test_no_key_leads_out_of_the_store(key: str, store: Store) -> None:
    try:
        put = store.put(key, b"x")
    except InvalidInput:
        return
    assert put.path.resolve().is_relative_to(store.folder.resolve()) and ".." not in put.path.parts


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b", b"no gzip"])
def test_a_damaged_file_is_told(damage: bytes, store: Store) -> None:
    put = store.put(KEY, b"a filing" * 100)
    put.path.write_bytes(damage)
    with pytest.raises(DocumentStoreError):
        put.read()


def test_another_document_in_the_file_is_told(store: Store) -> None:
    put, other = store.put(KEY, b"1"), store.put("sec/other.txt", b"2")
    other.path.replace(put.path)
    with pytest.raises(DocumentStoreError, match="not what was stored"):
        put.read()


def test_a_full_disk_leaves_what_was_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(KEY, b"1")

    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DocumentStoreError, match="No space left"):
        store.put(KEY, b"2")
    assert (held := store.get(KEY)) and held.read() == b"1"
    assert [path.name for path in store.folder.rglob(".*")] == []


def test_an_index_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "index.sqlite3").write_bytes(b"x" * 5000)
    with pytest.raises(DocumentStoreError, match="index"):
        Store(tmp_path)


def test_a_killed_process_leaves_whole_documents(tmp_path: Path) -> None:
    writes = (
        "import os, sys, threading, pathlib; from hashpivot.sources import Store\n"
        "store = Store(pathlib.Path(sys.argv[1]))\n"
        "threading.Timer(float(sys.argv[2]), os._exit, [1]).start()\n"
        "for n in range(10**6): store.put(f'sec/{n % 7}.txt', os.urandom(200_000) + str(n).encode())\n"
    )
    for moment in ("0.21", "0.34", "0.47"):
        subprocess.run([sys.executable, "-c", writes, str(tmp_path), moment], check=False)
        with Store(tmp_path) as store:
            whole = [document for document in store if _whole(document.read)]
            assert len(list(store)) - len(whole) <= 1  # the one that was being replaced is fetched again


def _whole(read: object) -> bool:
    try:
        read()  # type: ignore[operator]
    except DocumentStoreError:
        return False
    return True


class Counted(LocalService):
    """Serves one document with a tag."""

    def answer(self, request: SeenRequest) -> ServedAnswer:
        if request.header("if-none-match") == '"7"':
            return ServedAnswer(304)
        return ServedAnswer(200, b"a filing", {"ETag": '"7"'})


def test_a_fixed_document_is_fetched_once(client, store: Store) -> None:  # type: ignore[no-untyped-def]
    with Counted() as service:
        asked = client(service.url)
        where = KEY, "https://www.sec.gov/x"
        first, now = download(asked, store, *where, fixed=True)
        assert now and download(asked, store, *where, fixed=True) == (first, False)
        assert len(service.requests) == 1
        assert download(asked, store, *where, fixed=False) == (first, False)
        assert [seen.status for seen in service.requests] == [200, 304]
        first.path.write_bytes(b"lost")
        assert download(asked, store, *where, fixed=True)[1]


def test_two_processes_share_a_store(tmp_path: Path) -> None:
    with Store(tmp_path) as one, Store(tmp_path) as other:
        one.put(KEY, b"1")
        assert (held := other.get(KEY)) and held.read() == b"1"
        other._index.execute("BEGIN IMMEDIATE")
        one._index.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(DocumentStoreError, match="locked"):
            one.put(KEY, b"2")
        other._index.execute("ROLLBACK")
    with closing(sqlite3.connect(tmp_path / "index.sqlite3")) as index:
        assert index.execute("PRAGMA integrity_check").fetchone() == ("ok",)
