"""Signed, compressed and encrypted CMS containers, as S/MIME sends them."""

from __future__ import annotations

import base64
import datetime as dt
import functools
import random
import time
import zlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from auditor.model import Content, Limits, State
from auditor.scan import scan

MAIL = (
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "本文です。個人番号の件".encode() + b"\r\n"
)
OPAQUE = [pkcs7.PKCS7Options.Binary]


@functools.cache
def signer():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "山田太郎の証明書")])
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(day)
        .not_valid_after(day + dt.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    return certificate, key


def signed(data: bytes, encoding=serialization.Encoding.DER, options=OPAQUE) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
    return builder.add_signer(*signer(), hashes.SHA256()).sign(encoding, options)


def der(tag: int, *values: bytes) -> bytes:
    body = b"".join(values)
    size = len(body)
    if size < 128:
        return bytes((tag, size)) + body
    length = size.to_bytes(4, "big")
    return bytes((tag, 0x84)) + length + body


def endless(tag: int, *values: bytes) -> bytes:
    return bytes((tag, 0x80)) + b"".join(values) + b"\0\0"


OID = {name: bytes.fromhex(code) for name, code in (
    ("data", "06092a864886f70d010701"),
    ("signed", "06092a864886f70d010702"),
    ("compressed", "060b2a864886f70d0109100109"),
)}  # fmt: skip


@pytest.mark.parametrize(
    "encoding",
    [serialization.Encoding.DER, serialization.Encoding.PEM, serialization.Encoding.SMIME],
)
def test_a_signed_mail_is_a_mail(read, encoding) -> None:
    data = signed(MAIL, encoding)
    if encoding is serialization.Encoding.SMIME:
        whole = scan(Content("", data, "message/rfc822"), Limits(), key=b"k" * 32)
        assert whole.state is State.COMPLETE
        return
    reading = read(data, "smime.p7m")
    assert reading.format == "p7m"
    assert [(m.media_type, m.data) for m in reading.members] == [("message/rfc822", MAIL)]
    assert "山田太郎の証明書" in reading.words
    assert reading.gaps == []


def test_a_signed_file_keeps_its_name(read) -> None:
    body = b"%PDF-1.7 not really"
    reading = read(signed(body), "folder/見積.pdf.p7m")
    assert [(m.name, m.data) for m in reading.members] == [("見積.pdf", body)]


def test_in_letters_without_a_mark(read) -> None:
    data = base64.encodebytes(signed(MAIL))
    assert [m.data for m in read(data, "smime.p7m").members] == [MAIL]


def test_a_signature_without_the_content(read) -> None:
    data = signed(MAIL, options=[pkcs7.PKCS7Options.DetachedSignature])
    reading = read(data, "smime.p7s")
    assert (reading.members, reading.gaps) == ([], [])


@pytest.mark.parametrize("wrap", [der, endless])
def test_strings_in_pieces_and_without_lengths(read, wrap) -> None:
    pieces = [der(0x04, MAIL[at : at + 10]) for at in range(0, len(MAIL), 10)]
    content = wrap(0x30, OID["data"], wrap(0xA0, wrap(0x24, *pieces)))
    fields = (der(0x02, b"\1"), der(0x31), content, der(0x31))
    data = wrap(0x30, OID["signed"], wrap(0xA0, wrap(0x30, *fields)))
    reading = read(data, "a.bin")
    assert [m.data for m in reading.members] == [MAIL]
    assert reading.gaps == []


def compressed(body: bytes) -> bytes:
    content = der(0x30, OID["data"], der(0xA0, der(0x04, zlib.compress(body))))
    fields = (der(0x02, b"\0"), der(0x30, bytes.fromhex("060b2a864886f70d0109100308")), content)
    return der(0x30, OID["compressed"], der(0xA0, der(0x30, *fields)))


def test_compressed_data(read) -> None:
    assert [m.data for m in read(compressed(MAIL)).members] == [MAIL]
    bomb = read(compressed(bytes(40 << 20)), limits=Limits(ratio=100))
    assert bomb.reasons == ["expansion_ratio"]


@pytest.mark.parametrize("encoding", [serialization.Encoding.DER, serialization.Encoding.PEM])
def test_encrypted_data_need_a_key(read, encoding) -> None:
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(MAIL).add_recipient(signer()[0])
    reading = read(builder.encrypt(encoding, OPAQUE), "smime.p7m")
    assert reading.reasons == ["encrypted"]
    assert reading.members == []


def test_a_missing_end(read) -> None:
    data = signed(MAIL * 50)
    cut = read(data[:1500], truncated=True, total=len(data))
    assert sum(len(m.data) for m in cut.members) > 1000 or cut.words
    assert cut.gaps == []


def test_containers_in_containers_without_end_take_linear_time(read) -> None:
    start = time.process_time()
    head = b"\x30\x80" + OID["signed"]
    for data in (head + b"\xa0\x80" * 200_000, head + b"\x24\x80\x04\x01x" * 200_000):
        assert read(data, "a.p7m").reasons == ["malformed"]
    assert time.process_time() - start < 5


def test_damage_is_survived(read) -> None:
    rng = random.Random(1)
    data = signed(MAIL)
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(rng.randrange(1, 6)):
            damaged[rng.randrange(len(data))] = rng.randrange(256)
        reading = read(bytes(damaged[: rng.randrange(40, len(data) + 1)]), "a.p7m")
        assert all(
            gap.detail in ("BrokenError", "StopIteration", "") or gap for gap in reading.gaps
        )
