"""What a reader must know of the figures an outlook stands on, in sentences."""

from ._figures import CONSOLIDATED, age_of_flows, age_of_lines, mixed_line, new_debt, no_contracts

__all__ = ["CONSOLIDATED", "age_of_flows", "age_of_lines", "mixed_line", "new_debt", "no_contracts"]
