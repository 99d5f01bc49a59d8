"""Scenarios: the shipped ones, users' files and guided growth, combined into a case."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

from ._shipped import GUIDED, SCENARIOS, Scenario, current_scenario

if TYPE_CHECKING:
    from ._build import build_case
    from ._file import input_rows, read_toml, scenario_text
    from ._guided import GuidedGrowth, HashRateTarget, with_guided_growth
    from ._keys import allowed_range, get_input, parse_inputs, with_inputs
    from ._listing import ListedInput, listed_inputs
    from ._presets import PRESETS, Preset, apply_presets

__all__ = [
    "GUIDED",
    "PRESETS",
    "SCENARIOS",
    "GuidedGrowth",
    "HashRateTarget",
    "ListedInput",
    "Preset",
    "Scenario",
    "allowed_range",
    "apply_presets",
    "build_case",
    "current_scenario",
    "get_input",
    "input_rows",
    "listed_inputs",
    "parse_inputs",
    "read_toml",
    "scenario_text",
    "with_guided_growth",
    "with_inputs",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {  # the list of scenarios is read by `hashpivot outlook --help`, which loads no NumPy
        "._build": ("build_case",),
        "._file": ("input_rows", "read_toml", "scenario_text"),
        "._guided": ("GuidedGrowth", "HashRateTarget", "with_guided_growth"),
        "._keys": ("allowed_range", "get_input", "parse_inputs", "with_inputs"),
        "._listing": ("ListedInput", "listed_inputs"),
        "._presets": ("PRESETS", "Preset", "apply_presets"),
    },
)
