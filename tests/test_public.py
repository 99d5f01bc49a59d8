"""What is public is what docs/python.md says is stable, and nothing else shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import hashpivot as hp

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "python.md").read_text(encoding="utf-8")
STABLE = PAGE.partition("## What is stable")[2]


def listed(beginning: str) -> set[str]:
    """Names in the list item, or the paragraph, that begins so."""
    item = re.search(
        rf"^{re.escape(beginning)}(.*?)(?:;\n|\. |\n\n| load when)", STABLE, re.DOTALL | re.MULTILINE
    )
    assert item, beginning
    return set(re.findall(r"`(\w+|hp\.\w+)`", item[1]))


ROOMS = {name.removeprefix("hp.") for name in listed("The rooms")}


def test_the_package_shows_the_stable_names_and_the_rooms() -> None:
    assert set(dir(hp)) == set(hp.__all__) == listed("- of `hashpivot`:") | ROOMS


def test_the_desk_has_the_stable_names() -> None:
    desk = hp.Desk.open()
    assert {name for name in dir(desk) if not name.startswith("_")} == listed("- of `Desk`:")


def test_every_public_folder_is_a_room() -> None:
    folders = {path.parent.name for path in Path(hp.__file__).parent.glob("*/__init__.py")}
    assert folders - {"cli"} == ROOMS


@pytest.mark.parametrize("name", sorted(ROOMS))
def test_a_room_loads_when_it_is_asked_for(name: str) -> None:
    code = f"import hashpivot as hp, sys; assert 'hashpivot.{name}' not in sys.modules; hp.{name}.__all__"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


@pytest.mark.parametrize("name", sorted(ROOMS))
def test_every_public_name_of_a_room_is_there(name: str) -> None:
    room = getattr(hp, name)
    assert [missing for missing in room.__all__ if not hasattr(room, missing)] == []


def test_importing_the_package_or_showing_help_loads_no_heavy_library() -> None:
    code = (
        "import sys, hashpivot, hashpivot.cli; from hashpivot.core import HashpivotError;"
        "heavy = {'numpy', 'pandas', 'lxml', 'rich', 'jinja2', 'hashpivot.desk', 'hashpivot.ledger'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_trace_waits_for_neither_numpy_nor_guidance() -> None:
    code = (
        "import sys; from hashpivot.desk import Desk; Desk.open().trace('RIOT/2024Q4/revenue/self_mining');"
        "late = {'numpy', 'hashpivot.guidance', 'hashpivot.season', 'hashpivot.report'};"
        "assert not late & set(sys.modules), late & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
