"""Cases: which document, which changes, and what they are allowed to do to what it says."""

from __future__ import annotations

import gzip
import random
from dataclasses import dataclass
from enum import StrEnum

from .alike import ALIKE
from .documents import Base, Documents
from .doubtful import DOUBTFUL
from .markup import Mutation
from .neutral import NEUTRAL
from .of_bytes import BYTES
from .of_pages import PAGES
from .of_structure import STRUCTURE
from .of_tables import TABLES
from .of_tags import TAGS
from .of_words import WORDS_SAID
from .telling import TELLING, Telling

MUTATIONS: tuple[Mutation, ...] = (*BYTES, *STRUCTURE, *TAGS, *TABLES, *PAGES, *WORDS_SAID)
BY_NAME = {each.__name__: each for each in (*MUTATIONS, *NEUTRAL, *ALIKE, *DOUBTFUL, *TELLING)}
_TRIES = 12


class Aim(StrEnum):
    """What a case demands besides a reading or a typed error."""

    ANY = "any"
    SAME = "same"
    ALIKE = "alike"
    DOUBTFUL = "doubtful"
    TELLING = "telling"
    TRUTH = "truth"


_AIMS = (
    (Aim.ANY, 48),
    (Aim.SAME, 18),
    (Aim.ALIKE, 14),
    (Aim.DOUBTFUL, 6),
    (Aim.TELLING, 12),
    (Aim.TRUTH, 2),
)
"""In percent. A made-up document is held against its truth by the other aims too."""
_ONE_OF = {Aim.ALIKE: ALIKE, Aim.DOUBTFUL: DOUBTFUL}
_HARMFUL = (*TAGS, *TABLES, *STRUCTURE, *PAGES, *WORDS_SAID, *BYTES)
_WEIGHTS = [2 if each in TAGS or each in TABLES else 1 for each in _HARMFUL]


@dataclass(frozen=True)
class Case:
    """One case; the same for the same seed and number.

    Args:
        base: The document it was made of.
        aim: What it demands.
        mutations: Their names, in order.
        state: From which the last mutation draws, to make it again of a smaller document.
        data: The mutated document; of aim `telling` and `truth`, the document to be changed or looked at.
    """

    base: Base
    aim: Aim
    mutations: tuple[str, ...]
    state: str
    data: bytes

    @property
    def altered(self) -> bool:
        """False if no mutation found anything to change."""
        return self.aim in (Aim.TELLING, Aim.TRUTH) or self.data != self.base.data

    @property
    def words(self) -> str:
        """What it was made of."""
        return f"{self.base.name} ({self.base.kind}): {', '.join(self.mutations) or self.aim}"


def case_of(documents: Documents, seed: int, number: int) -> Case:
    """The case of this number; it alters its document unless none of a dozen mutations can."""
    rng = random.Random(f"{seed}/{number}")
    base = documents.draw(rng)
    (aim,) = rng.choices([aim for aim, _ in _AIMS], [share for _, share in _AIMS])
    if aim is Aim.TRUTH and not base.truth:
        aim = Aim.SAME
    state = f"{seed}/{number}/change"
    if aim is Aim.TRUTH:
        return Case(base, aim, (), state, base.data)
    if aim is Aim.TELLING:
        return Case(base, aim, (rng.choice(TELLING).__name__,), state, base.data)
    if aim is Aim.SAME:
        count = rng.choice((1, 1, 2))
        return _mutated(base, aim, NEUTRAL, [1] * len(NEUTRAL), count, rng, state)
    if aim in _ONE_OF:
        return _mutated(base, aim, _ONE_OF[aim], [1] * len(_ONE_OF[aim]), 1, rng, state)
    return _mutated(base, aim, _HARMFUL, _WEIGHTS, rng.choice((1, 1, 1, 2, 3)), rng, state)


def _mutated(
    base: Base,
    aim: Aim,
    mutations: tuple[Mutation, ...],
    weights: list[int],
    count: int,
    rng: random.Random,
    state: str,
) -> Case:
    data, names = base.data, []
    for _ in range(_TRIES):
        (mutation,) = rng.choices(mutations, weights)
        changed = apply(mutation, data, f"{state}/{len(names)}")
        if changed != data:
            data = changed
            names.append(mutation.__name__)
        if len(names) == count or data.startswith(b"\x1f\x8b"):
            break
    return Case(base, aim, tuple(names), state, data)


def apply(mutation: Mutation, data: bytes, state: str) -> bytes:
    """The document mutated with the chance of this state."""
    return mutation(bytearray(data or b" "), random.Random(state))


def again(case: Case, data: bytes) -> bytes:
    """The mutations of a case, made on another document with the same chance."""
    for place, name in enumerate(case.mutations):
        data = apply(BY_NAME[name], data, f"{case.state}/{place}")
    return data


def telling_of(case: Case) -> Telling:
    """The change of a case of aim `telling`."""
    found: Telling = next(each for each in TELLING if each.__name__ == case.mutations[0])
    return found


def plain_size(data: bytes) -> int:
    """Bytes of a document when unpacked; of damaged gzip, as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return len(data)
    try:
        return len(gzip.decompress(data))
    except (OSError, EOFError, ValueError):
        return len(data)
    except Exception:  # zlib.error, which is none of them
        return len(data)
