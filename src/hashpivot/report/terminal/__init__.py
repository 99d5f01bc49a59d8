"""Tables for a terminal."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._changes import (
        changes_words,
        company_words,
        print_changes,
        source_words,
    )
    from ._company import (
        print_company,
    )
    from ._comparison import (
        ComparedCell,
        ComparedTable,
        comparison_tables,
        print_comparison,
    )
    from ._console import (
        DASH,
        print_data,
        print_line,
        print_table,
        print_text_table,
        print_words,
        terminal_console,
    )
    from ._coverage import (
        coverage_table,
        holes_table,
        missing_text,
        print_coverage,
    )
    from ._halving import (
        halving_impacts_table,
        halvings_table,
        print_halving_impacts,
        print_halvings,
    )
    from ._league_table import (
        print_season,
    )
    from ._lines import (
        lines_tables,
        print_lines,
        print_restated,
        restated_table,
    )
    from ._nowcast import (
        nowcast_details,
        nowcast_table,
        of_lines_alone,
        print_nowcast,
        print_track_record,
        track_record_tables,
        track_record_words,
    )
    from ._outlook import (
        outlook_table,
        print_outlook,
        print_outlooks,
    )
    from ._reading import (
        print_reading,
        print_warnings,
    )
    from ._search import (
        found_words,
        print_search,
    )
    from ._site import (
        allocation_tables,
        plan_table,
        price_forecast_table,
        print_allocation,
        print_backtest,
        print_plan,
        print_price_forecast,
        print_what_if,
    )
    from ._statements import (
        print_preliminary,
        print_statements,
    )

__all__ = [
    "DASH",
    "ComparedCell",
    "ComparedTable",
    "allocation_tables",
    "changes_words",
    "company_words",
    "comparison_tables",
    "coverage_table",
    "found_words",
    "halving_impacts_table",
    "halvings_table",
    "holes_table",
    "lines_tables",
    "missing_text",
    "nowcast_details",
    "nowcast_table",
    "of_lines_alone",
    "outlook_table",
    "plan_table",
    "price_forecast_table",
    "print_allocation",
    "print_backtest",
    "print_changes",
    "print_company",
    "print_comparison",
    "print_coverage",
    "print_data",
    "print_halving_impacts",
    "print_halvings",
    "print_line",
    "print_lines",
    "print_nowcast",
    "print_outlook",
    "print_outlooks",
    "print_plan",
    "print_preliminary",
    "print_price_forecast",
    "print_reading",
    "print_restated",
    "print_search",
    "print_season",
    "print_statements",
    "print_table",
    "print_text_table",
    "print_track_record",
    "print_warnings",
    "print_what_if",
    "print_words",
    "restated_table",
    "scenario_bridge_table",
    "source_words",
    "terminal_console",
    "track_record_tables",
    "track_record_words",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._changes": (
            "changes_words",
            "company_words",
            "print_changes",
            "source_words",
        ),
        "._company": ("print_company",),
        "._comparison": (
            "ComparedCell",
            "ComparedTable",
            "comparison_tables",
            "print_comparison",
        ),
        "._console": (
            "DASH",
            "print_data",
            "print_line",
            "print_table",
            "print_text_table",
            "print_words",
            "terminal_console",
        ),
        "._coverage": (
            "coverage_table",
            "holes_table",
            "missing_text",
            "print_coverage",
        ),
        "._halving": (
            "halving_impacts_table",
            "halvings_table",
            "print_halving_impacts",
            "print_halvings",
        ),
        "._lines": (
            "lines_tables",
            "print_lines",
            "print_restated",
            "restated_table",
        ),
        "._nowcast": (
            "nowcast_details",
            "nowcast_table",
            "of_lines_alone",
            "print_nowcast",
            "print_track_record",
            "track_record_tables",
            "track_record_words",
        ),
        "._outlook": (
            "outlook_table",
            "print_outlook",
            "print_outlooks",
        ),
        "._reading": (
            "print_reading",
            "print_warnings",
        ),
        "._league_table": ("print_season",),
        "._search": (
            "found_words",
            "print_search",
        ),
        "._site": (
            "allocation_tables",
            "plan_table",
            "price_forecast_table",
            "print_allocation",
            "print_backtest",
            "print_what_if",
            "print_plan",
            "print_price_forecast",
        ),
        "._statements": (
            "print_preliminary",
            "print_statements",
        ),
    },
)
