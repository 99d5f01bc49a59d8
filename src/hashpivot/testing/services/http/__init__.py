"""The server all stand-ins share: requests it saw, faults on command, a rate limit, a clock."""

from ._answer import ServedAnswer, html_answer, json_answer, text_answer, typed_answer, xml_answer
from ._faults import (
    changed_json,
    clock_skew,
    connection_reset,
    cut_body,
    html_instead,
    instead,
    never_answers,
    redirect_loop,
    redirect_to,
    slow_body,
    status,
    truncated_gzip,
    wrong_gzip,
)
from ._local_service import LocalService, wait_until_stopped
from ._planned_fault import Fault, FaultPlan, PlannedFault
from ._rate_limit import RateLimit, busiest_second
from ._seen_request import SeenRequest
from ._together import ServicesTogether

__all__ = [
    "Fault",
    "FaultPlan",
    "LocalService",
    "PlannedFault",
    "RateLimit",
    "SeenRequest",
    "ServedAnswer",
    "ServicesTogether",
    "busiest_second",
    "changed_json",
    "clock_skew",
    "connection_reset",
    "cut_body",
    "html_answer",
    "html_instead",
    "instead",
    "json_answer",
    "never_answers",
    "redirect_loop",
    "redirect_to",
    "slow_body",
    "status",
    "text_answer",
    "truncated_gzip",
    "typed_answer",
    "wait_until_stopped",
    "wrong_gzip",
    "xml_answer",
]
