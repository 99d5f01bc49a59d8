"""Tables for a terminal."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

from ._comparison import ComparedCell, ComparedTable, comparison_tables, print_comparison
from ._console import print_table, terminal_console
from ._league_table import print_season
from ._lines import print_lines, print_restated

if TYPE_CHECKING:
    from ._halving import print_halving_impacts, print_halvings
    from ._nowcast import print_nowcast, print_track_record
    from ._outlook import print_outlook
    from ._reading import print_reading, print_warnings
    from ._statements import print_preliminary, print_statements

__all__ = [
    "ComparedCell",
    "ComparedTable",
    "comparison_tables",
    "print_comparison",
    "print_halving_impacts",
    "print_halvings",
    "print_lines",
    "print_nowcast",
    "print_outlook",
    "print_preliminary",
    "print_reading",
    "print_restated",
    "print_season",
    "print_statements",
    "print_table",
    "print_track_record",
    "print_warnings",
    "terminal_console",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {  # what needs lxml, or NumPy
        "._halving": ("print_halvings", "print_halving_impacts"),
        "._nowcast": ("print_nowcast", "print_track_record"),
        "._outlook": ("print_outlook",),
        "._reading": ("print_reading", "print_warnings"),
        "._statements": ("print_preliminary", "print_statements"),
    },
)
