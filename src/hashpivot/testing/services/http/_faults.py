"""Faults every service can have: of the connection, of the body, of the address, of the clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ._answer import ServedAnswer, html_answer
from ._planned_fault import Fault
from ._seen_request import SeenRequest

_PAGE = "<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>Something else</h1></body></html>"


def instead(answer: ServedAnswer) -> Fault:
    """Return a fault that sends another answer."""
    return lambda request, right: answer


def status(code: int, body: str = "") -> Fault:
    """Return a fault that sends a status with a short HTML page.

    Args:
        code: HTTP status.
        body: The page; a line with the status if not given.
    """
    return instead(html_answer(body or f"<html><body><h1>{code}</h1></body></html>", code))


def slow_body(bytes_per_second: float) -> Fault:
    """Return a fault that sends the right body slowly."""
    return lambda request, right: replace(right, bytes_per_second=bytes_per_second)


def cut_body(share: float = 0.5, *, chunked: bool = False) -> Fault:
    """Return a fault that closes the connection within the body.

    Args:
        share: Part of the body that is sent.
        chunked: True to send chunks without the last, False for a Content-Length that promises more.
    """
    return lambda request, right: replace(right, sent_share=share, chunked=chunked, close=True)


def wrong_gzip() -> Fault:
    """Return a fault that says gzip and sends plain bytes."""
    return lambda request, right: replace(right, gzip_damage="plain")


def truncated_gzip() -> Fault:
    """Return a fault that sends gzip which ends early, with a Content-Length that agrees."""
    return lambda request, right: replace(right, gzip_damage="truncated")


def html_instead(page: str = _PAGE) -> Fault:
    """Return a fault that sends a page of HTML with status 200."""
    return instead(html_answer(page))


def connection_reset() -> Fault:
    """Return a fault that resets the connection without an answer."""
    return lambda request, right: replace(right, reset=True)


def never_answers(seconds: float = 3600.0) -> Fault:
    """Return a fault that keeps silent, until the service stops at the latest.

    Args:
        seconds: How long; the right answer follows.
    """
    return lambda request, right: replace(right, silent_seconds=seconds)


def redirect_to(url: str, code: int = 302) -> Fault:
    """Return a fault that sends the client to another address."""
    return instead(ServedAnswer(code, headers={"Location": url}))


def redirect_loop(code: int = 302) -> Fault:
    """Return a fault that sends the client to where it is already."""
    return lambda request, right: ServedAnswer(code, headers={"Location": request.path})


def clock_skew(hours: float) -> Fault:
    """Return a fault whose Date header is hours ahead, or behind if negative."""
    return lambda request, right: replace(right, clock_skew_seconds=hours * 3600)


def changed_json(change: Callable[[Any], Any]) -> Fault:
    """Return a fault that changes the JSON of the right answer.

    Args:
        change: Takes the parsed value and returns what is sent, which may be the same object changed.
    """

    def fault(request: SeenRequest, right: ServedAnswer) -> ServedAnswer:
        return replace(right, body=json.dumps(change(json.loads(right.body))).encode())

    return fault
