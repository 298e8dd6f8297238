"""What the names around a text say: a mail's subject, a folder, a file, a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .labels import Meaning, fold, read

__all__ = ["around"]

_LONGEST_NAME = 1_000
_REPLY = re.compile(r"[\s【\[(（]*(?:re|ご?返信|ご?回答|ご?提出)\s*[:：】\])）]", re.IGNORECASE)
# Names of what is on the matter; other names (一覧, 台帳, の件) say that the numbers lie there.
_MATTER = re.compile(
    "システム|研修|教育|制度|アンケート|規程|規定|方針|ポリシー|ガイドライン|法律|番号法|説明|案内|手続|手順|マニュアル|"
    "状況|進捗|窓口|端末|機器|問い?合わ?せ|受領|依頼|お願い|議事|企画|計画|見積|契約|画面|仕様|設計|"
    "service|system|svc|api|server|batch|app|portal|policy|training|guide|manual|faq|log"
)


def around(names: Sequence[str]) -> tuple[str, Meaning | None]:
    """Code and meaning of the innermost name that says what a text is about.

    A name is a mail's subject, a folder, a file or a sheet; ``names`` come outermost first.
    """
    form = ""
    for name in reversed(names):
        meanings = {label.meaning for label in read(name[:_LONGEST_NAME])}
        if meanings & {Meaning.STRONG, Meaning.EITHER, Meaning.TOPIC}:
            answer = _REPLY.match(name) is not None
            if Meaning.STRONG in meanings or answer or not _MATTER.search(fold(name)):
                return "label_around", Meaning.STRONG
            return "topic_around", Meaning.TOPIC
        if Meaning.AGAINST in meanings:
            return "against_around", Meaning.AGAINST
        if Meaning.FORM in meanings:
            form = form or "form_around"
    return form, Meaning.FORM if form else None
