"""Twelve digits inside addresses: paths, links, resource names, accounts; the word stands outside.

In a few of them the address itself names the number, by a parameter or by the value of a field.
"""

from __future__ import annotations

from auditor.model import Table, Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import inbox, kept
from corpus.world import World
from corpus.writing import grouped

PLACES = "Where systems and people write that the numbers are kept"
LEAKS = "Parameters and fields of addresses that hold a number itself"
HARD = 0.5


def _other(world: World) -> str:
    return world.random12(HARD)


def _address(world: World) -> str:
    """An address of a file, a store, a role or a page with a number of twelve digits in it."""
    one, year = _other(world), world.rng.randint(2019, 2026)
    folder = world.pick("jinji", "hr", "shared", "data", "scan", "archive")
    return world.pick(
        f"arn:aws:s3:::{folder}-{one}/mynumber/",
        f"arn:aws:kms:ap-northeast-1:{one}:key/{folder}",
        f"arn:aws:iam::{one}:role/{folder}Reader",
        f"s3://{folder}-{one}-tokyo/backup/{year}",
        f"https://{one}.signin.aws.amazon.com/console",
        f"{one}.dkr.ecr.ap-northeast-1.amazonaws.com/{folder}:v2",
        f"gs://{folder}/projects/{one}/objects",
        f"https://files.example.jp/{folder}/{one}/view?usp=sharing",
        f"https://{folder}.example.jp/doc?id={one}&v=3",
        f"https://{folder}.example.jp/#/case/{one}",
        rf"\\fs01\{folder}\{year}\{one}",
        rf"\\fs01\{folder}\{one}\原本",
        rf"D:\{folder}\{year}\{one}\index.html",
        f"/mnt/{folder}/{one}/enc.db",
        f"/subscriptions/{one}/resourceGroups/{folder}",
        f"https://{folder}store.blob.core.windows.net/{one}/list.csv",
        f"vault://{folder}/{one}#v1",
        f"sftp://batch@10.0.3.7/{folder}/{one}.zip",
        f"box.example/s/{one}",
    )


@template("cloud", source=PLACES)
def w_kept_at(world: World) -> Draft:
    """A field says where the numbers are kept."""
    word = world.pick("マイナンバー", "個人番号", "特定個人情報", "MyNumber")
    name = world.pick("保管先", "", "格納先", "置き場", " bucket", "DB", " URL", "（保存場所）")
    gap = world.pick(": ", "：", " = ", "\t", " ", " → ", "\n")
    lines = [f"担当: {world.person().surname}", f"{word}{name}{gap}{_address(world)}"]
    if world.chance(0.5):
        lines.append(f"更新 {world.day():%Y-%m-%d}")
    return kept(world, ("構成メモ.txt", "README.md", "インフラ.txt"), Text("\n".join(lines)))


@template("cloud", source=PLACES)
def w_settings_with_an_address(world: World) -> Draft:
    """Settings of a program whose key has the word and whose value is an address."""
    key = world.pick("mynumber", "my_number", "kojin_bango", "mynumber_store", "MY_NUMBER_ROLE")
    text = world.pick(
        f'{key}: "{_address(world)}"\nregion: ap-northeast-1\n',
        f"{key.upper()}={_address(world)}\nLOG_LEVEL=info\n",
        f'{{"{key}": "{_address(world)}", "retry": 3}}',
        f"[{key}]\npath = {_address(world)}\ntimeout = 30\n",
        f"<add key='{key}' value='{_address(world)}' />",
    )
    return kept(world, ("app.yaml", "settings.ini", "config.json", ".env"), Text(text))


