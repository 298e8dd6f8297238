"""Source, tests, settings and logs of programs for the number: their digits are nobody's."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import full_width, grouped

SOURCES = "Repositories and consoles of firms that write programs for the number"
HARD = 0.8


def _digits(world: World) -> str:
    return world.random12(HARD)


def _call(world: World) -> str:
    return world.pick(
        *("isMyNumber", "is_my_number", "validate_mynumber", "checkMyNumber", "MyNumber.valid?"),
        *("MyNumberValidator.validate", "validateKojinBango", "mynumber.is_valid", "parseMyNumber"),
    )


@template("code", source=SOURCES)
def x_calls_of_a_validator(world: World) -> Draft:
    """Literals as arguments, with what comes back."""
    call, quote = _call(world), world.pick('"', "'")
    form = world.pick(
        "assert {call}({n})",
        "assert not {call}({n})",
        "expect({call}({n})).toBe({true});",
        "assertTrue({call}({n}));",
        ">>> {call}({n})\nTrue",
        "console.log({call}({n}));  // {true}",
        "self.assertEqual({call}({n}), {true})",
        "it('accepts', () => expect({call}({n})).to.equal({true}))",
        "{call}({n}) # => {true}",
    )
    lines = []
    for _ in world.many(1, 5):
        n = world.pick(str, grouped, full_width)(_digits(world))
        true = world.pick("true", "false", "True", "False")
        lines.append(form.format(call=call, n=f"{quote}{n}{quote}", true=true))
    return kept(
        world, ("test_my_number.py", "validator.test.ts", "README.md"), Text("\n".join(lines))
    )


@template("code", source=SOURCES)
def x_docs_of_a_function(world: World) -> Draft:
    """A comment says what the function takes, with an example."""
    n, m = _digits(world), grouped(_digits(world), "-")
    text = world.pick(
        f'def normalize_my_number(value: str) -> str:\n    """Normalize a My Number.\n\n'
        f'    Example:\n        >>> normalize_my_number("{m}")\n        \'{n}\'\n    """\n',
        f"/**\n * マイナンバーの検査用数字を確認する。\n * @param value 12桁の数字 (例: {n})\n"
        f" * @return 正しければ true\n */\npublic boolean isValid(String value) {{",
        f"# Checks the individual number, e.g. {n} or {m}.\nfunction check_mynumber($v) {{",
        f"/// Validates a Japanese My Number.\n///\n"
        f'/// ```\n/// assert!(mynumber::valid("{n}"));\n/// ```\n',
        f"'個人番号のハイフンを取る\n'  例) {m} → {n}\nFunction KojinBango(s As String) As String",
    )
    return kept(world, ("mynumber.py", "MyNumber.java", "lib.rs", "Module1.bas"), Text(text))


@template("code", source=SOURCES)
def x_tables_of_cases(world: World) -> Draft:
    """A test with parameters: value and whether it is valid."""
    form = world.pick("    ({n}, {ok}),", "  [{n}, {ok}],", "    {{ input: {n}, want: {ok} }},")
    rows = [
        form.format(n=f'"{_digits(world)}"', ok=world.pick("True", "False"))
        for _ in world.many(2, 6)
    ]
    head = world.pick(
        '@pytest.mark.parametrize("number, valid", [',
        "test.each([",
        "cases := []struct{ input string; want bool }{",
        "VALID_CASES = [",
    )
    call = world.pick("test_my_number", "TestMyNumber", "myNumberCheck")
    text = f"# {call}\n{head}\n" + "\n".join(rows) + f"\n])\ndef {call}(number, valid):\n    ..."
    return kept(world, ("test_mynumber.py", "mynumber.test.js", "mynumber_test.go"), Text(text))


@template("code", source=SOURCES)
def x_names_of_a_project(world: World) -> Draft:
    """A project, a bucket, a client: the word and digits make one name."""
    n = _digits(world)
    word = world.pick("mynumber", "my-number", "kojin-bango", "mynumber-prod", "mynumber-api")
    text = world.pick(
        f"gcloud config set project {word}-{n}",
        f'bucket = "{word}-backup-{n}"',
        f"serviceAccount: {word}@proj-{n}.iam.example.com",
        f"client_id={n}-abcdef.apps.example.com # {word}",
        f"image: registry.example.com/{word}/worker:{n}",
        f"terraform import google_project.mynumber {word}-{n}",
        f"GET /projects/{n}/services/{word} 200",
        f"Deployment {word}-{n} rolled out",
        f"mynumber_project_number = {n}",
        f"PROJECT_NUMBER={n}\nSERVICE={word}",
        f"kubectl logs {word}-worker-{n}",
    )
    return kept(world, ("deploy.sh", "main.tf", "config.yaml", "runbook.md"), Text(text))


