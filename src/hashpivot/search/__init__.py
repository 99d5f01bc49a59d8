"""Search: companies, lines of business, figures, statements of texts and sources by what people type."""

from hashpivot._lazy import lazy_names

from ._hit import Hit, HitKind
from ._index import Found, SearchIndex, named_company

__all__ = ["Found", "Hit", "HitKind", "SearchIndex", "named_company"]

__getattr__, __dir__ = lazy_names(__name__)
