"""Several stand-ins on one address, as `--base-url` takes one."""

from __future__ import annotations

from collections.abc import Sequence

from ._answer import ServedAnswer, text_answer
from ._local_service import LocalService
from ._seen_request import SeenRequest


class ServicesTogether(LocalService):
    """Stand-ins that share an address: each request goes to the first that answers paths of its kind.

    Rates, clocks and faults stay each service's own; `requests` are those of all.

    Args:
        services: In order; they need not be started.
        port: Port on 127.0.0.1; 0 for any that is free.
    """

    def __init__(self, services: Sequence[LocalService], *, port: int = 0) -> None:
        super().__init__(port=port)
        self.services = tuple(services)

    def answered(self, request: SeenRequest) -> ServedAnswer:
        """Return what the service of that path sends."""
        for service in self.services:
            if request.route.startswith(service.paths):
                return service.answered(request)
        return text_answer("Not Found", 404)