@template("code", source=SOURCES)
def x_constants(world: World) -> Draft:
    """Constants for tests, whose name says that they are made up."""
    n = _digits(world)
    name = world.pick(
        *("DUMMY_MY_NUMBER", "TEST_MY_NUMBER", "VALID_MY_NUMBER", "INVALID_MY_NUMBER"),
        *("SAMPLE_MYNUMBER", "mockMyNumber", "fakeMyNumber", "EXAMPLE_KOJIN_BANGO"),
    )
    text = world.pick(
        f'{name} = "{n}"',
        f"const {name} = '{n}';",
        f'private static final String {name} = "{n}";',
        f"  let(:{name.lower()}) {{ '{n}' }}",
        f'{name}: str = "{n}"  # passes the check digit',
    )
    return kept(world, ("conftest.py", "constants.ts", "spec_helper.rb"), Text(text))


@template("code", source=SOURCES)
def x_patterns(world: World) -> Draft:
    """A regular expression and what it takes."""
    n, m = _digits(world), grouped(_digits(world), "-")
    text = world.pick(
        f"# マイナンバーの正規表現\n^\\d{{12}}$\n# マッチ例: {n}\n# マッチしない例: {m}",
        f"my_number: /^[0-9]{{12}}$/ matches {n}",
        f"个人番号 /\\d{{4}}-?\\d{{4}}-?\\d{{4}}/ (ex. {m})",
        f"pattern: '\\b\\d{{12}}\\b'  # My Number like {n}",
        f'{{"type": "string", "title": "個人番号", "pattern": "^[0-9]{{12}}$", "example": "{n}"}}',
        f"myNumber:\n  type: string\n  pattern: ^\\d{{12}}$\n  example: '{n}'",
        f'<input name="mynumber" placeholder="例）{n}" maxlength="12">',
    )
    return kept(world, ("patterns.md", "openapi.yaml", "schema.json", "form.html"), Text(text))


@template("code", source=SOURCES)
def x_log_of_the_service(world: World) -> Draft:
    """A service whose name has the word writes ids of requests, threads and records."""
    name = world.pick("mynumber-api", "MyNumberService", "mynumber.collect", "個人番号管理サービス")
    form = world.pick(
        "{t} INFO  [{name}] [{n}] start",
        "{t} {name}[{n}]: accepted",
        "{t} WARN {name} - retry id {n}",
        "{t} [{n}] {name} 登録処理を開始しました",
        "{t} {name} message-id=<{n}@queue> acked",
        "{t} ERROR {name}: record {n} not found",
        "{t} {name} span={n} parent={n} 12ms",
    )
    lines = [
        form.format(t=f"{world.day()}T01:02:{nth:02d}Z", name=name, n=world.random12(0.2))
        for nth in world.many(1, 8)
    ]
    return kept(world, ("service.log", "console.txt"), Text("\n".join(lines)))


@template("code", source=SOURCES)
def x_seed_of_a_leak(world: World) -> Draft:
    """True numbers in code: a statement that writes a person's row, a script that mends one."""
    one, n = world.person(), world.number()
    text = world.pick(
        f"UPDATE employee SET my_number = '{n}' WHERE code = '{one.staff}';",
        f"INSERT INTO staff (code, name, my_number) VALUES ('{one.staff}', '{one.name}', '{n}');",
        f"# {one.name}さんの分を手で直す\nset_my_number('{one.staff}', '{n}')",
        f'curl -d \'{{"employee":"{one.staff}","myNumber":"{n}"}}\' https://hr.example.jp/api',
        f"employee.{one.roman.split('.')[0]}.mynumber={n}",
    )
    return kept(world, ("fix.sql", "patch.py", "runbook.md"), Text(text))
