"""登录所见 what the sign-in page shows, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.language import tr
from ui.widgets.lamp import LampKind


@dataclass(frozen=True)
class TrainingRow:
    """练习人物 an invented person of the training hall; `account` is what to type, the name when empty."""

    name: str
    identity: str
    password: str
    account: str = ""

    def typed(self) -> str:
        """What goes into the first field."""
        return self.account or self.name


FindingAt = Literal["password", "new", "code"]


@dataclass(frozen=True, kw_only=True)
class AsksView:
    """还要什么 what the centre asks for beside a right password: a new one, a second factor, or both; `sentence` says why."""

    sentence: str
    new: bool = False
    new_hint: str = ""
    code: bool = False
    code_hint: str = ""


@dataclass(frozen=True, kw_only=True)
class SignInView:
    """登录 everything on the sign-in page; `training` rows only in the training hall."""

    hall_name: str
    motto: str = ""
    window_number: str
    window_name: str = ""
    date_text: str = ""
    hours_text: str = ""
    account_text: str = ""
    training: tuple[TrainingRow, ...] = ()
    practice: bool = False
    line_lamp: LampKind = "ok"
    line_sentence: str = tr("线路 已连接")
    printer_lamp: LampKind = "ok"
    printer_sentence: str = tr("打印机 就绪")
    busy: bool = False
    finding: str = ""
    finding_at: FindingAt = "password"
    offline_sentence: str = ""
    hint: str = tr("连续输错 5 次，锁定 10 分钟。")
    version_text: str = ""
    asks: AsksView | None = None

    @property
    def password_hint(self) -> str:
        """How many tries; not while the password was right and more is asked for."""
        return "" if self.asks is not None else self.hint
