"""The stored filings as pages to show, made once each."""

from __future__ import annotations

from functools import lru_cache

from hashpivot.core import DocumentStoreError, HashpivotError, InvalidInput, Locator, NoData, Source
from hashpivot.filings import ShownFile, ShownPlace, shown_file
from hashpivot.report import BoxedPlace
from hashpivot.sources import Store, StoredDocument
from hashpivot.sources.sec import filing_key
from hashpivot.sources.store import store_folder

_KEPT = 6  # files as pages; one of a long annual report takes some 10 MB


class StoredPages:
    """Finds sources in the store, and the places of locators on their pages."""

    def stored(self, source: Source) -> StoredDocument | None:
        """The stored file of a source: the very file it was read from, else the filing of its accession."""
        if not store_folder().is_dir():
            return None
        with Store() as store:
            found = store.by_sha256(source.sha256) if source.sha256 else None
            return found or (store.get(filing_key(source.accession)) if source.accession else None)

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


@lru_cache(maxsize=_KEPT)
def _pages(document: StoredDocument) -> ShownFile:
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
