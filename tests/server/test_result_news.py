"""结果的通知: where to fetch it, that it went out by post, that it still lies here: each happening once, nobody's name in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from clerk_app.receipts.handing.model import Delivery, Posting, Reminder, Result
from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import notices
from clerk_app.store.books import SqlBooks
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import cases
from tests.server.desk import HALL, NOW, Desk
from tests.server.test_people_side import Gateway, with_gateway  # noqa: F401 - the fixture
from tests.server.test_replay import serving

FOOD = "11429900MBX002022C4000131016001"
ADDRESS, NAME = "江州市临江区滨河路18号3栋502", "卢桂珍"


def sealed_case(desk: Desk, office: CentreOffice, item: str = "") -> str:
    """As later rooms leave it."""
    received = desk.received(serving(desk))
    assert desk.do(received)["state"] == "applied"
    values = {"state": "sealed", "seal_use": "s1", "case_no": "JZ20261120-00001"} | ({"item": item} if item else {})
    with office.database.writing() as connection:
        connection.execute(update(cases).where(cases.c.id == received.case).values(**values))
    return received.case


def lies(office: CentreOffice, row: Result) -> Result:
    with office.database.writing() as connection:
        cabinet = Cabinet(connection, HALL)
        books = SqlBooks(cabinet, office.hall_in_force(connection, HALL), "")
        books.put_result(row)
        cabinet.flush()
    return row


def row_of(case: str, **more: Any) -> Result:
    row = Result(
        id=case, case_no="JZ20261120-00001", document_no="江市监准〔2026〕1号", state="shelved", window=12, shelf="001",
        moved_at=NOW, since=NOW,
    )  # fmt: skip
    return replace(row, **more)


def test_a_spot_case_is_fetched_at_its_window_any_other_at_the_handing_over_window(
    with_gateway: None,  # noqa: F811
    app: Any,
    desk: Desk,
    office: CentreOffice,
) -> None:
    sealed_case(desk, office)
    gateway = Gateway(app)
    (spot,) = gateway.told("document_ready")
    assert "请到2号窗口领取" in spot["words"]
    gateway.takes(spot["id"])
    with office.database.writing() as connection:
        connection.execute(update(cases).values(item=FOOD, seal_use="s2"))
    (promised,) = gateway.told("document_ready")
    assert "请到12号窗口领取" in promised["words"]


def test_what_goes_by_post_is_told_with_its_waybill_and_told_again_when_it_is_posted_anew(
    with_gateway: None,  # noqa: F811
    app: Any,
    desk: Desk,
    office: CentreOffice,
) -> None:
    case = sealed_case(desk, office, FOOD)
    wanted = Delivery(how="post", by="P203", at=NOW, name=NAME, phone="13900000421", address=ADDRESS)
    waiting = lies(office, row_of(case, delivery=wanted))
    gateway = Gateway(app)
    (ready,) = gateway.told()
    assert "邮寄" in ready["words"]
    assert "窗口领取" not in ready["words"]
    gateway.takes(ready["id"])
    letter = Posting(
        waybill="EX123456789", carrier="示例快递", name=NAME, phone="13900000421", address=ADDRESS, by="P108", at=NOW,
        window=12,
    )  # fmt: skip
    sent = lies(office, waiting.moved(NOW, state="posted", waybill=letter.waybill, posting=letter, since=None))
    (posted,) = gateway.told("result_posted")
    assert posted["words"].endswith("的文书已经寄出，示例快递 EX123456789。")
    gateway.takes(posted["id"])
    assert gateway.told() == []
    again = replace(letter, waybill="EX987654321")
    lies(office, sent.moved(NOW, waybill=again.waybill, posting=again))
    (posted,) = gateway.told("result_posted")
    assert "EX987654321" in posted["words"]
    with office.database.reading() as connection:
        kept = str(connection.execute(select(notices)).all())
    assert NAME not in kept
    assert ADDRESS not in kept


def test_who_does_not_come_is_told_when_somebody_asks_for_a_message_and_not_by_a_telephone_call(
    with_gateway: None,  # noqa: F811
    app: Any,
    desk: Desk,
    office: CentreOffice,
) -> None:
    case = sealed_case(desk, office, FOOD)
    gateway = Gateway(app)
    gateway.takes(*[one["id"] for one in gateway.told()])
    called = lies(office, row_of(case, reminders=(Reminder(how="phone", said="下周来", by="P108", at=NOW),)))
    assert gateway.told() == []
    message = Reminder(how="message", said="", by="P108", at=NOW + timedelta(seconds=1))
    lies(office, called.moved(NOW, reminders=(*called.reminders, message)))
    (told,) = gateway.told()
    assert told["kind"] == "fetch_reminder"
    assert "还没有领" in told["words"]
    assert "12号窗口" in told["words"]
