"""Chromium over its pipe: what it boxes, read back without any library."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHROMIUM = shutil.which("chromium")
_TARGET = """(() => {
  const at = document.querySelector(':target');
  if (!at) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {text: at.textContent, outline: style.outlineStyle + ' ' + style.outlineWidth,
          seen: box.height > 0 && box.bottom > 0 && box.top < innerHeight};
})()"""


class Browser:
    """One headless Chromium, as a context manager."""

    def __enter__(self) -> Self:
        to_read, self._to = os.pipe()
        self._from, to_write = os.pipe()
        sh = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "about:blank"]
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", sh, str(CHROMIUM), *flags],
            pass_fds=(to_read, to_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_read)
        os.close(to_write)
        self._buffer, self._number = b"", 0
        target = self._send("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = self._send("Target.attachToTarget", {"targetId": target, "flatten": True})
        self._session = attached["sessionId"]
        self._send("Page.enable")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait(10)
        os.close(self._to)
        os.close(self._from)

    def boxed(self, page: Path, anchor: str) -> dict[str, Any] | None:
        """What a page boxes when its address names a place: its text, outline and whether it is in view."""
        self._send("Page.navigate", {"url": "about:blank"})
        self._send("Page.navigate", {"url": f"{page.as_uri()}#{anchor}"})
        while True:
            state = self._evaluate("document.readyState + location.protocol")
            if state == "completefile:":
                break
        found: dict[str, Any] | None = self._evaluate(_TARGET)
        return found

    def _evaluate(self, text: str) -> Any:
        answer = self._send("Runtime.evaluate", {"expression": text, "returnByValue": True})
        return answer.get("result", {}).get("value")

    def _send(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params or {}}
        if hasattr(self, "_session"):
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self._buffer:
                self._buffer += os.read(self._from, 1 << 20)
            raw, _, self._buffer = self._buffer.partition(b"\0")
            answer = json.loads(raw)
            if answer.get("id") == self._number:
                result: dict[str, Any] = answer.get("result", {})
                return result
