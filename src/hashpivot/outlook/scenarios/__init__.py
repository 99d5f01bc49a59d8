"""Scenarios: shipped presets, users' files and guided growth, combined into a case."""

from ._build import build_case
from ._file import input_rows, read_toml, scenario_text
from ._guided import GUIDED, GuidedGrowth, HashRateTarget, with_guided_growth
from ._keys import allowed_range, get_input, with_inputs
from ._listing import Listed, listed_inputs
from ._presets import PRESETS, Preset, apply_presets

__all__ = [
    "GUIDED",
    "PRESETS",
    "GuidedGrowth",
    "HashRateTarget",
    "Listed",
    "Preset",
    "allowed_range",
    "apply_presets",
    "build_case",
    "get_input",
    "input_rows",
    "listed_inputs",
    "read_toml",
    "scenario_text",
    "with_guided_growth",
    "with_inputs",
]
