"""Fuzz the readers: change documents, and hold what is read of them against what the change may do.

    python -m tools fuzz --cases 10000 --seed 1

Documents are made up at random, cut from real filings, or real filings whole (`--wide`: of other industries
too). Changes come in five sorts: any damage, which must end in a reading or a typed error, in time linear in
the size, and lose no total without a word; changes without meaning, which must change nothing that is read;
other ways to write the same, which must be read alike or be told; contradictions, which must be told; and
changes of one number, whose effect is known. `--first N --cases 1` makes case N again, `--shrink N` makes
it small.
"""

from . import command
from .alike import ALIKE
from .cases import MUTATIONS, Aim, Case, case_of
from .demands import Broken, Demands, Outcome
from .documents import Base, Documents
from .doubtful import DOUBTFUL
from .markup import Mutation
from .neutral import NEUTRAL
from .running import Failure, Fuzzer, Result, run_at_once
from .telling import TELLING

__all__ = [
    "ALIKE",
    "DOUBTFUL",
    "MUTATIONS",
    "NEUTRAL",
    "TELLING",
    "Aim",
    "Base",
    "Broken",
    "Case",
    "Demands",
    "Documents",
    "Failure",
    "Fuzzer",
    "Mutation",
    "Outcome",
    "Result",
    "case_of",
    "command",
    "run_at_once",
]
