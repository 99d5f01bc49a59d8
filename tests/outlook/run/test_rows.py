"""Rows of paths in memory and beyond it."""

import gc
import resource
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View
from hashpivot.outlook import SHARD, StoreError, build_case, outlook
from hashpivot.outlook.run._store import RowStore, pack

KINDS = st.sampled_from([np.float32, np.float64, np.bool_])
PATHS, IN_MEMORY_BYTES = 4 * SHARD, 10_000_000


@st.composite
def shards(draw: st.DrawFn) -> list[dict[str, np.ndarray]]:
    """Rows of some shards: names, steps and types alike, sizes and values not."""
    layout = draw(
        st.dictionaries(st.text(max_size=3), st.tuples(st.integers(1, 3), KINDS), min_size=1, max_size=4)
    )
    sizes = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    return [
        {name: draw(arrays(kind, (steps, paths))) for name, (steps, kind) in layout.items()}
        for paths in sizes
    ]


@given(shards(), st.sampled_from([1, 10**6]), st.randoms())
def test_rows_come_back_as_they_were_whatever_the_order_of_shards(
    found: list[dict[str, np.ndarray]], in_memory: int, random: object
) -> None:
    store = RowStore(in_memory)
    order = list(enumerate(found))
    random.shuffle(order)  # type: ignore[attr-defined]
    for number, rows in order:
        store.add(number, pack(rows))
    for name, first in found[0].items():
        for step in range(len(first)):
            whole = np.concatenate([rows[name][step] for rows in found])
            row = store.row(name, step)
            assert row.dtype == whole.dtype
            np.testing.assert_array_equal(row, whole)


def test_a_row_that_is_the_same_on_all_paths_takes_one_number() -> None:
    block = pack({"same": np.full((3, 1_000), 7.0), "other": np.arange(1_000.0)[None]})
    assert sum(part.size for part in block.parts) == 8 * (3 + 1_000)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, which an outlook of `PATHS` paths needs."""
    monkeypatch.setattr("hashpivot.outlook.run._outlook.IN_MEMORY_BYTES", IN_MEMORY_BYTES)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file has a name")
def test_the_temporary_file_has_no_name_and_goes_with_the_outlook(
    view: View, network: NetworkHistory, folder: Path
) -> None:
    before = open_files(folder)
    found = outlook(build_case(view, network, "RIOT")[0], quarters=12, paths=PATHS)
    assert found.rows.paths == PATHS
    assert len(open_files(folder)) == len(before) + 1
    assert list(folder.iterdir()) == []
    del found
    gc.collect()
    assert open_files(folder) == before


def open_files(folder: Path) -> list[str]:
    """Files of a folder that this process holds open, deleted ones included."""
    held = Path("/proc/self/fd")
    if not held.is_dir():
        pytest.skip("the system does not list open files")
    names = [link.readlink() for link in held.iterdir() if link.is_symlink()]
    return [str(name) for name in names if str(name).startswith(str(folder))]


@contextmanager
def no_room(most_bytes: int) -> Iterator[None]:
    """No file may grow beyond a size: what a full disk is to a program."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("most_bytes", [1_000, 12_000_000])
def test_a_full_disk_is_an_error_with_a_way_out(
    view: View, network: NetworkHistory, folder: Path, most_bytes: int
) -> None:
    case = build_case(view, network, "RIOT")[0]
    with no_room(most_bytes), pytest.raises(StoreError, match="temporary file") as error:
        outlook(case, quarters=12, paths=PATHS)
    assert "TMPDIR" in error.value.hint
    gc.collect()
    assert list(folder.iterdir()) == []


def test_no_folder_for_temporary_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "gone"))
    store = RowStore(in_memory_bytes=10)
    with pytest.raises(StoreError):
        store.add(0, pack({"x": np.arange(9.0)[None]}))
