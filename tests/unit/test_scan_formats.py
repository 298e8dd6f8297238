"""One labelled number, planted in every format in the ways people write it there, is found."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from email.mime.text import MIMEText
from typing import Any

import docx
import numpy as np
import openpyxl
import pptx
import pytest
import zxingcpp
from PIL import Image
from pptx.util import Inches
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from auditor.model import Content, Limits, State
from auditor.scan import scan

WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
Plant = Callable[[str], bytes]


def number(seed: str, first: int | None = None) -> str:
    rng = random.Random(seed)
    base = [rng.randrange(10) for _ in range(11)]
    base[0] = rng.randrange(1, 10) if first is None else first
    rest = sum(d * w for d, w in zip(base, WEIGHTS, strict=True)) % 11
    return "".join(map(str, base)) + str(0 if rest <= 1 else 11 - rest)


def grouped(n: str, joint: str = " ") -> str:
    return joint.join((n[:4], n[4:8], n[8:]))


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def runs(n: str) -> bytes:
    document = docx.Document()
    line = document.add_paragraph("個人番号：")
    for group in (n[:4], n[4:8], n[8:]):
        line.add_run(group).bold = True
    return saved(document)


def boxes(n: str) -> bytes:
    document = docx.Document()
    table = document.add_table(1, 13)
    for column, text in enumerate(["個人番号", *n]):
        table.cell(0, column).text = text
    return saved(document)


def header(n: str) -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = f"マイナンバー {grouped(n)}"
    return saved(document)


def padded(n: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["氏名", "個人番号"])
    book.active.append(["山田太郎", int(n)])
    book.active["B2"].number_format = "0000-0000-0000"
    return saved(book)


def grid(n: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["C3"] = "あなたの個人番号"
    for column, digit in enumerate(n):
        book.active.cell(3, 6 + column).value = int(digit)
    return saved(book)


def hidden(n: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("控え")
    sheet.sheet_state = "veryHidden"
    sheet.append(["個人番号", n.translate(FULL)])
    return saved(book)


def note(n: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "確認済"
    book.active["A1"].comment = openpyxl.comments.Comment(f"個人番号 {grouped(n)}", "総務")
    return saved(book)


def slide(n: str) -> bytes:
    show = pptx.Presentation()
    page = show.slides.add_slide(show.slide_layouts[5])
    table = page.shapes.add_table(2, 2, 0, 0, Inches(4), Inches(1)).table
    for (row, column), text in {
        (0, 0): "氏名",
        (0, 1): "個人番号",
        (1, 0): "山田",
        (1, 1): n,
    }.items():
        table.cell(row, column).text = text
    return saved(show)


def paper(draw: Callable[[canvas.Canvas, str], None]) -> Plant:
    def plant(n: str) -> bytes:
        pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
        out = io.BytesIO()
        page = canvas.Canvas(out)
        page.setFont("HeiseiMin-W3", 11)
        draw(page, n)
        page.save()
        return out.getvalue()

    return plant


def words(page: canvas.Canvas, n: str) -> None:
    page.drawString(72, 700, f"個人番号 {grouped(n)}")


def spread(page: canvas.Canvas, n: str) -> None:
    page.drawString(72, 700, "個人番号")
    for column, digit in enumerate(n):
        page.drawString(150 + 22 * column, 700, digit)


def field(page: canvas.Canvas, n: str) -> None:
    page.drawString(72, 700, "申告書")
    page.acroForm.textfield(name="kojinbango", value=n, x=100, y=500)


def card(n: str) -> bytes:
    made = zxingcpp.create_barcode(n, zxingcpp.BarcodeFormat.QRCode)
    return saved_image(Image.fromarray(np.array(made.to_image(scale=4))))


def saved_image(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def letter(codec: str) -> Plant:
    def plant(n: str) -> bytes:
        mail = MIMEText(f"お世話になります。\n個人番号は {grouped(n, '-')} です。", "plain", codec)
        mail["Subject"], mail["From"] = "ご連絡", "a@example.jp"
        return mail.as_bytes()

    return plant


def attached(n: str) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "資料", "a@example.jp"
    mail.set_content("添付します")
    mail.add_attachment(padded(n), maintype="application", subtype="octet-stream", filename="a.bin")
    return mail.as_bytes()


def archive(n: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as inner:
        inner.writestr("名簿/一覧.csv", f"氏名,個人番号\n山田,{n}\n".encode("cp932"))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", out.getvalue())
    return outer.getvalue()


PLANTS: dict[str, Plant] = {
    "text cp932": lambda n: f"個人番号：{n.translate(FULL)}".encode("cp932"),
    "text euc": lambda n: f"マイナンバー {grouped(n, 'ー')} 氏名 山田".encode("euc_jp"),
    "text utf-16": lambda n: f"個人番号 {n}".encode("utf-16-le"),
    "csv": lambda n: f"氏名,個人番号\n山田,{n}\n".encode("cp932"),
    "csv jis": lambda n: f"氏名,個人番号\n山田,{n}\n".encode("iso2022_jp_ext"),
    "tsv": lambda n: f"氏名\t住所\t個人番号\n山田\t東京\t{n}\n".encode(),
    "html": lambda n: f"<html><p>個人番号<b>{n[:6]}</b>{n[6:]}</p>".encode("cp932"),
    "html input": lambda n: f'<html>個人番号 <input name="x" value="{n}">'.encode(),
    "html comment": lambda n: f"<html>x<!-- 個人番号 {n} -->".encode(),
    "html table": lambda n: f"<table><tr><td>氏名<td>個人番号<tr><td>a<td>{n}</table>".encode(),
    "etax": lambda n: (
        f'<?xml version="1.0" encoding="UTF-8"?><DATA xmlns:gen="u"><NOZEISHA_BANGO>'
        f"<gen:kojinbango>{n}</gen:kojinbango></NOZEISHA_BANGO></DATA>"
    ).encode(),
    "xml attribute": lambda n: f'<?xml version="1.0"?><p 個人番号="{n}"/>'.encode(),
    "json": lambda n: f'{{"employee": {{"name": "x", "mynumber": "{n}"}}}}'.encode(),
    "json lines": lambda n: f'{{"id":1,"my_number":"{n}"}}\n{{"id":2,"my_number":""}}\n'.encode(),
    "docx runs": runs,
    "docx boxes": boxes,
    "docx header": header,
    "xlsx padded": padded,
    "xlsx grid": grid,
    "xlsx hidden": hidden,
    "xlsx comment": note,
    "pptx table": slide,
    "pdf words": paper(words),
    "pdf spread": paper(spread),
    "pdf field": paper(field),
    "mail jis": letter("iso-2022-jp"),
    "mail sjis": letter("shift_jis"),
    "mail utf-8": letter("utf-8"),
    "mail attachment": attached,
    "zip in zip": archive,
    "card": card,
}


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_a_planted_number_is_found(plant: Plant, request: pytest.FixtureRequest) -> None:
    first = 0 if "padded" in request.node.name else None
    result = scan(
        Content("file.bin", plant(number(request.node.name, first))),
        Limits(ocr=False),
        key=b"k" * 32,
    )
    state = State.PARTIAL if "card" in request.node.name else State.COMPLETE
    assert (result.state, result.distinct) == (state, 1)
    assert result.findings[0].confidence in ("high", "medium")
