"""Rules: the tables that turn words of labels, members and rows into lines, concepts and measures."""

from ._operating_labels import Understood, understood
from ._operating_units import counts_money, rate_text, unit_shift
from ._release_rows import Costs, row_rule
from ._rules import Role, Rule, Rules, default_rules
from ._words import is_generic, local_name, member_words, normal

__all__ = [
    "Costs",
    "Role",
    "Rule",
    "Rules",
    "Understood",
    "counts_money",
    "default_rules",
    "is_generic",
    "local_name",
    "member_words",
    "normal",
    "rate_text",
    "row_rule",
    "understood",
    "unit_shift",
]
