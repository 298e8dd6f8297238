"""Papers of banks, brokers, insurers, landlords, schools and town halls, as their text reads."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import full_width, grouped, spaced


def _boxed(world: World, number: str) -> str:
    return world.pick(
        number,
        grouped(number),
        grouped(number, "-"),
        spaced(number),
        spaced(number, "│"),
        full_width(number),
        f"［{spaced(number, '｜')}］",
    )


def _page(world: World, names: tuple[str, ...], lines: list[str]) -> Draft:
    return kept(world, names, Text("\n".join(lines), world.pick("page 1", "")))


@template("form", source="Banks: notification of the number for deposits")
def s_bank_notice(world: World) -> Draft:
    """Branch, account and customer number around the Individual Number."""
    me = world.person()
    lines = [
        f"{world.pick('あおぞら', 'みなと', '東都', '北浜')}銀行　個人番号（マイナンバー）届出書",
        f"店番 {world.rng.randrange(100, 999)}　口座番号 {world.rng.randrange(10**6, 10**7)}",
        f"お客さま番号 {world.rng.randrange(10**9, 10**10)}",
        f"おなまえ　{me.name}　様",
        (
            f"{world.pick('個人番号', 'マイナンバー', '個人番号（数字12桁）')}　"
            f"{_boxed(world, world.number())}"
        ),
        f"お届出印　　　　受付日　{world.day():%Y.%m.%d}",
        f"銀行使用欄　検印　受付番号 {world.random12(0.3)}",
    ]
    return _page(world, ("届出書.pdf", "口座.pdf"), lines)


@template("form", source="Brokers: opening of accounts and NISA")
def s_broker(world: World) -> Draft:
    """A broker's form: the box comes after a paragraph on the law."""
    me = world.person()
    plan = world.pick("非課税口座開設届出書（NISA）", "特定口座開設届出書", "証券総合口座申込書")
    lines = [
        plan,
        f"{world.company()}証券　御中",
        "私は、租税特別措置法第37条の14の規定により、下記のとおり届け出ます。",
        f"1 氏名（カナ）{me.kana}",
        f"2 生年月日　{me.era_birth}",
        (
            f"3 {world.pick('個人番号', 'マイナンバー')}{world.pick(chr(10), ' ', '：')}"
            f"{_boxed(world, world.number())}"
        ),
        f"4 部店コード {world.rng.randrange(100, 999)} 口座 {world.rng.randrange(10**6, 10**7)}",
        f"5 職業　{world.pick('会社員', '自営業', '無職')}",
    ]
    return _page(world, ("開設届.pdf", "nisa.pdf"), lines)


@template("form", source="Insurers: payment of benefits")
def s_insurer(world: World) -> Draft:
    """Policy number and the payee's number."""
    me = world.person()
    lines = [
        "保険金・給付金等のお支払いに関する個人番号申告書",
        f"証券番号　{world.random12(0.4)}",
        f"ご契約者　{world.person().name}",
        f"お受取人　{me.name}",
        f"お受取人の{world.pick('個人番号', 'マイナンバー')}　{_boxed(world, world.number())}",
        f"お振込先　{world.pick('三葉', '東都')}銀行 普通 {world.rng.randrange(10**6, 10**7)}",
    ]
    return _page(world, ("給付金.pdf", "申告書.pdf"), lines)


@template("form", source="iDeCo: application of a private pension")
def s_private_pension(world: World) -> Draft:
    """基礎年金番号 in one field, the Individual Number in another."""
    me = world.person()
    pension, number = identifiers.pension(world.rng), _boxed(world, world.number())
    fields = [f"基礎年金番号　{pension}", f"個人番号　{number}"]
    if world.chance(0.5):
        fields.reverse()
    lines = [
        "個人型年金加入申出書",
        f"フリガナ {me.kana}　氏名 {me.name}",
        *fields,
        f"掛金額 {world.rng.randint(5, 68)}000 円　引落口座 {world.rng.randrange(10**6, 10**7)}",
    ]
    return _page(world, ("ideco.pdf", "加入申出書.pdf"), lines)


@template("form", source="Landlords and lecturers: payees of rent and fees")
def s_payee_slip(world: World) -> Draft:
    """A firm asks its payees for the number."""
    me = world.person()
    kind = world.pick("不動産使用料", "講演料", "原稿料", "税理士報酬")
    lines = [
        f"{kind}のお支払いに係る個人番号のご提供について（回答書）",
        f"{world.company()}　経理部　行",
        f"お支払先コード：{world.rng.randrange(10**5, 10**6)}",
        f"氏名又は名称：{me.name}",
        (
            f"{world.pick('個人番号又は法人番号', '個人番号', 'マイナンバー／法人番号')}："
            f"{_boxed(world, world.number())}"
        ),
        f"登録番号：{world.pick('なし', 'T' + identifiers.corporate(world.rng))}",
        f"ご住所：{me.address}",
    ]
    return _page(world, ("回答書.pdf", "回答書.docx"), lines)


