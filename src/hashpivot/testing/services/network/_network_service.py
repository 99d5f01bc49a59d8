"""A mempool and three exchanges on one address, for `--base-url`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hashpivot.bitcoin import NetworkDay

from ..http import LocalService, SeenRequest, ServedAnswer, text_answer
from ._exchange_service import ExchangeAnswers
from ._mempool_service import MempoolAnswers
from ._served_chain import ServedChain


class NetworkService(LocalService):
    """A stand-in for a mempool and the exchanges together: blocks and closes of given days.

    Args:
        days: Consecutive days; a client needs one before the first it asks for.
        running: Blocks of the day after the last, which is not over.
        factors: By exchange, what its closes are multiplied by.
        port: Port on 127.0.0.1; 0 for any that is free.
    """

    def __init__(
        self,
        days: Sequence[NetworkDay],
        running: int = 12,
        *,
        factors: Mapping[str, float] | None = None,
        port: int = 0,
    ) -> None:
        super().__init__(port=port)
        self.mempool = MempoolAnswers(ServedChain(days, running))
        self.exchanges = ExchangeAnswers(
            {row.day: row.close_usd for row in days if row.close_usd is not None}, factors
        )

    def answer(self, request: SeenRequest) -> ServedAnswer:
        """Return what the service of that path answers when nothing is wrong."""
        found = self.exchanges.answer(request) or self.mempool.answer(request)
        return found or text_answer("Not Found", 404)
