"""The page that opens for a ticket is filled with what he said when he took his number."""

from __future__ import annotations

from dataclasses import replace

from clerk_app.cases.pinyin import initials
from tests.ui.callbar.moments import hall, moment, serving
from ui.queueing.item_picker import found
from ui.queueing.telling_case import tell_work
from ui.queueing.view import ReceiveView

WINDOW = 4


def opened(item: str, *, another: bool = False) -> ReceiveView:
    view = tell_work(moment(replace(serving(), item=item)), hall(), False, another=another)
    assert isinstance(view, ReceiveView)
    return view


def test_the_item_he_came_for_is_chosen() -> None:
    code = hall().items_at(WINDOW)[1].code
    assert opened(code).chosen == code


def test_nothing_is_chosen_for_him_that_is_not_taken_in_here_or_is_his_second_matter() -> None:
    here = hall().items_at(WINDOW)
    elsewhere = next(item for item in hall().items.values() if item not in here)
    assert opened(elsewhere.code).chosen == ""
    assert opened("").chosen == ""
    assert opened(here[1].code, another=True).chosen == ""


def test_an_item_is_found_by_its_initials() -> None:
    items = opened("").items
    wanted = items[1]
    assert wanted in found(items, initials(wanted.name))
    assert len(found(items, initials(wanted.name))) < len(items)
