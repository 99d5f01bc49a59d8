"""Operation: a site run interval by interval, its state, log, alarms and outputs."""

from ._planning import StatePlan, plan_from_state, stand_at
from ._site_state import GroupState, LoadState, SiteState, StateError
from ._state_file import Remembered, StateFile

__all__ = [
    "GroupState",
    "LoadState",
    "Remembered",
    "SiteState",
    "StateError",
    "StateFile",
    "StatePlan",
    "plan_from_state",
    "stand_at",
]
