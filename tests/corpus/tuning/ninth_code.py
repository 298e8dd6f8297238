"""Source and settings of programs near the matter: other constants, fixtures, comments."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import grouped

PROGRAMS = "Repositories, pipelines and consoles of firms that run a payroll"
WORDS = ("マイナンバー", "個人番号")
HARD = 0.8


@template("code", source=PROGRAMS)
def y_constant_of_another_thing(world: World) -> Draft:
    """A comment has the word, the constant below is another thing's."""
    n, word = world.random12(HARD), world.pick(*WORDS)
    text = world.pick(
        f"# {word}のAPIを呼ぶアカウント\nACCOUNT_ID = '{n}'",
        f'// {word}管理サービスのテナント\nconst TENANT_CODE = "{n}";',
        f"/* {word}連携 */\nprivate static final long PROJECT_NO = {n}L;",
        f"; {word}\n[service]\nclient_number = {n}\nretry = 3",
        f"# {word}チェックは validators.py を参照\nORDER_ID_SAMPLE = '{n}'",
        f"SELECT * FROM requests WHERE request_id = {n}; -- {word}の申請",
        f'aws_account_id = "{n}"  # {word}バッチ用',
        f"REM {word}取込バッチ\nset JOBNO={n}\ncall import.bat %JOBNO%",
    )
    return kept(world, ("settings.py", "app.conf", "Config.java", "import.bat"), Text(text))


@template("code", source=PROGRAMS)
def y_fixture_of_a_person(world: World) -> Draft:
    """A fixture in a folder of tests, with a made-up person."""
    n, one = world.random12(0.9), world.person()
    text = world.pick(
        f"@pytest.fixture\ndef employee():\n    return Staff(name='テスト太郎', my_number='{n}')",
        f"FactoryBot.define do\n  factory :employee do\n    my_number {{ '{n}' }}\n  end\nend",
        f"const mockEmployee = {{\n  name: 'テスト 花子',\n  myNumber: '{n}',\n}};",
        f'given(repo.find(1)).willReturn(new Staff("{one.surname}", "{n}")); // 個人番号',
        f"describe('MyNumberForm', () => {{\n"
        f"  it('submits', () => {{\n    fill('{n}');\n  }});\n}});",
        f"# テスト用データ\n- name: ダミー 一郎\n  my_number: '{n}'",
    )
    names = ("test_employee.py", "employee.spec.ts", "employees_factory.rb", "EmployeeTest.java")
    folder = world.pick("tests", "spec", "src/test", "fixtures")
    return Draft([Text(text)], ("repo", folder, world.pick(*names)))


@template("code", source=PROGRAMS)
def y_says_how_it_is_checked(world: World) -> Draft:
    """A comment explains the check digit on an example."""
    n, word = world.random12(HARD), world.pick(*WORDS)
    text = world.pick(
        f"# {word}のチェックデジット\n# 例: {n[:11]} → {n[11]}  ({n})\ndef check(base):",
        f"-- {word}の検証\n-- {n} なら OK、{n[:11]}{(int(n[11]) + 1) % 10} なら NG\nCREATE",
        f'// {word}: "{grouped(n)}" → "{n}" に正規化\nfunction normalize(s) {{',
        f"{word}の検査用数字の計算\n\n```\n$ checkdigit {n[:11]}\n"
        f"{n[11]}\n$ checkdigit --verify {n}\nOK\n```",
        f'/// <summary>{word}を検証します。</summary>\n/// <example>IsValid("{n}")</example>',
    )
    return kept(world, ("check.py", "functions.sql", "normalize.js", "README.md"), Text(text))


@template("code", source=PROGRAMS)
def y_typed_by_a_script(world: World) -> Draft:
    """A script of a test types a number into a form, or a scenario says so."""
    n = world.random12(HARD)
    text = world.pick(
        f"driver.find_element(By.ID, 'my_number').send_keys('{n}')\ndriver.quit()",
        f"await page.fill('#mynumber', '{n}');\nawait page.click('#submit');",
        f"await page.getByLabel('マイナンバー').fill('{n}');",
        f'もし "マイナンバー" に "{n}" を入力する\nならば エラーが表示されない',
        f"fill_in 'マイナンバー', with: 'x'\nfind('#my_number').fill_in('{n}')",
    )
    return kept(world, ("login.spec.ts", "e2e.py", "form.feature"), Text(text))


@template("code", source=PROGRAMS)
def y_made_up_says_the_remark(world: World) -> Draft:
    """A literal with a remark behind it, or a check in the next line."""
    n = world.random12(HARD)
    text = world.pick(
        f"my_number = '{n}'  # ダミー",
        f"const myNumber = '{n}'; // テスト用の値",
        f'String myNumber = "{n}"; // not real',
        f"my_number = '{n}'\nputs MyNumber.valid?(my_number)",
        f"number = '{n}'  # マイナンバー\nprint(is_valid(number))",
        f'var mynumber = "{n}"; // check digit OK',
    )
    return kept(world, ("sample.py", "app.js", "Main.java"), Text(text))


