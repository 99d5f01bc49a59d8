"""The registry of scenarios: what the command line lists is what there is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hashpivot.core import InvalidInput
from hashpivot.outlook import GUIDED, PRESETS, SCENARIOS, apply_presets


def test_every_scenario_is_a_change_or_the_guided_one() -> None:
    assert set(SCENARIOS) == {*PRESETS, GUIDED}
    for name, scenario in SCENARIOS.items():
        assert scenario.name == name
        assert scenario.title.endswith(".") and not scenario.brief.endswith(".")
        assert len(scenario.brief) < 80


def test_an_unknown_name_is_told_all_of_them() -> None:
    with pytest.raises(InvalidInput) as caught:
        apply_presets(None, ["moon"])  # type: ignore[arg-type]
    assert all(name in caught.value.hint for name in SCENARIOS)


def test_the_list_needs_no_numpy() -> None:
    code = "import sys; from hashpivot.outlook import SCENARIOS; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
