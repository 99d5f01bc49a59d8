"""The targets of a growth answer as rows of a report."""

from __future__ import annotations

from hashpivot.season import Answer

from ...charts import TargetRow


def target_rows(growth: Answer) -> list[TargetRow]:
    """The company's targets, in the order of the answer: firmest first, earliest due first."""
    return list(map(TargetRow.of, growth.targets))
