"""The table of evidence, its words in both languages, and the digest of the rules."""

import ast
import inspect
import pkgutil
import re
import sys
import tomllib
from importlib import resources

import pytest

import auditor.detect
from auditor import redact
from auditor.detect import EVIDENCE, Confidence, rules_digest
from auditor.detect.digest import rules_digest as uncached
from auditor.detect.verdict import judge, score
from auditor.model import Visibility

LANGUAGES = ("ja", "en")
SOURCES = {
    file.name: file.read_text("utf-8")
    for file in resources.files("auditor.detect").iterdir()
    if file.name.endswith(".py")
}


def catalogue(language: str) -> dict[str, str]:
    file = resources.files("auditor") / "locales" / language / "evidence.toml"
    return tomllib.loads(file.read_text("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words_and_every_word_a_code(language):
    assert set(catalogue(language)) == set(EVIDENCE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_short_sentences_without_placeholders(language):
    for code, words in catalogue(language).items():
        assert words.endswith((".", "。")), code
        assert len(words) <= 140, code
        assert "{" not in words, code


def test_the_words_are_in_their_language():
    japanese = re.compile("[ぁ-ん]")
    assert all(japanese.search(words) for words in catalogue("ja").values())
    assert not any(japanese.search(words) for words in catalogue("en").values())


def test_every_code_is_used_somewhere():
    rest = "\n".join(text for name, text in SOURCES.items() if name != "verdict.py")
    made = {"label_header", "label_row", "against_header", "against_row"}
    made |= {redact.RECOGNISED, *Visibility} - {Visibility.VISIBLE}  # of the segment, not of a hit
    unused = [code for code in EVIDENCE if f'"{code}"' not in rest and code not in made]
    # Told by the verdict itself.
    assert unused == ["prior"]


def test_weights_have_reasons_and_directions():
    for code, one in EVIDENCE.items():
        assert one.because, code
        assert one.direction == (
            "for" if one.weight > 0 else "against" if one.weight else "neutral"
        )


def test_confidence_rises_with_the_sum():
    order = [None, Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]
    cases = [
        ("check_passes", "against_line"),
        ("check_passes",),
        ("check_passes", "label_around"),
        ("check_passes", "label_field"),
    ]
    assert [judge(codes) for codes in cases] == order
    assert sorted(map(score, cases)) == [score(codes) for codes in cases]


def test_caps():
    assert judge(("check_passes", "label_field", "column_dummy")) == Confidence.LOW
    assert judge(("check_fails", "label_field", "column_certain")) == Confidence.LOW
    assert judge(("sample_published", "label_field")) == Confidence.SAMPLE


def test_the_digest_is_letters_only_and_stable():
    assert re.fullmatch("[a-p]{24}", rules_digest())
    assert rules_digest() == uncached.__wrapped__()


def test_the_digest_follows_the_rules(tmp_path, monkeypatch):
    copy = tmp_path / "detect"
    copy.mkdir()
    for name, text in SOURCES.items():
        (copy / name).write_bytes(text.encode())
    monkeypatch.setattr(auditor.detect.digest.resources, "files", lambda _: copy)
    same = uncached.__wrapped__()
    (copy / "labels.py").write_bytes(SOURCES["labels.py"].replace("\n", "\r\n").encode())
    windows = uncached.__wrapped__()
    (copy / "labels.py").write_bytes((SOURCES["labels.py"] + "\n").encode())
    assert (same, windows) == (rules_digest(), rules_digest())
    assert uncached.__wrapped__() != rules_digest()


def imports(text: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_it_imports_numpy_and_the_standard_library_only(name):
    others = imports(SOURCES[name]) - set(sys.stdlib_module_names) - {"numpy"}
    assert others == set()


def test_files_and_functions_are_short():
    long = [name for name, text in SOURCES.items() if text.count("\n") > 300]
    assert long == []
    for name, text in SOURCES.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < 50, (name, node.name)


def test_the_public_names_are_those_promised():
    promised = {"Confidence", "Detection", "EVIDENCE", "Hit", "Number", "Suspect", "detect"}
    promised |= {"rules_digest", "spans", "speaks_of_numbers"}
    assert promised <= set(auditor.detect.__all__)
    assert all(hasattr(auditor.detect, name) for name in auditor.detect.__all__)
    assert inspect.signature(auditor.detect.detect).parameters["around"].kind.name == "KEYWORD_ONLY"
    assert len([*pkgutil.iter_modules(auditor.detect.__path__)]) == len(SOURCES) - 1
