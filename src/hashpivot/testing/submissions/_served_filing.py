"""One filing: its header and its documents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from ._eastern import eastern, filing_day
from ._header import SubmissionHeader
from ._served_filer import ServedFiler
from ._uuencoded import uuencoded

_TAGGED = re.compile(rb"<ix:(?:header|nonFraction)\b")
_BINARY = re.compile(r"\.(?:jpe?g|gif|png|pdf|zip|xlsx?)$", re.IGNORECASE)
_FOLDED_XML = re.compile(r"\.(?:xml|xsd)$", re.IGNORECASE)


@dataclass(frozen=True)
class FiledDocument:
    """One document of a filing.

    Args:
        type: `10-Q`, `EX-99.1`, `GRAPHIC`, ...
        filename: As filed.
        body: Its bytes.
        description: As filed; often empty.
    """

    type: str
    filename: str
    body: bytes = field(repr=False)
    description: str = ""

    def block(self, sequence: int) -> bytes:
        """Return its `<DOCUMENT>` block within a full submission; pictures are uuencoded."""
        described = f"<DESCRIPTION>{self.description}\n" if self.description else ""
        head = f"<TYPE>{self.type}\n<SEQUENCE>{sequence}\n<FILENAME>{self.filename}\n{described}"
        return b"<DOCUMENT>\n%b<TEXT>\n%b\n</TEXT>\n</DOCUMENT>\n" % (head.encode("latin-1"), self._text())

    def _text(self) -> bytes:
        if _BINARY.search(self.filename):
            return uuencoded(self.body, self.filename)
        if self.inline:
            return b"<XBRL>\n%b\n</XBRL>" % self.body
        return b"<XML>\n%b\n</XML>" % self.body if _FOLDED_XML.search(self.filename) else self.body

    @cached_property
    def inline(self) -> bool:
        """True if it is inline XBRL."""
        return bool(_TAGGED.search(self.body))


@dataclass(frozen=True)
class ServedFiling:
    """A filing that a stand-in for EDGAR serves.

    Args:
        filer: Whose filing it is.
        form: `10-Q`, `8-K/A`, ...
        accession: `0001234567-26-000123`; the first ten digits are the filing agent's.
        accepted: Moment of acceptance; Eastern wall time where it has no zone.
        documents: In order; the first is the primary document.
        period: Period of report; None if the form has none.
        filed_on: Day of filing; None for the day the moment of acceptance gives.
        items: Of an 8-K, such as `("2.02", "9.01")`.
        others: Further parties with their role, such as `(owner, "Reporting")`.
        role: The filer's own role in the feed.
        raw: A full submission as EDGAR served it; empty to write one.
    """

    filer: ServedFiler
    form: str
    accession: str
    accepted: datetime
    documents: tuple[FiledDocument, ...]
    period: date | None = None
    filed_on: date | None = None
    items: tuple[str, ...] = ()
    others: tuple[tuple[ServedFiler, str], ...] = ()
    role: str = "Filer"
    raw: bytes = field(default=b"", repr=False)

    @cached_property
    def filed(self) -> date:
        """Day of filing."""
        return self.filed_on or filing_day(self.accepted)

    @cached_property
    def wall_time(self) -> datetime:
        """Moment of acceptance as EDGAR writes it, Eastern."""
        return eastern(self.accepted)

    @cached_property
    def known(self) -> datetime:
        """Moment of acceptance in UTC."""
        return self.wall_time.astimezone(UTC)

    @property
    def parties(self) -> tuple[tuple[ServedFiler, str], ...]:
        """Everyone it is filed under, with the role."""
        return ((self.filer, self.role), *self.others)

    @property
    def folder(self) -> str:
        """The accession without dashes, as in paths."""
        return self.accession.replace("-", "")

    @property
    def primary(self) -> FiledDocument | None:
        """The primary document; None if it has no documents."""
        return self.documents[0] if self.documents else None

    def document(self, filename: str) -> FiledDocument | None:
        """Return the document of a file name; None if there is none."""
        return next((one for one in self.documents if one.filename == filename), None)

    @property
    def header(self) -> SubmissionHeader:
        """What its header says."""
        return SubmissionHeader(
            self.accession,
            self.form,
            self.wall_time,
            self.filed,
            self.period,
            self.items,
            self.parties,
            len(self.documents),
        )

    def submission(self) -> bytes:
        """Return the full-submission text file."""
        return self.raw or self._written

    @cached_property
    def _written(self) -> bytes:
        blocks = b"".join(one.block(number) for number, one in enumerate(self.documents, 1))
        head = f"<SEC-DOCUMENT>{self.accession}.txt : {self.filed:%Y%m%d}\n{self.header.text()}"
        return b"%b%b</SEC-DOCUMENT>\n" % (head.encode("latin-1", "replace"), blocks)
