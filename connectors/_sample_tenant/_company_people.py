"""The people of the sample company: its directory, and the employees named in its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from connectors._sample_tenant._company_keys import draw, guid, individual
from connectors._sample_tenant._model import User
from connectors._sample_tenant._words import DEPARTMENTS, DOMAIN, GIVEN, SURNAMES, TOWNS

HR = f"sato.yoko@{DOMAIN}"
HR_JUNIOR = f"takahashi.misaki@{DOMAIN}"
ACCOUNTS = f"suzuki.kenji@{DOMAIN}"
SALES = f"tanaka.hiroshi@{DOMAIN}"
AFFAIRS = f"ito.naoki@{DOMAIN}"
IT = f"watanabe.jun@{DOMAIN}"
PRESIDENT = f"yamamoto.kazuo@{DOMAIN}"
RETIRED = f"nakamura.mayumi@{DOMAIN}"
SHARED = f"jinji@{DOMAIN}"
INFO = f"info@{DOMAIN}"
ROOM = f"kaigi-a@{DOMAIN}"
CAR = f"shayo-car@{DOMAIN}"
SCANNER = f"svc-scan@{DOMAIN}"
GUEST = "tani@tani-sr.example"
GUEST_UPN = f"tani_tani-sr.example#EXT#@{DOMAIN}"
DESIGNER = "mori@minato-print.example"
DESIGNER_UPN = f"mori_minato-print.example#EXT#@{DOMAIN}"

FORWARDED = "yoyaku@kaigi-rental.example"
"""Where the room's mailbox forwards to."""

_STAFF = (
    (HR, "佐藤 陽子（人事部）"),
    (HR_JUNIOR, "高橋 美咲（人事部）"),
    (ACCOUNTS, "鈴木 健司（経理部）"),
    (SALES, "田中 浩（営業第一部）"),
    (AFFAIRS, "伊藤 直樹（総務部）"),
    (IT, "渡辺 純（情報システム部）"),
)
_FEWEST, _MOST, _ITEMS_EACH = 10, 800, 250


def directory(seed: int, items: int) -> tuple[User, ...]:
    """The users of the tenant: the named ones first, then staff in proportion to ``items``."""

    def user(address: str, name: str, **other: str | bool | tuple[str, ...]) -> User:
        upn = str(other.pop("upn", address))
        return User(guid(draw(seed, "user", address)), upn, address, name, **other)  # type: ignore[arg-type]

    named = [user(address, name) for address, name in _STAFF]
    named += [
        user(PRESIDENT, "山本 和夫（代表取締役）", denied=True),
        user(RETIRED, "中村 真由美（退職）", enabled=False, archive=True),
        user(SHARED, "人事部 共有", purpose="shared", enabled=False),
        user(INFO, "お問い合わせ窓口", purpose="shared", enabled=False),
        user(ROOM, "第１会議室", purpose="room", enabled=False, forwards=(FORWARDED,)),
        user(CAR, "社用車（白）", purpose="equipment", enabled=False),
        user(SCANNER, "複合機スキャン", purpose=""),
        user(GUEST, "谷 社会保険労務士", upn=GUEST_UPN, user_type="Guest", purpose=""),
        user(DESIGNER, "森（みなと印刷）", upn=DESIGNER_UPN, user_type="Guest", purpose=""),
    ]
    taken = {one.mail for one in named}
    wanted = len(named) + min(_MOST, max(_FEWEST, items // _ITEMS_EACH))
    for number in count():
        if len(named) == wanted:
            return tuple(named)
        family = SURNAMES[number % 40]
        first = GIVEN[(number // 40 + 3 * number) % 40]
        address = f"{family[2]}.{first[2]}@{DOMAIN}"
        if address not in taken:
            taken.add(address)
            department = DEPARTMENTS[number % len(DEPARTMENTS)]
            named.append(user(address, f"{family[0]} {first[0]}（{department}）"))
    raise AssertionError


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody in a payroll paper."""

    code: str
    """Employee number, such as ``S1042``."""
    name: str
    kana: str
    department: str
    address: str
    born: date
    salary: int
    number: str = field(repr=False)


def employee(seed: int, tag: str, index: int, *, zero: bool = False) -> Employee:
    """The ``index``-th employee of the paper ``tag``; ``zero`` gives the number a leading zero."""
    entropy = draw(seed, "employee", tag, index)
    family, first = SURNAMES[entropy[0] % 40], GIVEN[entropy[1] % 40]
    born = date(1961, 4, 2) + timedelta(days=(entropy[2] << 8 | entropy[3]) % 15000)
    town = TOWNS[entropy[4] % len(TOWNS)]
    return Employee(
        f"S{1001 + index % 8000}",
        f"{family[0]} {first[0]}",
        f"{family[1]} {first[1]}",
        DEPARTMENTS[entropy[5] % len(DEPARTMENTS)],
        f"{town}{1 + entropy[6] % 5}-{1 + entropy[7] % 20}-{1 + entropy[8] % 30}",
        born,
        210_000 + entropy[9] % 64 * 5_000,
        individual(seed, tag, index, zero=zero),
    )


def employees(seed: int, tag: str, many: int, zeros: Sequence[int] = ()) -> tuple[Employee, ...]:
    """``many`` employees of one paper; those at ``zeros`` have numbers with a leading zero."""
    return tuple(employee(seed, tag, index, zero=index in zeros) for index in range(many))
