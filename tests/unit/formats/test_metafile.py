from __future__ import annotations

import io
import struct

import pytest
import zxingcpp
from PIL import Image

from fixtures import damage
from probes import drawings

WORDS = "個人番号 in a drawing"


def record(kind: int, body: bytes) -> bytes:
    body += b"\0" * (-len(body) % 4)
    return struct.pack("<II", kind, 8 + len(body)) + body


def emf(*records: bytes) -> bytes:
    header = b"\0" * 32 + b" EMF" + b"\0" * 64
    return record(1, header) + b"".join(records) + record(14, b"\0" * 12)


def output(said: bytes, count: int, kind: int = 84, options: int = 0) -> bytes:
    text = struct.pack("<iiIII16xI", 0, 0, count, 76, options, 0)
    return record(kind, b"\0" * 28 + text + said)


def plus(kind: int, body: bytes, flags: int = 0) -> bytes:
    inner = struct.pack("<HHII", kind, flags, 12 + len(body), len(body)) + body
    return record(70, struct.pack("<I", 4 + len(inner)) + b"EMF+" + inner)


def wmf(kind: int, body: bytes, placeable: bool = True) -> bytes:
    body += b"\0" * (len(body) % 2)
    head = struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0)
    end = struct.pack("<IH", 3, 0)
    whole = head + struct.pack("<IH", 3 + len(body) // 2, kind) + body + end
    return (b"\xd7\xcd\xc6\x9a" + b"\0" * 18 if placeable else b"") + whole


def bitmap(kind: str) -> bytes:
    made = zxingcpp.create_barcode("in a code", zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    out = io.BytesIO()
    Image.fromarray(made).save(out, kind)
    return out.getvalue()


WIDE, COUNT = WORDS.encode("utf-16-le"), len(WORDS)
NARROW = WORDS.encode("cp932")
LONG = struct.pack("<H", len(NARROW))


@pytest.mark.parametrize(
    "data",
    [
        emf(output(WIDE, COUNT)),
        emf(output(NARROW, len(NARROW), 83)),
        emf(record(108, struct.pack("<iiIIIff", 0, 0, COUNT, 0x100, 1, 1, 1) + WIDE)),
        emf(record(108, struct.pack("<iiIIIff", 0, 0, COUNT, 0, 1, 1, 1) + bytes(16) + WIDE)),
        emf(plus(0x401C, struct.pack("<III16x", 0, 0, COUNT) + WIDE)),
        wmf(0x0521, LONG + NARROW),
        wmf(0x0A32, bytes(4) + LONG + bytes(2) + NARROW),
        wmf(0x0A32, bytes(4) + LONG + b"\2\0" + bytes(8) + NARROW, placeable=False),
    ],
)
def test_writing_of_every_record(read, data: bytes) -> None:
    reading = read(data)
    assert reading.format == "image"
    assert reading.texts["drawing"] == WORDS
    assert reading.gaps == []


@pytest.mark.parametrize("options", [0, 0x10])
def test_nothing_readable_is_never_complete(read, options: int) -> None:
    data = emf(output(WIDE, COUNT, options=options)) if options else emf()
    assert read(data).reasons == ["ocr_off"]


def test_bitmaps_are_members(read) -> None:
    dib = bitmap("BMP")[14:]
    (colours,) = struct.unpack_from("<I", dib, 32)
    start = 40 + 4 * colours
    where = struct.pack("<4I", 80, start, 80 + start, len(dib) - start)
    drawn = record(81, bytes(40) + where + bytes(16) + dib)
    png = bitmap("PNG")
    file = plus(0x4008, struct.pack("<II16xI", 1, 1, 1) + png, 0x500)
    for data in (emf(drawn), emf(file), wmf(0x0F43, bytes(22) + dib)):
        (member,) = read(data).members
        with Image.open(io.BytesIO(member.data)) as image:
            assert zxingcpp.read_barcodes(image.convert("L"))[0].text == "in a code"


def test_damaged_records_keep_what_came_before(read) -> None:
    reading = read(emf(output(WIDE, COUNT), struct.pack("<II", 84, 1 << 30)))
    assert reading.texts["drawing"] == WORDS
    assert reading.reasons == ["malformed"]


def test_letters_drawn_one_by_one_make_words_and_cells_stay_apart(read) -> None:
    letters = [drawings.output(letter, 10 * at) for at, letter in enumerate("一覧表")]
    cells = [drawings.output(cell, 50 * at, 20) for at, cell in enumerate(("12", "34", "甲乙"))]
    below = [drawings.output("一", 0, 40), drawings.output("二", 0, 60)]
    reading = read(drawings.emf(*letters, *cells, *below))
    assert reading.texts["drawing"].split("\n") == ["一覧表", "12 34 甲乙", "一", "二"]


def test_pixels_that_no_file_has_are_said_to_be_unread(read) -> None:
    pixels = struct.pack("<IIiiiII", 0xDBC01002, 1, 8, 8, 8, 0x30803, 0) + bytes(64)
    reading = read(drawings.emf(drawings.output("memo"), drawings.plus(0x4008, pixels, 0x507)))
    assert reading.reasons == ["ocr_off"]
    assert reading.members == []


def test_an_object_that_never_ends_is_no_picture(read) -> None:
    data = drawings.image(bitmap("PNG"))
    begun = drawings.plus(0x4008, data[:100], 0x8507, len(data))
    other = drawings.plus(0x4008, drawings.image(bitmap("PNG")), 0x508)
    reading = read(drawings.emf(begun, other))
    assert [member.data[:4] for member in reading.members] == [b"\x89PNG"]


def test_narrow_writing_is_decoded_together(read) -> None:
    lines = [drawings.narrow("氏名", top=0), drawings.narrow("個人\n番号", top=20)]
    assert read(drawings.wmf(*lines)).texts["drawing"].split("\n") == ["氏名", "個人 番号"]


def test_damaged_drawings_end_in_time_and_without_a_fault_of_ours() -> None:
    for probe in drawings.PROBES:
        for copy in damage.damaged(probe.made(probe.number), probe.name, 12):
            assert damage.survives("image", copy)
