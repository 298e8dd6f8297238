"""Third-party text and files out of the git repositories that a table names.

Nothing of it is kept in this repository. A source is cloned without its history, or read from a
bare mirror; of its newest commit an even choice of the files that may hold text is written out,
the same one wherever the commit comes from.
"""

from __future__ import annotations

import csv
import os
import subprocess
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

TEXTS = Path(__file__).with_name("real_text.csv")
FILES = Path(__file__).with_name("real_files.csv")
LARGEST = 4 << 20
"""Bytes of a file that is taken; mirrors often lack larger ones."""
BATCH = 64 << 20
NO_TEXT = frozenset(
    """.7z .a .aac .avi .bin .bmp .bz2 .class .dcm .dll .dwg .dylib .eot .exe .flac .gif .gltf .grb
    .grib2 .heic .icns .ico .img .j2k .jar .jp2 .jpeg .jpf .jpg .jxl .lib .mj2 .mov .mp3 .mp4 .mkv
    .npy .npz .o .ogg .otf .pack .png .psd .pyc .so .svgz .tga .tif .tiff .ttf .wasm .wav .webm
    .webp .wmf .woff .woff2 .xcf .xz""".split()
)
DOCUMENTS = frozenset(
    """.123 .7z .ai .biff5 .bz2 .cab .chm .cpio .csv .db .dbf .dif .doc .docm .docx .dot .dotm
    .dotx .eml .epub .fb2 .fodt .gz .htm .html .hwp .ics .ipynb .json .key .lzma .mbox .mdb .mpp
    .msg .numbers .odf .odg .odp .ods .odt .one .ott .p7m .p7s .pages .pdf .pot .potx .pps .ppsm
    .ppsx .ppt .pptm .pptx .prn .pst .pub .rar .rtf .slk .sqlite .srt .tar .tgz .tnef .tsv .txt
    .vcf .vsd .vsdm .vsdx .wb2 .wk1 .wk3 .wk4 .wks .wps .xhtml .xla .xlam .xls .xlsb .xlsm .xlsx
    .xlt .xltm .xltx .xml .xps .xz .zip .zst""".split()
)


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the table."""

    repository: str
    licence: str
    why: str
    kind: str = ""
    megabytes: int = 1_000
    under: str = ""
    """A folder of it; "" = all of it."""
    files: int = 0
    """At most so many documents of one suffix; 0 = everything that may hold text."""

    @property
    def folder(self) -> str:
        return self.repository.replace("/", "+")

    def takes(self, path: PurePosixPath) -> bool:
        """Whether a file of this path may hold what is wanted."""
        suffix = path.suffix.lower()
        if ".." in path.parts or not str(path).startswith(self.under):
            return False
        return suffix in DOCUMENTS if self.files else suffix not in NO_TEXT


def sources(table: Path = TEXTS) -> list[Source]:
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [dict(row) for row in csv.DictReader(lines)]
    numbers = ("megabytes", "files")
    return [Source(**{k: int(v) if k in numbers else v for k, v in row.items()}) for row in rows]


def git(directory: Path, *arguments: str, data: bytes | None = None) -> bytes:
    command = ["git", "--git-dir", str(directory), *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def mirror(source: Source, mirrors: Path) -> Path | None:
    """The git directory of a source below ``mirrors``, whichever of the usual names it has."""
    owner, _, name = source.repository.partition("/")
    roots = [mirrors / source.folder, mirrors / owner / name]
    named = [*roots, *(root.with_name(f"{root.name}.git") for root in roots)]
    inner = [root / step for root in named for step in (".", ".git", "repo", "repo/.git")]
    return next((path for path in inner if (path / "HEAD").is_file()), None)


def wanted(directory: Path, source: Source) -> list[tuple[str, str, int]]:
    """Object, path and size of the files to take: an even choice of them up to the limit."""
    listing = git(directory, "ls-tree", "-r", "-l", "-z", "HEAD").split(b"\0")
    files = []
    for entry in filter(None, listing):
        head, _, raw = entry.partition(b"\t")
        mode, kind, name, size = head.split()
        path = PurePosixPath(os.fsdecode(raw))
        if kind != b"blob" or mode == b"120000" or not size.isdigit():
            continue  # a submodule, a link, a file that the mirror lacks
        if not 0 < int(size) <= LARGEST:
            continue
        if source.takes(path):
            files.append((name.decode(), str(path), int(size)))
    files.sort(key=lambda one: (zlib.crc32(os.fsencode(one[1])), one[1]))
    chosen, left = [], source.megabytes * 1_000_000
    alike: Counter[str] = Counter()
    for one in files:
        alike[suffix := PurePosixPath(one[1]).suffix.lower()] += 1
        if one[2] <= left and alike[suffix] <= (source.files or len(files)):
            left -= one[2]
            chosen.append(one)
    return chosen


def blobs(directory: Path, files: Sequence[tuple[str, str, int]]) -> Iterator[tuple[str, bytes]]:
    """Path and content of the files that the git directory has; some mirrors lack some."""
    data = git(directory, "cat-file", "--batch", data="\n".join(f[0] for f in files).encode())
    position = 0
    for _, path, _ in files:
        end = data.index(b"\n", position)
        words, position = data[position:end].split(), end + 1
        if words[-1] != b"missing":
            size = int(words[-1])
            yield path, data[position : position + size]
            position += size + 1


def batches(files: Sequence[tuple[str, str, int]]) -> Iterator[list[tuple[str, str, int]]]:
    batch: list[tuple[str, str, int]] = []
    for one in files:
        batch.append(one)
        if sum(size for *_, size in batch) >= BATCH or len(batch) >= 2_000:
            yield batch
            batch = []
    if batch:
        yield batch


def extract(directory: Path, source: Source, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as part:
        root = Path(part) / source.folder
        root.mkdir()
        for batch in batches(wanted(directory, source)):
            for path, data in blobs(directory, batch):
                target = root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        root.rename(folder / source.folder)


def materialise(folder: Path, mirrors: Path | None, table: Path = TEXTS) -> None:
    """Write the sources that are not there yet; what cannot be had is told and left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources(table):
        if (folder / source.folder).is_dir():
            continue
        with tempfile.TemporaryDirectory(dir=folder, prefix=".clone-") as clone:
            directory = mirror(source, mirrors) if mirrors else Path(clone) / "git"
            try:
                if directory is None:
                    print(f"not among the mirrors: {source.repository}")
                    continue
                if mirrors is None:
                    address = f"https://github.com/{source.repository}"
                    command = ["git", "clone", "--quiet", "--depth=1", "--bare", address]
                    subprocess.run([*command, str(directory)], check=True)
                extract(directory, source, folder)
            except subprocess.CalledProcessError as error:
                print(f"not to be had: {source.repository} (git exit code {error.returncode})")
