"""Tables, charts, the season's HTML page and its workbook.

A command waits only for what it shows: every name is imported when it is first asked for.
"""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from .charts import (
        TargetRow,
        fan_chart,
        nowcast_bridge_chart,
        nowcast_chart,
        step_words,
        surprise_words,
        target_chart,
        tornado_chart,
    )
    from .company_page import (
        render_company,
        write_company,
    )
    from .coverage_page import (
        render_coverage,
        write_coverage,
    )
    from .live_model import (
        outlook_workbook,
        write_outlook_workbook,
    )
    from .outlook import (
        outlook_answers,
        render_outlook,
        write_outlook,
    )
    from .season_page import (
        company_charts,
        render_html,
        write_html,
    )
    from .shared import (
        Chart,
        SeasonReport,
        UnwritableFile,
        format_money,
        format_share,
        format_value,
        write_text,
    )
    from .site import (
        render_backtest,
        write_backtest,
    )
    from .terminal import (
        ComparedCell,
        ComparedTable,
        comparison_tables,
        missing_text,
        print_allocation,
        print_backtest,
        print_company,
        print_comparison,
        print_coverage,
        print_halving_impacts,
        print_halvings,
        print_lines,
        print_nowcast,
        print_outlook,
        print_plan,
        print_preliminary,
        print_price_forecast,
        print_reading,
        print_restated,
        print_season,
        print_statements,
        print_table,
        print_track_record,
        print_warnings,
        terminal_console,
    )
    from .workbook import (
        company_workbook,
        lines_workbook,
        season_workbook,
        write_company_workbook,
        write_lines_workbook,
        write_season_workbook,
    )

__all__ = [
    "Chart",
    "ComparedCell",
    "ComparedTable",
    "SeasonReport",
    "TargetRow",
    "UnwritableFile",
    "company_charts",
    "company_workbook",
    "comparison_tables",
    "fan_chart",
    "format_money",
    "format_share",
    "format_value",
    "lines_workbook",
    "missing_text",
    "nowcast_bridge_chart",
    "nowcast_chart",
    "outlook_answers",
    "outlook_workbook",
    "print_allocation",
    "print_backtest",
    "print_company",
    "print_comparison",
    "print_coverage",
    "print_halving_impacts",
    "print_halvings",
    "print_lines",
    "print_nowcast",
    "print_outlook",
    "print_plan",
    "print_preliminary",
    "print_price_forecast",
    "print_reading",
    "print_restated",
    "print_season",
    "print_statements",
    "print_table",
    "print_track_record",
    "print_warnings",
    "render_backtest",
    "render_company",
    "render_coverage",
    "render_html",
    "render_outlook",
    "season_workbook",
    "step_words",
    "surprise_words",
    "target_chart",
    "terminal_console",
    "tornado_chart",
    "write_backtest",
    "write_company",
    "write_company_workbook",
    "write_coverage",
    "write_html",
    "write_lines_workbook",
    "write_outlook",
    "write_outlook_workbook",
    "write_season_workbook",
    "write_text",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        ".charts": (
            "TargetRow",
            "fan_chart",
            "nowcast_bridge_chart",
            "nowcast_chart",
            "step_words",
            "surprise_words",
            "target_chart",
            "tornado_chart",
        ),
        ".company_page": (
            "render_company",
            "write_company",
        ),
        ".coverage_page": (
            "render_coverage",
            "write_coverage",
        ),
        ".live_model": (
            "outlook_workbook",
            "write_outlook_workbook",
        ),
        ".outlook": (
            "outlook_answers",
            "render_outlook",
            "write_outlook",
        ),
        ".season_page": (
            "company_charts",
            "render_html",
            "write_html",
        ),
        ".shared": (
            "Chart",
            "SeasonReport",
            "UnwritableFile",
            "format_money",
            "format_share",
            "format_value",
            "write_text",
        ),
        ".site": (
            "render_backtest",
            "write_backtest",
        ),
        ".terminal": (
            "ComparedCell",
            "ComparedTable",
            "comparison_tables",
            "print_company",
            "print_comparison",
            "print_coverage",
            "missing_text",
            "print_halving_impacts",
            "print_halvings",
            "print_lines",
            "print_nowcast",
            "print_outlook",
            "print_preliminary",
            "print_reading",
            "print_restated",
            "print_season",
            "print_statements",
            "print_table",
            "print_track_record",
            "print_warnings",
            "terminal_console",
            "print_allocation",
            "print_backtest",
            "print_plan",
            "print_price_forecast",
        ),
        ".workbook": (
            "company_workbook",
            "lines_workbook",
            "season_workbook",
            "write_company_workbook",
            "write_lines_workbook",
            "write_season_workbook",
        ),
    },
)
