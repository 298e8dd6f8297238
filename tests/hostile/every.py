"""All hostile files, by name."""

from __future__ import annotations

from hostile import (
    archives,
    compounds,
    layers,
    mails,
    marked,
    nested,
    papers,
    pictures,
    sheets,
    texts,
    zips,
)
from hostile.hostile import Hostile

MODULES = (
    zips,
    archives,
    marked,
    nested,
    sheets,
    compounds,
    papers,
    pictures,
    mails,
    texts,
    layers,
)
HOSTILE: dict[str, Hostile] = {file.name: file for module in MODULES for file in module.SET.all}
