"""Visio drawings: texts in one piece, shape data under their labels."""

from __future__ import annotations

from probes import slides


def test_pages_in_order_with_their_data(read) -> None:
    page = "<PageContents><Shapes><Shape><Text><cp IX='0'/>番号 12<cp IX='1'/>34</Text>"
    page += "<Section N='Property'><Row N='x'><Cell N='Label' V='所属'/><Cell N='Value' V='総務'/>"
    page += "<Cell N='PinX' V='123456789.012345'/></Row></Section></Shape></Shapes></PageContents>"
    data = slides.drawing({f"visio/pages/page{n}.xml": page for n in (1, 2, 10)})("")
    reading = read(data, "a.zip")
    assert reading.format == "vsdx"
    assert [place for place in reading.texts if place.startswith("page")][:3] == [
        "page 1",
        "page 1 › attributes",
        "page 2",
    ]
    assert list(reading.texts)[-2] == "page 10"
    assert reading.texts["page 2"].split("\n") == ["番号 1234", "所属: 総務"]
    assert reading.reasons == []


def test_a_damaged_page_is_read_as_far_as_it_goes(read) -> None:
    data = slides.drawing({slides.PAGE: "<PageContents><Shape><Text>番号</Text></Shap"})("")
    reading = read(data)
    assert reading.texts["page 1"] == "番号"
    assert reading.reasons == ["malformed"]
