"""A real browser, driven over its own DevTools protocol; nothing but aiohttp is needed for it."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import subprocess
import tempfile
from collections.abc import AsyncIterator
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

    async def open(self, file: Path) -> None:
        """Load a file and wait until it is drawn."""
        for domain in ("Page", "Runtime", "Log", "Network"):
            await self.call(f"{domain}.enable")
        await self.call("Page.navigate", url=file.absolute().as_uri())
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

    async def prefer(self, scheme: str) -> None:
        """Let the system prefer light or dark."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        await self.call("Emulation.setEmulatedMedia", features=[feature])

    async def picture(self, file: Path, *, whole: bool = False) -> None:
        """Save what is seen, or the whole page."""
        shot = await self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        await asyncio.to_thread(file.write_bytes, base64.b64decode(shot["data"]))

    async def paper(self) -> bytes:
        """The page as it prints, a PDF."""
        shot = await self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(shot["data"])


@contextlib.asynccontextmanager
async def browser(program: str) -> AsyncIterator[Tab]:
    """Start ``program`` with an empty profile and give its first tab; it ends with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.to_thread(
            subprocess.Popen,
            [program, *_ARGUMENTS, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            port = await _port(Path(profile), process)
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                    tabs = [tab for tab in await answer.json() if tab["type"] == "page"]
                address = tabs[0]["webSocketDebuggerUrl"]
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    yield Tab(socket)
        finally:
            process.terminate()
            await asyncio.to_thread(process.wait)


async def _port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    """The port the browser chose; it writes it into its profile."""
    file = profile / "DevToolsActivePort"
    for _ in range(1500):
        assert process.poll() is None, "the browser did not start"
        if file.exists() and (lines := file.read_text().split()):
            return int(lines[0])
        await asyncio.sleep(0.02)
    raise AssertionError("the browser did not open its port")
