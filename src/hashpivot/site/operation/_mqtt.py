"""Schedules to an MQTT broker, by paho-mqtt. Its address holds a password, and stands in no message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from hashpivot.core import LOOPBACK, ChannelError, InvalidInput, json_text, optional_library

_PORTS = {"mqtt": 1883, "mqtts": 8883}
_TIMEOUT = 15.0  # seconds until the broker has confirmed a message
_HINT = "the next interval sends its schedule anew"


@dataclass(frozen=True, slots=True)
class MqttOutput:
    """A topic of a broker that each schedule is published to, retained, and confirmed by the broker (QoS 1).

    Args:
        url: `mqtts://user:password@host:port/topic`, or `mqtt://` on this machine.

    Raises:
        InvalidInput: If it is no such address; it is not shown.
        MissingLibrary: If paho-mqtt is not installed (extra `mqtt`).
    """

    url: str = field(repr=False)
    name: str = "mqtt"

    def __post_init__(self) -> None:
        parts = self._parts()
        safe = parts.scheme == "mqtts" or (parts.scheme == "mqtt" and parts.hostname in LOOPBACK)
        if not (safe and self._topic(parts)):
            raise InvalidInput(
                "the address is not one a schedule may be published to",
                where="[site] mqtt",
                hint="write mqtts://user:password@host/topic; mqtt://127.0.0.1/topic on this machine",
            )
        _client_module()

    def send(self, message: dict[str, Any]) -> None:
        """Publish it.

        Raises:
            ChannelError: If the broker does not confirm it.
        """
        parts, paho = self._parts(), _client_module()
        client = paho.Client(paho.CallbackAPIVersion.VERSION2)
        if parts.scheme == "mqtts":
            client.tls_set()
        if parts.username:
            client.username_pw_set(unquote(parts.username), unquote(parts.password or ""))
        client.connect_timeout = _TIMEOUT
        try:
            client.connect(parts.hostname, parts.port or _PORTS[parts.scheme])
            client.loop_start()
            sent = client.publish(self._topic(parts), json_text(message, indent=None), qos=1, retain=True)
            sent.wait_for_publish(_TIMEOUT)
            if not sent.is_published():
                raise ChannelError("the broker did not confirm the schedule", where=self.name, hint=_HINT)
        except (OSError, ValueError, RuntimeError) as error:
            reason = getattr(error, "strerror", "") or type(error).__name__
            raise ChannelError(f"no connection: {reason}", where=self.name, hint=_HINT) from None
        finally:
            client.disconnect()
            client.loop_stop()

    def _parts(self) -> SplitResult:
        try:
            parts = urlsplit(self.url)
            parts.port  # noqa: B018  # raises where it is none
        except ValueError:
            return urlsplit("")
        return parts

    @staticmethod
    def _topic(parts: SplitResult) -> str:
        topic = unquote(parts.path.removeprefix("/"))
        return "" if any(sign in topic for sign in "#+\0") else topic


def _client_module() -> Any:
    return optional_library("paho.mqtt.client", "an MQTT output", "mqtt")
