"""A filing of a damaged ledger, read again from the store of documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hashpivot.core import Figure, HashpivotError, Source, TextFact
from hashpivot.ledger import SourceDamage
from hashpivot.sources import Store

from ._document import read_document


def reread_stored(damage: SourceDamage) -> tuple[Source, list[Figure], list[TextFact]] | None:
    """Read the stored document of a damaged source again; None if there is none, or it cannot be read.

    What its sound row says of the source (day, address, name) stays; else the document alone says it.
    """
    try:
        with Store() as store, TemporaryDirectory() as folder:
            document = store.by_sha256(damage.key)
            if document is None:
                return None
            name = damage.source.name.removesuffix(".gz") if damage.source else ""
            path = Path(folder) / Path(name or document.key).name
            path.write_bytes(document.read())
            return _read(path, damage)
    except (HashpivotError, OSError):
        return None


def _read(path: Path, damage: SourceDamage) -> tuple[Source, list[Figure], list[TextFact]] | None:
    before = damage.source
    read = read_document(path, ticker=damage.ticker, filed=before.known if before else None)
    found = read.reading.source
    if found.key != damage.key or found.known == date.max or not found.ticker:
        return None
    source = replace(before, reader=found.reader) if before else found
    figures = [replace(figure, known=source.known) for figure in read.reading.figures()]
    return source, figures, [replace(fact, known=source.known) for fact in read.remarks()]
