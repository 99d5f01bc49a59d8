"""Mail, by the system's own sender: hashpivot knows no mail server and no password."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from hashpivot.core import ChannelError, InvalidInput, terminal_line

from ..journal import FilingNews

_SENDER = "sendmail"
_PLACES = ("/usr/sbin", "/usr/lib", "/usr/local/sbin")  # where it stands when PATH does not name the place
_TIMEOUT = 60.0  # seconds; it only puts the message into a queue
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_HINT = "the message is kept and sent again at the next poll"


@dataclass(frozen=True, slots=True)
class MailChannel:
    """Messages by mail.

    Args:
        to: Mail addresses.

    Raises:
        InvalidInput: If one is none.
    """

    to: tuple[str, ...] = field(repr=False)
    name: str = field(default="mail", init=False)

    def __post_init__(self) -> None:
        if not self.to or not all(map(_ADDRESS.fullmatch, self.to)):
            raise InvalidInput(
                "a mail address does not look like one",
                where="[watch] mail_to",
                hint='such as mail_to = "jane@example.com"',
            )

    def send(self, news: FilingNews) -> None:
        """Hand a message to the system's sender.

        Raises:
            ChannelError: If there is none, or it does not take the message.
        """
        sender = _sender()
        if sender is None:
            raise ChannelError(
                f"this system has no {_SENDER}",
                where=self.name,
                hint=f"install one, or remove mail_to; {_HINT}",
            )
        try:
            done = subprocess.run(
                [sender, "-t", "-i"],
                input=self.message(news).as_bytes(),
                capture_output=True,
                timeout=_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ChannelError(f"{_SENDER} does not end", where=self.name, hint=_HINT) from None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise ChannelError(f"{_SENDER} does not start: {reason}", where=self.name, hint=_HINT) from None
        if done.returncode:
            raise ChannelError(f"{_SENDER} ended with status {done.returncode}", where=self.name, hint=_HINT)

    def message(self, news: FilingNews) -> EmailMessage:
        """The mail. Its Message-ID depends on the filing alone: sent twice, mail programs show it once."""
        mail = EmailMessage(policy=default.clone(cte_type="7bit"))
        mail["To"] = [Address(addr_spec=address) for address in self.to]
        mail["Subject"] = terminal_line(news.title)
        mail["Message-ID"] = f"<{news.id}@watch.hashpivot.invalid>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content("\n".join(map(terminal_line, (news.title, "", *news.lines))) + "\n")
        return mail


def _sender() -> str | None:
    return shutil.which(_SENDER) or shutil.which(
        _SENDER, path=os.pathsep.join(place for place in _PLACES if Path(place).is_dir())
    )
