"""Companies by what people write: part of a name, an earlier name, a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..companies import Companies, Company

_LEGAL_FORMS = "co company corp corporation inc incorporated limited ltd plc group holding holdings"
_FORMS = frozenset(_LEGAL_FORMS.split())
"""Words of a name that say only what kind of company it is."""
_TRADE_WORDS = "bitcoin blockchain crypto data digital energy infrastructure mining power"
_TRADE = frozenset(_TRADE_WORDS.split())
"""Words that many companies of the trade have in their names: alone they name none for certain."""
_SHORTENED = 3  # letters of the shortest beginning of a word that stands for it, as in Core Sci
_ALIKE = 0.8  # two words of five letters that differ in one are 0.8 alike, or in the order of two
_LETTERS_MORE = 1  # between two spellings; a further word has more
_WHOLE_ALIKE = 0.87  # whole names, which are longer: one letter in eight


class MatchedBy(StrEnum):
    """What of a company a text matches, surest first."""

    TICKER = "ticker"
    CIK = "cik"
    NAME = "name"
    EARLIER_NAME = "earlier_name"
    PART_OF_NAME = "part_of_name"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class CompanyMatch:
    """A company that a text may mean.

    Args:
        company: The company.
        by: What of it matches.
        matched: The ticker, number or name that does.
        certain: True if the text can mean no other company.
    """

    company: Company
    by: MatchedBy
    matched: str
    certain: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Stable keys."""
        return {
            "ticker": self.company.ticker,
            "name": self.company.name,
            "matched_by": self.by.value,
            "matched": self.matched,
            "certain": self.certain,
        }


def search_companies(companies: Companies, text: str) -> tuple[CompanyMatch, ...]:
    """Return the companies that a text may mean, surest first; none if it means none.

    A match is certain if it is the only one of the surest kind found, no mere likeness, and made by more than
    words of the trade such as `bitcoin`.

    Args:
        companies: The companies.
        text: A ticker, CIK, or a present or earlier name, whole, in part or misspelt.
    """
    matches = [match for company in companies.values() if (match := _match(company, text))]
    order = list(MatchedBy)
    matches.sort(key=lambda match: order.index(match.by))
    surest = [match for match in matches if match.by is matches[0].by]
    if len(surest) == 1 and surest[0].by is not MatchedBy.NEAR and not set(_words(text)) <= _TRADE:
        only = surest[0]
        matches[0] = CompanyMatch(only.company, only.by, only.matched, certain=True)
    return tuple(matches)


def _match(company: Company, text: str) -> CompanyMatch | None:
    found = next(_matches(company, text), None)
    return CompanyMatch(company, *found) if found else None


def _matches(company: Company, text: str) -> Iterator[tuple[MatchedBy, str]]:
    """What of a company matches, surest first."""
    if text.strip().upper() == company.ticker:
        yield MatchedBy.TICKER, company.ticker
    digits = text.strip().upper().removeprefix("CIK").strip().lstrip("0")
    if company.cik and digits == company.cik:
        yield MatchedBy.CIK, company.cik
    asked = _words(text)
    if not asked:
        return
    for kind, names in ((MatchedBy.NAME, [company.name]), (MatchedBy.EARLIER_NAME, company.earlier_names)):
        for name in names:
            if _joined(asked) == _joined(_words(name)):
                yield kind, name
    for name in company.names:
        if set(asked) <= set(_words(name)) or _shortens(asked, _words(name)):
            yield MatchedBy.PART_OF_NAME, name
    for name in company.names:
        if _near(asked, _words(name)):
            yield MatchedBy.NEAR, name
    if len(asked) == 1 and _slip_of_ticker(asked[0].upper(), company.ticker):
        yield MatchedBy.NEAR, company.ticker


def _words(name: str) -> list[str]:
    """The words of a name that tell it from others."""
    words = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", name.casefold()))
    return [word for word in words if word not in _FORMS] or words


def _shortens(asked: list[str], name: list[str]) -> bool:
    """True for two or more words that begin the first words of a name, such as `core sci`."""
    pairs = zip(asked, name, strict=False)
    begun = all(len(short) >= _SHORTENED and whole.startswith(short) for short, whole in pairs)
    return 2 <= len(asked) <= len(name) and begun


def _joined(words: Iterable[str]) -> str:
    return "".join(words)


def _near(asked: list[str], name: list[str]) -> bool:
    """True if every word asked for is like one of the name, or both are alike written as one word."""
    one, two = _joined(asked), _joined(name)
    if abs(len(one) - len(two)) <= _LETTERS_MORE and _alike(one, two) >= _WHOLE_ALIKE:
        return True
    longest = max(map(len, asked))
    return longest > 3 and all(any(_alike(word, other) >= _ALIKE for other in name) for word in asked)


def _alike(one: str, two: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def _slip_of_ticker(asked: str, ticker: str) -> bool:
    """True for a ticker with two neighbouring letters in the wrong order, or with one of four wrong."""
    if len(asked) != len(ticker) or len(ticker) < 4:
        return False
    apart = [at for at, (a, b) in enumerate(zip(asked, ticker, strict=True)) if a != b]
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(asked) == sorted(ticker)
    return swapped or len(apart) == 1
