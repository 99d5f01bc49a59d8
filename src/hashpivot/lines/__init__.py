"""From a filing's raw facts to lines of business that tie to the total."""

from ._read import read, read_facts
from .rules import Role, Rule, Rules, default_rules
from .tagged import PeriodReading, Reading, Reported, number

__all__ = [
    "PeriodReading",
    "Reading",
    "Reported",
    "Role",
    "Rule",
    "Rules",
    "default_rules",
    "number",
    "read",
    "read_facts",
]
