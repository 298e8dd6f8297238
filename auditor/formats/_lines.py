"""An XML document as lines ``tag: text``, so that the tag is read as the label it is."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _base64
from auditor.model import Text

_FLUSH = 8 << 20
_NAMES = ("name", "key", "label", "title")
_DENSE = 200
"""Characters a line above which a document was not written line by line."""


def dense(text: str) -> bool:
    """Whether line numbers of this document would tell a person nothing."""
    return len(text) > _DENSE * (text.count("\n") + 1)


class Lines:
    """Collects labelled lines; in step with the lines of the source where it has such."""

    def __init__(
        self, place: str = "", *, aligned: bool = False, files: _base64.Files | None = None
    ) -> None:
        """What stands at ``place``, as lines.

        Args:
            place: for people.
            aligned: a line of the text stands on the line of the source it comes from.
            files: takes the files that texts are as Base64.
        """
        self.line = 1 if aligned else 0
        self._place = place
        self._files = files
        self._aligned = aligned
        self._out: list[str] = []
        self._size = 0
        self._single = ""
        """What the last line is about, when it holds a single character."""
        self._at = 1
        self._asides: list[str] = []
        self._labels: list[str] = []
        self._named: list[str] = []
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins: what its parent said so far, then its attributes."""
        if self._text:
            self._flush()
        self._labels.append(tag)
        if not attributes:
            self._named.append("")
            return
        name = ""
        for key in _NAMES:
            if name := attributes.get(key, ""):
                break
        self._named.append(name if len(name) <= _DENSE else "")
        for key, value in attributes.items():
            if value.strip():
                self._put(f"{tag} {key}: {value}")

    def end(self, tag: str) -> None:
        """An element ends; ends that nothing began are passed over."""
        if self._text:
            self._flush()
        if self._labels and self._labels[-1] == tag:
            self._labels.pop()
            self._named.pop()
        elif tag in self._labels[-_DENSE:]:
            while self._labels.pop() != tag:
                self._named.pop()
            self._named.pop()

    def data(self, text: str) -> None:
        """Text of the element that is open; blanks before it are none of it."""
        if self._text or not text.isspace():
            self._text.append(text)

    def aside(self, text: str) -> None:
        """Comments come after everything else."""
        if text.strip():
            self._asides.append(text)

    def ready(self) -> Iterator[Text]:
        """What is long enough to be handed over before the end."""
        if self._size > _FLUSH and not self._aligned:
            yield self._take()

    def close(self) -> Iterator[Text]:
        """The rest."""
        self._flush()
        if self._out:
            yield self._take()
        if self._asides:
            yield Text("\n".join(self._asides), _within(self._place, "comment"))

    def _take(self) -> Text:
        text = "".join(self._out)
        self._out, self._size = [], 0
        return Text(text, self._place)

    def _flush(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text = []
        if not text:
            return
        label = self._labels[-1] if self._labels else ""
        named = self._named[-1] or self._named[-2:][0] if self._named else ""
        head = f"{named} {label}" if named and label else named or label
        if self._files and self._files.look(text, head):
            return
        if len(text) == 1 and text.isalnum() and head == self._single:
            self._out.append(f" {text}")  # a digit an element: they belong together
            self._size += 2
            return
        self._put(f"{head}: {text}" if head else text)
        self._single = head if len(text) == 1 else ""

    def _put(self, line: str) -> None:
        self._single = ""
        if not self._aligned:
            lead = "\n" if self._size else ""
        elif self.line > self._at:
            lead = "\n" * (self.line - self._at)
            self._at = self.line
        else:
            lead = "\t" if self._out else ""
        self._out.append(lead + line)
        self._size += len(lead) + len(line)


def _within(place: str, step: str) -> str:
    return f"{place} › {step}" if place else step
