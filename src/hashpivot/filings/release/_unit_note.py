"""Unit notes such as `(in thousands of US dollars, except per share amounts)`: scale and currency."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNKNOWN = "XXX"
"""ISO 4217 for "no currency": amounts whose currency is ambiguous; they are never shown as dollars."""

_SCALES = {"thousand": 3, "000": 3, "k": 3, "million": 6, "m": 6, "mm": 6, "billion": 9, "bn": 9}
_MONEY = r"(?:us ?\$|\$|usd|dollars?|rmb|cny|eur(?:os?)?|gbp|cad|c\$|aud|a\$|hk\$|hkd)"
_SCALE = re.compile(
    r"\bin\b[^.;\d]{0,40}?\b(thousand|million|billion)s?\b"
    rf"|\b(thousand|million|billion)s of (?:[a-z.]+ ){{0,2}}(?:{_MONEY}|yuan|renminbi|pounds?)"
    rf"|{_MONEY}\s*(thousand|million|billion)s?\b|\$\s?(k|mm?|bn)\b|\$,? in (k|mm?|bn)\b"
    rf"|\bin {_MONEY}\s?(k|mm?|bn)\b"
    r"|\bin\s(?:us)?['’$]?\s?(000)['’]?s?\b|['’$]\s?(000)(?:['’]?s\b|\b)"
)
_BARE = re.compile(r"(?:^\W*|\()(thousand|million|billion)s\b(?!\s+of\b)")
_THOUSANDS = re.compile(r"(?!000$)[(\[]?(?:us|[ac])?[\s$€£'’]{0,3}(000)['’]?s?[)\]]?")
_OF_SHARES = re.compile(
    r"\bshares?\b(?: outstanding| amounts?| data| counts?)*,?\s*\(?"
    r"(?:are |stated |expressed |presented )*in (thousand|million|billion)s\b"
)
_EXCEPT = re.compile(r"\bexcept(?:ing)?\b(.*)")
_PER_SHARE = re.compile(r"\bper[- ](?:\w+ )?shares?\b(?: (?:amounts?|data|figures|information))?")
_SHARE = re.compile(r"\bshares?\b")
_CURRENCIES = (
    ("CNY", re.compile(r"\bRMB\b|\bCNY\b|\brenminbi\b", re.IGNORECASE)),
    ("CAD", re.compile(r"(?<![A-Z])C\$|\bCDN\b|\bCAD\b|\bcanadian dollars?\b", re.IGNORECASE)),
    (
        "USD",
        re.compile(r"\bUS ?\$|\bU\.S\. ?\$|\bUSD\b|\b(?:u\.? ?s\.?|united states) dollars?\b", re.IGNORECASE),
    ),
    ("AUD", re.compile(r"(?<![A-Z])A\$|\bAUD\b|\baustralian dollars?\b", re.IGNORECASE)),
    ("HKD", re.compile(r"\bHK ?\$|\bHKD\b|\bhong kong dollars?\b", re.IGNORECASE)),
    ("SGD", re.compile(r"(?<![A-Z])S\$|\bSGD\b|\bsingapore dollars?\b", re.IGNORECASE)),
    ("EUR", re.compile(r"€|\bEUR\b|\beuros?\b", re.IGNORECASE)),
    ("GBP", re.compile(r"£|\bGBP\b|\bpounds? sterling\b", re.IGNORECASE)),
    (UNKNOWN, re.compile(r"[¥₩₽₹]")),
)
_DEFAULT = re.compile(r"unless otherwise (?:noted|stated|indicated|specified)", re.IGNORECASE)
_OF_AMOUNTS = re.compile(
    r"\b(?:amounts?|figures|dollars?|currency|references?|expressed|presented)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[a-z)])\. ")
_AROUND = 160


@dataclass(frozen=True, slots=True)
class UnitNote:
    """What a note says about the numbers of its table.

    Args:
        scale: Power of ten the amounts are shown in: 3 for thousands; None if nothing is said.
        currency: ISO code, `XXX` if several or an ambiguous sign are named; empty if nothing is said.
        scaled_shares: False if the note excepts share counts from the scale.
        share_scale: Power of ten of share counts, where the note gives them one of their own.
    """

    scale: int | None = None
    currency: str = ""
    scaled_shares: bool = True
    share_scale: int | None = None

    @property
    def of_shares(self) -> int:
        """Power of ten of share counts."""
        if self.share_scale is not None:
            return self.share_scale
        return (self.scale or 0) if self.scaled_shares else 0


def read_unit_note(text: str) -> UnitNote:
    """Scale and currency named in a caption, a header row or the line before a table."""
    lower = text.lower()
    shares = _OF_SHARES.search(lower)
    rest = _OF_SHARES.sub(" ", lower) if shares else lower
    found = _SCALE.search(rest) or _BARE.search(rest) or _THOUSANDS.fullmatch(rest.strip())
    excepted = _EXCEPT.search(lower)
    left_out = _PER_SHARE.sub("", excepted[1]) if excepted else ""
    return UnitNote(
        scale=_SCALES[next(filter(None, found.groups()))] if found else None,
        currency=read_currency(text),
        scaled_shares=not _SHARE.search(left_out),
        share_scale=_SCALES[shares[1]] if shares else None,
    )


def is_thousands(text: str) -> bool:
    """True for a unit such as `($000)` or `US$'000`; `000` alone is a number."""
    return _THOUSANDS.fullmatch(text.lower().strip()) is not None


def word_scale(word: str) -> int:
    """Power of ten of `million`, `bn`, `k`; 0 for words that are none."""
    return _SCALES.get(word.removesuffix("s"), 0)


def read_currency(text: str) -> str:
    """The currency named; `XXX` if several are; empty if none. A bare `$` names none."""
    named = [code for code, pattern in _CURRENCIES if pattern.search(text)]
    return "" if not named else named[0] if len(named) == 1 else UNKNOWN


def default_currency(text: str) -> str:
    """The currency a document names for all its amounts "unless otherwise stated"; empty if it names none."""
    for found in _DEFAULT.finditer(text):
        before, after = text[max(0, found.start() - _AROUND) : found.start()], text[found.end() :][:_AROUND]
        sentence = f"{_SENTENCE_END.split(before)[-1]} {_SENTENCE_END.split(after)[0]}"
        named = read_currency(sentence) if _OF_AMOUNTS.search(sentence) else ""
        if named:
            return named
    return ""
