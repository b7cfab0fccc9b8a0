"""换机: what an administrator reads, played through the HTTP interface of a real centre."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when
from sqlalchemy import select

from clerk_app.office.oversight.kinds import event_words
from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import audit_events, recoveries
from tests.server.asgi import Answer
from tests.server.conftest import Clock
from tests.server.desk import HALL, Desk
from tests.server.machine_people import ADMIN, MANAGER, Administrator, enrol, told

DATABASES = ("sqlite",)
scenarios("换机.feature")


@dataclass
class Scene:
    """一天 the centre, the administrator, the old machine, the last answer, and what was given out."""

    app: Any
    office: CentreOffice
    clock: Clock
    admin: Administrator
    desk_at: Callable[[int], Desk]
    old: Desk = field(init=False)
    answers: list[Answer] = field(default_factory=list)
    codes: list[dict[str, Any]] = field(default_factory=list)
    fresh: str = ""

    def tries(self, answer: Answer) -> Answer:
        self.answers.append(answer)
        return answer

    @property
    def answer(self) -> Answer:
        return self.answers[-1]


@pytest.fixture
def url(loaded_file: Any, request: pytest.FixtureRequest) -> str:
    file = loaded_file.with_name("feature.db")
    for old in loaded_file.parent.glob("feature.db*"):
        old.unlink()
    shutil.copy2(loaded_file, file)
    return f"sqlite:///{file}"


@pytest.fixture
def scene(app: Any, office: CentreOffice, clock: Clock, desk_at: Callable[[int], Desk]) -> Scene:
    admin = Administrator(Desk(app, window=2).open(), ADMIN, clock.time)
    admin.come()
    return Scene(app, office, clock, admin, desk_at)


@given("3号窗口的电脑连着线，办的都送到了，没有人登录")
def at_rest(scene: Scene) -> None:
    scene.old = scene.desk_at(3)
    told(scene.old)


@given(parsers.parse("3号窗口的电脑连着线，还有 {count:d} 步没送到"))
def behind(scene: Scene, count: int) -> None:
    scene.old = scene.desk_at(3)
    told(scene.old, ahead=count)


@given("它半小时没有消息了")
def silent(scene: Scene) -> None:
    scene.clock.time += timedelta(minutes=30)


@when("两个人恢复了它的数据")
def recovered(scene: Scene) -> None:
    row = {"hall": HALL, "id": "r1", "device": scene.old.device, "by_device": scene.admin.desk.device, "commands": 3}
    with scene.office.database.writing() as connection:
        people = {"first": MANAGER, "second": "P203", "at": scene.office.now()}
        connection.execute(recoveries.insert(), [{**row, **people}])


@when(parsers.parse('管理员给它换机，因为"{why}"，值班长同意'))
def swaps(scene: Scene, why: str) -> None:
    scene.tries(scene.admin.swap(scene.old.device, reason=why))


@when("管理员一个人给它换机")
def swaps_alone(scene: Scene) -> None:
    scene.tries(scene.admin.swap(scene.old.device, second=None))


@when("管理员给它换机，自己同意")
def agrees_himself(scene: Scene) -> None:
    scene.tries(scene.admin.swap(scene.old.device, second={"account": ADMIN, "secret": "lian-xi-110"}))


@when(parsers.parse('管理员一个人报失，因为"{why}"'))
def loses(scene: Scene, why: str) -> None:
    assert scene.tries(scene.admin.lose(scene.old.device, reason=why)).status == 200


@when("新电脑用这个码入列")
def comes_in(scene: Scene) -> None:
    scene.fresh = scene.tries(enrol(scene.app, scene.answer.json["code"])).json["device"]


@when("管理员给3号窗口发了两个入列码，值班长同意")
def two_codes(scene: Scene) -> None:
    scene.codes = [scene.admin.code().json for _ in range(2)]


@when("新电脑用第一个码入列，又用第二个")
def twice(scene: Scene) -> None:
    desk = Desk(scene.app, window=3)
    assert enrol(scene.app, scene.codes[0]["code"], desk=desk).status == 200
    scene.tries(enrol(scene.app, scene.codes[1]["code"], desk=desk))


@when(parsers.parse('管理员撤回第一个，因为"{why}"'))
def takes_back(scene: Scene, why: str) -> None:
    assert scene.tries(scene.admin.undo(scene.codes[0]["act"], why)).status == 200


@then("办成了，发了3号窗口的入列码")
def code_for_three(scene: Scene) -> None:
    assert scene.answer.status == 200, scene.answer.json
    assert scene.answer.json["window"] == 3


@then("旧电脑停用了，它办过的都在")
def out_of_use(scene: Scene) -> None:
    assert scene.old.changes().type == "device-revoked"
    assert scene.admin.machine(scene.old.device)["state"] == "revoked"


@then("旧电脑照常用")
def works_on(scene: Scene) -> None:
    assert scene.old.changes().status == 200


@then(parsers.parse('它在3号窗口，记着管理员和值班长换的，因为"{why}"'))
def remembered(scene: Scene, why: str) -> None:
    machine = scene.admin.machine(scene.fresh)
    (act,) = machine["acts"]
    assert (machine["window"], act["kind"], act["by"], act["second"], act["reason"]) == (3, "swap", ADMIN, MANAGER, why)


@then(parsers.re(r"审计里有这次(?P<word>换机|报失)"))
def in_the_audit(scene: Scene, word: str) -> None:
    with scene.office.database.reading() as connection:
        kinds = connection.execute(select(audit_events.c.kind).where(audit_events.c.person == ADMIN)).scalars().all()
    assert any(word in event_words[kind] for kind in kinds)


@then(parsers.parse('没有办，说的是"{part}"'))
def refused(scene: Scene, part: str) -> None:
    assert scene.answer.status >= 400
    assert part in scene.answer.sentence


@then(parsers.parse('用第一个码入列不了，说的是"{part}"'))
def void(scene: Scene, part: str) -> None:
    answer = enrol(scene.app, scene.codes[0]["code"])
    assert (answer.status, part in answer.sentence) == (403, True)


@then("第二个码还能给别的电脑用")
def still_good(scene: Scene) -> None:
    assert enrol(scene.app, scene.codes[1]["code"]).status == 200
