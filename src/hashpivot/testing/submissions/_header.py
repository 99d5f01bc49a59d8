"""The header of a filing in both of EDGAR's ways of writing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ._items import item_title
from ._served_filer import ServedFiler

_INDUSTRIES = {"6199": "FINANCE SERVICES"}
_HEADINGS = {"Filer": "FILER", "Issuer": "ISSUER", "Reporting": "REPORTING-OWNER"}
_OTHER_HEADING = "SUBJECT COMPANY"


@dataclass(frozen=True)
class SubmissionHeader:
    """What the header of a filing says.

    Args:
        accession: `0001234567-26-000123`.
        form: `10-Q`, ...
        accepted: Moment of acceptance, Eastern.
        filed: Day of filing.
        period: Period of report; None if the form has none.
        items: Of an 8-K.
        parties: Everyone it is filed under, with the role.
        documents: How many documents it has.
    """

    accession: str
    form: str
    accepted: datetime
    filed: date
    period: date | None
    items: tuple[str, ...]
    parties: tuple[tuple[ServedFiler, str], ...]
    documents: int

    @property
    def _start(self) -> list[str]:
        return [
            f"<SEC-HEADER>{self.accession}.hdr.sgml : {self.filed:%Y%m%d}",
            f"<ACCEPTANCE-DATETIME>{self.accepted:%Y%m%d%H%M%S}",
        ]

    def text(self) -> str:
        """Return it as `NAME: value`, as at the top of a full-submission text file."""
        lines = [
            *self._start,
            f"ACCESSION NUMBER:\t\t{self.accession}",
            f"CONFORMED SUBMISSION TYPE:\t{self.form}",
            f"PUBLIC DOCUMENT COUNT:\t\t{self.documents}",
            *([f"CONFORMED PERIOD OF REPORT:\t{self.period:%Y%m%d}"] if self.period else []),
            *(f"ITEM INFORMATION:\t\t{item_title(item)}" for item in self.items),
            f"FILED AS OF DATE:\t\t{self.filed:%Y%m%d}",
            f"DATE AS OF CHANGE:\t\t{self.filed:%Y%m%d}",
            *(line for party, role in self.parties for line in _text_party(party, role, self.form)),
            "</SEC-HEADER>",
        ]
        return "\n".join(lines) + "\n"

    def tags(self) -> str:
        """Return it as `<TAG>value`, as it stands in a comment of `-index-headers.html`."""
        lines = [
            *self._start,
            f"<ACCESSION-NUMBER>{self.accession}",
            f"<TYPE>{self.form}",
            f"<PUBLIC-DOCUMENT-COUNT>{self.documents}",
            *([f"<PERIOD>{self.period:%Y%m%d}"] if self.period else []),
            *(f"<ITEMS>{item}" for item in self.items),
            f"<FILING-DATE>{self.filed:%Y%m%d}",
            f"<DATE-OF-FILING-DATE-CHANGE>{self.filed:%Y%m%d}",
            *(line for party, role in self.parties for line in _tagged_party(party, role, self.form)),
            "</SEC-HEADER>",
        ]
        return "\n".join(lines) + "\n"


def _text_party(party: ServedFiler, role: str, form: str) -> list[str]:
    industry = _INDUSTRIES.get(party.sic, "SERVICES")
    return [
        "",
        f"{_HEADINGS.get(role, _OTHER_HEADING)}:",
        "",
        "\tCOMPANY DATA:\t",
        f"\t\tCOMPANY CONFORMED NAME:\t\t\t{party.name}",
        f"\t\tCENTRAL INDEX KEY:\t\t\t{party.padded}",
        f"\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\t{industry} [{party.sic}]",
        "\t\tORGANIZATION NAME:           \t09 Crypto Assets",
        f"\t\tSTATE OF INCORPORATION:\t\t\t{party.state}",
        f"\t\tFISCAL YEAR END:\t\t\t{party.fiscal_year_end}",
        "",
        "\tFILING VALUES:",
        f"\t\tFORM TYPE:\t\t{form}",
        "\t\tSEC ACT:\t\t1934 Act",
    ]


def _tagged_party(party: ServedFiler, role: str, form: str) -> list[str]:
    heading = _HEADINGS.get(role, _OTHER_HEADING).replace(" ", "-")
    return [
        f"<{heading}>",
        "<COMPANY-DATA>",
        f"<CONFORMED-NAME>{party.name}",
        f"<CIK>{party.padded}",
        f"<ASSIGNED-SIC>{party.sic}",
        f"<STATE-OF-INCORPORATION>{party.state}",
        f"<FISCAL-YEAR-END>{party.fiscal_year_end}",
        "</COMPANY-DATA>",
        "<FILING-VALUES>",
        f"<FORM-TYPE>{form}",
        "</FILING-VALUES>",
        f"</{heading}>",
    ]
