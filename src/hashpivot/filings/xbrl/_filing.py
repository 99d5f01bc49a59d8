"""The filing: what one document, or one submission, says."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date
from functools import cached_property

from hashpivot.core import InvalidInput, Locator, terminal_line

from ..source import Submission
from ._context import REPORT_YEARS
from ._fact import Fact
from ._trading_symbol import TradingSymbol, trading_symbol


class Filing:
    """One filing as read.

    Attributes:
        name: File name, or the name given.
        facts: Numbers in document order.
        texts: Texts in document order.
        warnings: What was left out or looks wrong, one sentence each.
        submission: Header and documents if it came as a full submission, else None.
    """

    def __init__(
        self,
        name: str,
        data: bytes,
        facts: list[Fact],
        texts: list[Fact],
        warnings: list[str],
        by_id: dict[str, Fact],
        submission: Submission | None,
    ) -> None:
        self.name = name
        self._data = data
        self.facts = facts
        self.texts = texts
        self.warnings = warnings
        self.submission = submission
        self._by_id = by_id

    @property
    def in_order(self) -> list[Fact]:
        """Numbers and texts together, in document order."""
        return list(self._by_id.values())

    @cached_property
    def sha256(self) -> str:
        """Of the file's bytes, unpacked if it was gzip: the same for `q.htm` and `q.htm.gz`."""
        return hashlib.sha256(self._data).hexdigest()

    @cached_property
    def cover(self) -> dict[str, str]:
        """The cover page: `dei` texts and numbers without dimensions, by local name; the first one counts."""
        cover: dict[str, str] = {}
        for fact in (*self.texts, *self.facts):
            if fact.concept.startswith("dei:") and not fact.context.dims and not fact.nil:
                shown = fact.text if fact.value is None else f"{fact.value:f}"
                cover.setdefault(fact.concept[4:], shown)
        return cover

    @property
    def form(self) -> str:
        """`10-Q`, `10-K/A`, ...; empty if unknown."""
        return self.cover.get("DocumentType", "") or (self.submission.form if self.submission else "")

    @property
    def accession(self) -> str:
        """SEC accession number; empty if not read from a submission."""
        return self.submission.accession if self.submission else ""

    @property
    def url(self) -> str:
        """EDGAR's address of its main document; empty if not read from a submission that gives it."""
        return self.submission.page_url(exhibit=False) if self.submission else ""

    @property
    def filed(self) -> date | None:
        """Day it was filed, if the submission says."""
        return self.submission.filed if self.submission else None

    @property
    def cik(self) -> str:
        """SEC central index key without leading zeros: cover, else submission, else the facts' entity."""
        stated = self.cover.get("EntityCentralIndexKey", "").strip().lstrip("0")
        if stated:
            return stated
        if self.submission and self.submission.cik:
            return self.submission.cik
        return next((fact.context.entity for fact in (*self.facts, *self.texts) if fact.context.entity), "")

    @property
    def company_name(self) -> str:
        """Registrant's name on the cover, else in the submission header."""
        return self.cover.get("EntityRegistrantName", "") or (
            self.submission.company if self.submission else ""
        )

    @property
    def grade(self) -> str:
        """A: a filing with the SEC."""
        return "A"

    @property
    def ticker(self) -> str:
        """Trading symbol of the common stock on the cover, upper case; empty if none or not clear which."""
        return self.trading_symbol.symbol

    @property
    def symbol_question(self) -> str:
        """Why none of the symbols on the cover is taken; empty if one is, or there is none."""
        return self.trading_symbol.question

    @cached_property
    def trading_symbol(self) -> TradingSymbol:
        """The symbol, or why none of those on the cover is taken."""
        return trading_symbol(self.texts)

    @property
    def period_end(self) -> date | None:
        """Last day of the period the document reports on, from the cover, else from the submission header."""
        stated = self.submission.period if self.submission else None
        with suppress(ValueError):
            stated = date.fromisoformat(self.cover.get("DocumentPeriodEndDate", ""))
        return stated if stated and stated.year in REPORT_YEARS else None

    def fact(self, locator: Locator | str) -> Fact:
        """Return the fact at a locator.

        Args:
            locator: A `FactLocator`, or its text.

        Raises:
            InvalidInput: If there is none.
        """
        prefix, colon, fact_id = str(locator).partition(":")
        try:
            return self._by_id[fact_id if (prefix, colon) == ("fact", ":") else ""]
        except KeyError:
            raise InvalidInput(
                f"no fact {str(locator)!r}", where=self.name, hint="locators look like fact:ID or fact:n12"
            ) from None

    def __repr__(self) -> str:
        title = " ".join(word for word in (self.company_name, self.form, str(self.period_end or "")) if word)
        return terminal_line(
            f"<Filing {title or self.name}: {len(self.facts)} numbers, {len(self.texts)} texts>"
        )
