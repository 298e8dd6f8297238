from __future__ import annotations

import io

import docx
import pytest

from auditor.formats import _ooxml

INSIDE = """
<w:p><w:r><w:t>keep </w:t></w:r>
<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>
<w:ins w:id="2"><w:r><w:t>new</w:t></w:r></w:ins></w:p>
<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent><w:p><w:r>
<w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>
<mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>
<w:p><w:r><w:t>older box</w:t></w:r></w:p></w:txbxContent></mc:Fallback>
</mc:AlternateContent></w:r></w:p>
<w:p><w:r><w:drawing>
<wp:docPr xmlns:wp="x" id="1" name="p" descr="絵の説明"/></w:drawing></w:r></w:p>
<w:p><w:r><w:instrText>MERGEFIELD 番号</w:instrText></w:r></w:p><w:sectPr"""


@pytest.fixture(scope="module")
def package(patched) -> bytes:
    document = docx.Document()
    document.add_paragraph("扶養控除の申告")
    line = document.add_paragraph("番号 ")
    line.add_run("12").bold = True
    line.add_run("34")
    table = document.add_table(2, 13)
    table.cell(0, 0).text = "個人番号"
    for box in range(12):
        table.cell(0, box + 1).text = str(box % 10)
    table.cell(1, 0).merge(table.cell(1, 3)).text = "merged"
    table.cell(1, 4).text = "after"
    document.sections[0].header.paragraphs[0].text = "ヘッダー"
    document.core_properties.title = "題名"
    out = io.BytesIO()
    document.save(out)
    comment = (
        '<w:comments xmlns:w="w"><w:comment w:author="山田"><w:p><w:r><w:t>付箋</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    )
    return patched(
        out.getvalue(),
        {
            "word/document.xml": lambda xml: xml.replace(b"<w:sectPr", INSIDE.encode(), 1),
            "word/comments.xml": comment.encode(),
            "word/footnotes.xml": comment.replace("付箋", "脚注").encode(),
            "customXml/item9.xml": b"<r><kojinbango>55</kojinbango></r>",
            "word/embeddings/Sheet1.xlsx": b"PK\x03\x04",
            "word/media/card.png": b"\x89PNG\r\n\x1a\n",
        },
    )


def test_the_body_reads_as_on_paper(read, package) -> None:
    reading = read(package, "wrong.pdf")
    assert reading.format == "docx"
    assert reading.texts[""].split("\n") == ["扶養控除の申告", "番号 1234", "keep new", "box"]


def test_boxes_stay_cells_and_spans_keep_columns(read, package) -> None:
    rows = read(package).table("table 1")
    assert rows[0] == ["個人番号", *(str(box % 10) for box in range(12))]
    assert rows[1][:5] == ["merged", "", "", "", "after"]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("before changes", "keep gone"),
        ("alternate", "older box"),
        ("attributes", "絵の説明"),
        ("field", "MERGEFIELD 番号"),
        ("header", "ヘッダー"),
        ("footnote", "脚注"),
        ("comment", "付箋"),
        ("custom XML", "kojinbango: 55"),
        ("properties", "title: 題名"),
    ],
)
def test_hiding_places(read, package, place: str, words: str) -> None:
    assert words in read(package).texts[place]


def test_embedded_files_are_members_and_previews_are_not(read, package, patched) -> None:
    with_preview = patched(package, {"docProps/thumbnail.jpeg": b"\xff\xd8\xff"})
    members = read(with_preview).members
    assert [(m.name, m.path) for m in members if "template" not in m.name] == [
        ("Sheet1.xlsx", ("Sheet1.xlsx",)),
        ("card.png", ("card.png",)),
    ]


def test_a_damaged_body_is_read_as_far_as_it_goes(read, patched, package) -> None:
    damaged = patched(package, {"word/document.xml": lambda xml: xml[: len(xml) // 2]})
    reading = read(damaged)
    assert [gap.part for gap in reading.gaps] == ["word/document.xml"]
    assert reading.reasons == ["malformed"]
    assert "扶養控除の申告" in reading.words
    assert "ヘッダー" in reading.words


def test_the_main_part_may_have_another_name(read, zipped) -> None:
    xml = '<w:document xmlns:w="w"><w:p><w:r><w:t>text</w:t></w:r></w:p></w:document>'
    rels = (
        '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="/word/document2.xml"/>'
        "</Relationships>"
    )
    data = zipped(
        {"[Content_Types].xml": "<Types/>", "_rels/.rels": rels, "word/document2.xml": xml}
    )
    assert read(data).texts[""] == "text"


def test_nested_tables_end(read, zipped) -> None:
    deep = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p>" * 3000
    data = zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": f'<w:d xmlns:w="w">{deep}'}
    )
    assert read(data).words.count("x") >= 3000


@pytest.mark.parametrize(
    "xml",
    [
        "<a><b>words</b></a>",
        "<a><b c='123456789'/></a>",
        '<a><b c="1234 5678 9"/></a>',
        '<a><b c="&#49;2345678"/></a>',
        '<a><b c="番号"/></a>',
        "<a><!-- aside --></a>",
        "<a><![CDATA[words]]></a>",
        '<!DOCTYPE a [<!ENTITY e "words">]><a/>',
    ],
)
def test_a_part_is_passed_over_only_if_it_says_nothing(xml: str) -> None:
    assert not _ooxml._is_mute(xml.encode())
    assert not _ooxml._is_mute(b'<?xml version="1.0"?>\r\n' + xml.encode())


def test_parts_of_fonts_measures_and_identifiers_say_nothing() -> None:
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<a:theme xmlns:a="urn:2006:a">'
        '<a:latin typeface="ＭＳ 明朝" panose="020F0502020204030204"/><a:off x="12345678" y="0"/>'
        '<a:ext uri="{28A0092B-C50C-407E-A947-70E740481C1C}"/></a:theme>'
    )
    assert _ooxml._is_mute(xml.encode())
    assert not _ooxml._is_mute(xml.encode()[:-4])  # cut off


def test_styles_cost_no_gap_and_damaged_ones_do(read, package, patched) -> None:
    mute = b'<w:styles xmlns:w="urn:w"><w:style w:styleId="a"/></w:styles>'
    assert read(patched(package, {"word/styles.xml": mute})).gaps == read(package).gaps
    cut = read(patched(package, {"word/styles.xml": mute[:-12]}))
    assert "malformed" in cut.reasons
