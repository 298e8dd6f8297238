"""Faults that a tired programmer could make: file, what stands there, what would.

Each must change an answer to the question of ``probe.py`` that it names. One whose text no longer
stands exactly once in its file fails the test, so that the table keeps up with the code.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FAULTS", "Fault"]


class Fault(NamedTuple):
    """One edit of a file of ``auditor/detect``."""

    question: str
    name: str
    file: str
    old: str
    new: str


FAULTS = (
    # Characters
    Fault("small", "gap one too narrow", "characters", "MAX_GAP = 3\n", "MAX_GAP = 2\n"),
    Fault("small", "gap one too wide", "characters", "MAX_GAP = 3\n", "MAX_GAP = 4\n"),
    Fault("small", "full width missed", "characters", '"[0-9０-９]+"', '"[0-9]+"'),
    Fault("small", "rare digits from five on", "characters", '"]{4,}"', '"]{5,}"'),
    Fault(
        "small",
        "circled digits off by one",
        "characters",
        "value + 1 for value in range(9)",
        "value for value in range(9)",
    ),
    Fault(
        "kinds",
        "zero width makes gaps unlike",
        "characters",
        "return flags & ~ZERO or ZERO",
        "return flags",
    ),
    Fault("small", "long vowel is no separator", "characters", "0x30FC, 0xFF70)\n", "0xFF70)\n"),
    Fault(
        "small",
        "hyphens U+2010 join nothing",
        "characters",
        '"-.－．−ー" + _chars((0x2010, 0x2015))',
        '"-.－．−ー"',
    ),
    # Check digit
    Fault(
        "small", "two weights swapped", "checkdigit", "7, 6, 5, 4, 3, 2)\n", "7, 6, 5, 4, 2, 3)\n"
    ),
    Fault(
        "small",
        "a check digit of 10 is no 0",
        "checkdigit",
        ' or (total % 11 == 1 and twelve[11] == "0")',
        "",
    ),
    Fault(
        "large",
        "a check digit of 10 is no 0 in arrays",
        "checkdigit",
        "np.int32) % 11 % 10\n",
        "np.int32) % 11\n",
    ),
    # Forms and neighbours
    Fault("small", "chains of five", "forms", "MAX_NUMBERS = 4\n", "MAX_NUMBERS = 5\n"),
    Fault(
        "small",
        "plus sign allowed",
        "forms",
        "before & (DIGIT | MONEY | PLUS) or",
        "before & (DIGIT | MONEY) or",
    ),
    Fault(
        "small",
        "letters behind allowed",
        "forms",
        "after & (DIGIT | MONEY | GLUE):",
        "after & (DIGIT | MONEY):",
    ),
    Fault(
        "small",
        "glued label refused",
        "forms",
        "if before & GLUE and not glued_label(text, start):",
        "if before & GLUE:",
    ),
    Fault("small", "GUID of three hex digits", "forms", "HEX_GROUP = 4\n", "HEX_GROUP = 3\n"),
    # Small path
    Fault(
        "small",
        "any number of a chain passes",
        "candidates",
        "all(one.passes for one in row)",
        "any(one.passes for one in row)",
    ),
    Fault(
        "small", "line breaks are like gaps", "candidates", "gap and 1 + (gap & LINE)", "gap and 1"
    ),
    # Array path
    Fault("large", "guard too short", "arrays", "_GUARD = 256\n", "_GUARD = 24\n"),
    Fault(
        "large", "border owned twice", "arrays", "(begin, (low, high))", "(begin, (low, high + 1))"
    ),
    Fault(
        "large",
        "chain of any in arrays",
        "arrays",
        "~np.isin(chain, chain[~passing])",
        "np.isin(chain, chain[passing])",
    ),
    Fault(
        "large",
        "any hex digit refuses",
        "arrays",
        "(group & HEX != 0).all(axis=1)",
        "(group & HEX != 0).any(axis=1)",
    ),
    Fault(
        "large",
        "two decimals are the zero of a float",
        "arrays",
        "        zero &= table[row[at + 2]] & DIGIT == 0\n",
        "",
    ),
    Fault("large", "digits of other planes ignored", "units", "+ 1).isdecimal()", "+ 1).isspace()"),
    Fault(
        "sparse",
        "thirteen digits to be alive",
        "bitmap",
        "counts[1:] >= least",
        "counts[1:] > least",
    ),
    Fault("sparse", "run cut at a dead word", "bitmap", "    alive[1:-1] |= near\n", ""),
    # Long texts
    Fault(
        "far",
        "line breaks counted backwards",
        "islands",
        "self._breaks += count if",
        "self._breaks -= count if",
    ),
    # Labels
    Fault("seen", "window of thirty", "nearest", "WINDOW = 300\n", "WINDOW = 30\n"),
    Fault(
        "judged",
        "window one too short",
        "windows",
        "BEFORE, BEHIND = 300, 480",
        "BEFORE, BEHIND = 299, 480",
    ),
    Fault("judged", "one too many read behind", "context", "_NEAR = 80\n", "_NEAR = 81\n"),
    Fault(
        "judged",
        "farthest label first",
        "nearest",
        "in reversed(labels.found[",
        "in list(labels.found[",
    ),
    Fault(
        "judged",
        "farther label behind wins",
        "context",
        "(scope, distance) < best[:2]",
        "(scope, distance) > best[:2]",
    ),
    # Verdicts
    Fault("judged", "line off by one", "texts", ", before + 1, 0\n", ", before, 0\n"),
    Fault(
        "judged",
        "failing number needs a field",
        "texts",
        "evidence.scope > LINE",
        "evidence.scope >= LINE",
    ),
    Fault("judged", "no prior", "verdict", 'return EVIDENCE["prior"].weight + sum(', "return sum("),
    Fault("judged", "failing number above low", "verdict", " or found & _AT_MOST_LOW:", ":"),
    Fault("judged", "medium is high", "verdict", "if total >= _HIGH", "if total >= _MEDIUM"),
    Fault(
        "lists",
        "column counts the number itself",
        "column",
        "return total - _PASS[zero]",
        "return total",
    ),
    Fault("lists", "dummy from twenty-six on", "column", "_LARGE = 25\n", "_LARGE = 26\n"),
    Fault("lists", "seven wrong ones", "column", "_MANY_WRONG = 6\n", "_MANY_WRONG = 7\n"),
    Fault(
        "lists",
        "chance turned round",
        "column",
        "sum(self.passed) <= _CHANCE_SHARE",
        "sum(self.passed) > _CHANCE_SHARE",
    ),
    Fault(
        "cells",
        "row off by one",
        "tables",
        "{table.first_row + row}",
        "{table.first_row + row + 1}",
    ),
)
