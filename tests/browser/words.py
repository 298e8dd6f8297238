"""What the tests of the page ask of a tab: small scripts, and names for places in the page."""

from __future__ import annotations

import json
from typing import Any

ROWS = "[...document.querySelectorAll('.items-grid tbody tr')]"
NAMES = f"{ROWS}.map((row) => row.querySelector('.name').innerText)"
STATUS = "document.querySelector('#items-table [role=status]').innerText"
PATH = "[...document.querySelectorAll('#items-table .path li')].map((step) => step.innerText)"
FOCUS = "document.activeElement.innerText"
PLACES = "[...document.querySelectorAll('.groups-of-items tbody .name')].map((n) => n.innerText)"


async def click(tab: Any, selector: str, at: int = 0) -> None:
    """Click the element number ``at`` of those that match, and wait until it is drawn."""
    await tab.run(f"document.querySelectorAll({json.dumps(selector)})[{at}].click()")
    await tab.settle()


async def type_in(tab: Any, text: str) -> None:
    """Search the items for ``text``."""
    await tab.run(
        "(() => { const box = document.querySelector('#items-table [name=search]');"
        f"box.value = {json.dumps(text)}; box.dispatchEvent(new Event('input', {{bubbles: true}}));"
        "return new Promise((done) => setTimeout(done, 250)); })()"
    )
    await tab.settle()


async def go(tab: Any, address: str) -> None:
    """Go to an address inside the page."""
    await tab.run(f"location.hash = {json.dumps(address)}")
    await tab.settle()


async def speak(tab: Any, lang: str) -> None:
    """Switch the language."""
    await click(tab, f"input[name=lang][value={lang}]")
