"""The registry of scenarios: what the command line lists is what there is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput
from hashpivot.ledger import View, bundled
from hashpivot.outlook import (
    GUIDED,
    PRESETS,
    SCENARIOS,
    apply_presets,
    build_case,
    current_scenario,
)


def test_every_scenario_is_a_change_or_the_guided_one() -> None:
    assert set(SCENARIOS) == {*PRESETS, GUIDED}
    for name, scenario in SCENARIOS.items():
        assert scenario.name == name
        assert scenario.title.endswith(".") and not scenario.brief.endswith(".")
        assert len(scenario.brief) < 80
        assert len(scenario.label) < 28


def test_an_unknown_name_is_told_all_of_them() -> None:
    with pytest.raises(InvalidInput) as caught:
        apply_presets(None, ["moon"])  # type: ignore[arg-type]
    assert all(name in caught.value.hint for name in SCENARIOS)


def test_the_list_needs_no_numpy() -> None:
    code = "import sys; from hashpivot.outlook import SCENARIOS; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_old_name_is_accepted_with_a_warning() -> None:
    with pytest.warns(FutureWarning, match="bitcoin_flat"):
        case, _ = build_case(View(bundled()), NetworkHistory.load(), "RIOT", ["halving_squeeze"])
    assert case.scenario == "bitcoin_flat" and case.parameters.price.volatility == 0.0
    assert current_scenario("base") == "base"
