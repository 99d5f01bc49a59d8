"""Stand-ins for mempool.space, a bitcoin node and exchanges."""

from ._bitcoind_service import BitcoindService, warming_up, work_queue_full
from ._exchange_service import ExchangeService, kraken_too_many, restricted_location
from ._made_up_days import made_up_network_days
from ._mempool_service import MempoolService
from ._network_service import NetworkService
from ._served_chain import ServedBlock, ServedChain

__all__ = [
    "BitcoindService",
    "ExchangeService",
    "MempoolService",
    "NetworkService",
    "ServedBlock",
    "ServedChain",
    "kraken_too_many",
    "made_up_network_days",
    "restricted_location",
    "warming_up",
    "work_queue_full",
]
