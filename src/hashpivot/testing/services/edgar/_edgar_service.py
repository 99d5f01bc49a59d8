"""A stand-in for EDGAR: all of its hosts on one address of this machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from ...submissions import ServedFiler, ServedFiling
from ..http import LocalService, SeenRequest, ServedAnswer, json_answer, typed_answer
from ._archives import archived
from ._bodies import access_denied, no_such_key, rate_threshold, unavailable, undeclared_tool
from ._current_feed import feed, page_of, wanted_entries
from ._full_text import matches, search_result
from ._identification import declares_itself
from ._index_paths import indexed
from ._published import Published
from ._submissions_json import columns, older_pages, page_name, submissions
from ._tickers import tickers, tickers_by_exchange

_FILER = re.compile(r"/submissions/CIK(\d{10})\.json")
_OLDER = re.compile(r"/submissions/CIK(\d{10})-submissions-(\d{3})\.json")
_UNCACHED = {"Cache-Control": "max-age=0, no-cache, no-store", "Vary": "Accept-Encoding"}


class EdgarService(LocalService):
    """A stand-in for EDGAR that serves filings with the paths, shapes and errors of the real one.

    `data.sec.gov`, `www.sec.gov` and `efts.sec.gov` stand on one address; the paths are the real ones.

    Args:
        filings: What it serves, each from its moment of acceptance on.
        port: Port on 127.0.0.1; 0 for any that is free.
        requests_per_second: The rate beyond which it blocks (the real one: 10); None for no limit.
        block_seconds: How long a block lasts after the last request inside it.
        block_status: Status of the rate-threshold page: 403, 429, or 200.
        recent: Most filings in `filings.recent` of the submissions JSON.
        older: Most filings in each older page of it.
        eastern_ciks: Filers whose `acceptanceDateTime` is Eastern in spite of its Z; None for those with an
            odd central index key.
        submissions_lag: How long after acceptance a filing appears in the submissions JSON.
        late: Accession to a lag of its own.
        missing_from_feed: Accessions that the feed of current filings never shows.
        search_most: Hits that full-text search counts and shows at most.
        listed: Filers beside those that filed; their lists of filings are empty.
        now: Its clock at the start; the machine's, or a day after the last acceptance if that is later,
            if not given.
    """

    paths = ("/submissions/", "/Archives/", "/cgi-bin/browse-edgar", "/LATEST/", "/files/")

    def __init__(
        self,
        filings: Iterable[ServedFiling] = (),
        *,
        port: int = 0,
        requests_per_second: int | None = None,
        block_seconds: float = 600.0,
        block_status: int = 403,
        recent: int = 1000,
        older: int = 1000,
        eastern_ciks: Collection[str] | None = None,
        submissions_lag: timedelta = timedelta(0),
        late: Mapping[str, timedelta] | None = None,
        missing_from_feed: Collection[str] = (),
        search_most: int = 10_000,
        listed: Iterable[ServedFiler] = (),
        now: datetime | None = None,
    ) -> None:
        super().__init__(port=port, requests_per_second=requests_per_second, block_seconds=block_seconds)
        self.published = Published(tuple(filings), submissions_lag, late or {}, missing_from_feed)
        self.duplicate_feed_entries = False
        """True to show every entry of the feed twice."""
        self._block_status, self._recent, self._older = block_status, recent, older
        self._eastern_ciks, self._search_most = eastern_ciks, search_most
        self._listed = tuple(listed)
        if now:
            self.now = now
        self._routes: tuple[tuple[str, Callable[[SeenRequest], ServedAnswer]], ...] = (
            ("/submissions/", self._submissions),
            ("/Archives/", self._archives),
            ("/cgi-bin/browse-edgar", self._feed),
            ("/LATEST/search-index", self._search),
            ("/files/company_tickers", self._tickers),
        )

    @property
    def moment(self) -> datetime:
        """The moment up to which filings show: the clock if a test has set it; else late enough for all."""
        return self._now or max(datetime.now(UTC), self.published.last + timedelta(days=1))

    def publish(self, *filings: ServedFiling) -> None:
        """Add filings while the service runs."""
        shown = self.published
        self.published = Published(
            (*shown.filings, *filings), shown.submissions_lag, shown.late, shown.missing_from_feed
        )

    def refused(self, request: SeenRequest) -> ServedAnswer:
        """Return the rate-threshold page."""
        return rate_threshold(self._block_status)

    def answer(self, request: SeenRequest) -> ServedAnswer:
        """Return what EDGAR answers when nothing is wrong."""
        if not declares_itself(request.header("user-agent")):
            return undeclared_tool()
        answers = (answer for start, answer in self._routes if request.route.startswith(start))
        answer = next(answers, None)
        return answer(request) if answer else no_such_key(request.route.lstrip("/"))

    def _submissions(self, request: SeenRequest) -> ServedAnswer:
        newest, older = _FILER.fullmatch(request.route), _OLDER.fullmatch(request.route)
        found = newest or older
        cik = found[1].lstrip("0") if found else ""
        filer, filings = self._filers.get(cik), self.published.of_filer(cik, self.moment)
        if not filer:
            return no_such_key(request.route.lstrip("/"))
        eastern = int(cik) % 2 == 1 if self._eastern_ciks is None else cik in self._eastern_ciks
        if newest:
            value = submissions(filer, filings, recent=self._recent, page=self._older, eastern=eastern)
            return _uncached(value)
        name = request.route.rpartition("/")[2]
        for number, page in enumerate(older_pages(filings, self._recent, self._older), 1):
            if page_name(filer, number) == name:
                return _uncached(columns(page, eastern=eastern, recent=False))
        return no_such_key(request.route.lstrip("/"))

    def _archives(self, request: SeenRequest) -> ServedAnswer:
        return (
            archived(request, self.published.by_accession, self.moment)
            or indexed(request, self.published, self.moment)
            or access_denied()
        )

    def _feed(self, request: SeenRequest) -> ServedAnswer:
        if request.query.get("action") != "getcurrent":
            return unavailable()
        entries = wanted_entries(self.published.in_feed(self.moment), request.query)
        if self.duplicate_feed_entries:
            entries = [entry for entry in entries for _ in range(2)]
        page = page_of(entries, request.query)
        if page is None:
            return unavailable()
        return typed_answer("application/atom+xml", feed(page, self.moment), Cache_Control="no-cache")

    def _search(self, request: SeenRequest) -> ServedAnswer:
        found = matches(self.published.accepted(self.moment), request.query)
        start = request.query.get("from", "")
        return json_answer(search_result(found, int(start) if start.isdecimal() else 0, self._search_most))

    def _tickers(self, request: SeenRequest) -> ServedAnswer:
        lists = {"company_tickers.json": tickers, "company_tickers_exchange.json": tickers_by_exchange}
        made = lists.get(request.route.rpartition("/")[2])
        return json_answer(made(self._filers.values())) if made else access_denied()

    @property
    def _filers(self) -> dict[str, ServedFiler]:
        return {one.cik: one for one in self._listed} | self.published.filers


def _uncached(value: object) -> ServedAnswer:
    """JSON of data.sec.gov: chunked, with neither tag nor date."""
    right = json_answer(value)
    return ServedAnswer(200, right.body, {**right.headers, **_UNCACHED}, chunked=True)
