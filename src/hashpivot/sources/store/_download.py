"""From a service into the store: what is held is not fetched again."""

from __future__ import annotations

from hashpivot.core import DocumentStoreError

from ..http import Client, Whole
from ._store import Store, StoredDocument


def download(
    client: Client, store: Store, key: str, url: str, *, fixed: bool, whole: Whole | None = None
) -> tuple[StoredDocument, bool]:
    """A document of a service, from the store where that is as good.

    Args:
        client: Of the service.
        store: Where it is kept.
        key: Under which name.
        url: The service's address of it.
        fixed: True if it never changes once published, such as a filing; else the service is asked whether
            it has changed, if it knows how to tell.
        whole: As `Client.get`.

    Returns:
        The document, and whether it came now.

    Raises:
        SourceError: As `Client.get`.
        DocumentStoreError: If it cannot be stored.
    """
    held = _undamaged(store.get(key))
    if held and fixed:
        return held, False
    validators = (held.etag, held.last_modified) if held else ("", "")
    answer = client.get(url, etag=validators[0], last_modified=validators[1], whole=whole)
    if answer.unchanged and held:
        return held, False
    new = store.put(key, answer.body, url=url, etag=answer.etag, last_modified=answer.last_modified)
    return new, True


def _undamaged(held: StoredDocument | None) -> StoredDocument | None:
    if held is None:
        return None
    try:
        held.read()
    except DocumentStoreError:
        return None  # the disk lost it: fetched again
    return held
