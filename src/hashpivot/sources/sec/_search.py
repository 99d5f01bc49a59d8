"""Full-text search, for filers nobody lists: what was filed since 2001 and contains given words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from ..http import Client, JsonAnswer, get_json

_URL = "https://efts.sec.gov/LATEST/search-index"
_PAGE = 100
_MOST = 10_000  # the service shows no more of one question


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document that contains the words.

    Args:
        accession: Of its filing.
        document: File name.
        form: Of the filing; asked for `10-K` the service gives `10-K/A` too.
        filed: Day.
        ciks: Without leading zeros.
        names: As EDGAR shows them.
    """

    accession: str
    document: str
    form: str
    filed: date
    ciks: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits of a question.

    Args:
        hits: In the order of the service, each once.
        total: How many the service says there are.
        complete: False if there are more than it shows: narrow the days or the forms.
    """

    hits: tuple[SearchHit, ...]
    total: int
    complete: bool


def full_text_search(
    client: Client,
    words: str,
    *,
    forms: Iterable[str] = (),
    ciks: Iterable[str] = (),
    first: date | None = None,
    last: date | None = None,
) -> SearchResult:
    """Ask which documents contain words.

    Args:
        client: Of EDGAR.
        words: In double quotes for a phrase.
        forms: Only these, and their amendments.
        ciks: Only these filers.
        first: First day of filing.
        last: Last day of filing.

    Raises:
        UnexpectedAnswer: If the answer has another shape than we know.
        SourceError: As `Client.get`.
    """
    asked = {"q": words, "forms": ",".join(forms), "ciks": ",".join(f"{int(cik):010d}" for cik in ciks)}
    if first or last:
        asked |= {"dateRange": "custom", "startdt": str(first or ""), "enddt": str(last or "")}
    hits: dict[tuple[str, str], SearchHit] = {}
    total, complete = 0, True
    for start in range(0, _MOST, _PAGE):
        page, total, complete = _page(client, {key: value for key, value in asked.items() if value}, start)
        hits |= {(hit.accession, hit.document): hit for hit in page}
        if start + _PAGE >= total or not page:
            break
    return SearchResult(tuple(hits.values()), total, complete)


def _page(client: Client, asked: dict[str, str], start: int) -> tuple[list[SearchHit], int, bool]:
    url = f"{_URL}?{urlencode(asked | ({'from': str(start)} if start else {}))}"
    held = get_json(client, url)["hits"]
    total = held["total"]
    relation = total.get("relation")
    hits = [_hit(row) for row in held["hits"].items()]
    return hits, total["value"].whole(least=0), relation is None or relation.value != "gte"


def _hit(row: JsonAnswer) -> SearchHit:
    source = row["_source"]
    accession, _, document = row["_id"].text().partition(":")
    try:
        filed = date.fromisoformat(source["file_date"].text())
    except ValueError:
        source["file_date"].unexpected("a day")
    ciks = tuple(str(cik.whole(least=1)) for cik in source["ciks"].items())
    names = source.get("display_names")
    shown = tuple(name.text() for name in names.items()) if names else ()
    return SearchHit(accession, document, source["form"].text(), filed, ciks, shown)
