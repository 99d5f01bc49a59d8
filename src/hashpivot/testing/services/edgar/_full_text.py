"""Full-text search: the documents that hold every phrase and word asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from ...submissions import FiledDocument, ServedFiling

PAGE = 100
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_MARKUP = re.compile(rb"<[^>]*>")
_WORD = re.compile(r"\w+")


def matches(
    filings: Sequence[ServedFiling], query: Mapping[str, str]
) -> list[tuple[ServedFiling, FiledDocument]]:
    """Return the documents a search finds, newest first.

    Args:
        filings: Newest first.
        query: `q` (phrases in quotes, words), `forms` (commas; a form finds its amendments too), `ciks`,
            `startdt` and `enddt` (days of filing).
    """
    terms = [_words(phrase or word) for phrase, word in _TERM.findall(query.get("q", ""))]
    forms = [form for form in query.get("forms", "").split(",") if form]
    ciks = {cik.lstrip("0") for cik in query.get("ciks", "").split(",") if cik}
    first, last = query.get("startdt", ""), query.get("enddt", "") or "9999"
    return [
        (one, document)
        for one in filings
        if first <= one.filed.isoformat() <= last
        and (not forms or one.form in forms or root_form(one.form) in forms)
        and (not ciks or any(party.cik in ciks for party, _ in one.parties))
        for document in one.documents
        if all(term in _text_of(document.body) for term in terms)
    ]


def root_form(form: str) -> str:
    """Return a form without its mark of an amendment."""
    return form.removesuffix("/A")


@cache
def _text_of(body: bytes) -> str:
    return _words(_MARKUP.sub(b" ", body).decode("utf-8", "replace"))


def _words(text: str) -> str:
    """The words of a text, a blank before and behind each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def search_result(
    found: Sequence[tuple[ServedFiling, FiledDocument]], start: int, most: int
) -> dict[str, Any]:
    """Return a page of hits.

    Args:
        found: Every hit, newest first.
        start: How many come before the page.
        most: Hits that are counted and shown at most.
    """
    shown = found[:most][start : start + PAGE]
    relation = "gte" if len(found) >= most else "eq"
    buckets: dict[str, Any] = {
        name: {"buckets": []} for name in ("entity_filter", "sic_filter", "biz_states_filter")
    }
    return {
        "took": 45,
        "timed_out": False,
        "_shards": {"total": 15, "successful": 15, "failed": 0},
        "hits": {
            "total": {"value": min(len(found), most), "relation": relation},
            "max_score": 18.2,
            "hits": [_hit(one, document) for one, document in shown],
        },
        "aggregations": {**buckets, "form_filter": {"buckets": [], "sum_other_doc_count": 0}},
        "query": {},
    }


def _hit(one: ServedFiling, document: FiledDocument) -> dict[str, Any]:
    parties = [party for party, _ in one.parties]
    names = [
        f"{party.name}  {f'({party.ticker})  ' if party.ticker else ''}(CIK {party.padded})"
        for party in parties
    ]
    return {
        "_index": "edgar_file",
        "_id": f"{one.accession}:{document.filename}",
        "_score": 18.2,
        "_source": {
            "ciks": [party.padded for party in parties],
            "period_ending": one.period.isoformat() if one.period else None,
            "file_num": [f"001-{int(one.filer.cik) % 100_000:05}"],
            "display_names": names,
            "root_forms": [root_form(one.form)],
            "file_date": one.filed.isoformat(),
            "biz_states": ["NY"],
            "sics": [party.sic for party in parties],
            "form": one.form,
            "adsh": one.accession,
            "biz_locations": ["New York, NY"],
            "file_type": document.type,
            "file_description": document.description or document.type,
            "inc_states": [party.state for party in parties],
            "items": list(one.items),
        },
    }
