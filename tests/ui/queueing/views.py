"""Views of an invented counter on 20 November 2026, as the tests of the page use them."""

from __future__ import annotations

from dataclasses import replace

from ui.queueing.view import (
    ACCEPT,
    FINISH,
    CaseView,
    CounterView,
    DueView,
    ItemChoice,
    ItemMaterial,
    LetterChoice,
    MaterialRow,
    PriorityChoice,
    ReceiveView,
    TicketView,
    WaitingRow,
    WaitingView,
)
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.ruler import DayKind, RulerView
from ui.widgets.step_line import Step
from ui.widgets.tag import TagView

LETTERS = (LetterChoice(letter="A", name="企业开办与登记"), LetterChoice(letter="B", name="综合受理"))
GROUNDS = (PriorityChoice(key="military", name="现役军人", basis="军人依法优先"),)
ROWS = (
    WaitingRow(id="t21", number="B021", business="综合受理", waited="4 分", tags=(TagView("优先", "info"),)),
    WaitingRow(id="t18", number="B018", business="综合受理", waited="23 分"),
)
WAITING = WaitingView(
    title="等候 2 人",
    note="最长 23 分",
    rows=ROWS,
    why="B021 在前：现役军人优先，证件已核。",
    call_text="叫下一位 B021",
)
BLOCKED = replace(WAITING, call_reason="先办结 B017（F8），再叫下一位")
CALLED = TicketView(
    phase="called",
    number="B017",
    rank="今天第 16 位",
    clock="已叫 0:42",
    note="10:31 叫号·第 1 次",
    business="综合受理",
)
SERVING = TicketView(
    phase="serving",
    number="B017",
    rank="今天第 16 位",
    clock="已办 11:20",
    note="10:31 叫号·第 1 次",
    person="卢*珍",
    business="综合受理",
)


def papers(*names: str) -> tuple[ItemMaterial, ...]:
    return tuple(ItemMaterial(name=name, form="原件 1 份", need="必备") for name in names)


FOOD = ItemChoice(
    code="F1",
    name="食品经营许可证核发",
    short="食品经营新办",
    kind="承诺件",
    limit="10 个工作日",
    keys="spjy",
    materials=papers("申请书", "营业执照"),
)
NURSE = ItemChoice(
    code="N1",
    name="护士执业注册",
    short="护士注册",
    kind="即办件",
    limit="当场",
    keys="hszc",
    materials=papers("注册申请审核表"),
)
RECEIVE = ReceiveView(id="t17", ticket="号票 B017·综合受理", items=(FOOD, NURSE))
DAYS: tuple[DayKind, ...] = ("today", "off", "off", "work", "work", "spare")
DUE = DueView(
    date="12月4日 星期五",
    left="还剩 10 个工作日",
    why="今天受理，当日不计；两个周末不计。",
    statutory="法定 12月11日",
    ruler=RulerView(DAYS, right="法定 12月11日", mark="承诺 12月4日", mark_at=4),
)
MATERIALS = (
    MaterialRow(name="申请书", form="原件 1 份", need="必备", said="已收 10:33", brought=True, tone="ok"),
    MaterialRow(name="规章制度", form="原件 1 份", need="可容缺", essential=False),
    MaterialRow(name="营业执照", form="共享", need="必备"),
)
CASE = CaseView(
    id="c1",
    title="食品经营许可证核发",
    query_code="7K3M-Q9",
    applicant="江州春禾餐饮管理有限公司",
    facts="申屠宁 经办",
    tags=(TagView("承诺件"), TagView("现场核查须两人")),
    steps=(Step("收件", "done"), Step("受理", "now"), Step("审查")),
    materials=MATERIALS,
    due=DUE,
    applicant_rows=(("申请人", "江州春禾餐饮管理有限公司"), ("信用代码", "9142**********3K5M")),
    next=NextStepView(
        "下一步：受理。承诺 12月4日（星期五）前办结。",
        "",
        Act(ACCEPT, "受理并打印", "Ctrl+Enter", "还缺必备材料：营业执照"),
    ),
)
READY = replace(CASE, next=NextStepView("下一步：受理。", "", Act(ACCEPT, "受理并打印", "Ctrl+Enter")))
ACCEPTED = replace(
    CASE,
    materials_fixed=True,
    facts="办件 JZ20261120-00417·申屠宁 经办",
    next=NextStepView("已受理。下一步：办结本号。", "受理回执正在打印。", Act(FINISH, "办结本号", "Ctrl+Enter")),
)


def counter(ticket: TicketView, waiting: WaitingView, work: EmptyView | ReceiveView | CaseView) -> CounterView:
    return CounterView(ticket=ticket, waiting=waiting, work=work, letters=LETTERS, priorities=GROUNDS)


IDLE = counter(TicketView(), WAITING, EmptyView("有 2 个人等候", "按 F2 叫 B021。"))
NOBODY = counter(
    TicketView(), WaitingView(call_reason="现在没有人等候"), EmptyView("现在没有人等候", note="今天已办 16 件。")
)
CALLING = counter(CALLED, replace(WAITING, call_reason="B017 叫号中，来了按 F2，没来按 F4"), EmptyView("正在叫 B017"))
RECEIVING = counter(SERVING, BLOCKED, RECEIVE)
RECEIVED = counter(SERVING, BLOCKED, CASE)
