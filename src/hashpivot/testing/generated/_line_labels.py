"""How a generated report names its lines of business."""

from __future__ import annotations

from hashpivot.core import Line

LABELS: dict[Line, tuple[str, str]] = {
    Line.SELF_MINING: ("Bitcoin mining", "BitcoinMining"),
    Line.HOSTING: ("Bitcoin hosting", "BitcoinHosting"),
    Line.AI_CLOUD: ("AI cloud services", "AICloudServices"),
    Line.AI_COLOCATION: ("HPC colocation", "HPCColocation"),
    Line.CHIPS: ("Mining equipment sales", "MiningEquipmentSales"),
    Line.ENGINEERING: ("Engineering", "Engineering"),
    Line.POWER: ("Demand response", "DemandResponse"),
}
"""Label of a row, and name of the product member, for each line a generated company may have."""
