"""What a filing speaks of: mining, AI hosting, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..rules import local_name, normal
from ._concepts import kind_of
from ._statement_facts import StatementFacts

_MINES = re.compile(
    r"(bitcoins?|crypto\w*|digital (assets?|currenc\w+)|hash ?rate)\b.*\bmin(ed|ing)\b"
    r"|\bmin(ed|ing)\b.*\b(bitcoins?|crypto)|\bhash ?rate\b|\bbitcoins? mined\b"
    r"|\bmining (revenue|equipment|machines?|pool)|\bminers?\b|\bblock rewards?\b"
)
_HOSTS_AI = re.compile(
    r"\bhpc\b|\bhigh performance comput|\bgpus?\b|\bartificial intelligence\b|\bai\b|\bco-?location\b"
)
_ELSE = re.compile(r"\bhost(ed|ing)\b|\bcloud\b|\blessor\b|\bstaking\b|\bengineering\b")
_ASSETS = re.compile(r"\bbitcoins?\b|\bcrypto|\bdigital (assets?|currenc)")


_HASHES = re.compile(r"\bhash ?rate\b|\bself-?min(ing|ed)\b")
_MINING = re.compile(r"\bmin(ed|ing)\b|\bminers?\b|\bhash ?rate\b|\bblock rewards?\b")
_NAME = re.compile(r"\bmin(ing|ers?)\b|bitcoin|crypto|block ?chain|\bhash")


@dataclass(frozen=True)
class Vocabulary:
    """Whether words of the field occur among a filing's concepts, members and labels.

    Args:
        named: The company is known, or its name says mining.
        mines: Mining, miners or a hash rate.
        hosts_ai: Colocation, GPUs or high-performance computing.
        holds: Bitcoin or other digital assets.
        does_else: Hosting, cloud, leases to others, staking or engineering.
    """

    named: bool
    mines: bool
    hosts_ai: bool
    holds: bool
    does_else: bool

    @classmethod
    def of(cls, statements: StatementFacts, company: str, *, known: bool) -> Vocabulary:
        """The vocabulary of a filing's facts; `known` if its company is in the table of companies."""
        members = {member for dims in {f.context.dims for f in statements.facts} for _, member in dims}
        names = {*statements.by_name, *map(local_name, members)}
        labels = {f.label for f in statements.facts if f.unit == statements.currency and kind_of(f.concept)}
        words = "\n".join(normal(text) for text in (*sorted(names), *sorted(labels)))
        named = known or bool(_NAME.search(company.lower()))
        return cls(named, *(bool(pattern.search(words)) for pattern in (_MINES, _HOSTS_AI, _ASSETS, _ELSE)))

    @property
    def of_the_field(self) -> bool:
        """True for a filing of the field: everyday words mean what they mean there."""
        return self.named or self.mines or self.hosts_ai

    @property
    def only_mines(self) -> bool:
        """True if nothing but mining is spoken of."""
        return self.mines and (self.holds or self.named) and not (self.hosts_ai or self.does_else)


def speaks_of_the_field(words: str) -> bool:
    """True for a name or label with any word of the field: what `Vocabulary` looks for."""
    text = normal(words)
    return any(pattern.search(text) for pattern in (_MINES, _HOSTS_AI, _ASSETS, _ELSE))


def names_bitcoin_mining(words: str) -> bool:
    """True for a name or label that says coins are mined; `Mining equipment` may be for ore."""
    text = normal(words)
    return bool(_MINES.search(text) and (_ASSETS.search(text) or _HASHES.search(text)))


def names_mining(words: str) -> bool:
    """True for a name or label that says mining or miners, of coins or of ore."""
    return bool(_MINING.search(normal(words)))


def names_ai_hosting(words: str) -> bool:
    """True for a name or label that says high-performance computing, GPUs, AI or colocation."""
    return bool(_HOSTS_AI.search(normal(words)))
