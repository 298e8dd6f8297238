from __future__ import annotations

import io

import pptx
import pytest
from pptx.util import Inches


@pytest.fixture(scope="module")
def package(patched) -> bytes:
    show = pptx.Presentation()
    for title in ("一枚目", "二枚目"):
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = title
        table = slide.shapes.add_table(2, 2, 0, 0, Inches(2), Inches(1)).table
        table.cell(0, 0).text = "氏名"
        table.cell(1, 1).text = title
        slide.notes_slide.notes_text_frame.text = f"{title}のノート"
    order = show.slides._sldIdLst
    order.append(order[0])  # the first one is shown last
    out = io.BytesIO()
    show.save(out)
    comment = "<p:cmLst xmlns:p='p'><p:text>付箋</p:text></p:cmLst>"
    return patched(out.getvalue(), {"ppt/comments/comment1.xml": comment.encode()})


def test_slides_come_in_the_order_they_are_shown(read, package) -> None:
    reading = read(package, "x.zip")
    assert reading.format == "pptx"
    assert reading.texts["slide 1"].startswith("二枚目")
    assert reading.texts["slide 2"].startswith("一枚目")
    assert ["", "二枚目"] in reading.table("slide 1 › table 1")


def test_notes_comments_and_layouts(read, package) -> None:
    reading = read(package)
    assert "一枚目のノート" in reading.texts["notes 1"]
    assert "付箋" in reading.texts["comment"]
    assert "layout" in reading.texts
    assert reading.members == []  # its preview is no picture of its own
    assert reading.gaps == []
