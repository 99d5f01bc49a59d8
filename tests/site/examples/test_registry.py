"""The example sites: named once, described in their files, shown by the command line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hashpivot.core import UnreadableFile
from hashpivot.site import example_sites, load_site


def test_every_example_is_described_and_read() -> None:
    examples = example_sites()
    named = {"west_texas", "hedged_reserves", "ai_campus", "mine_weighing_ai", "fixed_block"}
    assert named | {"mine_with_battery"} == set(examples)
    for name, description in examples.items():
        assert load_site(name).description == description and 10 < len(description) < 100


def test_a_file_that_is_not_there_names_the_examples() -> None:
    with pytest.raises(UnreadableFile) as raised:
        load_site("no_such_site")
    for name, description in example_sites().items():
        assert name in str(raised.value) and description in str(raised.value)


def test_names_of_examples_need_no_numpy() -> None:
    code = (
        "import sys; from hashpivot.site import example_sites; example_sites(); print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