@template("form", source="Town halls: special collection of residents' tax")
def s_special_collection(world: World) -> Draft:
    """給与所得者異動届出書: designation number, corporate number, Individual Number."""
    me = world.person()
    lines = [
        "給与支払報告・特別徴収に係る給与所得者異動届出書",
        f"特別徴収義務者指定番号 {world.random12(0.5)}",
        f"法人番号 {identifiers.corporate(world.rng)}",
        f"宛名番号 {world.rng.randrange(10**7, 10**8)}",
        f"フリガナ {me.kana}",
        f"氏名 {me.name}",
        f"個人番号 {_boxed(world, world.number())}",
        f"1月1日現在の住所 {me.address}",
        f"異動年月日 {world.day():%Y.%m.%d}　異動の事由 退職",
    ]
    return _page(world, ("異動届.pdf", "特徴.pdf"), lines)


@template("form", source="Town halls: applications with a window's questions")
def s_town_hall(world: World) -> Draft:
    """Child allowance, nursing care, vaccination, disability: one line after the other."""
    me = world.person()
    what = world.pick(
        "児童手当認定請求書", "介護保険要介護認定申請書", "自立支援医療費支給認定申請書"
    )
    insured = identifiers.digits(world.rng, 10)
    lines = [f"（宛先）市長　{what}", f"申請者氏名　{me.name}　印", f"被保険者番号　{insured}"]
    for kin in ("請求者", "配偶者", "児童")[: world.rng.randint(1, 3)]:
        one = world.person(me.surname)
        gap = world.pick("　", "：", "\n")
        lines.append(f"{kin}　{one.name}　{one.era_birth}")
        lines.append(f"{world.pick('', kin + 'の')}個人番号{gap}{_boxed(world, world.number())}")
    lines.append(f"受付番号　{world.rng.randrange(10**5)}　　入力　確認")
    return _page(world, ("申請書.pdf", "請求書.pdf"), lines)


@template("form", source="Universities and hospitals: fees of part-time lecturers and doctors")
def s_campus(world: World) -> Draft:
    """A sheet to be returned: questions in brackets, answers behind."""
    me = world.person()
    number = _boxed(world, world.number())
    lines = [
        f"{world.pick('学校法人', '医療法人社団')}　非常勤講師等　マイナンバー提供用紙",
        f"(1) 職員番号〔{me.staff}〕",
        f"(2) 氏名〔{me.name}〕",
        f"(3) {world.pick('個人番号', 'マイナンバー', '個人番号（左詰め）')}〔{number}〕",
        f"(4) 確認書類〔{world.pick('通知カード', '番号カード')}・{world.pick('免許証', '旅券')}〕",
        f"(5) 提出日〔{world.day():%Y/%m/%d}〕",
    ]
    return _page(world, ("提供用紙.pdf", "提供用紙.docx", "講師.txt"), lines)


@template("form", source="Pension offices: confirmation of dependants")
def s_pension_notice(world: World) -> Draft:
    """One box for either kind of number; here it holds the Individual Number."""
    me = world.person()
    word = world.pick(
        "個人番号［基礎年金番号］", "個人番号（または基礎年金番号）", "個人番号又は基礎年金番号"
    )
    lines = [
        "国民年金第3号被保険者関係届",
        f"{world.pick('①', '1.', '')}{word}　{_boxed(world, world.number())}",
        f"{world.pick('②', '2.', '')}生年月日　{me.era_birth}",
        f"{world.pick('③', '3.', '')}氏名　{me.name}",
        (
            f"事業所整理記号　{world.rng.randint(10, 99)}-イロハ　事業所番号　"
            f"{identifiers.digits(world.rng, 5)}"
        ),
    ]
    return _page(world, ("3号.pdf", "届.pdf"), lines)


@template("form", source="Inheritance and gift papers of tax accountants")
def s_heirs(world: World) -> Draft:
    """Heirs one below the other, each with the number on the next line."""
    dead = world.person()
    lines = [
        "相続税の申告書",
        f"被相続人　{dead.name}",
        f"相続開始年月日　{world.day():%Y年%m月%d日}",
    ]
    for nth in world.many(2, 5):
        heir = world.person(dead.surname)
        shown = _boxed(world, world.number())
        lines += [f"相続人{nth + 1}　{heir.name}（{world.pick('妻', '長男', '長女')}）"]
        lines += world.pick([f"個人番号　{shown}"], ["個人番号", shown], [f"（個人番号 {shown}）"])
        lines += [f"取得財産 {world.rng.randrange(10**6, 10**9):,} 円"]
    return _page(world, ("相続.pdf", "申告書_控.pdf"), lines)
