"""电脑 from outside: the list, 入列, 撤回, 换机 and 报失 through the HTTP interface, by whom, with whom, and what is never half done."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from clerk_app.server import recovering
from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.loading import load_hall
from clerk_app.server.tables import audit_events, device_acts, enrolment_codes, hall_head, recoveries
from clerk_app.sync import protocol
from tests.server.conftest import Clock
from tests.server.desk import HALL, Desk
from tests.server.machine_people import ADMIN, MANAGER, SECOND, SUPERVISOR, WHY, Administrator, enrol, told


@pytest.fixture
def admin(app: Any, clock: Clock) -> Administrator:
    desk = Desk(app, window=2).open()
    return Administrator(desk, ADMIN, clock.time).come()  # type: ignore[return-value]


@pytest.fixture
def other(desk_at: Callable[[int], Desk]) -> Desk:
    return desk_at(3)


def acts(office: CentreOffice) -> list[tuple[str, str, str, str]]:
    with office.database.reading() as connection:
        found = connection.execute(select(device_acts).order_by(device_acts.c.at, device_acts.c.id)).all()
    return [(row.kind, row.asked_by, row.second, row.reason) for row in found]


class TestTheList:
    def test_what_a_machine_says_of_itself_and_where_it_stands(
        self, admin: Administrator, other: Desk, clock: Clock
    ) -> None:
        told(other)
        seen = admin.machine(other.device)
        assert (seen["window"], seen["name"], seen["platform"], seen["program"]) == (3, "CK-3", "win_amd64", "0.1.0")
        assert (seen["state"], seen["behind"], seen["held"]) == ("enrolled", 0, 0)
        told(other, name="")
        assert admin.machine(other.device)["name"] == "CK-3", "an older program says nothing, and takes nothing away"
        clock.time += timedelta(minutes=40)
        admin.desk.greet()
        assert admin.machine(other.device)["state"] == "silent"

    def test_only_who_administers_confirms_or_looks_on_may_see_it(self, admin: Administrator, clock: Clock) -> None:
        looking = Administrator(admin.desk, SUPERVISOR, clock.time).come()
        assert looking.ask(protocol.MACHINES).json["may_act"] is False
        assert admin.ask(protocol.MACHINES).json["may_act"] is True
        answer = Administrator(admin.desk, ADMIN, clock.time).ask(protocol.MACHINES)
        assert (answer.status, answer.type) == (403, "machines-not-signed"), "a key the centre does not know"

    def test_the_code_is_never_told_again(self, admin: Administrator) -> None:
        code = admin.code().json["code"]
        listed = admin.seen()
        assert [one["window"] for one in listed["codes"]] == [3]
        assert code not in json.dumps(listed)


class TestEnrolling:
    def test_two_persons_give_a_code_and_the_new_machine_bears_their_names(
        self, admin: Administrator, app: Any, office: CentreOffice
    ) -> None:
        made = admin.code()
        assert made.status == 200, made.json
        assert (made.json["window"], made.json["hall"]) == (3, HALL)
        device = enrol(app, made.json["code"]).json["device"]
        seen = admin.machine(device)
        assert [(a["kind"], a["by"], a["second"], a["reason"]) for a in seen["acts"]] == [("code", ADMIN, MANAGER, WHY)]
        assert admin.seen()["codes"] == []
        with office.database.reading() as connection:
            noted = select(audit_events).where(audit_events.c.kind == "device_code_made")
            event = connection.execute(noted).one()
        assert (event.person, event.words) == (ADMIN, f"3号窗口，{MANAGER} 同意：{WHY}")

    @pytest.mark.parametrize(
        ("more", "type_"),
        [
            ({"second": None}, "second-wanted"),
            ({"second": {"account": ADMIN, "secret": "lian-xi-110"}}, "same-person"),
            ({"second": {"account": "P203", "secret": "lian-xi-203"}}, "not-answerable"),
            ({"second": {**SECOND, "secret": "wrong"}}, "password-wrong"),
            ({"reason": "  "}, "reason-missing"),
            ({"window": 99}, "window-unknown"),
        ],
    )
    def test_refused_with_a_sentence_and_nothing_done(
        self, admin: Administrator, office: CentreOffice, more: dict[str, Any], type_: str
    ) -> None:
        answer = admin.code(**more)
        assert answer.type == type_, answer.json
        assert answer.sentence.endswith("。") or type_ == "password-wrong"
        with office.database.reading() as connection:
            assert connection.execute(select(func.count()).select_from(enrolment_codes)).scalar_one() == 0
        assert acts(office) == []

    def test_a_pin_is_as_good_as_a_password(self, admin: Administrator) -> None:
        from clerk_app.duty.training import training_pin

        assert admin.code(second={"account": MANAGER, "secret": training_pin(MANAGER)}).status == 200

    def test_who_confirms_does_not_ask(self, admin: Administrator, clock: Clock) -> None:
        manager = Administrator(admin.desk, MANAGER, clock.time).come()
        answer = manager.code(second={"account": ADMIN, "secret": "lian-xi-110"})  # type: ignore[attr-defined]
        assert (answer.status, answer.type) == (403, "machines-not-yours")

    def test_a_code_nobody_used_is_taken_back_by_one(self, admin: Administrator, app: Any) -> None:
        made = admin.code().json
        undone = admin.post(protocol.MACHINE_CODES_UNDONE, {"act": made["act"], "reason": "发错了窗口"})
        assert undone.json == {"undone": True}
        assert enrol(app, made["code"]).type == "code-expired"
        again = admin.post(protocol.MACHINE_CODES_UNDONE, {"act": made["act"], "reason": "再来"})
        assert (again.status, again.type) == (409, "code-spent")
        used = admin.code().json
        assert enrol(app, used["code"]).status == 200
        late = admin.post(protocol.MACHINE_CODES_UNDONE, {"act": used["act"], "reason": "晚了"})
        assert late.type == "code-spent"

    def test_a_machine_is_enrolled_once(self, admin: Administrator, app: Any) -> None:
        desk, first, second = Desk(app, window=3), admin.code().json["code"], admin.code().json["code"]
        assert enrol(app, first, desk=desk).status == 200
        answer = enrol(app, second, desk=desk)
        assert (answer.status, answer.type) == (409, "device-there")
        assert "3号窗口" in answer.sentence
        assert enrol(app, second).status == 200, "the code is as good as before"


class TestSwapping:
    def test_all_is_here_nobody_sits_there_then_it_goes(
        self, admin: Administrator, other: Desk, app: Any, office: CentreOffice
    ) -> None:
        told(other)
        made = admin.swap(other.device)
        assert made.status == 200, made.json
        assert made.json["window"] == 3
        assert other.changes().type == "device-revoked"
        fresh = enrol(app, made.json["code"]).json["device"]
        assert admin.machine(other.device)["state"] == "revoked"
        assert [one["kind"] for one in admin.machine(fresh)["acts"]] == ["swap"]
        assert acts(office) == [("swap", ADMIN, MANAGER, WHY)]
        assert admin.swap(other.device).type == "swap-not-yet"

    def test_not_while_something_of_it_is_on_its_way(
        self, admin: Administrator, other: Desk, office: CentreOffice
    ) -> None:
        told(other, ahead=2)
        answer = admin.swap(other.device)
        assert (answer.status, answer.type) == (409, "swap-not-yet")
        assert "还有 2 步没送到" in answer.sentence
        assert other.changes().status == 200, "it works on"
        assert acts(office) == []

    def test_not_while_somebody_sits_there(self, admin: Administrator, other: Desk) -> None:
        assert other.do(other.present())["state"] == "applied"
        told(other)
        assert "还有人登录着" in admin.swap(other.device).sentence

    def test_a_silent_one_only_after_two_persons_brought_its_work_in(
        self, admin: Administrator, other: Desk, clock: Clock, office: CentreOffice
    ) -> None:
        told(other)
        clock.time += timedelta(minutes=30)
        assert "没有它的消息" in admin.swap(other.device).sentence
        with office.database.writing() as connection:
            row = {"hall": HALL, "id": "r1", "device": other.device, "by_device": admin.desk.device, "commands": 3}
            people = {"first": MANAGER, "second": "P203", "at": office.now()}
            connection.execute(recoveries.insert(), [{**row, **people}])
        assert admin.machine(other.device)["stuck"] == ""
        assert admin.swap(other.device).status == 200
        assert recovering.unseen_numbers(office, HALL, other.device).window == 3, "its numbers can still be looked for"

    def test_not_the_machine_one_sits_at(self, admin: Administrator) -> None:
        for answer in (admin.swap(admin.desk.device), admin.lose(admin.desk.device)):
            assert (answer.status, answer.type) == (409, "own-device")

    def test_nobodys_machine(self, admin: Administrator) -> None:
        for device in ("nobody", "密", "\u2028"):
            assert admin.swap(device).type == "device-not-here"


class TestLosing:
    def test_out_of_use_at_once_and_what_it_held_stays(
        self, admin: Administrator, other: Desk, office: CentreOffice
    ) -> None:
        lost = admin.lose(other.device)
        assert (lost.status, lost.json) == (200, {"held": 0})
        assert other.changes().type == "device-revoked"
        assert acts(office) == [("loss", ADMIN, "", "昨晚被偷")]
        assert admin.lose(other.device).type == "device-gone"

    def test_where_the_hall_says_two_it_is_two(self, admin: Administrator, other: Desk, office: CentreOffice) -> None:
        set_steps(office, {"device_loss": "two", "device_code": "one"})
        assert admin.seen()["two"] == ["swap", "loss"]
        assert admin.lose(other.device).type == "second-wanted"
        assert other.changes().status == 200
        assert admin.lose(other.device, second=SECOND).status == 200
        assert admin.code(second=None).status == 200


def set_steps(office: CentreOffice, steps: dict[str, str]) -> None:
    with office.database.writing() as connection:
        version = connection.execute(select(hall_head.c.hall_version)).scalar_one()
        document = json.loads(document_text(connection, HALL, version) or "")
        load_hall(connection, {**document, "high_risk": steps}, training_passwords=False)


def test_nothing_is_half_done_when_the_code_cannot_be_made(
    admin: Administrator, other: Desk, office: CentreOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(other)

    def falls(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("clerk_app.server.enrolment.make_code", falls)
    assert admin.swap(other.device).status == 500
    monkeypatch.undo()
    assert other.changes().status == 200, "not revoked without a code for its window"
    assert acts(office) == []