@template("mail", source=PLACES)
def w_mail_with_a_link(world: World) -> Draft:
    """A mail says where to upload or to read something on the matter."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号", "マイナンバー（12桁）")
    text = world.pick(
        f"{word}の登録はこちらからお願いします。\n{_address(world)}",
        f"{word}は {_address(world)} に置きました。",
        f"{word}：{_address(world)}",
        f"{word}\n{_address(world)}\nを確認してください。",
        f"提出いただいた{word}（{_address(world)}）を確認しました。",
    )
    return inbox(world, me, f"{word}について", Text(f"{text}\n\n{me.surname}"))


@template("table", source=PLACES)
def w_table_of_addresses(world: World) -> Draft:
    """A table whose column of the word holds addresses of the papers."""
    word = world.pick("マイナンバー", "個人番号", "マイナンバー台紙", "番号確認書類")
    rows = [["社員番号", "氏名", word]]
    for _ in world.many(1, 9):
        who = world.person()
        rows.append([who.staff, who.name, _address(world)])
    return kept(world, ("台帳.xlsx", "リンク集.xlsx"), Table(rows, "sheet 一覧"))


@template("log", source=PLACES)
def w_requests_of_a_service(world: World) -> Draft:
    """An access log of a service that is named by the word."""
    service = world.pick("mynumber", "my-number", "kojinbango")
    lines = [
        f"10.1.{nth}.7 - - [{world.day():%d/%b/%Y}:09:12:{nth:02d} +0900] "
        f'"{world.pick("GET", "POST")} /{service}/{world.pick("v1/jobs", "files", "req")}/'
        f'{_other(world)}{world.pick("", "/status", ".json")} HTTP/1.1" 200 '
        f"{world.rng.randrange(9999)}"
        for nth in world.many(2, 15)
    ]
    return kept(world, ("access.log", f"{service}.log"), Text("\n".join(lines)))


@template("code", source=PLACES)
def w_source_with_an_account(world: World) -> Draft:
    """Source of a deployment: the account's number in resource names, the word in names."""
    name, one = world.pick("mynumber", "MyNumber", "my_number"), _other(world)
    text = world.pick(
        f'resource "aws_s3_bucket" "{name}" {{\n  bucket = "hr-{one}"\n}}\n'
        f'role = "arn:aws:iam::{one}:role/{name}"\n',
        f'const {name} = new Queue("https://sqs.ap-northeast-1.amazonaws.com/{one}/{name}");\n',
        f'{name}_topic = "arn:aws:sns:ap-northeast-1:{one}:{name}-alerts"\n',
        f"{name}:\n  image: {one}.dkr.ecr.ap-northeast-1.amazonaws.com/{name}:latest\n",
        f'  {name}Arn: !Sub "arn:aws:lambda:${{AWS::Region}}:{one}:function:{name}"\n',
    )
    return kept(world, ("main.tf", "queue.ts", "stack.yaml", "deploy.py"), Text(text))


