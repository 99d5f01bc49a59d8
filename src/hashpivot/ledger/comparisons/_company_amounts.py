"""The reported amounts of one company, kept so that one more filing is compared with few of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from hashpivot.core import Figure, Source

from ._amount_index import AmountIndex, HeldAmount
from ._disagreements import disagreement_sentences, is_total, title_of
from ._scale_slips import Compared, by_day_known, is_comparative, own_ends, question_of, slips_of_columns


class CompanyAmounts:
    """Reported amounts of one company, to which sources are added whole, one after another.

    Args:
        index: Where they are kept.
        name: Tells them from those of others, and from those that were kept of the company before.
    """

    def __init__(self, index: AmountIndex, name: str) -> None:
        self._index = index
        self._name = name

    def add(self, figures: Iterable[Figure], sources: Mapping[str, Source]) -> None:
        """Add the figures of sources that are not there yet.

        Args:
            figures: In the order they were added to the ledger.
            sources: Their sources by key.
        """
        every = list(figures)
        reported = by_day_known(every)
        ends = own_ends(reported, sources)
        self._index.add((self._question(f), _held(f), is_comparative(f, ends)) for f in reported)
        self._index.put_totals(
            (self._place(f.address), _held(f), title_of(f.source, sources)) for f in every if is_total(f)
        )
        self._index.put_sources({self._place(figure.source) for figure in every})

    def has(self, source: str) -> bool:
        """Tell whether figures of a source were added."""
        return self._index.has_source(self._place(source))

    def disagreements(self, figures: Iterable[Figure], source: Source) -> list[str]:
        """Return what `hashpivot.ledger.disagreements` does for the figures of another source."""
        fresh = list(figures)
        reported = by_day_known(fresh)
        ends = own_ends(reported, {source.key: source})
        slips = slips_of_columns(self._compared(figure, ends) for figure in reported)
        return disagreement_sentences(fresh, slips, lambda address: self._index.total(self._place(address)))

    def _compared(self, figure: Figure, ends: Mapping[str, date]) -> Compared[HeldAmount]:
        sound = self._index.answers(self._question(figure)).sound
        earlier = sound.any_before(figure)
        compared = earlier and is_comparative(figure, ends)
        return Compared(figure, sound.in_another_scale(figure) if compared else None, earlier)

    def _question(self, figure: Figure) -> str:
        return self._place("|".join(map(str, question_of(figure))))

    def _place(self, text: str) -> str:
        return f"{self._name}|{text}"


def _held(figure: Figure) -> HeldAmount:
    return HeldAmount(figure.value, figure.unit_step, figure.known, figure.source)
