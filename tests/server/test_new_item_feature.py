"""新事项上线: what a window head reads, played by two people before the whole centre."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when
from sqlalchemy import select

from clerk_app.cases.catalogue_changes import AskCatalogueChange, ConfirmCatalogueChange
from clerk_app.cases.catalogue_lines import CatalogueLine, changed_catalogue, row_of
from clerk_app.office.oversight.catalogue_readiness import Around, lacks_of
from clerk_app.outside.ids import new_id
from clerk_app.sealing.documents import paper_book
from clerk_app.server.cataloguing import begin_changes
from clerk_app.server.loading import load_hall
from clerk_app.store.tables import hall_versions
from tests.cases.new_item import CODE, FEE, OLD, new_item, old_item
from tests.server.conftest import Cluster
from tests.server.desk import HALL, NOW, Desk
from tests.server.people import Someone
from tests.server.test_roster_changes import in_force

scenarios("新事项上线.feature")


@dataclass
class Scene:
    """两个人 and what they were told last."""

    office: Any
    desk: Desk
    clock: Any
    admin: Someone
    manager: Someone
    before: str = ""
    change: str = ""
    answer: dict[str, Any] = field(default_factory=dict)
    letters: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def ask(self, *lines: CatalogueLine, paper: str = "江政发〔2026〕12号", days: int = 0) -> None:
        self.before = self.before or in_force(self.office)[0]
        key, day = new_id(), NOW.date() + timedelta(days=days)
        command = AskCatalogueChange(
            **self.admin.stamp(), change=key, lines=lines, paper=paper, effective_on=day
        )  # fmt: skip
        self.answer = self.admin.do(command)
        if self.answer["state"] == "applied":
            self.change = key

    def confirm(self, someone: Someone) -> None:
        self.answer = someone.do(ConfirmCatalogueChange(**someone.stamp(), change=self.change))

    def row(self) -> dict[str, Any]:
        self.desk.greet()
        rows = {one["subject"]: one["row"] for one in self.desk.changes().json["changes"]}
        found: dict[str, Any] = rows[f"catalogue:{self.change}"]
        return found

    def lacking(self) -> list[str]:
        coming = changed_catalogue(in_force(self.office)[1], [new_item()])
        day = NOW.date() + timedelta(days=11)
        around = Around(day=day, recorded=self.letters, papers=paper_book().kinds, forms=())
        return [lack.what for lack in lacks_of(coming, CODE, around)]


@pytest.fixture
def url(cluster: Cluster) -> str:
    """A hall's own kind of database: steps ask for their fixtures too late to be told of two."""
    return cluster.loaded()


@pytest.fixture
def scene(office: Any, desk: Desk, clock: Any) -> Scene:
    return Scene(office, desk, clock, Someone(desk, "P110").come(), Someone(desk, "P101").come())


@when(parsers.parse('管理员提歇业备案上目录，依据"{paper}"，{days:d} 天后生效'))
def asked(scene: Scene, paper: str, days: int) -> None:
    scene.ask(new_item(), paper=paper, days=days)
    assert scene.answer["state"] == "applied", scene.answer


@when("管理员提的歇业备案没有写审批流程")
def without_steps(scene: Scene) -> None:
    scene.ask(new_item(steps=[]))


@when("管理员提的歇业备案编码少一位")
def short_code(scene: Scene) -> None:
    scene.ask(new_item(code=CODE[:-1]))


@given("公司变更的监督电话 11 天后要改")
def phone_changes(scene: Scene) -> None:
    scene.ask(old_item(complaint="12345"), days=11)
    scene.confirm(scene.manager)
    assert scene.answer["state"] == "applied", scene.answer


@given("大厅资料里公司变更先改过了")
def changed_before(scene: Scene) -> None:
    _, document = in_force(scene.office)
    next(row for row in document["items"] if row["code"] == OLD)["complaint"] = "96999"
    with scene.office.database.writing() as connection:
        load_hall(connection, document, training_passwords=False, at=NOW)
    scene.before = in_force(scene.office)[0]


@when("管理员又提公司变更收费，20 天后生效")
def fee_too(scene: Scene) -> None:
    scene.ask(FEE, days=20)


@when("管理员自己确认")
def asker_confirms(scene: Scene) -> None:
    scene.confirm(scene.admin)


@when("值班长确认")
def manager_confirms(scene: Scene) -> None:
    scene.confirm(scene.manager)
    assert scene.answer["state"] == "applied", scene.answer


@when("过了 11 天，大厅开门")
def day_comes(scene: Scene) -> None:
    scene.clock.time = NOW + timedelta(days=11)
    begin_changes(scene.office, HALL)


@when("登记了一份写着它的授权书")
def letter_recorded(scene: Scene) -> None:
    scene.letters["江市监授〔2026〕9号"] = (CODE,)


@then("目录没有变")
def unchanged(scene: Scene) -> None:
    version, document = in_force(scene.office)
    assert version == scene.before
    assert row_of(document, "item", CODE) is None


@then(parsers.parse('没有办，说的是"{words}"'))
def refused(scene: Scene, words: str) -> None:
    assert scene.answer["state"] == "refused"
    assert words in scene.answer["sentence"]


@then("目录里有歇业备案")
def listed(scene: Scene) -> None:
    assert row_of(in_force(scene.office)[1], "item", CODE) == new_item().row


@then("上一版目录还在")
def kept(scene: Scene) -> None:
    with scene.office.database.reading() as connection:
        assert scene.before in set(connection.execute(select(hall_versions.c.version)).scalars())


@then(parsers.parse('记录写着谁提、谁确认、依据"{paper}"'))
def recorded(scene: Scene, paper: str) -> None:
    row = scene.row()
    assert (row["asked_by"], row["confirmed_by"], row["basis"]) == ("P110", "P101", paper)
    assert row["applied_version"] == in_force(scene.office)[0]


@then(parsers.parse('它还缺"{what}"'))
def lacks(scene: Scene, what: str) -> None:
    assert scene.lacking() == [what]


@then("它什么也不缺")
def lacks_nothing(scene: Scene) -> None:
    assert scene.lacking() == []


@then(parsers.parse('那份变动没能生效，说的是"{words}"'))
def not_begun(scene: Scene, words: str) -> None:
    row = scene.row()
    assert row["refused_at"]
    assert words in row["note"]
    assert in_force(scene.office)[0] == scene.before
