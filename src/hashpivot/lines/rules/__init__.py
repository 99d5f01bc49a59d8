"""Rules: the tables that turn words of labels, members and rows into lines, concepts and measures."""

from ._labels import is_generic, local_name, member_words, normal, says_total_revenue
from ._line_rules import LineRule, LineRules, Role, default_rules
from ._operating_labels import Understood, understood
from ._operating_units import counts_money, rate_text, unit_shift
from ._qualifiers import qualifier
from ._release_rows import Costs, row_rule
from ._toml_table import read_toml_table

__all__ = [
    "Costs",
    "LineRule",
    "LineRules",
    "Role",
    "Understood",
    "counts_money",
    "default_rules",
    "is_generic",
    "local_name",
    "member_words",
    "normal",
    "qualifier",
    "rate_text",
    "read_toml_table",
    "row_rule",
    "says_total_revenue",
    "understood",
    "unit_shift",
]
