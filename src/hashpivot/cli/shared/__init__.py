"""What several commands share."""

from ._common import (
    as_of_option,
    complain,
    console,
    day_option,
    filed_option,
    files_argument,
    json_option,
    power_option,
    print_json,
    print_table,
    ticker_option,
    with_progress,
)
from ._outlook_show import print_outlook
from ._statements import print_preliminary, print_statements

__all__ = [
    "as_of_option",
    "complain",
    "console",
    "day_option",
    "filed_option",
    "files_argument",
    "json_option",
    "power_option",
    "print_json",
    "print_outlook",
    "print_preliminary",
    "print_statements",
    "print_table",
    "ticker_option",
    "with_progress",
]
