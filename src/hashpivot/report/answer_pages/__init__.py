"""Pages that are served and not written to files: comparison, nowcast and track record, halving, health."""

from ._comparison import comparison_body
from ._halving import halving_body
from ._health import health_body
from ._nowcast import nowcast_body, track_record_body

__all__ = ["comparison_body", "halving_body", "health_body", "nowcast_body", "track_record_body"]
