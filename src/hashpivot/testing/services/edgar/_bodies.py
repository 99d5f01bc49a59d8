"""Error pages of EDGAR, in the words by which clients tell them apart."""

from __future__ import annotations

from ..http import ServedAnswer, html_answer, xml_answer

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n<Error>{}<RequestId>{}</RequestId><HostId>{}</HostId></Error>'
_REQUEST, _HOST = "Z7ZMFTM4BVTXHMP6", "made+up+by+a+stand-in="
_TOOL = "Your Request Originates from an Undeclared Automated Tool"
_RATE = "Request Rate Threshold Exceeded"


def undeclared_tool() -> ServedAnswer:
    """Return the 403 for a User-Agent that does not say who asks."""
    return html_answer(
        f"<!DOCTYPE html><html><head><title>SEC.gov | {_TOOL}</title></head><body>\n<h1>{_TOOL}</h1>\n"
        "<p>To allow for equitable access to all users, SEC reserves the right to limit requests originating "
        "from undeclared automated tools. Your request has been identified as part of a network of automated "
        "tools outside of the acceptable policy and will be managed until action is taken to declare "
        "your traffic.</p>\n<p>Please declare your traffic by updating your user agent to include company "
        "specific information.</p>\n<p>Reference ID: 0.e79b645f.1782578797.1944cbb6</p>\n</body></html>\n",
        403,
        Server="AkamaiGHost",
        Cache_Control="no-cache, no-store, must-revalidate",
    )


def rate_threshold(status: int = 403) -> ServedAnswer:
    """Return the page beyond ten requests a second; no Retry-After.

    Args:
        status: 403 or 429; seen with 200 too.
    """
    return html_answer(
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" '
        'content="text/html; charset=UTF-8" />\n'
        f"<title>SEC.gov | {_RATE}</title></head><body><h1>U.S. Securities and Exchange Commission</h1>"
        f"<h1>{_RATE}</h1></body></html>\n",
        status,
    )


def access_denied() -> ServedAnswer:
    """Return the 403 for a path of Archives or an index that does not exist."""
    said = "<Code>AccessDenied</Code><Message>Access Denied</Message>"
    return xml_answer(_XML.format(said, _REQUEST, _HOST), 403, Server="Apache")


def no_such_key(key: str) -> ServedAnswer:
    """Return the 404 of data.sec.gov for what does not exist.

    Args:
        key: The path without its leading slash.
    """
    said = f"<Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>{key}</Key>"
    return xml_answer(_XML.format(said, _REQUEST, _HOST), 404)


def unavailable() -> ServedAnswer:
    """Return the 503 of maintenance, and of the feed past its end; the connection closes."""
    page = html_answer(
        '<!DOCTYPE html>\n<html lang="en"><head><title>SEC.gov | File Unavailable</title></head><body>\n'
        "<h1>This page is temporarily unavailable.</h1>\n<p>SEC.gov is undergoing maintenance. During this "
        "time, webforms will not be available.</p>\n</body></html>\n",
        503,
        Server="AkamaiNetStorage",
    )
    return ServedAnswer(page.status, page.body, page.headers, close=True)


def search_failed() -> ServedAnswer:
    """Return the 500 of full-text search in maintenance; its body is assumed."""
    return ServedAnswer(500, b'{"message": "Internal server error"}', {"Content-Type": "application/json"})
