"""`hashpivot store`: what was downloaded, and dropping some of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hashpivot.sources import Store

from ..conftest import Run

KEYS = ("sec/0000000001-25-000001.txt", "sec/0000000001-25-000002.txt")


@pytest.fixture(autouse=True)
def held(tmp_path: Path) -> None:
    with Store(tmp_path / "home" / "store") as store:
        for key in KEYS:
            store.put(key, b"x" * 5000, url=f"https://www.sec.gov/{key}")


def test_size_by_source_and_every_document(run: Run) -> None:
    done = run("store", "--list")
    first, second, *rows = done.stdout.splitlines()
    assert first.endswith("store: 2 documents, 0 kB") and second == "  sec: 2 documents, 0 kB"
    assert [row.split()[-1] for row in rows] == list(KEYS)


def test_what_is_dropped_is_gone_and_an_unknown_key_drops_nothing(
    run: Run, run_json: Callable[..., Any]
) -> None:
    refused = run("store", "--drop", KEYS[0], "--drop", "sec/none.txt")
    assert refused.returncode == 2 and "sec/none.txt" in refused.stderr
    answer = run_json("store", "--drop", KEYS[0])
    assert answer["dropped"] == [KEYS[0]]
    assert [document["key"] for document in answer["documents"]] == [KEYS[1]]
    documented = (Path(__file__).parents[3] / "docs" / "json.md").read_text(encoding="utf-8")
    row = next(line for line in documented.splitlines() if line.startswith("| `store`"))
    assert [key for key in (*answer, *answer["documents"][0]) if f'"{key}"' not in row] == []


def test_old_documents_are_dropped_by_age(run_json: Callable[..., Any]) -> None:
    assert run_json("store", "--older-than", "1")["dropped"] == []
    assert run_json("store", "--older-than", "9" * 30)["dropped"] == []
    assert run_json("store", "--older-than", "0")["documents"] == []
