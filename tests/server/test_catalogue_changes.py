"""The catalogue changes as one list that two persons stand for; on its day the centre makes a new hall version of it, or changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clerk_app.cases.catalogue_changes import AskCatalogueChange, ConfirmCatalogueChange, DropCatalogueChange
from clerk_app.cases.catalogue_lines import CatalogueLine, row_of
from clerk_app.outside.ids import new_id
from clerk_app.server.cataloguing import begin_changes
from clerk_app.server.loading import load_hall
from clerk_app.store.tables import hall_versions
from clerk_app.sync import protocol
from tests.cases.new_item import CODE, EVERY, FEE, HOURS, OLD, PAPER, STANDARD, new_item, old_item
from tests.server.desk import HALL, NOW, Desk
from tests.server.people import Someone
from tests.server.test_roster_changes import admin, in_force, manager

__all__ = ["admin", "manager"]

TODAY = NOW.date()
LATER = TODAY + timedelta(days=11)


def asked(someone: Someone, *lines: CatalogueLine, on: Any = TODAY, **more: Any) -> tuple[str, dict[str, Any]]:
    key = new_id()
    command = AskCatalogueChange(**someone.stamp(**more), change=key, lines=lines, paper=PAPER, effective_on=on)
    return key, someone.do(command)


def confirmed(someone: Someone, change: str) -> dict[str, Any]:
    return someone.do(ConfirmCatalogueChange(**someone.stamp(), change=change))


def at(office: Any, moment: Any) -> None:
    office.now = lambda: moment


def other_version(office: Any, change: Any) -> None:
    """Somebody else's version comes in force meanwhile."""
    _, document = in_force(office)
    change(document)
    with office.database.writing() as connection:
        load_hall(connection, document, training_passwords=False, at=office.now())


def change_row(desk: Desk, change: str) -> dict[str, Any]:
    row: dict[str, Any] = {one["subject"]: one["row"] for one in desk.changes().json["changes"]}[f"catalogue:{change}"]
    return row


def test_today_it_is_in_force_with_the_confirmation_and_the_old_version_stays(office, desk, admin, manager) -> None:
    before, document = in_force(office)
    change, verdict = asked(admin, *EVERY)
    assert verdict["state"] == "applied", verdict
    assert in_force(office) == (before, document), "asking changes nothing"
    assert confirmed(admin, change)["type"] == "second-person"
    verdict = confirmed(manager, change)
    assert verdict["state"] == "applied", verdict
    version, fresh = in_force(office)
    assert version != before
    for line in EVERY:
        assert row_of(fresh, line.what, line.key) == (None if line.what == "item_off" else line.row)
    assert {k for k in fresh if fresh[k] != document.get(k)} == {
        "items", "windows", "departments", "seals", "seal_rules", "authorisations", "outside",
    }  # fmt: skip
    with office.database.reading() as connection:
        kept = set(connection.execute(select(hall_versions.c.version)).scalars())
        assert CODE in office.hall_in_force(connection, HALL).items
    assert {before, version} <= kept
    row = change_row(desk, change)
    assert (row["asked_by"], row["confirmed_by"], row["basis"]) == ("P110", "P101", PAPER)
    assert (row["applied_version"], row["effective_on"]) == (version, TODAY.isoformat())
    assert desk.send("GET", protocol.HELLO).json["hall_version"] == version, "every machine hears of it"


def test_a_day_to_come_is_waited_for_and_begins_by_itself(office, desk, admin, manager) -> None:
    before, _ = in_force(office)
    change, _ = asked(admin, new_item(), on=LATER)
    assert confirmed(manager, change)["state"] == "applied"
    begin_changes(office, HALL)
    assert in_force(office)[0] == before
    assert change_row(desk, change)["applied_version"] == ""
    at(office, NOW + timedelta(days=11))
    begin_changes(office, HALL)
    version, fresh = in_force(office)
    assert row_of(fresh, "item", CODE) == new_item().row
    begin_changes(office, HALL)
    assert in_force(office)[0] == version, "once"
    desk.greet()
    assert change_row(desk, change)["applied_version"] == version


