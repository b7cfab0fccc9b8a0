"""外来报文: whatever comes is read or refused with a sentence, and no sentence repeats what stood there."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.cases.inbox.message import Faults, OutsideMessage, item_of, misfits, read_message
from clerk_app.cases.inbox.model import inbox_id
from clerk_app.cases.inbox.rules import InboxRules
from tests.cases.counter import Counter
from tests.cases.inbox.messages import ITEM, application, booking, precheck, withdrawal

NOW = datetime(2026, 11, 20, 9, 5, tzinfo=timezone(timedelta(hours=8)))
ALL = InboxRules(kinds=("application", "booking", "precheck"))
HALL = Counter().books.hall


def read(raw: dict[str, Any]) -> OutsideMessage:
    message = read_message(raw)
    assert isinstance(message, OutsideMessage), message
    return message


def faults(raw: dict[str, Any]) -> tuple[str, ...]:
    message = read_message(raw)
    assert isinstance(message, Faults), message
    return message.sentences


def test_each_kind_is_read_whole():
    online, booked, checked = read(application()), read(booking()), read(precheck())
    assert (online.applicant.name, online.fields[0].label, len(online.materials)) == ("卢桂珍", "公司名称", 2)
    assert (str(booked.slot.day), booked.slot.start.hour, booked.id_end) == ("2026-11-20", 9, "1234")
    assert [one.result for one in checked.materials] == ["pass", "fail"]
    assert read(withdrawal("WS20261120000001")).of == "WS20261120000001"


def test_the_order_of_keys_makes_no_other_message():
    raw = application()
    assert read(dict(reversed(raw.items()))).digest == read(raw).digest
    assert read(application(item="另一个")).digest != read(raw).digest


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (application(number="a b"), "number"),
        (application(number=None), "number"),
        (application(kind="letter"), "kind"),
        (application(kind=["booking"]), "kind"),
        (application(item=""), "item"),
        (application(sent_at="2026-11-20T08:12:00"), "sent_at"),
        (application(applicant={"name": "", "id_number": "429900199001011234", "phone": ""}), "name"),
        (application(applicant={"name": "卢桂珍", "id_number": "", "phone": "1"}), "id_number"),
        (application(materials=[{"name": "章程", "sha256": "xyz"}]), "sha256"),
        (application(materials=[{"name": "章程", "sha256": "ab" * 32}] * 2), "name"),
        (application(fields=[{"label": "x", "value": "行一\n行二"}]), "value"),
        (application(decided="yes"), "decided"),
        (booking(applicant={"name": "卢*珍", "phone": "13800000421", "id_number": "429900199001011234"}), "id_number"),
        (booking(slot={"day": "2026-11-20", "from": "10:00", "to": "09:30"}), "slot"),
        (booking(slot={"day": "20261120", "from": "09:00", "to": "09:30"}), "day"),
        (precheck(materials=[{"name": "章程", "result": "perhaps"}]), "result"),
        (withdrawal(""), "of"),
    ],
)
def test_each_fault_is_one_sentence_that_names_its_place(raw: dict[str, Any], place: str):
    said = faults(raw)
    assert any(place in one for one in said), said
    assert not any("429900199001011234" in one or "卢桂珍" in one for one in said)


def test_too_large_is_not_read():
    big = application(fields=[{"label": "说明", "value": "字" * 900}] * 30)
    assert "KB" in faults(big)[0]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8),
       st.sampled_from(sorted({*application(), *booking(), *precheck(), *withdrawal("WS01")})),
       st.sampled_from([application, booking, precheck]))  # fmt: skip
def test_whatever_stands_anywhere_never_raises(value: Any, key: str, make: Any):
    message = read_message({**make(), key: value})
    assert isinstance(message, OutsideMessage) or (message.sentences and all(message.sentences))


def test_what_does_not_fit_this_hall_says_why():
    assert misfits(read(application()), HALL.items, ALL, NOW) == ()
    assert "不收网上申请" in misfits(read(application()), HALL.items, InboxRules(kinds=("booking",)), NOW)[0]
    assert "没有这个事项" in misfits(read(application(item="999")), HALL.items, ALL, NOW)[0]
    assert "将来" in misfits(read(application(sent_at="2026-11-21T09:00:00+08:00")), HALL.items, ALL, NOW)[0]
    assert "今天到" in misfits(read(booking(day="2026-11-19")), HALL.items, ALL, NOW)[0]
    assert "过期" in misfits(read(precheck(valid_until="2026-11-19")), HALL.items, ALL, NOW)[0]
    outside = next(one for one in HALL.items.values() if one.external)
    assert "部门自己的系统" in misfits(read(application(item=outside.code)), HALL.items, ALL, NOW)[0]


def test_a_row_is_the_same_whichever_way_it_came_and_forgets_when_it_is_over():
    row = item_of(read(application()), HALL.items[ITEM], "JZ01", "portal", NOW)
    assert row.id == inbox_id("JZ01", "portal", "WS20261120000001") != inbox_id("JZ01", "other", "WS20261120000001")
    gone = row.moved("withdrawn", NOW)
    assert (gone.applicant.id_number, gone.applicant.phone, gone.fields) == ("", "", ())
    assert (gone.applicant.name, gone.told) == ("卢桂珍", "已撤回")
    assert "429900199001011234" not in repr(row.fields)
