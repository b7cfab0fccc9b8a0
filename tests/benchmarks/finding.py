"""search, open-case, store-size: a store of 100,000 cases asked as a clerk asks; the floor is one row by its key from the same file.

centre-search: the same questions to 1,000,000 rows in PostgreSQL, filled by SQL (`centre_finding`).
"""

from __future__ import annotations

import random
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from clerk_app.cases.finding import parse
from clerk_app.cases.model import Applicant, Case, CaseMaterial, DueDates, case_number
from clerk_app.hall import Hall
from clerk_app.office.office import Office
from clerk_app.outside.ids import new_id, new_query_code
from tests.benchmarks.registry import Row, benchmark
from tests.desk import cut_office

CASES, BATCH, ROUNDS = 100_000, 1000, 12
SEARCH_MS, OPEN_MS, CASE_BYTES = 50.0, 100.0, 8192.0
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢单解仇"
)
GIVEN = "桂珍文静宁伟芳娜敏强磊洋艳勇军杰娟涛明超秀兰霞平刚英华玉红飞鹏浩宇轩梓涵雨泽子墨若曦"
PLACES, TRADES = (
    "江州滨湖云岫听雨青筠澄心砚溪",
    ("餐饮管理", "文化传播", "人力资源", "货运", "建设", "信息技术", "酒店管理"),
)
ASKED = (
    "卢", "王", "公司", "江州", "听雨", "桂珍", "单于", "wgz", "lwj", "jzty", "luzz", "cygl", "00417", "52031", "今天", "待授权",
    "审查中 王", "公司 餐饮", "12月4日", "公司设立", "没有这人", "430121199003070427", "B017",
)  # fmt: skip


def p95(samples: Sequence[float]) -> float:
    """The value only one in twenty is above."""
    return quantiles(samples, n=20, method="inclusive")[18]


