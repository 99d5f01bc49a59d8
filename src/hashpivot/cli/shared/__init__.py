"""What several commands share."""

from ._common import (
    as_of_option,
    day_option,
    filed_option,
    files_argument,
    json_option,
    power_option,
    ticker_option,
)
from ._output import (
    ask,
    complain,
    echo,
    echo_count,
    echo_data,
    print_json,
    print_run,
    progress_of,
    show,
    show_at_once,
    stopped_by,
    with_progress,
)
from ._signals import termination_as_interrupt
from ._streams import output_finished, streams_ready
from ._usage_error import (
    usage_errors_shown,
)

__all__ = [
    "as_of_option",
    "ask",
    "complain",
    "day_option",
    "echo",
    "echo_count",
    "echo_data",
    "filed_option",
    "files_argument",
    "json_option",
    "output_finished",
    "power_option",
    "print_json",
    "print_run",
    "progress_of",
    "show",
    "show_at_once",
    "stopped_by",
    "streams_ready",
    "termination_as_interrupt",
    "ticker_option",
    "usage_errors_shown",
    "with_progress",
]
