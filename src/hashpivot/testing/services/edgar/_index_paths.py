"""Paths of the quarterly and daily indexes."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from ...submissions import ServedFiling
from ..http import SeenRequest, ServedAnswer, json_answer, text_answer, typed_answer
from ._bodies import access_denied
from ._conditional import conditional
from ._indexes import daily_form_index, form_index, master_index
from ._published import Published, index_moment

_FULL = re.compile(r"/Archives/edgar/full-index/(?P<year>\d{4})/QTR(?P<quarter>[1-4])/(?P<name>[a-z.]+)")
_DAILY = re.compile(r"/Archives/edgar/daily-index/(?P<year>\d{4})/QTR(?P<quarter>[1-4])/(?P<name>[\w.]*)")
_LISTING = "index.json"
_FIRST_YEAR = 1993
_SATURDAY = 5


def indexed(request: SeenRequest, published: Published, now: datetime) -> ServedAnswer | None:
    """Return what a path of an index answers; None for another path."""
    for pattern, answer in ((_FULL, _quarterly), (_DAILY, _daily)):
        found = pattern.fullmatch(request.route)
        if found:
            days = [
                day
                for day in _weekdays(int(found["year"]), int(found["quarter"]))
                if index_moment(day) <= now
            ]
            return (
                answer(request, published.indexed(now, days), days, found["name"])
                if days
                else access_denied()
            )
    return None


def _weekdays(year: int, quarter: int) -> list[date]:
    """The days of a quarter on which EDGAR takes filings; none before it began. Holidays are not known."""
    if year < _FIRST_YEAR:
        return []
    first = date(year, 3 * quarter - 2, 1)
    days = (first + timedelta(days=number) for number in range(92))
    return [day for day in days if (day.month + 2) // 3 == quarter and day.weekday() < _SATURDAY]


def _quarterly(
    request: SeenRequest, filings: Sequence[ServedFiling], days: Sequence[date], name: str
) -> ServedAnswer:
    last = days[-1]
    changed = index_moment(last)
    if name == _LISTING:
        return json_answer(_listing(("form.gz", "form.idx", "master.idx"), changed))
    if name == "master.idx":
        right = text_answer(master_index(filings, last))
    elif name == "form.idx":
        right = text_answer(form_index(filings, last))
    elif name == "form.gz":
        body = gzip.compress(form_index(filings, last), mtime=0)
        right = replace(typed_answer("application/x-gzip", body), compress=False)
    else:
        return access_denied()
    return conditional(request, right, changed, packed=False)


def _daily(
    request: SeenRequest, filings: Sequence[ServedFiling], days: Sequence[date], name: str
) -> ServedAnswer:
    if name == _LISTING:
        return json_answer(_listing([f"form.{day:%Y%m%d}.idx" for day in days], index_moment(days[-1])))
    day = next((day for day in days if name == f"form.{day:%Y%m%d}.idx"), None)
    if not day:
        return access_denied()
    right = text_answer(daily_form_index([one for one in filings if one.filed == day], day))
    return conditional(request, right, index_moment(day), packed=False)


def _listing(names: Sequence[str], changed: datetime) -> dict[str, object]:
    """The listing of a folder of indexes; its shape is assumed from that of a filing's folder."""
    items = [
        {
            "last-modified": f"{changed:%m/%d/%Y %I:%M:%S %p}",
            "name": name,
            "type": "file",
            "href": name,
            "size": "1 KB",
        }
        for name in names
    ]
    return {"directory": {"item": items, "name": "", "parent-dir": "../"}}
