"""A probe: a small file with one Individual Number in one named place."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from corpus import identifiers

FOUND = "found"
"""The number is among what the scan found, and no other one is."""
SUSPECT = "suspect"
"""Nothing is found, but a gap says that numbers probably lie here."""
PADDED = "padded"
"""In the name of a place: the number begins with a zero that only a format shows."""

Maker = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Probe:
    """``made`` puts a number into a file called ``file``; ``expects`` is what a scan must say.

    That is :data:`FOUND`, :data:`SUSPECT`, or the reason of a gap.
    """

    name: str
    file: str
    made: Maker
    expects: str = FOUND

    @property
    def format(self) -> str:
        """What the file is."""
        return self.name.partition(":")[0]

    @property
    def number(self) -> str:
        """The same in every run, and another one for every probe."""
        rng = random.Random(self.name)
        while True:
            number = identifiers.individual(rng)
            if number.startswith("0") == (PADDED in self.name):
                return number


def probes(
    kind: str, places: Mapping[str, Maker], file: str = "", expects: str = FOUND
) -> Iterator[Probe]:
    """One probe a place, in files called ``a.kind`` unless ``file`` says otherwise."""
    for place, made in places.items():
        yield Probe(f"{kind}: {place}", file or f"a.{kind}", made, expects)


def told(number: str) -> str:
    """The number behind its label."""
    return f"個人番号：{number}"


def zipped(members: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of a fixed date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, packing)
    return out.getvalue()


def table(number: str) -> bytes:
    """A list of one person, as a spreadsheet saves it in Japan."""
    return f"氏名,個人番号\r\n山田太郎,{number}\r\n".encode("cp932")
