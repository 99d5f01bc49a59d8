"""The stored filings as pages to show, made once each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from threading import Lock

from hashpivot.core import DocumentStoreError, HashpivotError, InvalidInput, Locator, NoData, Source
from hashpivot.filings import ShownFile, ShownPlace, shown_file
from hashpivot.report import BoxedPlace
from hashpivot.sources import Store, StoredDocument
from hashpivot.sources.sec import filing_key
from hashpivot.sources.store import store_folder

_KEPT = 6  # files as pages; one of a long annual report takes some 10 MB
_PERIODIC = ("10-K", "10-Q", "20-F", "40-F")
_making = Lock()
"""Held while a file is made into pages: one at a time, and once for all who ask for it meanwhile."""


class StoredPages:
    """Finds sources in the store, and the places of locators on their pages.

    Args:
        sources: All sources known, where the same report may stand a second time.
    """

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._sources = sources

    def stored(self, source: Source) -> StoredDocument | None:
        """The stored file of a source.

        It is the very file the source was read from, else the filing of its accession, else another copy of
        the same report that was read too.
        """
        if not store_folder().is_dir():
            return None
        with Store() as store:
            found = store.by_sha256(source.sha256) if source.sha256 else None
            if found is None and source.accession:
                found = store.get(filing_key(source.accession))
            copies = self._copies(source) if found is None else ()
            return found or next(filter(None, (store.by_sha256(copy.sha256) for copy in copies)), None)

    def _copies(self, source: Source) -> list[Source]:
        """Other sources of the same periodic report: same company, form and period."""
        if not (source.ticker and source.period_end and source.form.startswith(_PERIODIC)):
            return []
        key = (source.ticker, source.form, source.period_end)
        return [s for s in self._sources if s.sha256 and (s.ticker, s.form, s.period_end) == key]

    def pages(self, document: StoredDocument) -> ShownFile | None:
        """The pages of a stored file; None if it has none or cannot be read."""
        try:
            return _pages(document)
        except HashpivotError:
            return None

    def places(self, shown: ShownFile, locator: Locator) -> tuple[BoxedPlace | None, tuple[BoxedPlace, ...]]:
        """The place of a locator, and every place of the same fact."""
        here = shown.places(locator)
        if not here:
            return None, ()
        first = here[0].document
        place = _boxed(shown, [one for one in here if one.document == first])
        same = tuple(_boxed(shown, [one]) for one in shown.occurrences(locator))
        return place, same if place in same else (place,)


def stored_file(sha256: str) -> ShownFile:
    """The pages of the stored file with a digest.

    Raises:
        NoData: If the store has no such file.
        InvalidInput: If it has no page that can be shown.
        DocumentStoreError: If the store cannot be read.
    """
    if not store_folder().is_dir():
        raise _not_stored(sha256)
    with Store() as store:
        document = store.by_sha256(sha256)
    if document is None:
        raise _not_stored(sha256)
    try:
        return _pages(document)
    except DocumentStoreError:
        raise
    except HashpivotError as error:
        raise InvalidInput(
            f"it cannot be shown: {error.message}", where=document.key, hint="look it up at its source"
        ) from error


def _not_stored(sha256: str) -> NoData:
    return NoData(f"no file of the store has the digest {sha256[:70]!r}", hint="hashpivot store lists them")


def _pages(document: StoredDocument) -> ShownFile:
    with _making:
        return _made(document)


@lru_cache(maxsize=_KEPT)
def _made(document: StoredDocument) -> ShownFile:
    return shown_file(document.read(), document.key.rpartition("/")[2])


def _boxed(shown: ShownFile, places: list[ShownPlace]) -> BoxedPlace:
    document = shown.documents[places[0].document]
    return BoxedPlace(
        shown.sha256,
        document.number,
        document.name,
        document.type,
        tuple(place.anchor for place in places),
        tuple(place.text for place in places),
    )
