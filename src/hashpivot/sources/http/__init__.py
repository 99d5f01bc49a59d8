"""Asking services: identified, at a rate all processes share, patient where that helps."""

from ._address import address_parts
from ._client import Client, Fetched, OnWait, Whole
from ._json_answer import JsonAnswer, get_json, is_whole_json, post_json
from ._limits_folder import limits_folder
from ._reply import Reply, ReplyKind, ReplyKinds, by_status
from ._service import Service
from ._service_limits import ServiceLimit, service_limits

__all__ = [
    "Client",
    "Fetched",
    "JsonAnswer",
    "OnWait",
    "Reply",
    "ReplyKind",
    "ReplyKinds",
    "Service",
    "ServiceLimit",
    "Whole",
    "address_parts",
    "by_status",
    "get_json",
    "is_whole_json",
    "limits_folder",
    "post_json",
    "service_limits",
]
