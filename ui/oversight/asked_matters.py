"""首问 what the first-asked view shows and does: who waits to be answered, where to lead him, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clerk_app.cases.model import Applicant
from clerk_app.office.counter.asking import close_first_asked, lead_asked, open_first_asked, see_asked_phone
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.people_desk import open_asked
from clerk_app.oversight.people import Asked
from ui.language import tr
from ui.oversight.duty_view import AskView, TaskDetail, TaskRowView
from ui.oversight.matter_view import NEW, REVEAL, REVEAL_ACT, MatterView
from ui.oversight.telling_tasks import waited
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import Act, NextStepView

OPEN, CALLED, ANSWERED, PASSED, LED = "open", "called_back", "answered", "passed_on", "led"
NOTHING = EmptyView(
    tr("没有等着的首问"), tr("当场答了的不用登记；答不了的，带到窗口，或留下电话回头答。"), icon="check", tone="ok"
)  # fmt: skip
PLACE = AskView(label=tr("带到哪里"), placeholder=tr("窗口号，或写地方（带到时填）"))
NOTE = AskView(label=tr("怎么答的"), placeholder=tr("写一句，销的时候填；留的电话随后不留"))


class AskedMatters:
    """首问 as `matter_presenter.Matters`."""

    said: Mapping[str, str] = {
        OPEN: tr("首问已登记。"), CALLED: tr("已记回过电话，电话号码不再留。"), ANSWERED: tr("已记答了。"),
        PASSED: tr("已记转交。"), LED: tr("已带到，首问登记一并销了。"),
    }  # fmt: skip

    def read(self, office: Office) -> tuple[Asked, ...]:
        """Open ones, the oldest first."""
        return open_asked(office)

    def key(self, item: Asked) -> str:
        """Its id."""
        return item.id

    def waits(self, items: tuple[Asked, ...]) -> int:
        """Whoever is free goes on with it."""
        return len(items)

    def tell(self, items: tuple[Asked, ...], chosen: Any, office: Office, *, revealed: bool) -> MatterView:
        """The view."""
        now = office.parts.clock.now()
        detail = (
            None
            if chosen is None
            else new_detail()
            if chosen == NEW
            else asked_detail(chosen, office, revealed=revealed)
        )
        return MatterView(
            title=tr("首问 {count} 件没了结", count=len(items)),
            age=tr("等了"),
            empty=NOTHING,
            rows=tuple(
                TaskRowView(
                    id=row.id,
                    kind=office.hall.people.topic_name(row.topic),
                    words=row.words or tr("没写"),
                    window=tr("{window}号", window=row.window),
                    age=waited(row.at, now),
                    lamp="soon" if row.phone else "waiting",
                )
                for row in items
            ),
            detail=detail,
            new_word=tr("首问登记"),
        )

    def do(self, office: Office, item: Any, name: str, typed: list[str]) -> Outcome | None:
        """The act."""
        if name == OPEN:
            words, topic, phone = (line.strip() for line in typed)
            return open_first_asked(office, topic, words, phone=phone)
        if name == REVEAL:
            return see_asked_phone(office, item.id)
        if name == LED:
            return lead_asked(office, item, typed[0])
        if name == CALLED:
            return close_first_asked(office, item.id, "called_back", typed[-1])
        if name == ANSWERED:
            return close_first_asked(office, item.id, "answered", typed[-1])
        return close_first_asked(office, item.id, "passed_on", typed[-1]) if name == PASSED else None


def new_detail() -> TaskDetail:
    """What is written down of a question nobody here can answer."""
    return TaskDetail(
        id=NEW,
        title=tr("首问登记"),
        words=tr("第一个被问的人负责到底：答不了的记下来，带到窗口，或留电话回头答。"),
        asks=(
            AskView(label=tr("他问什么"), placeholder=tr("一句话")),
            AskView(label=tr("哪一类"), placeholder=tr("类别的数字键，如 8")),
            AskView(label=tr("电话（选填）"), placeholder=tr("只在他要回电时留，回过就不再留")),
        ),
        bar=NextStepView(
            tr("记下来，有人接着答"),
            step=Act(OPEN, tr("登记"), Key.NEXT_STEP),
            seconds=(Act("back", tr("不登了")),),
        ),
    )


def asked_detail(row: Asked, office: Office, *, revealed: bool) -> TaskDetail:
    """The record and the ways it ends."""
    facts = [
        (tr("谁接的"), tr("{name_of}，{window}号窗口", name_of=office.hall.roster.name_of(row.by), window=row.window)),
        (tr("什么时候"), f"{row.at:%m-%d %H:%M}"),
    ]
    if row.number:
        facts.append((tr("号票"), row.number))
    if row.phone:
        facts.append((tr("等回电"), row.phone if revealed else Applicant(name="", phone=row.phone).masked_phone))
    if row.phone:
        shows = () if revealed else (REVEAL_ACT,)
        step = Act(CALLED, tr("回过电话了"), Key.NEXT_STEP)
        bar = NextStepView(tr("回了就销"), step=step, seconds=(*shows, Act(LED, tr("带到"), Key.ADD_ROW)))
    else:
        seconds = (Act(LED, tr("带到"), Key.ADD_ROW), Act(PASSED, tr("已转交")))
        bar = NextStepView(tr("答了就销"), step=Act(ANSWERED, tr("答了"), Key.NEXT_STEP), seconds=seconds)
    return TaskDetail(
        id=row.id,
        title=office.hall.people.topic_name(row.topic),
        words=row.words or tr("没写问什么。"),
        facts=tuple(facts),
        asks=(PLACE, NOTE),
        bar=bar,
    )
