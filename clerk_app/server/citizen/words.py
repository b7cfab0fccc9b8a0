"""公开的话 how a state, a line of people and an age are said to a citizen: short, true, and what to do next."""

from __future__ import annotations

from datetime import date, datetime

from clerk_app.receipts.words import day_words, full_day
from clerk_app.server.citizen.form import CitizenRow, CitizenState
from clerk_app.server.citizen.waits import Wait
from clerk_app.store.columns import HALL_ZONE

state_words: dict[CitizenState, str] = {
    "issuing": "号票在打印",
    "waiting": "等候",
    "called": "已叫号",
    "serving": "办理中",
    "held": "先到一边办",
    "finished": "已办结",
    "passed": "过号",
    "not_served": "当日未办",
    "draft": "正在登记",
    "advised": "已告知，这次没有收件",
    "not_required": "已告知不需要办理",
    "received": "已收件",
    "answered": "已答复，请看通知书",
    "correction": "等您补正",
    "lapsed": "逾期没有补正，视为撤回",
    "accepted": "已受理",
    "examined": "审查中",
    "department": "部门审查中",
    "paused": "特别程序中，期限暂停",
    "decided": "已作出决定，正在制作文书",
    "ready": "文书已做好，可以领取",
    "delivered": "已领取",
    "withdrawn": "已撤回",
    "terminated": "已终止办理",
    "void": "已作废",
    "ended": "已结束",
}

_ranges = ((1, 2), (3, 5), (6, 10), (11, 20), (21, 50))


def waiting_words(ahead: int) -> str:
    """前面 3–5 人在等: a range, because those with priority come in between and windows call side by side."""
    if ahead <= 0:
        return "前面没有人在等"
    for first, last in _ranges:
        if ahead <= last:
            return f"前面 {first}–{last} 人在等"
    return f"前面 {_ranges[-1][1]} 人以上在等"


def wait_words(wait: Wait) -> str:
    """大约还要 10–20 分钟，10:42 算的."""
    long = f" {wait.least}–{wait.most} 分钟" if wait.least else f"不到 {wait.most} 分钟"
    return f"大约还要{long}，{wait.made_at.astimezone(HALL_ZONE):%H:%M} 算的"


def clock_words(moment: datetime) -> str:
    """10:42:15."""
    return f"{moment.astimezone(HALL_ZONE):%H:%M:%S}"


def since_words(moment: datetime) -> str:
    """11月20日（星期五）10:42."""
    local = moment.astimezone(HALL_ZONE)
    return f"{day_words(local.date())}{local:%H:%M}"


def age_words(seconds: float) -> str:
    """3 分钟."""
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{max(1, minutes)} 分钟"
    return f"{minutes // 60} 小时" if minutes < 48 * 60 else f"{minutes // (24 * 60)} 天"


def due_words(due: date, *, provisional: bool) -> str:
    """2026年12月4日（星期五）前."""
    return f"{full_day(due)}前{'（暂定：放假安排还没发）' if provisional else ''}"


def window_words(row: CitizenRow) -> str:
    """2号窗口."""
    return "" if row.window is None else f"{row.window}号窗口"
