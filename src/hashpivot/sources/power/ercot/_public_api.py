"""ERCOT's public API: recent days directly, older ones from its archive.

Directly: `fields[].name` and `data`, a list of lists, paged by `_meta.totalPages`. Archive: a list of
documents by moment of posting, then up to 1,000 of them in one zip of zips. Assumed: that `data` is a list of
lists (the description says object), the parameters of the archive's list, names in its zip, the page size.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from hashpivot.core import NotAtSource, RefusedBySource, UnexpectedAnswer

from ...http import Client, Fetched, Whole, is_whole_json
from ._day_document import DayDocument
from ._keys import ErcotKeys
from ._packed import is_zip, members, table_of_zip
from ._product import MarketProduct
from ._report_document import ReportDocument, day_documents, faulty_days, holding, stamp
from ._report_table import ReportTable, changed, json_report, wall_time
from ._token import ErcotToken

BASE = "https://api.ercot.com/api/public-reports"
DIRECT_DAYS = 85  # of some 90 days that the API holds itself; older ones come from its archive
_WINDOW = 31  # days asked for at once
_PAGE = 10_000  # rows
_LIST_PAGE = 1000  # documents
_MOST_PAGES = 1000
_MOST_DOCUMENTS = 1000  # in one download


class PublicReports:
    """The public API, asked with the user's keys.

    Args:
        client: Of `ercot_service`.
        keys: The user's.
    """

    name = "public API"

    def __init__(self, client: Client, keys: ErcotKeys) -> None:
        self._client, self._keys = client, keys
        self._token = ErcotToken(client, keys)

    def __repr__(self) -> str:
        return "PublicReports()"  # never a key

    def days(
        self, product: MarketProduct, points: Sequence[str], days: Sequence[date], today: date
    ) -> Iterator[DayDocument]:
        """What the API has of days, one document for each day and point, in rising order of parts of days.

        Args:
            product: Of what.
            points: Settlement points, where the product has them.
            days: In rising order.
            today: Local day: those long before it come from the archive.

        Raises:
            SourceError: As `Client.get`. What has another shape than we know is the fault of its days alone.
        """
        border = today - timedelta(days=DIRECT_DAYS)
        yield from self._archived(product, points, [day for day in days if day < border])
        yield from self._direct(product, points, [day for day in days if day >= border])

    def reason(self, product: MarketProduct, day: date) -> str:
        """Why a day may be missing, in words; empty if there is nothing to say."""
        return ""

    # Directly

    def _direct(
        self, product: MarketProduct, points: Sequence[str], days: Sequence[date]
    ) -> Iterator[DayDocument]:
        for window in windows(days, 1 if product.by_posting else _WINDOW):
            tables = (
                table
                for point in (points if product.by_point else ("",))
                for table in self._pages(product, point, window)
            )
            yield from day_documents(product, points, window, tables)

    def _pages(self, product: MarketProduct, point: str, window: Sequence[date]) -> Iterator[ReportTable]:
        query = {f"{product.day_query}From": str(window[0]), f"{product.day_query}To": str(window[-1])}
        if point:
            query["settlementPoint"] = point
        if product.by_posting:
            first, last = product.postings(window[0])
            query |= {"postedDatetimeFrom": _text(first), "postedDatetimeTo": _text(last)}
        address = f"{BASE}/{product.emil_id.lower()}/{product.endpoint}"
        rows, url, meta = 0, address, dict[str, Any]()
        for url, answer, meta in self._paged(address, query, _PAGE):  # noqa: B007
            table = _table(answer, url)
            rows += len(table.rows)
            yield table
        _check_count(rows, meta, url)

    # From the archive

    def _archived(
        self, product: MarketProduct, points: Sequence[str], days: Sequence[date]
    ) -> Iterator[DayDocument]:
        for window in windows(days, _WINDOW):
            try:
                listed = list(self._listed(product, window))
            except UnexpectedAnswer as error:
                yield from faulty_days(product, points, window, error)
                continue
            for part in _batches(product, window, listed):
                wanted = {one.number: one for day in part for one in holding(product, day, listed)}
                tables = self._downloaded(product, list(wanted.values()))
                yield from day_documents(product, points, part, tables)

    def _listed(self, product: MarketProduct, window: Sequence[date]) -> Iterator[ReportDocument]:
        query = {
            "postDatetimeFrom": _text(product.postings(window[0])[0]),
            "postDatetimeTo": _text(product.postings(window[-1])[1]),
        }
        address = f"{BASE}/archive/{product.emil_id}"
        count, url, meta = 0, address, dict[str, Any]()
        for url, answer, meta in self._paged(address, query, _LIST_PAGE):  # noqa: B007
            archives = answer.get("archives")
            if not isinstance(archives, list):
                raise changed(url, "no list 'archives'")
            count += len(archives)
            yield from (_document(one, url) for one in archives)
        _check_count(count, meta, url)

    def _downloaded(
        self, product: MarketProduct, documents: Sequence[ReportDocument]
    ) -> Iterator[ReportTable]:
        url = f"{BASE}/archive/{product.emil_id}/download"
        for first in range(0, len(documents), _MOST_DOCUMENTS):
            part = documents[first : first + _MOST_DOCUMENTS]
            content = json.dumps({"docIds": [int(one.number) for one in part]}).encode()
            body = self._ask(url, content, whole=is_zip).body
            only = part[0].posted if len(part) == 1 else None
            for name, inner in members(body, url):
                yield table_of_zip(inner, f"{url} {name}", stamp(f".{name}") or only)

    # Both

    def _paged(
        self, address: str, query: Mapping[str, str], size: int
    ) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
        """Every page of an answer, with its address and what it says of all pages."""
        page, pages = 1, 1
        while page <= min(pages, _MOST_PAGES):
            url = f"{address}?{urlencode({**query, 'size': str(size), 'page': str(page)})}"
            answer = self._object(url)
            meta = answer.get("_meta")
            if not isinstance(meta, dict) or not isinstance(meta.get("totalPages"), int):
                raise changed(url, "no _meta.totalPages")
            pages = meta["totalPages"]
            yield url, answer, meta
            if not (answer.get("data") or answer.get("archives")):
                return  # whatever it says of more pages, there is no more
            page += 1

    def _object(self, url: str) -> dict[str, Any]:
        try:
            answer = json_report(self._ask(url, whole=is_whole_json).body, url)
        except NotAtSource:
            answer = {
                "_meta": {"totalPages": 0},
                "fields": [],
                "data": [],
                "archives": [],
            }  # nothing of these days
        if not isinstance(answer, dict):
            raise changed(url, "an object is due")
        return answer

    def _ask(self, url: str, content: bytes | None = None, *, whole: Whole) -> Fetched:
        """Ask with token and key; once again with a new token if the one that was held is refused."""
        held = bool(self._token)
        try:
            return self._once(url, content, whole)
        except RefusedBySource:
            if not held:
                raise
            self._token.drop()
            return self._once(url, content, whole)

    def _once(self, url: str, content: bytes | None, whole: Whole) -> Fetched:
        headers = {
            "Authorization": f"Bearer {self._token.value()}",
            "Ocp-Apim-Subscription-Key": self._keys.subscription_key,
        }
        if content is None:
            return self._client.get(url, headers=headers, whole=whole)
        sent = {**headers, "Content-Type": "application/json"}
        return self._client.post(url, content, headers=sent, whole=whole)


def windows(days: Sequence[date], most: int) -> Iterator[list[date]]:
    """Runs of consecutive days, each of at most so many.

    Args:
        days: In rising order.
        most: Days of a run.
    """
    run: list[date] = []
    for day in days:
        if run and (len(run) == most or day - run[-1] != timedelta(days=1)):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _batches(
    product: MarketProduct, days: Sequence[date], listed: Sequence[ReportDocument]
) -> Iterator[list[date]]:
    """Days whose documents come in one download."""
    part: list[date] = []
    numbers: set[str] = set()
    for day in days:
        of_day = {one.number for one in holding(product, day, listed)}
        if part and len(numbers | of_day) > _MOST_DOCUMENTS:
            yield part
            part, numbers = [], set()
        part, numbers = [*part, day], numbers | of_day
    if part:
        yield part


def _table(answer: Mapping[str, Any], url: str) -> ReportTable:
    fields, data = answer.get("fields"), answer.get("data")
    if not isinstance(data, list) or not isinstance(fields, list):
        raise changed(url, "no lists 'fields' and 'data'")
    names = [field.get("name") if isinstance(field, dict) else None for field in fields]
    if not all(isinstance(name, str) for name in names) or not all(isinstance(row, list) for row in data):
        raise changed(url, "fields without names, or rows that are no lists")
    return ReportTable.of(url, [str(name) for name in names], data)


def _document(held: Any, url: str) -> ReportDocument:
    number, posted = (
        held.get(name) if isinstance(held, dict) else None for name in ("docId", "postDatetime")
    )
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(posted, str):
        raise changed(url, "an archive without docId or postDatetime")
    return ReportDocument(str(number), str(held.get("friendlyName", "")), wall_time(posted, url))


def _check_count(rows: int, meta: Mapping[str, Any], url: str) -> None:
    total = meta.get("totalRecords")
    if isinstance(total, int) and total != rows:
        raise changed(url, f"its pages hold {rows:,} rows, it says there are {total:,}: a page is missing")


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
