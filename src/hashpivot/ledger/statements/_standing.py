"""How much a kind of document counts where two of them give one measure and period differently."""

from __future__ import annotations

from enum import IntEnum

from hashpivot.core import Source


class SourceStanding(IntEnum):
    """Kinds of documents, best first."""

    REPORT = 0
    RELEASE = 1
    PROSPECTUS = 2
    SECONDARY = 3
    PROXY = 4


_STANDINGS = (
    # The statements of the period themselves, audited or reviewed; amendments and transition reports too.
    # Foreign issuers furnish their tagged interim statements on 6-K; its untagged exhibits have grade B.
    (SourceStanding.REPORT, ("10-K", "10-Q", "20-F", "40-F", "6-K")),
    # Published before the report, not reviewed, and superseded by it.
    (SourceStanding.RELEASE, ("8-K",)),
    # Pay versus performance tags net income of past years in another scale or definition.
    (
        SourceStanding.PROXY,
        ("DEF 14", "DEFA14", "DEFC14", "DEFM14", "DEFR14", "PRE 14", "PREC14", "PREM14", "PRER14"),
    ),
)
_BEST = {"A": SourceStanding.REPORT, "B": SourceStanding.RELEASE}
"""The best that each grade can be; a secondary account of a report stays secondary."""


def standing(source: Source | None) -> SourceStanding:
    """Return the standing of a source, by its form and its grade.

    A form in no row of the table (S-1, 424B, ...) repeats or recasts for investors what reports said; a
    source without a form is no report.
    """
    if source is None:
        return SourceStanding.SECONDARY
    form = source.form.upper()
    other = SourceStanding.PROSPECTUS if form else SourceStanding.RELEASE
    by_form = next((kind for kind, forms in _STANDINGS if form.startswith(forms)), other)
    return max(by_form, _BEST.get(source.grade, SourceStanding.SECONDARY))
