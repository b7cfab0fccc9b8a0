"""号票的经过 at a machine: its journal says what the row forgot."""

from __future__ import annotations

from pathlib import Path

from clerk_app.office.counter import calling, visit
from clerk_app.office.counter.ticket_story import story_of
from tests.office.calling_desk import CallingDesk, done


def test_each_call_is_told_with_its_time(tmp_path: Path) -> None:
    desk = CallingDesk(tmp_path)
    desk.cut()
    done(visit.take_ticket(desk.office, "A"))
    ticket = desk.called()
    desk.later(40)
    done(calling.call(desk.office, ticket.id))
    desk.later(40)
    done(calling.put_back(desk.office, ticket.id, "本人还没准备好"))
    other = desk.ticket(fallback=2)
    done(calling.call(desk.office, other.id))
    lines = story_of(desk.office, desk.now(ticket))
    assert [line.words for line in lines] == [
        f"取号 {ticket.number}，2号窗口，备用号，分到2号窗口",
        "叫号（2号窗口 许可心）",
        "叫号（2号窗口 许可心）",
        "退回队里：本人还没准备好（2号窗口 许可心）",
    ]
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    desk.office.parts.vault.close()