def test_another_version_elsewhere_stays_and_the_lines_come_on_top(office, desk, admin, manager) -> None:
    change, _ = asked(admin, old_item(complaint="12345"), on=LATER)
    assert confirmed(manager, change)["state"] == "applied"
    other_version(office, lambda document: document["posts"][0].update(name="总台岗"))
    at(office, NOW + timedelta(days=11))
    begin_changes(office, HALL)
    _, fresh = in_force(office)
    assert fresh["posts"][0]["name"] == "总台岗"
    row = row_of(fresh, "item", OLD)
    assert row is not None
    assert row["complaint"] == "12345"


def test_who_was_at_the_same_row_meanwhile_stops_it_with_a_sentence(office, desk, admin, manager) -> None:
    def promise(document: dict[str, Any]) -> None:
        next(row for row in document["items"] if row["code"] == OLD)["complaint"] = "96999"

    change, _ = asked(admin, old_item(complaint="12345"), on=LATER)
    assert confirmed(manager, change)["state"] == "applied"
    waiting, _ = asked(admin, STANDARD)
    other_version(office, promise)
    other_version(office, lambda document: document["windows"][1].update(standard=["别人写的"]))
    before = in_force(office)
    verdict = confirmed(manager, waiting)
    assert (verdict["state"], verdict["type"]) == ("refused", "catalogue-stale")
    assert "“2”被别的变动改过" in verdict["sentence"]
    at(office, NOW + timedelta(days=11))
    begin_changes(office, HALL)
    assert in_force(office) == before, "nothing half-applied"
    desk.greet()
    row = change_row(desk, change)
    assert row["refused_at"]
    assert "被别的变动改过" in row["note"]


def test_what_only_the_whole_hall_file_knows_is_refused_whole(office, desk, admin) -> None:
    """A kept seal needs a window that is there; the lines alone do not say so."""
    seal = CatalogueLine(
        what="seal",
        key="S-NEW",
        row={
            "id": "S-NEW", "department": "SJJ", "name": "江州市市场监督管理局收件专用章", "kind": "intake",
            "custodian": "window_clerk", "electronic": False, "window": 99,
        },
    )  # fmt: skip
    before = in_force(office)
    _, verdict = asked(admin, seal, HOURS)
    assert (verdict["state"], verdict["type"]) == ("refused", "catalogue-hall-wrong")
    assert in_force(office) == before
    assert not [one for one in desk.changes().json["changes"] if one["subject"].startswith("catalogue:")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (new_item(code="11429900MBX002022C413199001"), "不是 31 位"),
        (new_item(materials=[]), "五要素不齐"),
        (new_item(fee=500, fee_source="memory"), "收费没有依据"),
        (new_item(windows=[99]), "窗口 99"),
    ],
)
def test_a_wrong_catalogue_is_not_even_kept(office, desk, admin, line, words) -> None:
    before = in_force(office)
    _, verdict = asked(admin, line)
    assert verdict["state"] == "refused"
    assert words in verdict["sentence"]
    assert in_force(office) == before


def test_what_changes_nothing_is_no_change(office, desk, admin) -> None:
    before = in_force(office)
    assert asked(admin, old_item())[1]["type"] == "catalogue-same"
    assert in_force(office) == before


def test_overlapping_days_for_one_item_are_refused(office, desk, admin, manager) -> None:
    first, _ = asked(admin, old_item(complaint="12345"), on=LATER)
    _, verdict = asked(admin, FEE, on=LATER + timedelta(days=3))
    assert (verdict["state"], verdict["type"]) == ("refused", "catalogue-overlap")
    drop = DropCatalogueChange(**manager.stamp(), change=first, reason="写错了")
    assert manager.do(drop)["state"] == "applied"
    assert asked(admin, FEE, on=LATER)[1]["state"] == "applied"


def test_a_clerk_neither_asks_nor_confirms_nor_drops(office, desk, admin) -> None:
    clerk = Someone(desk, "P203").come()
    assert asked(clerk, HOURS)[1]["state"] == "refused"
    change, _ = asked(admin, HOURS)
    assert confirmed(clerk, change)["state"] == "refused"
    assert clerk.do(DropCatalogueChange(**clerk.stamp(), change=change, reason="不要"))["state"] == "refused"
