"""The reported figures of one company, kept so that one more filing is compared with few of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from hashpivot.core import Figure, Source

from ._disagreements import disagreement_sentences, keep_latest_totals
from ._scale_slips import (
    Compared,
    Question,
    by_day_known,
    is_comparative,
    own_ends,
    question_of,
    slips_of_columns,
)
from ._sound_figures import SoundFigures


class CompanyAmounts:
    """Reported figures of one company, to which sources are added whole, one after another.

    Args:
        figures: In the order they were added to the ledger.
        sources: Their sources by key.
    """

    def __init__(self, figures: Iterable[Figure] = (), sources: Mapping[str, Source] | None = None) -> None:
        self.sources: dict[str, Source] = {}
        self._answers: dict[Question, _Answers] = defaultdict(_Answers)
        self._latest: dict[str, Figure] = {}
        self._count = 0
        self.add(figures, sources or {})

    def __len__(self) -> int:
        return self._count

    def add(self, figures: Iterable[Figure], sources: Mapping[str, Source]) -> None:
        """Add the figures of sources that are not there yet; arguments as for the class."""
        every = list(figures)
        reported = by_day_known(every)
        ends = own_ends(reported, sources)
        for figure in reported:
            self._answers[question_of(figure)].add(figure, is_comparative(figure, ends))
        keep_latest_totals(self._latest, every)
        self.sources |= {figure.source: sources[figure.source] for figure in every}
        self._count += len(reported)

    def disagreements(self, figures: Iterable[Figure], source: Source) -> list[str]:
        """Return what `hashpivot.ledger.disagreements` does for the figures of another source."""
        fresh = list(figures)
        reported = by_day_known(fresh)
        ends = own_ends(reported, {source.key: source})
        slips = slips_of_columns(self._compared(figure, ends) for figure in reported)
        return disagreement_sentences(fresh, slips, self._latest, self.sources)

    def _compared(self, figure: Figure, ends: Mapping[str, date]) -> Compared:
        answers = self._answers.get(question_of(figure))
        sound = answers.sound if answers else SoundFigures()
        earlier = sound.any_before(figure)
        compared = earlier and is_comparative(figure, ends)
        return Compared(figure, sound.in_another_scale(figure) if compared else None, earlier)


class _Answers:
    """All figures of one question; `sound` are those in the right scale."""

    def __init__(self) -> None:
        self.sound = SoundFigures()
        self._comparatives: list[tuple[date, int, Figure]] = []
        self._count = 0

    def add(self, figure: Figure, comparative: bool) -> None:
        """Add one, and judge anew the comparative figures that became known after it."""
        self._count += 1
        place = bisect_right(self._comparatives, (figure.known, self._count))
        later = self._comparatives[place:]
        for _, order, other in later:
            self.sound.discard(other, order)
        self.sound.judge(figure, self._count, comparative)
        for _, order, other in later:
            self.sound.judge(other, order, True)
        if comparative:
            self._comparatives.insert(place, (figure.known, self._count, figure))
