"""What a company's outlook starts from: every input with its unit and allowed range."""

from __future__ import annotations

from dataclasses import dataclass, field

from hashpivot.core import InvalidInput, short_repr
from hashpivot.formula import Number

from ._ai import AiContract, Cloud, Colocation
from ._chips import Chips
from ._debt import Debt, check_debt
from ._finance import Finance
from ._mining import Mining
from ._power import PowerQuarter, check_seasons
from ._run_rate import RunRateLines


@short_repr
@dataclass(frozen=True, slots=True)
class CompanyInputs:
    """Everything a company's outlook starts from.

    `power` are past quarters of its site; with them `mining.power_usd_per_mwh` is not used. `debt` are parts
    of `finance.debt_usd`; what it holds beyond them has no maturity.
    """

    ticker: str
    mining: Mining = field(default_factory=Mining)
    steady: RunRateLines = field(default_factory=RunRateLines)
    cloud: Cloud = field(default_factory=Cloud)
    colocation: Colocation = field(default_factory=Colocation)
    chips: Chips = field(default_factory=Chips)
    finance: Finance = field(default_factory=Finance)
    contracts: tuple[AiContract, ...] = field(default=())
    power: tuple[PowerQuarter, ...] = field(default=())
    debt: tuple[Debt, ...] = field(default=())

    @property
    def overheads_usd(self) -> Number | None:
        """Overheads of a quarter, stock-based pay apart; None if they are not known."""
        if self.finance.sga_usd is None:
            return None
        return self.finance.sga_usd + self.finance.rd_usd + self.chips.rd_usd

    def __post_init__(self) -> None:
        check_seasons(self.power)
        check_debt(self.debt, self.finance.debt_usd)
        for number, contract in enumerate(self.contracts):
            for other in self.contracts[:number]:
                if contract.overlaps(other):
                    raise InvalidInput(
                        f"contracts {other.name!r} and {contract.name!r} overlap",
                        where="contracts",
                        hint="they would count twice: keep one, or name the stages apart",
                    )