@template("code", source=PROGRAMS)
def y_test_of_a_class(world: World) -> Draft:
    """A class or function of tests holds the literal."""
    n = world.random12(HARD)
    text = world.pick(
        f"class TestMyNumber(TestCase):\n    def test_valid(self):\n        number = '{n}'",
        f'@Test\nvoid マイナンバーが正しい() {{\n  target.setNumber("{n}");\n}}',
        f'func TestMyNumber(t *testing.T) {{\n\tgot := Check("{n}")\n}}',
        f'[InlineData("{n}")]\npublic void MyNumber_IsValid(string value)',
        f"public function 個人番号Provider() {{ return [\n  '正常系' => ['{n}', true],\n]; }}",
    )
    return kept(world, ("test_number.py", "NumberTest.java", "number_test.go"), Text(text))


@template("code", source=PROGRAMS)
def y_shown_in_a_readme(world: World) -> Draft:
    """A call of the very type, with what comes back."""
    n = world.random12(HARD)
    text = world.pick(
        f"```js\nmynumber('{n}') // => true\n```",
        f"MyNumber('{n}')",
        f"$ mynumber-check {n}\nvalid",
        f"mynumber_validator.checksum({n})",
        f'val number = MyNumber.of("{n}")',
    )
    return kept(world, ("README.md", "usage.md"), Text(text))


@template("code", source=PROGRAMS)
def y_log_lines_of_jobs(world: World) -> Draft:
    """A job's log names the step that has the word, and its own ids."""
    word = world.pick(*WORDS, "mynumber", "MyNumber")
    form = world.pick(
        "{t} [job {n}] {word}取込 開始",
        "{t} INFO {word}チェック完了 jobId={n} 件数=12",
        "{t} transaction {n}: update {word} column",
        "{t} {n} {word} export done",
        "{t} ERROR {word}.validate failed (trace {n})",
        "{t} worker-3 processed message {n} for {word} queue",
    )
    lines = [
        form.format(t=f"{world.day()} 02:00:{nth:02d}", n=world.random12(0.3), word=word)
        for nth in world.many(2, 9)
    ]
    return kept(world, ("batch.log", "import.log", "job.txt"), Text("\n".join(lines)))


@template("code", source=PROGRAMS)
def y_change_in_a_repository(world: World) -> Draft:
    """A diff or a commit about the field, with constants in it."""
    n, word = world.random12(HARD), world.pick(*WORDS)
    text = world.pick(
        f"commit 8f3a\n    {word}の桁数チェックを追加 (refs {n})",
        f"@@ -10,3 +10,3 @@\n-DEFAULT_ACCOUNT = '{n}'\n+DEFAULT_ACCOUNT = os.environ['ACCOUNT']\n"
        f" # {word}",
        f"PR: {word}のマスク表示\nビルド {n} 成功",
        f"release {n}\n- {word}の入力画面を修正\n- 文言の変更",
    )
    return kept(world, ("changes.diff", "CHANGES.txt", "git.log"), Text(text))


@template("code", source=PROGRAMS)
def y_device_beside_the_word(world: World) -> Draft:
    """A setting of a card reader, a printer or a terminal."""
    word = world.pick("マイナンバーカード", "個人番号カード", "マイナンバー")
    n = world.other(world.pick(identifiers.article, lambda rng: identifiers.digits(rng, 12)), 0.8)
    text = world.pick(
        f"{word}リーダー\nS/N {n}\nドライバ 2.1",
        f"{word}読取端末 シリアル={n}",
        f"[reader]\nname={word}リーダライタ\nserial={n}\nport=USB1",
        f"{word}用プリンタ 型番 XB-210 製造番号 {n}",
    )
    return kept(world, ("機器一覧.txt", "reader.ini", "端末.txt"), Text(text))


@template("code", source=PROGRAMS)
def y_true_rows_in_a_script(world: World) -> Draft:
    """A script of migration holds real people's rows."""
    rows = [(world.person(), world.number()) for _ in world.many(1, 6)]
    form = world.pick(
        "UPDATE jinji SET kojin_bango = '{n}' WHERE shain_no = '{s}'; -- {who}",
        "('{s}', '{who}', '{n}'),",
        '{{"id": "{s}", "name": "{who}", "my_number": "{n}"}},',
        "$mynumber['{s}'] = '{n}'; // {who}",
        "set_kojin_bango '{s}' '{n}'  # {who}",
    )
    head = (
        ""
        if "bango" in form or "number" in form
        else "INSERT INTO t (code, name, my_number) VALUES\n"
    )
    text = head + "\n".join(form.format(n=n, s=one.staff, who=one.name) for one, n in rows)
    return kept(world, ("移行.sql", "migrate.txt", "patch.sql"), Text(text))


@template("code", source=PROGRAMS)
def y_request_with_it(world: World) -> Draft:
    """A request or a reply of the payroll's API in a log."""
    n, one = world.number(), world.person()
    text = world.pick(
        f"POST /employees/{one.staff}\nbody: name={one.roman}&my_number={n}&tel={world.phone()}",
        f'2025-06-03 10:01 DEBUG request {{"employeeCode":"{one.staff}","individualNumber":"{n}"}}',
        f"<employee><name>{one.name}</name><myNumber>{n}</myNumber></employee>",
        f"ValidationError: employee {one.staff}: 個人番号 '{n}' は登録済みです",
        f"sql> select kojin_no from m_shain where id={one.staff};\n"
        f"kojin_no\n------------\n{n}\n1 row",
    )
    return kept(world, ("debug.log", "api.txt", "console.txt"), Text(text))
