"""Words of labels, members and concepts, made comparable."""

from __future__ import annotations

import re
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TAIL = re.compile(r"(Segment)?(Member|Domain|Axis)$")
_GENERIC = re.compile(
    r"^(total )?(net )?(segment )?(and consolidated )?"
    r"(revenues?|sales|cost of (revenues?|sales)|costs of revenues?|gross (profit|margin|loss)|profit|loss)?"
    r"[,:]?( net)?( \(?from external customers\)?)?( \(?exclu.*)?$"
)

_TOTAL_REVENUE = re.compile(
    r"^(?:consolidated )?total (?:consolidated )?(?:net |operating )*(?:revenues?|sales|turnover)"
    r"(?: and (?:other )?(?:operating )?(?:revenues?|income|sales))*"
    r"(?:,? net)?(?:,? net of interest expense)?(?:,? (?:\(|see )?notes? .{1,20})?(?: \(.*)?$"
    r"|^consolidated (?:net |operating )*(?:revenues?|sales)$"
    r"|^(?:net )?(?:revenues?|sales),? net of (?:excise |sales |value-?added )?taxes$"
)


def local_name(qname: str) -> str:
    """`us-gaap:Revenues` -> `Revenues`."""
    return qname.rpartition(":")[2]


@lru_cache(maxsize=4096)
def member_words(qname: str) -> str:
    """How a person would write a member: `riot:DataCenterHostingMember` -> `Data Center Hosting`."""
    return _CAMEL.sub(" ", _TAIL.sub("", local_name(qname)))


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """Lower case, camel case split, white space folded."""
    return " ".join(_CAMEL.sub(" ", text).lower().split())


def is_generic(label: str) -> bool:
    """True for a row label that says only what is counted, such as `Total revenue`, not for whom."""
    return bool(_GENERIC.match(normal(label)))


def says_total_revenue(label: str) -> bool:
    """True for the label of a total, such as `Total net sales and revenue (Note 3)`; `label` is normal."""
    return bool(_TOTAL_REVENUE.match(label))
