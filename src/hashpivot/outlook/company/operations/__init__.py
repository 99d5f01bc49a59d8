"""What a company does: lines of business, contracts, and its fleet of machines."""

from ._contracts import ContractFlows
from ._fleet import TREND_HALF_LIFE
from ._lines import LineModel, QuarterFlows

__all__ = ["TREND_HALF_LIFE", "ContractFlows", "LineModel", "QuarterFlows"]
