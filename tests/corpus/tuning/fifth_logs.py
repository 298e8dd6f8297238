"""Logs, data and exports as text, in which the word stands and numbers of other things."""

from __future__ import annotations

import json
from collections.abc import Callable

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept
from corpus.world import World

SYSTEMS = "What programs for the numbers write: logs, notifications, data files"
WORDS = ("マイナンバー", "個人番号", "mynumber", "MyNumber")
HARD = 0.5


@template("log", source=SYSTEMS)
def v_log_of_a_service(world: World) -> Draft:
    """Lines of a service whose name has the word, with request ids."""
    word = world.pick(*WORDS)
    name = world.pick("req", "trace", "seq", "対象", "処理", "job", "txn")
    gap = world.pick("=", " ", ":", ": ")
    lines = [
        f"{world.day():%Y-%m-%d} 10:{nth % 60:02d}:00 INFO {word}登録 {name}{gap}"
        f"{world.random12(HARD)} {world.pick('done', '正常終了', 'OK')}"
        for nth in world.many(1, 15)
    ]
    return kept(world, ("app.log", "batch.log"), Text("\n".join(lines)))


@template("log", source=SYSTEMS)
def v_log_with_a_leak(world: World) -> Draft:
    """The same, but one field of each line holds the number."""
    name = world.pick("req", "trace", "seq", "job", "txn")
    field = world.pick("mynumber", "個人番号", "my_number", "kojinBango")
    lines = [
        f"{world.day():%Y-%m-%d} 10:{nth % 60:02d}:00 DEBUG {name}={world.random12(HARD)} "
        f"user={world.person().roman} {field}={world.number()}"
        for nth in world.many(1, 12)
    ]
    return kept(world, ("app.log", "debug.log"), Text("\n".join(lines)))


@template("json", source=SYSTEMS)
def v_data_with_other_keys(world: World) -> Draft:
    """Objects on the matter with keys that name other things."""
    key = world.pick("ref", "caseKey", "docNo", "受付", "伝票", "entry")
    rows = [
        {"type": "マイナンバー", key: world.random12(HARD), "name": world.person().name}
        for _ in world.many(1, 8)
    ]
    text = json.dumps(rows, ensure_ascii=False, indent=world.pick(None, 2))
    return kept(world, ("data.json", "マイナンバー連携.json"), Text(text))


@template("json", source=SYSTEMS)
def v_data_with_both(world: World) -> Draft:
    """Objects with the number and with a key of another one."""
    key, mine = world.pick("ref", "caseKey", "docNo", "受付"), world.pick("個人番号", "myNumber")
    rows = []
    for _ in world.many(1, 8):
        pairs = [(key, world.random12(HARD)), (mine, world.number())]
        world.rng.shuffle(pairs)
        rows.append({"name": world.person().name, **dict(pairs)})
    text = json.dumps(rows, ensure_ascii=False, indent=world.pick(None, 2))
    return kept(world, ("data.json",), Text(text))


@template("notice", source=SYSTEMS)
def v_notice_of_a_workflow(world: World) -> Draft:
    """A notification of a workflow: its title has the word, its body the number of the request."""
    word, me = world.pick("マイナンバー", "個人番号"), world.person()
    text = (
        f"【ワークフロー通知】{word}{world.pick('変更申請', '届出', '登録依頼')}\n"
        f"申請者 {me.name}\n{world.pick('申請', '案件', '文書', '回覧')}"
        f"{world.pick(' ', '　', '：', ' No ')}{world.random12(HARD)}\n"
        f"状態 {world.pick('承認待ち', '差戻し')}\nURL https://wf.example.jp/"
    )
    return kept(world, ("通知", "notification.eml"), Text(text))


@template("text", source=SYSTEMS)
def v_lines_with_bars(world: World) -> Draft:
    """A table in text: headers in the first line; ids before the numbers."""
    bar = world.pick(" | ", "\t", ",")
    name = world.pick("申請ID", "社員キー", "伝票", "受付")
    lines = [bar.join((name, "氏名", "個人番号"))]
    lines += [
        bar.join((world.random12(HARD), world.person().surname, world.number()))
        for _ in world.many(1, 12)
    ]
    return kept(world, ("一覧.txt", "export.txt"), Text("\n".join(lines)))


@template("text", source=SYSTEMS)
def v_lines_with_bars_of_others(world: World) -> Draft:
    """A table in text about the matter: the number's column holds a state, another the ids."""
    bar = world.pick(" | ", "\t", ",")
    name = world.pick("申請ID", "社員キー", "伝票", "受付")
    lines = [bar.join((name, "氏名", world.pick("個人番号", "マイナンバー")))]
    for _ in world.many(1, 12):
        state = world.pick("済", "未", "○")
        lines.append(bar.join((world.random12(HARD), world.person().surname, state)))
    return kept(world, ("一覧.txt", "export.txt"), Text("\n".join(lines)))


def _fixed_columns(world: World, header: str, last: Callable[[], str]) -> Draft:
    """Columns by spaces: an id, a name, and what ``last`` gives."""
    lines = [f"{'受付キー':<14}{'氏名':<10}{header}"]
    lines += [
        f"{world.random12(HARD):<16}{world.person().surname:<10}{last()}" for _ in world.many(2, 12)
    ]
    return kept(world, ("list.txt",), Text("\n".join(lines)))


@template("export", source=SYSTEMS)
def v_fixed_columns(world: World) -> Draft:
    """Columns by spaces: an id, a name, the number."""
    return _fixed_columns(world, "個人番号", world.number)


@template("export", source=SYSTEMS)
def v_fixed_columns_done(world: World) -> Draft:
    """Columns by spaces: an id, a name, whether the number was handed in."""
    return _fixed_columns(world, "マイナンバー提出", lambda: world.pick("済", "未"))
