"""Operation: a site run interval by interval, its state, log, alarms and outputs."""

from ._alarms import Alarm
from ._decision import RunSettings, SiteDecision
from ._mqtt import MqttOutput
from ._operator import Read, SiteOperator
from ._outputs import CsvOutput, JsonOutput, Output, WebhookOutput
from ._planning import StatePlan, plan_from_state, stand_at
from ._replay import Replay, ReplayDifference, replay
from ._run_log import RunLog, RunLogError
from ._safe_default import DEFAULTS
from ._site_state import GroupState, LoadState, SiteState, StateError
from ._state_file import Remembered, StateFile

__all__ = [
    "DEFAULTS",
    "Alarm",
    "CsvOutput",
    "GroupState",
    "JsonOutput",
    "LoadState",
    "MqttOutput",
    "Output",
    "Read",
    "Remembered",
    "Replay",
    "ReplayDifference",
    "RunLog",
    "RunLogError",
    "RunSettings",
    "SiteDecision",
    "SiteOperator",
    "SiteState",
    "StateError",
    "StateFile",
    "StatePlan",
    "WebhookOutput",
    "plan_from_state",
    "replay",
    "stand_at",
]
