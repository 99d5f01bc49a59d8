"""ERCOT's keyless reports: a list of documents, and each of them by its number; the last days only.

The shape of the list is assumed, from users' public reports: `ListDocsByRptTypeRes.DocumentList[].Document`
with `DocID`, `ConstructedName` and `PublishDate`. The offset of `PublishDate` can be wrong: the moment in the
name comes first, else the wall time alone is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from hashpivot.core import NotAtSource, UnexpectedAnswer

from ...http import Client, is_whole_json
from ...store import Store, download
from ._day_document import DayDocument
from ._packed import is_zip, table_of_zip
from ._product import MarketProduct
from ._report_document import ReportDocument, day_documents, faulty_days, holding, stamp
from ._report_table import ReportTable, changed, json_report, wall_time

_LIST = "https://www.ercot.com/misapp/servlets/IceDocListJsonWS?reportTypeId={}"
_DOCUMENT = "https://www.ercot.com/misdownload/servlets/mirDownload?doclookupId={}"


class MisReports:
    """The keyless reports.

    Args:
        client: Of `mis_service`.
        store: Where documents are kept: each is fetched once.
    """

    name = "keyless reports"

    def __init__(self, client: Client, store: Store) -> None:
        self._client, self._store = client, store
        self._lists: dict[int, list[ReportDocument]] = {}

    def days(
        self, product: MarketProduct, points: Sequence[str], days: Sequence[date], today: date
    ) -> Iterator[DayDocument]:
        """What the reports have of days; as `PublicReports.days`."""
        try:
            listed = self._listed(product) if days else []
        except UnexpectedAnswer as error:
            yield from faulty_days(product, points, days, error)
            return
        for day in days:
            yield from day_documents(product, points, [day], self._tables(holding(product, day, listed)))

    def reason(self, product: MarketProduct, day: date) -> str:
        """Why a day may be missing, in words; empty if there is nothing to say."""
        listed = [one.posted for one in self._lists.get(product.report_type, ())]
        if listed and product.postings(day)[0] >= min(listed):
            return ""
        back = f"reach back to {min(listed):%Y-%m-%d}" if listed else "are none of this product"
        return f"the keyless reports {back}; older days need keys, [ercot] in settings.toml"

    def _tables(self, documents: Sequence[ReportDocument]) -> Iterator[ReportTable]:
        for document in documents:
            url, key = _DOCUMENT.format(document.number), f"ercot/mis/{document.number}.zip"
            try:
                held, _ = download(self._client, self._store, key, url, fixed=True, whole=is_zip)
            except NotAtSource:
                continue  # the list runs ahead of the documents, or behind their end
            yield table_of_zip(held.read(), url, document.posted)

    def _listed(self, product: MarketProduct) -> list[ReportDocument]:
        number = product.report_type
        if number not in self._lists:
            url = _LIST.format(number)
            body = self._client.get(url, whole=is_whole_json).body
            self._lists[number] = list(_documents(json_report(body, url), url))
        return self._lists[number]


def _documents(answer: Any, url: str) -> Iterator[ReportDocument]:
    outer = answer.get("ListDocsByRptTypeRes") if isinstance(answer, dict) else None
    if not isinstance(outer, dict):
        raise changed(url, "no ListDocsByRptTypeRes")
    entries = outer.get("DocumentList") or []
    for entry in entries if isinstance(entries, list) else [entries]:  # one document comes without its list
        held = entry.get("Document") if isinstance(entry, dict) else None
        number = str(held.get("DocID", "")) if isinstance(held, dict) else ""
        if not isinstance(held, dict) or not number.isdecimal():
            raise changed(url, "an entry without Document.DocID")
        name = str(held.get("ConstructedName", ""))
        posted = stamp(name) or wall_time(str(held.get("PublishDate", "")), url)
        yield ReportDocument(number, f"{name} {held.get('FriendlyName', '')}", posted)
