"""Cards and forms drawn for the tests, and photographed badly: turned, skewed, dark, blurred."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from connectors._sample_tenant._company_keys import individual

FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc"),
    Path("C:/Windows/Fonts/msgothic.ttc"),
)
CARD = (1_012, 638)


def font(size: int) -> ImageFont.FreeTypeFont | None:
    """A Japanese font of this machine, if it has one."""
    found = next((path for path in FONTS if path.exists()), None)
    return ImageFont.truetype(str(found), size) if found else None


def _written(size: tuple[int, int], lines: list[str], rng: random.Random) -> Image.Image:
    paper = (rng.randrange(225, 256), rng.randrange(225, 256), rng.randrange(215, 250))
    image = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(image)
    height = rng.randrange(38, 52)
    for at, line in enumerate(lines):
        draw.text((60, 50 + at * int(height * 1.7)), line, font=font(height), fill=(25, 25, 30))
    return image


def card(seed: int) -> tuple[Image.Image, str]:
    """The back of a card: its number in groups, with its label."""
    rng = random.Random(seed)
    number = individual(seed, "card photograph")
    grouped = " ".join((number[:4], number[4:8], number[8:]))
    lines = ["個人番号", grouped, "氏名　見本　花子", "平成 元年 3月31日生", "性別 女"]
    return _written(CARD, lines, rng), number


def form(seed: int) -> tuple[Image.Image, str]:
    """A strip of a form with a box for each digit."""
    rng = random.Random(seed)
    number = individual(seed, "form photograph")
    image = _written((1_300, 520), ["給与所得者の扶養控除等申告書", "あなたの個人番号"], rng)
    draw = ImageDraw.Draw(image)
    for at, digit in enumerate(number):
        left = 80 + at * 74 + (at // 4) * 26
        draw.rectangle((left, 260, left + 62, 340), outline=(120, 120, 120), width=2)
        draw.text((left + 17, 268), digit, font=font(50), fill=(20, 20, 40))
    return image, number


def photographed(image: Image.Image, seed: int) -> Image.Image:
    """As a telephone takes it: a little turned and skewed, uneven light, noise, JPEG-like blur."""
    rng = random.Random(seed)
    width, height = image.size
    back = tuple(rng.randrange(60, 130) for _ in range(3))
    scene = Image.new("RGB", (width + 240, height + 240), back)
    scene.paste(image, (120, 120))
    shift = [rng.uniform(-28, 28) for _ in range(8)]
    wide, high = scene.size
    corners = [0, 0, 0, high, wide, high, wide, 0]
    quad = [c + s for c, s in zip(corners, shift, strict=True)]
    skewed = scene.transform(scene.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    turned = skewed.rotate(rng.uniform(-6, 6), Image.Resampling.BICUBIC, fillcolor=back)
    turned = turned.rotate(rng.choice((0, 0, 90, 180, 270)), expand=True)
    light = rng.uniform(0.35, 1.0)
    noise = Image.effect_noise(turned.size, rng.uniform(4, 14)).convert("RGB")
    dim = turned.point(lambda value: int(value * light))
    return Image.blend(dim, noise, 0.06).filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.9)))
