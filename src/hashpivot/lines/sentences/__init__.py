"""Sentences: results that a release states in running text, as facts, beside those of its tables."""

from ._merged import SentenceStatements, with_sentences
from ._of_release import results_of
from ._results import SentenceFact, SentenceResults, sentence_results

__all__ = [
    "SentenceFact",
    "SentenceResults",
    "SentenceStatements",
    "results_of",
    "sentence_results",
    "with_sentences",
]
