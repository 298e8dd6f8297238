from __future__ import annotations

import time

import pytest

PAGE = """<html><head><meta charset=shift_jis><title>題</title></head><body>
<p>個人番号<b>12</b>34<p>次<div>別</div>
<input name="kojin" value="55"><img alt="画像" src="x.png">
<h2>一覧</h2>
<table><tr><th rowspan=2>A<th colspan=2>B<tr><td>1<td>2</table>
<!-- note <b>x</b> --><script>var a = 77</script><span style="display:none">hidden</span>
<div data-id="9" title="tip">q</div>&#x31;&#50;&amp;"""


def test_what_is_seen_and_what_is_not(read) -> None:
    reading = read(PAGE.encode("cp932"), "page.bin")
    assert reading.format == "html"
    body = reading.texts[""]
    assert "個人番号1234\n" in body  # inline tags leave no gap, blocks do
    assert "次\n別" in body
    assert " 55 " in body
    assert "画像" in body
    assert "hidden" in body
    assert "12&" in body
    assert "note" in reading.texts["comment"]
    assert "77" in reading.texts["script"]
    assert "div data-id: 9" in reading.texts["attributes"]
    assert "div title: tip" in reading.texts["attributes"]


def test_tables_keep_their_columns_and_title(read) -> None:
    table = read(PAGE.encode("cp932"), "page.html").tables[0]
    assert (table.place, table.first_row) == ("table 1", 0)
    assert [list(row) for row in table.rows] == [["一覧"], ["A", "B", ""], ["", "1", "2"]]


def test_layout_tables_are_text_and_leaves_are_tables(read) -> None:
    page = (
        "<table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table></td><td>out</td></tr></table>"
    )
    reading = read(page.encode(), "", "text/html")
    assert reading.table("table 1") == [["a", "b"], ["c", "d"]]
    assert "out" in reading.texts[""]
    assert "a" not in reading.texts[""]


def test_cells_never_run_together(read) -> None:
    page = "<html><table>" + "<tr><td>12<td>34</tr>" * 3 + "</table><ul><li>56<li>78</ul>"
    reading = read(page.encode())
    assert "1234" not in reading.words
    assert "5678" not in reading.words


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "deep",
        '<a <a b="' * 200_000,
        "<script>" * 100_000,
        "<table><tr><td>x" * 30_000 + "deep",
        "<!--" * 200_000,
        "<td colspan=999999999>x" * 1000,
        "<table><tr><td rowspan=9999 colspan=9999>x" * 100,
        "&" * 500_000,
    ],
    ids=["deep", "unclosed", "scripts", "tables", "comments", "spans", "spanning", "ampersands"],
)
def test_hostile_pages_end(read, page: str) -> None:
    start = time.process_time()
    reading = read(("<html>" + page).encode())
    assert time.process_time() - start < 5
    assert "deep" not in page or "deep" in reading.words


def test_html_under_the_name_of_a_spreadsheet(read) -> None:
    reading = read(b"<html><table><tr><td>a<td>b<tr><td>c<td>d</table>", "list.xls")
    assert reading.table("table 1") == [["a", "b"], ["c", "d"]]


def test_spans_add_up_to_no_more_than_a_table(read) -> None:
    """Cells that cover a thousand columns and rows each cost what a large table costs."""
    start = time.process_time()
    cell = "<td colspan=1000 rowspan=1000>x"
    reading = read(f"<html><table>{f'<tr>{cell * 20}' * 300}</table>".encode())
    assert time.process_time() - start < 5
    cells = [text for table in reading.tables for row in table.rows for text in row]
    assert cells.count("x") == 20 * 300
    assert len(cells) < 600_000
