"""ERCOT as two services: the public API, which wants keys, and the keyless documents.

What its answers mean is assumed but for the statuses in its description (200, 400, 403, 404) and 429 under
looping, which users report.
"""

from __future__ import annotations

from ...http import Reply, ReplyKind, Service, by_status
from ...settings import Settings

API_RATE = 0.5  # requests a second; assumed: users report 30 a minute, then 429
BLOCK = 60.0  # assumed: a minute is what the limit counts over
MIS_RATE = 2.0  # requests a second; no limit is published, small documents are asked for one by one
_TIMEOUT = 120.0  # seconds without a byte: an archive of 1,000 documents is packed when it is asked for
_ADVICE = (
    "check username, password and subscription_key in [ercot] of settings.toml (or HASHPIVOT_ERCOT_USERNAME, "
    "...); the subscription key belongs to the product Public API"
)


def ercot_service(settings: Settings, *, base_url: str = "") -> Service:
    """The public API and the host that gives its tokens.

    Args:
        settings: `[ercot] requests_per_second` replaces the rate, for a quota of one's own.
        base_url: Of a stand-in; the paths stay.
    """
    return Service(
        "ercot",
        ("api.ercot.com", "ercotb2c.b2clogin.com"),
        _rate(settings, API_RATE),
        BLOCK,
        _api_kind,
        base_url=base_url,
        timeout=_TIMEOUT,
        advice=_ADVICE,
    )


def mis_service(settings: Settings, *, base_url: str = "") -> Service:
    """The keyless lists and documents; arguments as `ercot_service`."""
    return Service(
        "ercot-mis", ("www.ercot.com",), _rate(settings, MIS_RATE), BLOCK, _mis_kind, base_url=base_url
    )


def _rate(settings: Settings, usual: float) -> float:
    return settings.number("ercot", "requests_per_second", usual)


def _api_kind(reply: Reply) -> ReplyKind:
    kind = by_status(reply)
    if kind == ReplyKind.USABLE and reply.is_html:
        return ReplyKind.MAINTENANCE  # a page where data are due
    return kind


def _mis_kind(reply: Reply) -> ReplyKind:
    kind = by_status(reply)
    if kind == ReplyKind.USABLE and reply.is_html:
        return ReplyKind.MAINTENANCE
    return ReplyKind.BROKEN if reply.status == 403 else kind  # its guard refuses single requests, not users
