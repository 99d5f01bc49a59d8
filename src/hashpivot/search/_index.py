"""The index: all that can be found in an SQLite database in memory, asked by beginnings of words."""

from __future__ import annotations

import sqlite3
import weakref
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hashpivot.core import Companies, CompanyMatch, MatchedBy, search_companies
from hashpivot.ledger import View

from ._documents import search_documents
from ._hit import Hit, HitKind
from ._query import match_expression, read_words

_SCHEMA = """
CREATE VIRTUAL TABLE document USING fts5(named, said, also, content='', tokenize='unicode61');
CREATE VIRTUAL TABLE word USING fts5vocab(document, 'row');
"""
_WEIGHTS = "4.0, 2.0, 1.0"  # a hit is what its name says before what its text or other words say
_LONGEST_NAME = 60  # characters; a longer text names no company
_SHORTEST_SLIP = 4  # letters; of three nearly every word is one letter away from another
_ALIKE = 0.75  # one letter of four, two of eight
_STEPS = 5  # of quality; within one, the newer comes first
_WHOLE = (MatchedBy.TICKER, MatchedBy.CIK, MatchedBy.NAME, MatchedBy.EARLIER_NAME)


@dataclass(frozen=True)
class Found:
    """What a text finds.

    Args:
        hits: By kind, best first, as many as were asked for.
        counts: How many there are of each kind.
        words: What was looked for, in the words that the index has.
        every: True if each hit has all of the words; False if none has, and each has some.
        mended: True if a word was taken for another that is like it.
        company: Ticker of the company whose ticker, CIK or whole name the text is; empty if it is none.
    """

    hits: Mapping[HitKind, tuple[Hit, ...]]
    counts: Mapping[HitKind, int]
    words: tuple[str, ...]
    every: bool = True
    mended: bool = False
    company: str = ""

    def __repr__(self) -> str:
        return f"Found({', '.join(f'{kind}={count}' for kind, count in self.counts.items())})"


class SearchIndex:
    """All that can be found in a view.

    Args:
        view: What is known; lines by quarter are set out for it.
        companies: The companies.
    """

    def __init__(self, view: View, companies: Companies) -> None:
        self._companies = companies
        documents = list(search_documents(view, companies))
        self._hits = [document.hit for document in documents]
        self._of_ticker = {hit.ticker: hit for hit in self._hits if hit.kind is HitKind.COMPANY}
        self._database = sqlite3.connect(":memory:", check_same_thread=False)  # answers are made one by one
        weakref.finalize(self, self._database.close)
        self._database.executescript(_SCHEMA)
        rows = ((number, one.named, one.said, one.also) for number, one in enumerate(documents))
        self._database.executemany(
            "INSERT INTO document (rowid, named, said, also) VALUES (?, ?, ?, ?)", rows
        )

    def __len__(self) -> int:
        return len(self._hits)

    def __repr__(self) -> str:
        return f"SearchIndex({len(self)} things to find)"

    def find(self, text: str, limit: int) -> Found:
        """Return what a text finds; no text is an error.

        A word that nothing begins with is taken for the word most like it, if there is one.

        Args:
            text: Anything.
            limit: How many hits of each kind are returned.
        """
        typed = read_words(text)
        words = tuple(map(self._mended, typed))
        hits, every = self._matching(words, every=True), True
        if not hits and len(words) > 1:
            hits, every = self._matching(words, every=False), False
        named, company = self._named(text)
        grouped = _grouped((*named, *hits))
        return Found(
            {kind: tuple(of_kind[:limit]) for kind, of_kind in grouped.items()},
            {kind: len(of_kind) for kind, of_kind in grouped.items()},
            words,
            every,
            words != typed,
            company,
        )

    def _named(self, text: str) -> tuple[list[Hit], str]:
        """The companies that the text as a whole may mean, and the one whose name it is."""
        if not 0 < len(text.strip()) <= _LONGEST_NAME:
            return [], ""
        matches = search_companies(self._companies, text)
        ticker = _whole_name(matches)
        own = text.strip().upper()  # a ticker of the user's ledger that no table of companies has
        if not ticker and own in self._of_ticker:
            ticker = own
        tickers = dict.fromkeys(filter(None, (ticker, *(match.company.ticker for match in matches))))
        return [self._of_ticker[name] for name in tickers if name in self._of_ticker], ticker

    def _matching(self, words: Sequence[str], *, every: bool) -> list[Hit]:
        """The hits that match, best first; of equally good ones the newest."""
        if not words:
            return []
        rows = self._database.execute(
            f"SELECT rowid, bm25(document, {_WEIGHTS}) FROM document WHERE document MATCH ?",
            (match_expression(words, every=every),),
        ).fetchall()
        best = min((score for _, score in rows), default=-1.0)  # bm25 is negative: the least is the best

        def order(row: tuple[int, float]) -> tuple[int, int, int]:
            return round(row[1] / best * -_STEPS), -_newness(self._hits[row[0]]), row[0]

        return [self._hits[number] for number, _ in sorted(rows, key=order)]

    def _mended(self, word: str) -> str:
        """A word that something begins with as it is, another as the one most like it."""
        if len(word) < _SHORTEST_SLIP or not word.isalpha() or self._begins(word):
            return word
        from difflib import get_close_matches

        near = get_close_matches(word, self._letters_words, n=1, cutoff=_ALIKE)
        return near[0] if near else word

    def _begins(self, word: str) -> bool:
        rows = self._database.execute("SELECT term FROM word WHERE term >= ? LIMIT 1", (word,))
        return any(term.startswith(word) for (term,) in rows)

    @property
    def _letters_words(self) -> list[str]:
        rows = self._database.execute("SELECT term FROM word WHERE length(term) >= ?", (_SHORTEST_SLIP,))
        return [term for (term,) in rows if term.isalpha()]


def named_company(companies: Companies, text: str) -> str:
    """Return the ticker of the company whose ticker, CIK or whole name a text is; empty if it is none.

    Args:
        companies: The companies.
        text: What is typed.
    """
    return _whole_name(search_companies(companies, text)) if len(text) <= _LONGEST_NAME else ""


def _whole_name(matches: Sequence[CompanyMatch]) -> str:
    """The ticker of the first match, if it can be no other and the text is no mere part of its name."""
    sure = bool(matches) and matches[0].certain and matches[0].by in _WHOLE
    return matches[0].company.ticker if sure else ""


def _newness(hit: Hit) -> int:
    """Days up to the end of what a hit is about, or up to when it became known: more is newer."""
    day = hit.figure.end if hit.figure else hit.day
    return (day or date.min).toordinal()


def _grouped(hits: Iterable[Hit]) -> dict[HitKind, list[Hit]]:
    """Hits by kind in the order of kinds, each once."""
    grouped: dict[HitKind, dict[int, Hit]] = defaultdict(dict)
    for hit in hits:
        grouped[hit.kind].setdefault(id(hit), hit)
    return {kind: list(grouped[kind].values()) for kind in HitKind if kind in grouped}