def timed(step: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    step()
    return (time.perf_counter() - begun) * 1000


@contextmanager
def full_store(cases: int) -> Iterator[tuple[Office, Path, list[str]]]:
    """A desk over a file with so many cases of one year, three in a hundred of them open."""
    with tempfile.TemporaryDirectory(prefix="clerk-find-") as name:
        folder = Path(name)
        office = cut_office(folder, secrets.token_bytes(32))
        try:
            keys, now = [], office.parts.clock.now()
            for begin in range(0, cases, BATCH):
                with office.parts.vault.unit(office.hall) as work:
                    for number in range(begin, min(begin + BATCH, cases)):
                        case = case_like(office.hall, number, cases, now)
                        work.books.put_case(case)
                        keys.append(case.id)
            yield office, folder / "counter.db", keys
        finally:
            office.parts.vault.close()


def some_name(chance: random.Random) -> str:
    if chance.random() < 0.4:
        places = "".join(chance.sample(PLACES, 2))
        return f"江州{places}{chance.choice(TRADES)}有限公司"
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


def case_like(hall: Hall, number: int, cases: int, now: datetime) -> Case:
    """Of one year, the newest three in a hundred still open."""
    chance = random.Random(number)
    at = now - timedelta(days=365) * ((cases - number) / cases)
    item = chance.choice([item for item in hall.items.values() if not item.external])
    is_open = number > cases * 0.97
    state = chance.choice(("received", "review", "review", "to_authorise", "correction")) if is_open else "delivered"
    due = at.date() + timedelta(days=chance.randrange(3, 25))
    return Case(
        id=new_id(), ticket=f"t{number}", item=item.code, item_name=item.name, hall_version=hall.version,
        department=item.department,
        applicant=Applicant(name=some_name(chance), id_number=f"4301211990{number:08d}", phone="13800000421"),
        materials=tuple(CaseMaterial(name=m.name, essential=m.essential, brought_at=at) for m in item.materials),
        state=state, received_at=at, window=2, handler=chance.choice(("P203", "P204", "P105")), acting_for=None,
        query_code=new_query_code(), case_no=case_number(hall.id, at.date(), number + 1), serial=number + 1,
        accepted_at=at, due=DueDates(promised=due, statutory=due + timedelta(days=20), reason="按工作日数。"),
    )  # fmt: skip


def measured_here(cases: int, rounds: int) -> list[Row]:
    with full_store(cases) as (office, file, keys):
        floors = [
            timed(lambda key=key: bare_row(office, key)) for key in random.Random(1).sample(keys, min(200, cases))
        ]
        floor = p95(floors)
        today = office.parts.clock.now().date()
        return [
            Row(name="search", value=p95(searches(office, today, rounds)), unit="ms", floor=floor, most=SEARCH_MS),
            Row(name="search lists", value=p95(lists(office, today, rounds)), unit="ms", floor=floor, most=SEARCH_MS),
            Row(name="open-case", value=p95(openings(office, keys, rounds)), unit="ms", floor=floor, most=OPEN_MS),
            *sizes(office, file, cases),
        ]


def bare_row(office: Office, key: str) -> None:
    with office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql("SELECT id FROM cases WHERE hall = ? AND id = ?", (office.hall.id, key)).fetchone()


def searches(office: Office, today: date, rounds: int) -> list[float]:
    """As the page asks: read what was typed, find, mask; the first thirty."""
    finder, items = office.parts.vault.finder, office.hall.items
    finder.find(parse("一", items, today), 30)
    return [
        timed(lambda text=text: finder.find(parse(text, items, today), 30)) for _ in range(rounds) for text in ASKED
    ]


def lists(office: Office, today: date, rounds: int) -> list[float]:
    finder = office.parts.vault.finder
    kinds = ("due", "mine", "authorise", "all")
    return [
        timed(lambda kind=kind: finder.listed(kind, ("P203", "P204"), today, 30))
        for _ in range(rounds)
        for kind in kinds
    ]


def openings(office: Office, keys: Sequence[str], rounds: int) -> list[float]:
    """The case, its attachments, its clocks, and all of it in words, as the side pane shows it."""
    from clerk_app.cases.clocks import clocks_of
    from clerk_app.office.line.attaching import attachments_of
    from ui.cases.holding import standing_of
    from ui.cases.telling import tell_detail

    def opened(key: str) -> None:
        case = office.read(lambda books: books.case(key))
        today, hall = office.parts.clock.now().date(), office.hall
        clocks_of(case, hall.items[case.item], hall.calendar, hall.off_work, today)
        attachments_of(office, key), standing_of(office, key)
        tell_detail(case, hall, today)

    chosen = random.Random(2).sample(list(keys), min(len(keys), rounds * 20))
    return [timed(lambda key=key: opened(key)) for key in chosen]


def sizes(office: Office, file: Path, cases: int) -> list[Row]:
    """Bytes of the file a case, and of them what its index takes; the floor is its bare row as JSON."""
    with office.parts.vault._gate.begin() as connection:
        page = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
        whole = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one()) * page / cases
        words = "SELECT sum(length(block)) FROM word_index_data"
        index = connection.exec_driver_sql(words).scalar_one() / cases
        index += (
            connection.exec_driver_sql("SELECT sum(length(CAST(words AS BLOB)) + 60) FROM case_words").scalar_one()
            / cases
        )
        bare = "SELECT sum(length(CAST(applicant AS BLOB)) + length(CAST(materials AS BLOB)) + length(CAST(life AS BLOB))) FROM cases"
        floor = connection.exec_driver_sql(bare).scalar_one() / cases
    return [
        Row(name="store-size", value=whole, unit="B", floor=floor, most=CASE_BYTES),
        Row(name="store-size index", value=index, unit="B", floor=floor, most=CASE_BYTES / 4),
    ]


_measured: dict[int, list[Row]] = {}


def _rows(name: str) -> list[Row]:
    """One file serves all of them: filling it takes most of a minute."""
    if CASES not in _measured:
        _measured[CASES] = measured_here(CASES, ROUNDS)
    return [row for row in _measured[CASES] if row.name.split()[0] == name]


@benchmark("search")
def search() -> Sequence[Row]:
    """p95 over what clerks type, first thirty rows."""
    return _rows("search")


@benchmark("open-case")
def open_case() -> Sequence[Row]:
    """p95 over cases of a whole year, as the side pane shows them."""
    return _rows("open-case")


@benchmark("store-size")
def store_size() -> Sequence[Row]:
    """Bytes a case takes in the window's file."""
    return _rows("store-size")
