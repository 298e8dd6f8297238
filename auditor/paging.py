"""Watching a listing: it must get on, whatever the service answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from connectors import Broken, Page


@dataclass(slots=True)
class Listing:
    """What one partition's pages have named so far."""

    streams: list[str] = field(default_factory=list)
    _cursors: set[tuple[str, int]] = field(default_factory=set)

    def check(self, page: Page) -> None:
        """Take note of a page; raises Broken when a stream comes back to where it was.

        Without this, a service that gives the same next page for ever would keep a run for ever.
        """
        if page.stream not in self.streams:
            self.streams.append(page.stream)
        if page.restart:
            self._cursors = {seen for seen in self._cursors if seen[0] != page.stream}
        if page.cursor and not page.done:
            place = (page.stream, hash(page.cursor))
            if place in self._cursors:
                raise Broken("the listing comes back to where it was")
            self._cursors.add(place)
