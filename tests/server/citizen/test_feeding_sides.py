"""What stands beside a case on its way outside: where its result's paper is, what is to be paid; taken once, newest last, swept."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from clerk_app.queueing.citizen_token import case_token, token_digest
from clerk_app.receipts.handing.choosing import ChooseDelivery
from clerk_app.server.centre import CentreOffice
from clerk_app.server.citizen import app
from clerk_app.server.citizen.case_form import CaseDetails, Promised, SideRow
from clerk_app.server.citizen.feeder import Feeder
from clerk_app.server.citizen.side_rows import sides_of
from clerk_app.server.loading import new_epoch
from clerk_app.store import tables
from clerk_app.store.rows import to_json
from clerk_app.store.tables_fees import bills
from tests.receipts.every_slip import a_bill
from tests.server.citizen.papers import NOW as DAY
from tests.server.citizen.papers import Citizens, a_case, citizens, waiting
from tests.server.desk import HALL, NOW, Desk

LETTER = {"how": "post", "name": "卢小珍", "phone": "13800000421", "address": "江州市滨湖区学府路 18 号 3 单元 502"}
MINE = token_digest(case_token("c1"))


def side(seq: int = 1, **more) -> SideRow:
    plain = SideRow(
        digest="a" * 64, case=MINE, kind="paper", state="shelved", at=DAY, window=12, place="出件窗口，综合区", seq=seq
    )
    return replace(plain, **more)


def kept(public: Citizens) -> list[tuple[str, str]]:
    with public.database.reading() as connection:
        return [(row.kind, row.state) for row in sides_of(connection, "JZ01", MINE)]


@pytest.fixture
def outside(tmp_path: Path):
    with citizens(f"sqlite:///{tmp_path / 'citizen.db'}") as made:
        made.clock.time = NOW
        yield made


def settled(office: CentreOffice, outside: Citizens) -> None:
    counted = itertools.count(int(outside.clock.time.timestamp() * 1e6) + outside.stamp)
    feeder = Feeder(office, outside, microseconds=lambda: next(counted))
    for _ in range(20):
        if not feeder.turn():
            outside.stamp += 1000
            return
    raise AssertionError("it never comes to rest")


def test_from_the_window_to_the_page(desk: Desk, office: CentreOffice, outside: Citizens) -> None:
    took = desk.took()
    received = desk.received(took.ticket)
    for command in (took, desk.called(took.ticket), desk.arrived(took.ticket), received, desk.accepted(received.case)):
        assert desk.do(command)["state"] == "applied"
    settled(office, outside)
    assert desk.do(ChooseDelivery(**desk.stamp(), case=received.case, **LETTER))["state"] == "applied"
    settled(office, outside)
    mine = token_digest(case_token(received.case))
    with outside.database.reading() as connection:
        (told,) = sides_of(connection, HALL, mine)
        everything = str(connection.exec_driver_sql("SELECT * FROM citizen_sides_1").all())
    assert (told.kind, told.state, told.by_post) == ("paper", "expected", True)
    assert [word for word in (*LETTER.values(), received.case) if word in everything and word != "post"] == []

    bill = a_bill(received.case)
    with office.database.writing() as connection:
        sealed = {"state": "sealed", "sealed_at": NOW}
        connection.execute(update(tables.cases).where(tables.cases.c.id == received.case).values(**sealed))
        whole = {**to_json(bill), "set_at": NOW, "moved_at": NOW, "hall": HALL}
        connection.execute(insert(bills).values(**whole))
        new_epoch(connection)
    settled(office, outside)
    page = outside.case(received.case).text
    assert "文书已做好，等着寄出" in page
    assert "20.00 元" in page


def test_the_same_thing_twice_and_an_older_one_change_nothing(public: Citizens) -> None:
    public.whole(a_case(state="ready"), seq=1, sides=(side(),))
    assert "12号窗口（出件窗口，综合区）" in public.case().text
    for _ in range(2):
        public.next(after=1, seq=3, sides=(side(3, state="posted", carrier="示例快递"), side(2)))
        assert kept(public) == [("paper", "posted")]
    public.next(after=3, seq=3, sides=(side(2),))
    assert "示例快递承运" in public.case().text


def test_what_another_case_or_hall_has_is_not_shown(public: Citizens) -> None:
    fee = side(kind="fee", state="open", digest="b" * 64, amount=990, place="11号窗口")
    public.whole(a_case(), seq=1, sides=(fee, replace(fee, digest="c" * 64, case="d" * 64, amount=50)))
    assert "9.90 元" in public.case().text
    assert "10.40" not in public.case().text
    other = replace(public.batch(sides=(replace(fee, amount=70000),)), hall="QZ01", generation="h", seq=1, cursor="c")
    public.fed(replace(other, whole="last", current=True))
    assert "9.90 元" in public.case().text


def test_all_afresh_and_time_sweep_it(public: Citizens) -> None:
    public.whole(a_case(), seq=1, sides=(side(), side(digest="b" * 64, kind="fee", state="paid", until=DAY.date())))
    public.clock.pass_(days=1)
    public.next(after=1, seq=1)
    assert kept(public) == [("paper", "shelved")]
    public.whole(a_case(), generation="g2", seq=2)
    assert kept(public) == []


def test_details_come_back_as_they_were_sent(public: Citizens) -> None:
    details = CaseDetails(
        statutory=DAY.date(), pause="听证", lacks=("章程",), promised=(Promised(name="照片", by=DAY.date()),)
    )
    public.whole(a_case(state="paused", details=details), seq=1)
    page = public.case().text
    for words in ("听证中", "照片，2026年11月20日（星期五）前补来"):
        assert words in page


def test_large_letters_at_the_door(public: Citizens) -> None:
    public.whole(a_case(), seq=1)
    path = f"/c/{case_token('c1')}"
    assert 'class="large"' in public.ask(f"{path}?large=1").text
    assert 'class="large"' not in public.ask(path).text


def test_wrong_addresses_are_limited_by_place_and_right_ones_never(public: Citizens) -> None:
    public.whole(waiting(), a_case(), seq=1)
    for wrong in ("/c/" + "a" * 26, "/t/x"):
        statuses = [public.ask(wrong).status for _ in range(app.WRONG_A_MINUTE // 2)]
        assert set(statuses) == {404}
    for wrong in ("/c/" + "a" * 26, "/t/x"):
        stopped = public.ask(wrong)
        assert (stopped.status, "过一分钟" in stopped.text, stopped.headers["retry-after"]) == (429, True, "60")
    assert (public.case().status, public.ticket().status) == (200, 200)


def test_missing_says_after_how_many_days(public: Citizens) -> None:
    public.whole(seq=1, card=replace(public.batch().card, case_days=90))
    assert "办完 90 天后不再显示" in public.case().text
    over = a_case(state="delivered", until=DAY.date() + timedelta(days=1))
    public.next(replace(over, seq=2), after=1, seq=2)
    assert public.case().status == 200
