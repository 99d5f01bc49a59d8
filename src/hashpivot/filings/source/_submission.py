"""EDGAR full-submission text files: the SGML header, and the documents inside."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from hashpivot.core import UnreadableFile

from ._limits import MAX_DOCUMENTS

_EASTERN = ZoneInfo("America/New_York")
_OPENS = time(6)
_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")
_PAGE = re.compile(r"[A-Za-z0-9][\w.-]*\.html?", re.ASCII | re.IGNORECASE)
_DOCUMENT = re.compile(rb"<DOCUMENT>(.*?)(?:</DOCUMENT>|(?=<DOCUMENT>)|\Z)", re.DOTALL)
_TAG = re.compile(rb"<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>([^\r\n<]*)")
_WRAPPER = re.compile(rb"\s*<(XBRL|XML|PDF|JSON|ZIP)>\r?\n?", re.IGNORECASE)
_MARKS = (
    b"<SEC-DOCUMENT>",
    b"<DOCUMENT>",
    b"-----BEGIN PRIVACY",
    b"<SUBMISSION>",
    b"<SEC-HEADER>",
    b"<IMS-DOCUMENT>",
)


@dataclass(frozen=True, slots=True)
class SubmissionDocument:
    """One document of a submission.

    Args:
        type: `10-Q`, `EX-99.1`, `GRAPHIC`, `XML`, ...
        sequence: From 1; 0 if not given.
        filename: As filed.
        description: As filed, often empty.
        raw: The text between `<TEXT>` and `</TEXT>`.
    """

    type: str
    sequence: int
    filename: str
    description: str
    raw: bytes = field(repr=False)

    @property
    def body(self) -> bytes:
        """The document itself: wrappers taken off, binary documents decoded.

        Raises:
            UnreadableFile: If the encoding of a binary document is damaged.
        """
        opened = _WRAPPER.match(self.raw)
        body = self.raw[opened.end() :] if opened else self.raw.lstrip(b"\r\n")
        if opened:
            close = body.rfind(b"</" + opened.group(1))
            body = body[:close] if close >= 0 else body
        return _uudecode(body, self.filename) if body.startswith(b"begin ") else body


@dataclass(frozen=True, slots=True)
class Submission:
    """A full submission: who filed what when, and the documents.

    Args:
        accession: `0001628280-25-046263`; empty if the header does not say, as all below.
        form: `10-Q`, `8-K`, ...
        filed: Day it was filed, None if not given.
        accepted: Moment EDGAR accepted it, UTC; None if not given. Its header gives Eastern time.
        period: Period of report, None if not given.
        cik: Of the first filer, without leading zeros.
        company: Conformed name of the first filer.
        documents: In order.
    """

    accession: str
    form: str
    filed: date | None
    accepted: datetime | None
    period: date | None
    cik: str
    company: str
    documents: tuple[SubmissionDocument, ...]

    @property
    def public(self) -> datetime | None:
        """Moment from which the public could know it, UTC; None if the header does not say.

        What EDGAR accepts after half past five in the evening has the next business day as its day of
        filing, and is shown from six that morning.
        """
        if self.accepted is None or self.filed is None:
            return self.accepted
        opens = datetime.combine(self.filed, _OPENS, _EASTERN).astimezone(UTC)
        return opens if self.accepted.astimezone(_EASTERN).date() < self.filed else self.accepted

    def page_url(self, *, exhibit: bool) -> str:
        """EDGAR's address of the page where its numbers can be looked up.

        Args:
            exhibit: True for the first exhibit 99 rather than the main document, if there is one.

        Returns:
            The address; empty if header or documents do not give it, or give names that are not plain.
        """
        named = _ACCESSION.fullmatch(self.accession) and self.cik.isascii() and self.cik.isdigit()
        pages = [one for one in self.documents if _PAGE.fullmatch(one.filename)]
        if not named or not pages:
            return ""
        pages.sort(key=lambda one: exhibit and not one.type.upper().startswith("EX-99"))
        folder = f"{self.cik}/{self.accession.replace('-', '')}"
        return f"https://www.sec.gov/Archives/edgar/data/{folder}/{pages[0].filename}"


def looks_like_submission(data: bytes) -> bool:
    """True if the bytes begin as EDGAR's text files do."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith(_MARKS)


def split_submission(data: bytes) -> Submission:
    """The header and documents of an EDGAR full-submission text file.

    Raises:
        UnreadableFile: If it is none, or has more than `MAX_DOCUMENTS` documents.
    """
    if not looks_like_submission(data):
        raise UnreadableFile(
            "not an EDGAR full submission", hint="it should begin with <SEC-DOCUMENT> or <DOCUMENT>"
        )
    if data.count(b"<DOCUMENT>") > MAX_DOCUMENTS:
        raise UnreadableFile(
            f"a submission of more than {MAX_DOCUMENTS:,} documents",
            hint="no submission on EDGAR has as many",
        )
    first = data.find(b"<DOCUMENT>")
    header = (data if first < 0 else data[:first]).decode("latin-1")
    return Submission(
        accession=_field(header, "ACCESSION NUMBER", "ACCESSION-NUMBER"),
        form=_field(header, "CONFORMED SUBMISSION TYPE", "TYPE"),
        filed=_date(_field(header, "FILED AS OF DATE", "FILING-DATE")),
        accepted=_moment(_field(header, "ACCEPTANCE-DATETIME")),
        period=_date(_field(header, "CONFORMED PERIOD OF REPORT", "PERIOD")),
        cik=_field(header, "CENTRAL INDEX KEY", "CIK").lstrip("0"),
        company=_field(header, "COMPANY CONFORMED NAME", "CONFORMED-NAME"),
        documents=tuple(_document(found.group(1)) for found in _DOCUMENT.finditer(data)),
    )


def _field(header: str, *names: str) -> str:
    """The first value under any of the names, written `NAME:  value` or `<NAME>value`."""
    for name in names:
        found = re.search(rf"^[ \t]*(?:{name}:|<{name}>)[ \t]*(\S[^\r\n]*)", header, re.MULTILINE)
        if found:
            return found.group(1).strip()
    return ""


def _date(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        eastern = datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=_EASTERN)
    except ValueError:
        return None
    return eastern.astimezone(UTC)


def _document(block: bytes) -> SubmissionDocument:
    start = block.find(b"<TEXT>")
    head, raw = (block, b"") if start < 0 else (block[:start], block[start + len(b"<TEXT>") :])
    end = raw.rfind(b"</TEXT>")
    tags = {name.decode(): value.decode("latin-1").strip() for name, value in _TAG.findall(head)}
    sequence = tags.get("SEQUENCE", "")
    return SubmissionDocument(
        type=tags.get("TYPE", ""),
        sequence=int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) < 9 else 0,
        filename=tags.get("FILENAME", ""),
        description=tags.get("DESCRIPTION", ""),
        raw=raw if end < 0 else raw[:end],
    )


def _uudecode(body: bytes, filename: str) -> bytes:
    """Decode line by line; EDGAR strips blanks at line ends and may fill the last group with anything."""
    parts: list[bytes] = []
    for line in body.splitlines()[1:]:
        if line.strip() in (b"end", b"`", b""):
            continue
        characters = ((line[0] - 32 & 63) * 4 + 5) // 3
        try:
            parts.append(binascii.a2b_uu(line[:characters]))
        except binascii.Error as error:
            raise UnreadableFile(
                f"damaged uuencoding: {error}", where=filename, hint="download it again"
            ) from None
    return b"".join(parts)