@template("mail", source=PLACES)
def w_address_of_a_mailbox(world: World) -> Draft:
    """A mailbox or an account whose name is digits."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号")
    box = f"{_other(world)}@{world.pick('docomo.example.jp', 'ezweb.example', 'mail.example.jp')}"
    text = world.pick(
        f"{word}は {box} まで送ってください。",
        f"{word}の問い合わせ先: {box}",
        f"{word}連絡先\t<{box}>",
        f"{word}担当 {box}",
    )
    return inbox(world, me, "連絡先", Text(f"{text}\n{me.surname}"))


@template("cloud", source=PLACES)
def w_connection_of_a_store(world: World) -> Draft:
    """A connection to the store of the numbers: parts with names of their own."""
    name, one = world.pick("MyNumberDb", "mynumber", "マイナンバーDB"), _other(world)
    text = world.pick(
        f"{name}: Server=tcp:db01,1433;Database=hr;AccountId={one};Encrypt=true",
        f"{name}=DefaultEndpointsProtocol=https;AccountName=hr{world.rng.randrange(99)};"
        f"SharedKey={one}",
        f"{name}: postgres://app_{one}@db01:5432/hr",
        f"{name}: jdbc:oracle:thin:@//db01:1521/{one}",
        f"{name}: mongodb://db01:27017/hr?tenant={one}&tls=true",
    )
    return kept(world, ("接続.txt", "web.config", "db.properties"), Text(text))


@template("list", source=PLACES)
def w_listing_of_files(world: World) -> Draft:
    """Files with their sizes below a folder that is named by the word."""
    word = world.pick("マイナンバー", "個人番号", "mynumber")
    head = world.pick(rf"C:\Users\hr\{word} のディレクトリ", f"/srv/{word}:", f"フォルダー: {word}")
    lines = [head, ""]
    for _ in world.many(2, 12):
        stem = world.pick("IMG_{}", "scan{}", "受付{}", "{}-1", "DSC-{}", "batch_{}")
        name = stem.format(_other(world)) + world.pick(".pdf", ".jpg", ".zip", ".dat")
        lines.append(f"{world.day():%Y/%m/%d}  09:10  {world.rng.randrange(10**6):>9,} {name}")
    return kept(world, ("dir.txt", "一覧.txt"), Text("\n".join(lines)))


@template("log", source=LEAKS)
def w_parameter_of_a_request(world: World) -> Draft:
    """A request gives the number as a parameter: the address names it."""
    key = world.pick("mynumber", "my_number", "kojinBango", "individualNumber", "myNumber")
    lines = []
    for nth in world.many(1, 8):
        number = world.number()
        shown = world.pick(number, number, grouped(number, "-"))
        lines.append(
            f'10.1.0.{nth} "GET /api/{world.pick("staff", "v2/persons", "check")}?'
            f"{world.pick('', 'lang=ja&', f'req={_other(world)}&')}{key}={shown}"
            f'{world.pick("", "&fmt=json")} HTTP/1.1" 200'
        )
    return kept(world, ("access.log", "proxy.log"), Text("\n".join(lines)))


@template("mail", source=LEAKS)
def w_link_with_a_parameter(world: World) -> Draft:
    """A link in a mail that carries the number, and one that carries something else."""
    me, key = world.person(), world.pick("mynumber", "kojin_bango", "my_no")
    link = f"https://form.example.jp/entry?{key}={world.number()}&name={me.roman}"
    text = (
        f"{me.surname}様\n\n事前入力済みのフォームです。\n{link}\n\n"
        f"進捗 https://form.example.jp/status/{_other(world)}\n"
    )
    return inbox(world, me, "入力フォームのご案内", Text(text))


@template("note", source=LEAKS)
def w_number_and_place(world: World) -> Draft:
    """The number itself, then where its copy is kept."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号")
    number = world.number()
    shown = world.pick(number, grouped(number), grouped(number, "-"))
    text = world.pick(
        f"{me.name}\n{word}：{shown}\n写し：{_address(world)}",
        f"{word} {shown}（控えは {_address(world)} ）",
        f"保存先 {_address(world)}\n{word} {shown}",
        f"{word}={shown}\nURL={_address(world)}",
        f"{word}：{shown}/{me.surname}",
        f"{me.surname}/{word}/{shown}/済",
    )
    return kept(world, ("メモ.txt", "控え.txt"), Text(text))


@template("table", source=LEAKS)
def w_numbers_beside_addresses(world: World) -> Draft:
    """A table with the numbers and, in another column, the addresses of the papers."""
    word = world.pick("マイナンバー", "個人番号")
    rows = [["氏名", word, world.pick("格納先", "リンク", "写し", f"{word}写し")]]
    rows += [[world.person().name, world.number(), _address(world)] for _ in world.many(1, 9)]
    return kept(world, ("台帳.xlsx", "番号一覧.xlsx"), Table(rows, "sheet 一覧"))


@template("bank", source=PLACES)
def w_keys_below_a_topic(world: World) -> Draft:
    """A heading on the matter, then a block of fields of which none is the number."""
    word = world.pick("マイナンバー", "個人番号", "My Number", "マイナンバー関連")
    head = world.pick(
        f"{word}収集業務 委託先情報", f"■{word}", f"# {word}", f"{word}口座ひも付け", f"[{word}]"
    )
    key = world.pick(
        "account", "acct", "bank", "iban", "user", "client", "agent", "store", "terminal"
    )
    mark = world.pick(": ", "=", " : ", " = ")
    lines = [
        head,
        f"name{mark}{world.person().roman}",
        f"{key}{mark}{_other(world)}",
        f"branch{mark}{world.rng.randrange(1000):03d}",
    ]
    if world.chance(0.5):
        lines[1], lines[2] = lines[2], lines[1]
    return kept(world, ("委託先.txt", "vendor.yaml", "設定.txt"), Text("\n".join(lines)))
