"""找任何东西: by characters, initials and numbers; the better hit first, what cannot be done last, each character met marked where it stands."""

from __future__ import annotations

import pytest

from ui.palette.entries import MOST_EACH, RECENT, Entry, hits, recent_after

PERMIT = Entry(
    kind="item", id="i1", title="施工许可 事项卡", note="建筑工程施工许可证核发", words="11429900754000117001001"
)
TICKET = Entry(kind="ticket", id="t1", title="VB021 施工许可", note="等候，10:38 取号")
CALL = Entry(kind="action", id="a1", title="叫下一位", key="F2", reason="先办结 B017（F8）")
FINISH = Entry(kind="action", id="a2", title="办结本号，请评价", key="F8")
PAGE = Entry(kind="page", id="printing", title="打印", key="Alt+5")
ALL = (CALL, FINISH, PAGE, PERMIT, TICKET)


def titles(typed: str) -> list[str]:
    return [hit.entry.title for hit in hits(typed, ALL)]


@pytest.mark.parametrize("typed", ["sgxk", "施工许可", "SGXK", " 施工 许可 "])
def test_by_characters_or_initials_a_ticket_before_an_item(typed: str):
    assert titles(typed) == ["VB021 施工许可", "施工许可 事项卡"]


@pytest.mark.parametrize(("typed", "found"), [("021", "VB021 施工许可"), ("vb021", "VB021 施工许可"), ("dy", "打印")])
def test_by_a_number_or_a_pages_initials(typed: str, found: str):
    assert titles(typed) == [found]


def test_by_what_stands_beside_it_or_by_its_code():
    assert titles("建筑工程") == ["施工许可 事项卡"]
    assert titles("754000117001001") == ["施工许可 事项卡"]


@pytest.mark.parametrize(
    ("typed", "title", "met"),
    [("施工", "VB021 施工许可", "施工"), ("gx", "VB021 施工许可", "工许"), ("b021施", "VB021 施工许可", "B021 施")],
)
def test_what_was_met_is_marked_where_it_stands(typed: str, title: str, met: str):
    (hit,) = (hit for hit in hits(typed, (TICKET,)))
    assert hit.entry.title == title
    assert title[hit.start : hit.start + hit.length] == met


def test_what_cannot_be_done_comes_last_and_keeps_its_reason():
    other = Entry(kind="action", id="a3", title="叫人来取")
    found = hits("叫", (CALL, other))
    assert [hit.entry.id for hit in found] == ["a3", "a1"]
    assert found[1].entry.reason == "先办结 B017（F8）"


def test_a_case_the_index_found_stands_whatever_its_line_says():
    case = Entry(kind="case", id="c1", title="JZ20261120-00417 卢*珍", note="食品经营新办，审查中", found=True)
    (hit,) = hits("lgz", (case,))
    assert (hit.entry.id, hit.length) == ("c1", 0)


def test_nothing_typed_or_only_signs_finds_nothing_and_no_kind_floods_the_list():
    assert hits("", ALL) == ()
    assert hits("，。", ALL) == ()
    many = [Entry(kind="item", id=str(n), title=f"许可{n}") for n in range(40)]
    assert len(hits("许可", many)) == MOST_EACH


def test_the_last_few_once_each_the_newest_first_without_the_reason_of_then():
    recent: tuple[Entry, ...] = ()
    for entry in (CALL, PAGE, CALL, *(Entry(kind="item", id=str(n), title=str(n)) for n in range(RECENT))):
        recent = recent_after(recent, entry)
        assert len({(one.kind, one.id) for one in recent}) == len(recent) <= RECENT
    assert recent[0].id == str(RECENT - 1)
    assert recent_after((), CALL)[0].reason == ""
