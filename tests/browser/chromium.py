"""A real browser, driven over its own DevTools protocol; nothing but aiohttp is needed for it.

One browser serves a whole session of tests; each test has a tab of its own.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp

_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)


class Tab:
    """One page of the browser, with everything that it logged."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._count = 0
        self.problems: list[str] = []
        """Exceptions, console messages and refusals by the page's policy."""
        self.requested: list[str] = []
        """Every address that the page asked for."""

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and give back its result; events on the way are kept."""
        self._count += 1
        mine = self._count
        await self._socket.send_str(
            json.dumps({"id": mine, "method": method, "params": parameters})
        )
        async for message in self._socket:
            answer = json.loads(message.data)
            if answer.get("id") == mine:
                assert "error" not in answer, answer["error"]
                return dict(answer["result"])
            self._note(answer)
        raise AssertionError("the browser went away")

    def _note(self, event: dict[str, Any]) -> None:
        name, details = event.get("method"), event.get("params", {})
        if name == "Runtime.exceptionThrown":
            self.problems.append(str(details["exceptionDetails"].get("exception", details)))
        elif name in {"Log.entryAdded", "Runtime.consoleAPICalled"}:
            self.problems.append(json.dumps(details, ensure_ascii=False))
        elif name == "Network.requestWillBeSent":
            self.requested.append(details["request"]["url"])

    async def run(self, script: str) -> Any:
        """The value of an expression, awaited where it is a promise."""
        result = await self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    async def open(self, file: Path, address: str = "") -> None:
        """Load a file, at an ``address`` in it such as ``#items``, and wait until it is drawn."""
        for domain in ("Page", "Runtime", "Log", "Network"):
            await self.call(f"{domain}.enable")
        await self.call("Page.navigate", url=file.absolute().as_uri() + address)
        while await self.run("document.readyState") != "complete":
            await asyncio.sleep(0.02)

    async def resize(self, width: int, height: int) -> None:
        """Set the size of the window in CSS pixels."""
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    async def prefer(self, scheme: str = "light", **others: str) -> None:
        """Let the system prefer light or dark, and other features by name (``_`` for ``-``)."""
        wanted = {"prefers-color-scheme": scheme}
        wanted |= {name.replace("_", "-"): value for name, value in others.items()}
        features = [{"name": name, "value": value} for name, value in wanted.items()]
        await self.call("Emulation.setEmulatedMedia", features=features)

    async def press(self, key: str, *, times: int = 1, shift: bool = False) -> None:
        """Press a key by its name: ``Tab``, ``Enter``, ``ArrowDown`` …"""
        text = {"Enter": "\r"}.get(key, "")
        code = {"Tab": 9, "Enter": 13, "Escape": 27, "Home": 36, "End": 35}.get(key, 0)
        code = code or {"ArrowDown": 40, "ArrowUp": 38, "ArrowRight": 39, "ArrowLeft": 37}.get(
            key, 0
        )
        for _ in range(times):
            for kind in ("keyDown", "keyUp"):
                event = {"key": key, "code": key, "windowsVirtualKeyCode": code}
                event |= {"text": text} if text and kind == "keyDown" else {}
                await self.call(
                    "Input.dispatchKeyEvent", type=kind, modifiers=8 if shift else 0, **event
                )

    async def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        frame = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))"
        for _ in range(2):
            await self.run(frame)

    async def picture(self, file: Path, *, whole: bool = False) -> None:
        """Save what is seen, or the whole page."""
        shot = await self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        await asyncio.to_thread(file.write_bytes, base64.b64decode(shot["data"]))

    async def paper(self) -> bytes:
        """The page as it prints, a PDF; backgrounds left out, as browsers do unless asked."""
        shot = await self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(shot["data"])


@contextlib.contextmanager
def started(program: str) -> Iterator[int]:
    """Start ``program`` with an empty profile and give its port; it ends with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [program, *_ARGUMENTS, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield _port(Path(profile), process)
        finally:
            process.terminate()
            process.wait()


@contextlib.asynccontextmanager
async def tab(port: int) -> AsyncIterator[Tab]:
    """A new tab of the browser at ``port``, closed with the block."""
    server = f"http://127.0.0.1:{port}/json"
    async with aiohttp.ClientSession() as session:
        async with session.put(f"{server}/new?about:blank") as answer:
            target = await answer.json()
        try:
            address = target["webSocketDebuggerUrl"]
            async with session.ws_connect(address, max_msg_size=0) as socket:
                yield Tab(socket)
        finally:
            async with session.get(f"{server}/close/{target['id']}"):
                pass


def _port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    """The port the browser chose; it writes it into its profile."""
    file = profile / "DevToolsActivePort"
    for _ in range(3000):
        assert process.poll() is None, "the browser did not start"
        if file.exists() and (lines := file.read_text().split()):
            return int(lines[0])
        time.sleep(0.02)
    raise AssertionError("the browser did not open its port")
