"""The bitcoin network and its price: blocks, difficulty, fees, candles."""

from ._bitcoind import Bitcoind, NodeState, bitcoind_service, has_node
from ._block_day import CONFIRMATIONS, BlockDay, BlockSource, block_days
from ._chain_block import (
    MOST_FEES_SAT,
    ChainBlock,
    as_the_protocol_has_it,
)
from ._daily_close import MOST_MOVE, SPREAD, UNDECIDED, DailyClose, DailyCloses, daily_closes
from ._exchange import SHAPES, CandleShape, DailyCandle, Exchange, candle_shapes
from ._mempool import (
    CountedHashRate,
    DifficultyChange,
    MeanPayment,
    Mempool,
    MomentPrice,
    RewardTotals,
    RunningEpoch,
    mempool_service,
)

__all__ = [
    "CONFIRMATIONS",
    "MOST_FEES_SAT",
    "MOST_MOVE",
    "SHAPES",
    "SPREAD",
    "UNDECIDED",
    "Bitcoind",
    "BlockDay",
    "BlockSource",
    "CandleShape",
    "ChainBlock",
    "CountedHashRate",
    "DailyCandle",
    "DailyClose",
    "DailyCloses",
    "DifficultyChange",
    "Exchange",
    "MeanPayment",
    "Mempool",
    "MomentPrice",
    "NodeState",
    "RewardTotals",
    "RunningEpoch",
    "as_the_protocol_has_it",
    "bitcoind_service",
    "block_days",
    "candle_shapes",
    "daily_closes",
    "has_node",
    "mempool_service",
]
