"""What a notebook shows of a result: a fragment of HTML, of the pages' charts, tables and colours."""

from ._company import company_fragment, lines_fragment, restated_fragment
from ._coverage import coverage_fragment
from ._fragment import Fragment, FragmentTable, Letters, Picture, Titled, render_fragment
from ._halving import halving_fragment
from ._nowcast import nowcast_fragment, track_record_fragment
from ._outlook import outlook_fragment
from ._records import records_fragment
from ._season import comparison_fragment, season_fragment
from ._site import allocation_fragment, backtest_fragment, forecast_fragment, plan_fragment
from ._trace import trace_fragment

__all__ = [
    "Fragment",
    "FragmentTable",
    "Letters",
    "Picture",
    "Titled",
    "allocation_fragment",
    "backtest_fragment",
    "company_fragment",
    "comparison_fragment",
    "coverage_fragment",
    "forecast_fragment",
    "halving_fragment",
    "lines_fragment",
    "nowcast_fragment",
    "outlook_fragment",
    "plan_fragment",
    "records_fragment",
    "render_fragment",
    "restated_fragment",
    "season_fragment",
    "trace_fragment",
    "track_record_fragment",
]
