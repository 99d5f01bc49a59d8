"""Do facts agree with Arelle's? Every number of a filing, and every text of its cover.

    python -m tools long arelle

Compares concept, period, dimensions, unit, value and nil of numbers, and the texts of `dei` facts, as two
heaps: neither may hold a fact that the other does not. Arelle reads offline and without taxonomies. Only
counts are shown, so that it can run over filings nobody may look at.
"""

from __future__ import annotations

import gzip
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hashpivot.core import HashpivotError
from hashpivot.filings import Fact, Filing, read_filing
from hashpivot.filings.xbrl._names import canonical_prefix

from ..places import DATA

_SEC = "http://www.sec.gov/inlineXBRL/transformation/"
_XBRLDI = "{http://xbrl.org/2006/xbrldi}"
Key = tuple[object, ...]
_ABOUT = 5  # kind, concept, start, end, dimensions: then come unit and value


@dataclass(frozen=True)
class Agreement:
    """How two readers of filings agree.

    Args:
        filings: Read by both.
        numbers: Numeric facts that are the same.
        texts: Texts of covers that are the same.
        ours: Facts that only hashpivot reads so.
        theirs: Facts that only Arelle reads so.
        unjudged: Facts whose format Arelle has not: the SEC's, in releases without its plugin.
    """

    filings: int = 0
    numbers: int = 0
    texts: int = 0
    ours: int = 0
    theirs: int = 0
    unjudged: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(*(one + more for one, more in zip(_counts(self), _counts(other), strict=True)))

    @property
    def agree(self) -> bool:
        """True if neither reads a fact that the other does not."""
        return self.ours == self.theirs == 0

    def __str__(self) -> str:
        return (
            f"{self.filings} filings: {self.numbers:,} numbers and {self.texts:,} texts of covers agree, "
            f"{self.ours + self.theirs} do not; {self.unjudged:,} have a format Arelle does not know"
        )


def _counts(agreement: Agreement) -> tuple[int, ...]:
    return tuple(vars(agreement).values())


def filings(*folders: str) -> Iterator[bytes]:
    """The unpacked inline filings of folders of ../shared/data."""
    for folder in folders:
        for path in sorted((DATA / folder).glob("*.htm.gz")):
            yield gzip.decompress(path.read_bytes())


def agreement(documents: Iterable[bytes]) -> Agreement:
    """Read documents with both and count.

    Raises:
        ImportError: If there is no Arelle.
    """
    total = Agreement()
    with _controller() as controller:
        for data in documents:
            try:
                filing = read_filing("filing.htm", data=data)
            except HashpivotError:
                continue
            total += _compare(filing, data, controller)
    return total


@contextmanager
def _controller() -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from arelle.Cntlr import Cntlr

        controller = Cntlr(logFileName="logToBuffer", disable_persistent_config=True)
        controller.webCache.workOffline = True
        controller.modelManager.loadCustomTransforms()
        try:
            from arelle.plugin.transforms.SEC import loadSECtransforms
        except ImportError:
            pass
        else:
            loadSECtransforms(controller.modelManager.customTransforms)
        yield controller
        controller.close()


def _compare(filing: Filing, data: bytes, controller: Any) -> Agreement:
    theirs, unjudged = _theirs(data, controller)
    ours = Counter(
        key
        for fact in (*filing.facts, *filing.texts)
        if (key := _our_key(fact))
        and str(fact.locator).partition(":")[2] not in unjudged
        and key[1:_ABOUT] not in unjudged
    )
    same = ours & theirs
    numbers = sum(count for key, count in same.items() if key[0] == "number")
    texts = same.total() - numbers
    return Agreement(1, numbers, texts, (ours - theirs).total(), (theirs - ours).total(), len(unjudged))


def _theirs(data: bytes, controller: Any) -> tuple[Counter[Key], set[object]]:
    """Arelle's facts, and those whose format it does not know: their ids, or else what they are about."""
    facts, unjudged = Counter[Key](), set[object]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "filing.htm")
        path.write_bytes(data)
        model = controller.modelManager.load(str(path))
        for fact in model.facts:
            if _is_of_the_sec(fact.format) and fact.format not in controller.modelManager.customTransforms:
                unjudged.add(fact.get("id") or _about(fact))
            elif key := _their_key(fact):
                facts[key] += 1
        controller.modelManager.close()
    return facts, unjudged


def _is_of_the_sec(name: Any) -> bool:
    return name is not None and str(name.namespaceURI).startswith(_SEC)


def _our_key(fact: Fact) -> Key | None:
    context = fact.context
    about = fact.concept, context.start, context.end, context.dims
    if fact.unit:
        return "number", *about, fact.unit, fact.value
    if fact.concept.startswith("dei:"):
        return "text", *about, "" if fact.nil else _squeezed(fact.text)
    return None


def _their_key(fact: Any) -> Key | None:
    about = _about(fact)
    try:
        if fact.localName == "nonFraction":
            return "number", *about, _unit(fact.unit), None if fact.isNil else Decimal(fact.value)
        if fact.localName == "fraction":
            above, below = (Decimal(term.value) for term in list(fact)[:2])
            return "number", *about, _unit(fact.unit), above / below
        if str(about[0]).startswith("dei:"):
            return "text", *about, "" if fact.isNil else _squeezed(_text(fact))
    except Exception:  # whatever Arelle raises for a value, it refuses it
        pass
    return None


def _about(fact: Any) -> Key:
    return _name(fact.qname), *_days(fact.context), _dimensions(fact.context)


def _text(fact: Any) -> str:
    """Its value; of escaped markup the text alone, as hashpivot reads it.

    Raises:
        ValueError: If it does not fit its format.
    """
    from arelle.ModelValue import INVALIDixVALUE
    from arelle.XmlUtil import innerText

    if fact.value == INVALIDixVALUE:
        raise ValueError("it does not fit its format")
    escaped = fact.get("escape") in ("true", "1")
    return str(innerText(fact, ixExclude="html", ixContinuation=True) if escaped else fact.value)


def _squeezed(text: str) -> str:
    """Without white space: Arelle keeps that of the source, and joins blocks without any."""
    return "".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def _name(name: Any) -> str:
    prefix = canonical_prefix(name.namespaceURI or "", name.prefix or "")
    return f"{prefix}:{name.localName}" if prefix else str(name.localName)


def _days(context: Any) -> tuple[date | None, date]:
    if context.isForeverPeriod:
        return None, date.max
    start = None if context.isInstantPeriod else context.startDatetime.date()
    return start, (context.endDatetime - timedelta(microseconds=1)).date()


def _dimensions(context: Any) -> tuple[tuple[str, str], ...]:
    pairs = []
    for member in context.iter(f"{_XBRLDI}explicitMember", f"{_XBRLDI}typedMember"):
        if member.tag == f"{_XBRLDI}explicitMember":
            value = _name(member.prefixedNameQname(member.text.strip()))
        else:
            value = " ".join("".join(member.itertext()).split())
        pairs.append((_name(member.prefixedNameQname(member.get("dimension"))), value))
    return tuple(sorted(pairs))


def _unit(unit: Any) -> str:
    return "/".join("*".join(sorted(part.localName for part in parts)) for parts in unit.measures if parts)
