"""Forms of the labour and pension offices, and of employers themselves."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import where
from corpus.tuning._paper import printed_box
from corpus.world import World
from corpus.writing import STYLES

PENSION = "Japan Pension Service, notices of employers"


@template("form", source="Ministry of Health, Labour and Welfare, employment insurance forms")
def employment_insurance_page(world: World) -> Draft:
    """雇用保険被保険者資格取得届・喪失届."""
    me = world.person()
    kind = world.pick("資格取得届", "資格喪失届", "個人番号登録・変更届")
    lines = [
        f"様式第２号（第６条関係）　雇用保険被保険者{kind}",
        f"１．個人番号\n{printed_box(world, world.number())}"
        if world.chance(0.5)
        else f"１．個人番号　{printed_box(world, world.number())}",
        f"２．被保険者番号　{world.pick(identifiers.insurance(world.rng), '')}",
        f"３．取得区分　１（新規）　４．被保険者氏名　{me.name}　フリガナ（カタカナ）　{me.kana}",
        f"６．性別　{world.pick(1, 2)}　７．生年月日　{me.era_birth}",
        f"８．事業所番号　{identifiers.insurance(world.rng)}　９．被保険者となったことの原因　２",
        f"10．賃金（支払の態様－賃金月額：単位千円）　１－{world.rng.randint(180, 600)}",
        f"事業主　住所 {world.address()}　氏名 {world.company()}　電話番号 {world.phone()}",
    ]
    return Draft(
        [Text("\n".join(lines), "page 1")], where(world, f"{kind}_{me.surname}.pdf", personnel=True)
    )


@template("form", source=PENSION)
def health_pension_page(world: World) -> Draft:
    """健康保険・厚生年金保険 資格取得届: four people a page."""
    label = world.pick(
        "個人番号［基礎年金番号］", "個人番号[基礎年金番号]", "⑥個人番号［基礎年金番号］"
    )
    lines = [
        "様式コード２２００　健康保険・厚生年金保険　被保険者資格取得届",
        (
            f"事業所整理記号　{world.rng.randint(10, 99)}－イロハ　事業所番号　"
            f"{identifiers.digits(world.rng, 5)}"
        ),
        f"事業所名称　{world.company()}　電話番号　{world.phone()}",
    ]
    pension = world.chance(0.3)
    for nth in world.many(1, 4):
        one = world.person()
        box = (
            identifiers.pension(world.rng)
            if pension and nth
            else printed_box(world, world.number())
        )
        lines += [
            (
                f"被保険者{nth + 1}　①被保険者整理番号 {nth + 1}　②氏名 {one.name}（{one.kana}）　③"
                f"{one.era_birth}"
            ),
            f"④種別　{world.pick(1, 2)}　⑤取得区分　1　{label}　{box}",
            (
                f"⑨報酬月額　{world.rng.randint(180, 600) * 1000}円　⑪住所　〒{world.postcode()} "
                f"{one.address}"
            ),
        ]
    return Draft([Text("\n".join(lines), "page 1")], where(world, "資格取得届.pdf", personnel=True))


@template("form", source=PENSION)
def dependant_change_page(world: World) -> Draft:
    """健康保険被扶養者（異動）届 国民年金第3号被保険者関係届."""
    me = world.person()
    lines = [
        "健康保険　被扶養者（異動）届／国民年金第３号被保険者関係届",
        f"被保険者欄　氏名 {me.name}　生年月日 {me.era_birth}",
        (
            f"個人番号［基礎年金番号］ {printed_box(world, world.number())}　収入 "
            f"{world.rng.randint(200, 800)}万円"
        ),
    ]
    for kin in world.sample(["配偶者", "長男", "長女", "母"], world.pick(1, 1, 2, 3)):
        one = world.person(me.surname)
        lines += [
            f"{kin}である被扶養者欄　氏名 {one.name}　続柄 {kin}　{one.era_birth}",
            f"個人番号{world.pick('［基礎年金番号］', '')}　{printed_box(world, world.number())}",
            (
                f"住所 {world.pick('同居', one.address)}　被扶養者になった日 令和"
                f"{world.rng.randint(1, 8)}年4月1日"
            ),
        ]
    return Draft(
        [Text("\n".join(lines), "page 1")], where(world, "被扶養者異動届.pdf", personnel=True)
    )


@template("form", source="Employers' own notification form of the My Number")
def notification_form_word(world: World) -> Draft:
    """マイナンバー届出書: a Word table."""
    me, show = (
        world.person(),
        STYLES[world.pick("plain", "spaces", "hyphens", "wide", "wide_spaces")],
    )
    title = world.pick(
        "個人番号届出書", "マイナンバー届出書", "個人番号（変更）届", "マイナンバー提供書"
    )
    rows = [
        [
            "続柄",
            "フリガナ",
            "氏名",
            "生年月日",
            world.pick("個人番号", "マイナンバー", "個人番号（12桁）"),
        ]
    ]
    for kin in ["本人", *world.sample(["配偶者", "子", "子", "父", "母"], world.pick(0, 1, 2, 3))]:
        one = me if kin == "本人" else world.person(me.surname)
        rows.append([kin, one.kana, one.name, one.era_birth, show(world.number())])
    if world.chance(0.4):
        rows = [list(row) for row in zip(*rows, strict=True)]
    day = world.day()
    words = (
        f"{title}\n{day.year}年{day.month}月{day.day}日\n{world.company()}　御中\n"
        f"社員番号　{me.staff}　所属　総務課　氏名　{me.name}"
        f"\n私及び扶養親族の個人番号を下記のとおり届け出ます。\n"
        "利用目的：源泉徴収票作成事務、健康保険・厚生年金保険届出事務、雇用保険届出事務"
    )
    name = world.pick(f"{title}.docx", f"{me.surname}_届出.docx", "入社書類一式.docx")
    titled = [[title], *rows] if world.chance(0.5) else rows
    return Draft([Text(words), Table(titled, "table 1")], where(world, name, personnel=True))
