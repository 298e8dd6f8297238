"""Machine formats, second half: YAML, INI, SQL, listings, key=value and fixed width."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import digits_of, kept, opened
from corpus.world import World

TOOLS = "What tools of administrators and developers print or keep"
KEYS = ("my_number", "mynumber", "kojin_no", "kojinBango", "MyNumber", "myNo", "個人番号", "mynum")


@template("json", source=TOOLS)
def s_yaml_lists(world: World) -> Draft:
    """YAML with the label as the key of a list or of a mapping."""
    key = world.pick("my_numbers", "個人番号", "マイナンバー", "kojin_bango", "individual_numbers")
    lines = ["# 支払調書対象", "version: 2", f"{key}:"]
    for _ in world.many(2, 9):
        quote = world.pick('"', "'")
        one = world.person()
        lines.append(f"  {one.roman}: {quote}{world.number()}{quote}")
    if world.chance(0.5):
        numbers = [line.split(": ")[1] for line in lines[3:]]
        lines[3:] = [f"  - {number}" for number in numbers]
    lines += ["updated_at: 2025-11-04", f"owner: {world.person().roman}"]
    return kept(world, ("targets.yml", "list.yaml"), Text("\n".join(lines)))


@template("text", source=TOOLS)
def s_ini(world: World) -> Draft:
    """INI, properties or environment files."""
    me, key = world.person(), world.pick(*KEYS)
    gap = world.pick("=", " = ", ": ")
    lines = [
        world.pick(f"[{me.roman}]", "[user]", "# test user", "; 動作確認用"),
        f"name{gap}{me.name}",
        f"tel{gap}{world.phone()}",
        f"{world.pick('', 'user.', 'hr.employee.')}{key}{gap}{digits_of(world)}",
        f"api_key{gap}{identifiers.guid(world.rng)}",
    ]
    names = ("settings.ini", "user.properties", ".env", "app.conf")
    return kept(world, names, Text("\n".join(lines)))


@template("export", source="Dumps of databases")
def s_sql_positions(world: World) -> Draft:
    """INSERT without a list of columns: only CREATE TABLE says which is which."""
    key = world.pick(*KEYS)
    table = world.pick("m_employee", "`社員`", "dbo.KOJIN", "staff_numbers")
    lines = [
        f"CREATE TABLE {table} (",
        "  id integer NOT NULL,",
        "  shimei varchar(60),",
        f"  {key} char(12),",
        "  koyo_no varchar(13)",
        ");",
    ]
    head = f"INSERT INTO {table} VALUES"
    rows = []
    for nth in world.many(1, 20):
        one = world.person()
        insured = identifiers.insurance(world.rng)
        rows.append(f"({nth + 1},'{one.name}','{world.number()}','{insured}')")
    if world.chance(0.5):
        lines += [f"{head} {row};" for row in rows]
    else:
        lines += [head, ",\n".join(rows) + ";"]
    return kept(world, ("dump.sql", "backup.sql"), Text("\n".join(lines)))


@template("export", source="Corrections by hand in a database")
def s_sql_update(world: World) -> Draft:
    """UPDATE, SELECT and MERGE with the number as a literal."""
    key, lines = world.pick(*KEYS), []
    for _ in world.many(1, 8):
        one, number = world.person(), world.number()
        lines.append(
            world.pick(
                f"UPDATE employee SET {key} = '{number}' WHERE emp_cd = '{one.staff}';",
                f"SELECT * FROM employee WHERE {key}='{number}'; -- {one.name}",
                f"EXEC sp_update @emp='{one.staff}', @{key}='{number}'",
                f"DELETE FROM t_mn WHERE {key} IN ('{number}')",
                f"update hr.employee e set e.name='{one.name}', e.{key}='{number}' where id=1;",
            )
        )
    return kept(world, ("修正.sql", "patch.sql", "作業手順.txt"), Text("\n".join(lines)))


@template("export", source="Copies out of database consoles")
def s_console_table(world: World) -> Draft:
    """psql, mysql \\G and sqlplus output."""
    key = world.pick(*KEYS[:6])
    people = [(world.person(), world.number()) for _ in world.many(1, 9)]
    kind = world.pick("grid", "pipes", "upright")
    lines = []
    if kind == "upright":
        for nth, (one, number) in enumerate(people, 1):
            lines.append(f"{'*' * 20} {nth}. row {'*' * 20}")
            lines += [f"{'emp_cd':>14}: {one.staff}", f"{key:>14}: {number}", f"{'del_flg':>14}: 0"]
    elif kind == "grid":
        bar = f"+-------+{'-' * 14}+----------+"
        lines = [bar, f"| emp   | {key:<12} | upd      |", bar]
        lines += [f"| {one.staff} | {number} | 20250401 |" for one, number in people]
        lines.append(bar)
    else:
        lines = [f" emp   | {key:^14} | upd", f"-------+{'-' * 16}+----------"]
        lines += [f" {one.staff} | {number:<14} | 20250401" for one, number in people]
        lines.append(f"({len(people)} rows)")
    return kept(world, ("result.txt", "log.txt", "調査.md"), Text("\n".join(lines)))


@template("log", source="Traces of applications")
def s_debug_print(world: World) -> Draft:
    """An object printed by the language it is written in."""
    key = world.pick("myNumber", "kojinNo", "my_number", "mynumber", "individualNumber")
    lines = []
    for _ in world.many(1, 10):
        one, number = world.person(), world.number()
        stamp = f"{world.day()} 10:{world.rng.randrange(60):02d}:07.{world.rng.randrange(1000):03d}"
        shown = world.pick(
            f"Employee(id={one.staff}, name={one.name}, {key}={number}, tel={world.phone()})",
            f"Employee{{name='{one.name}', {key}='{number}'}}",
            f"{{'name': '{one.name}', '{key}': '{number}', 'age': 34}}",
            f'#<Employee id: 12, name: "{one.name}", {key}: "{number}", created_at: nil>',
            f"stdClass Object ( [name] => {one.name} [{key}] => {number} )",
            f"params: [{one.staff}, {one.name}, {key}:{number}]",
        )
        lines.append(f"{stamp} DEBUG [http-nio-8080-exec-{world.rng.randrange(9)}] {shown}")
        trace = identifiers.guid(world.rng)
        lines.append(f"{stamp} INFO  traceId={trace} elapsed={world.rng.randrange(900)}")
    return kept(world, ("app.log", "debug.log"), Text("\n".join(lines)))


@template("log", source="Robots that type into government portals")
def s_robot_log(world: World) -> Draft:
    """Every step of a robot with the value that it typed."""
    lines = []
    for nth in world.many(1, 6):
        one = world.person()
        at = f"2025/11/{nth + 3:02d} 09:{world.rng.randrange(60):02d}:11"
        field = world.pick("個人番号", "マイナンバー", "txtKojinBango", "個人番号入力欄")
        entry = digits_of(world)
        lines += [
            f"{at},INFO,ブラウザ起動,OK",
            f"{at},INFO,文字列入力,「氏名」に「{one.name}」を入力",
            world.pick(
                f"{at},INFO,文字列入力,「{field}」に「{entry}」を入力",
                f"{at},INFO,SetText,target={field},value={entry}",
                f"{at},INFO,変数設定,{field} ← {entry}",
            ),
            f"{at},INFO,クリック,「送信」 受付番号={identifiers.date_serial(world.rng)}0{nth}",
        ]
    return kept(world, ("RPA_log.csv.txt", "robot.log"), Text("\n".join(lines)))


@template("export", source="Records of fixed width between host computers")
def s_fixed_record(world: World) -> Draft:
    """A layout first, then records: the number has letters and blanks around it."""
    lines = [
        "* 項目        位置 桁",
        "* 社員番号      1   5",
        "* 氏名カナ      7  16",
        f"* {world.pick('個人番号', 'マイナンバー')}     24  12",
        "* 生年月日     37   8",
    ]
    for _ in world.many(3, 30):
        one = world.person()
        kana = one.kana[:16].ljust(16, "　")
        lines.append(f"{one.staff} {kana} {world.number()} {one.born:%Y%m%d}")
    return kept(world, ("KYUYO.DAT.txt", "host.txt"), Text("\n".join(lines)), labelled=False)


@template("text", source="Messages of EDI and banks' key=value records")
def s_segments(world: World) -> Draft:
    """Elements set apart by plus, colon, semicolon or caret."""
    me, number, key = world.person(), world.number(), world.pick("KOJINBANGO", "MYNO", "個人番号")
    text = world.pick(
        f"UNH+1+PAYROL:D:96A:UN'NAD+EMP+{me.staff}'RFF+{key}:{number}'DTM+137:20251101:102'UNT+4+1'",
        f"TYPE=NEW;EMP={me.staff};NAME={me.name};{key}={number};TEL={world.phone()};END",
        f"8=HR|35=E|{key}={number}|44={me.staff}|10=128",
        f"REC^1^{me.name}^{key}^{number}^{me.born:%Y%m%d}",
        f'cmd --name "{me.name}" --{key.lower()} {number} --dry-run',
        f"Name     : {me.name}\nEmployee : {me.staff}\n{key.title()} : {number}\nEnabled  : True",
    )
    return kept(world, ("data.edi.txt", "out.txt"), Text(text))


@template("text", source="vCard, LDIF and contact exports")
def s_contact_card(world: World) -> Draft:
    """A contact with the number in a note or a private field."""
    me, number = world.person(), digits_of(world)
    word = world.pick("マイナンバー", "個人番号", "MyNumber", "My Number")
    extra = world.pick(
        f"NOTE:{word} {number}",
        f"X-MYNUMBER:{number}",
        f"NOTE:血液型A\\n{word}：{number}\\n誕生日 {me.born:%m/%d}",
        f"item1.X-ABLabel:{word}\nitem1.X-ABRELATEDNAMES:{number}",
    )
    card = (
        f"BEGIN:VCARD\nVERSION:3.0\nN:{me.surname};{me.given}\nTEL;TYPE=CELL:{world.phone()}\n"
        f"{extra}\nEND:VCARD"
    )
    entry = (
        f"dn: uid={me.roman},ou=people,dc=example\nuid: {me.roman}\nemployeeNumber: {me.staff}\n"
        f"kojinBango: {number}\ntelephoneNumber: {world.phone()}"
    )
    return kept(world, ("contacts.vcf", "people.ldif"), Text(world.pick(card, card, entry)))


@template("export", source="Questionnaires of Microsoft Forms as exported")
def s_questionnaire(world: World) -> Draft:
    """The question's words are the header."""
    ask = world.pick(
        "あなたのマイナンバーを入力してください",
        "個人番号（12桁）を半角数字で入力してください。",
        "Q7. マイナンバーをご記入ください（ハイフン不要）",
        "マイナンバーを入力\n※家族分は不要です",
        "Please enter your My Number",
    )
    lines = [f'ID,開始時刻,完了時刻,メール,"{ask}",ご意見']
    for nth in world.many(2, 25):
        one = world.person()
        number = digits_of(world)
        lines.append(
            f"{nth + 1},2025/10/20 9:12,2025/10/20 9:15,{one.roman}@example.jp,{number},特になし"
        )
    return kept(world, ("回答.csv",), *opened("回答.csv", "\n".join(lines)))
