"""登录所见 what the sign-in page shows, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass

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
    line_sentence: str = "线路 已连接"
    printer_lamp: LampKind = "ok"
    printer_sentence: str = "打印机 就绪"
    busy: bool = False
    finding: str = ""
    offline_sentence: str = ""
    hint: str = "连续输错 5 次，锁定 10 分钟。"
    version_text: str = ""
