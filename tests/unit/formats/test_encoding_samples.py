from __future__ import annotations

from auditor.formats import _encoding
from fixtures.encodings import CODECS, alike, samples


def test_samples_of_every_encoding_style_and_size_are_read_as_what_they_are() -> None:
    """All of a fresh set, declared and not; the benchmark has a larger one."""
    wrong = [
        (one.codec, one.style, len(one.data), found.encoding)
        for one in samples(each=1, seed=20_261_125, longest=1_000)
        if alike((found := _encoding.decode(one.data, one.declared)).text) != alike(one.text)
    ]
    assert wrong == []


def test_the_samples_say_what_they_mean() -> None:
    """Each text survives its encoder, and every style has samples in every encoding."""
    seen = {
        (one.codec, one.style) for one in samples(each=0, seed=1, longest=50) if len(one.text) > 3
    }
    assert len(seen) == 6 * len(CODECS)
