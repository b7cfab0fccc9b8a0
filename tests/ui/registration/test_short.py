"""短表: fifteen fields at most, kept for the ticket and the day, copied over on the card, and then gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from clerk_app.office.registration.reference import company_form
from clerk_app.office.registration.short_forms import (
    KEPT,
    drop_short,
    drop_yesterdays,
    keep_short,
    short_form,
    short_of,
)
from clerk_app.registration.short_form import MOST, short_form_of
from resources import path
from tests.desk import cut_office
from tests.visits import serve
from ui.background import Background
from ui.registration.cells import LineCell
from ui.registration.short_window import ShortDesk, ShortWindow


@pytest.fixture
def office(tmp_path) -> Iterator:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def test_it_is_part_of_the_whole_form_and_at_most_fifteen_fields() -> None:
    said = json.loads(path("forms", "company", "short.json").read_text(encoding="utf-8"))
    assert len(said["fields"]) <= MOST
    assert [one.id for one in short_form().fields if one.type != "key"] == said["fields"]
    assert len(short_form().steps) == 1
    with pytest.raises(ValueError, match="最多 15 栏"):
        short_form_of(company_form(), {**said, "fields": [*said["fields"], "company.email"]})
    with pytest.raises(KeyError):
        short_form_of(company_form(), {**said, "fields": ["company.nothing"]})


def test_it_is_kept_for_the_day_and_nowhere_in_clear(office, tmp_path) -> None:
    document = {**short_of(office, "t-1"), "company": {"name": "江州岚栎舟信息技术有限公司"}}
    assert keep_short(office, "t-1", document)
    assert keep_short(office, "t-2", document)
    assert not keep_short(office, "t-3", {"company": {"name": "长" * 160_000}})
    drop_short(office, "t-2")
    assert short_of(office, "t-1") == document
    assert short_of(office, "t-2")["company"]["name"] is None
    lying = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert "岚栎舟".encode() not in lying
    office.parts.clock.moment += timedelta(days=1)
    assert short_of(office, "t-1")["company"]["name"] is None
    assert drop_yesterdays(office) == 0
    assert "岚栎舟" not in (office.parts.vault.keep.meta(KEPT) or "")


def test_noted_it_stands_on_the_card_and_is_there_again(qtbot: QtBot, office) -> None:
    background, ticket = Background(), serve(office)
    window = ShortWindow(office, background)
    qtbot.addWidget(window)
    window.open(ticket)
    cell = window.page.cell("company.name")
    assert isinstance(cell, LineCell)
    window.page.changed.emit("/company/name", "江州岚栎舟信息技术有限公司")
    window.page.gone.emit("/company/name")
    window.page.add_wanted.emit("/persons")
    window.page.changed.emit("/persons/0/name", "解芸岚")
    window.page.gone.emit("/persons/0/name")
    qtbot.waitUntil(lambda: background.idle, timeout=5000)
    card = [line.value for line in window.copying._view.lines]
    assert "江州岚栎舟信息技术有限公司" in card
    assert "解芸岚" in card
    window.page.next_wanted.emit()
    window.close()
    assert not window.copying._view.lines
    qtbot.waitUntil(lambda: background.idle, timeout=5000)
    again = ShortWindow(office, background)
    qtbot.addWidget(again)
    again.open(ticket)
    assert again.form.document["company"]["name"] == "江州岚栎舟信息技术有限公司"
    assert again.form.document["persons"][0]["name"] == "解芸岚"
    again.close()
    background.close()
    assert not any(row.kind == "save_form" for row in office.parts.vault.journal.rows((), 50))


def test_it_opens_for_the_ticket_in_hand(qtbot: QtBot, office) -> None:
    background = Background()
    desk, said = ShortDesk(office, background), []
    desk.said.connect(lambda sentence, _: said.append(sentence))
    desk.open()
    qtbot.waitUntil(lambda: background.idle, timeout=5000)
    assert said == ["手上没有号，没有开短表。先叫号。"]
    ticket = serve(office)
    desk.open()
    qtbot.waitUntil(lambda: desk.window is not None and desk.window.isVisible(), timeout=5000)
    assert desk.window is not None
    assert desk.window.form.ticket == ticket.id
    desk.leave()
    assert desk.window is None
    background.close()
