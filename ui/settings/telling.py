"""设置页的话 findings, desk file and log in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from clerk_app.office.doctor.told import summary_of, worst_first
from clerk_app.ports.doctor import Finding, State
from clerk_app.settings import PrinterAt, Settings
from ui.language import tr
from ui.settings.view import AGAIN, BACK_UP, SAVE, BackupView, CheckRow, CheckupView, LogView, MachineView
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Tone

SHOWN = 400
"""Lines of the log on the page; the file has them all."""
_states: dict[State, tuple[LampKind, str, Tone]] = {
    "bad": ("unknown", tr("要修"), "warn"),
    "warn": ("soon", tr("留意"), "warn"),
    "unknown": ("waiting", tr("查不出"), "ink2"),
    "good": ("ok", tr("好"), "ok"),
}


def running_of(done: int, of: int, before: CheckupView) -> CheckupView:
    """While looking; what was found before stays in sight."""
    sentence = tr("正在查，查好 {done} 项，共 {of} 项，不耽误办件。", done=done, of=of)
    step = Act(AGAIN, tr("再查一遍"), Key.NEXT_STEP, tr("正在查"))
    save = Act(SAVE, tr("存成文件"), Key.PRINT, tr("查好了再存"))
    return CheckupView(note=before.note, rows=before.rows, bar=NextStepView(sentence, "", step, (save,)))


def checkup_of(findings: Sequence[Finding], at: datetime) -> CheckupView:
    """What came of it."""
    rows = tuple(_row(one) for one in worst_first(findings))
    wrong = any(one.state == "bad" for one in findings)
    note = tr("照右边写的修好，再查一遍；修不好就存成文件给管理员。") if wrong else tr("没有要马上修的。")
    save = Act(SAVE, tr("存成文件"), Key.PRINT)
    bar = NextStepView(
        tr("{summary_of}。", summary_of=summary_of(findings)), note, Act(AGAIN, tr("再查一遍"), Key.NEXT_STEP), (save,)
    )
    return CheckupView(note=tr("{at:%H:%M} 查的", at=at), rows=rows, bar=bar)


def _row(one: Finding) -> CheckRow:
    lamp, word, tone = _states[one.state]
    remedy = "" if one.state == "good" else one.remedy
    return CheckRow(one.name, lamp, word, one.said, remedy, tone)


def machine_of(settings: Settings, hall: str, window: str) -> MachineView:
    """这台机器: what the desk file says; nothing is changed here."""
    file = settings.data_dir / "desk.toml"
    where = tr("练习大厅，没有 desk.toml") if settings.training else str(file)
    place = (
        (tr("大厅"), hall),
        (tr("窗口"), window),
        (tr("中心"), settings.centre or tr("没有写")),
        (tr("中心的根证书"), str(settings.ca) if settings.ca else tr("用系统里的")),
    )
    kept = (
        (tr("写在哪"), where),
        (tr("数据夹"), str(settings.data_dir)),
        (tr("第二份"), str(settings.second_copy) if settings.second_copy else tr("没有设")),
    )
    beside = (
        (tr("第二屏"), tr("要有") if settings.second_screen else tr("没有要")),
        (
            tr("印章钥匙"),
            tr("{count} 枚在令牌里", count=len(settings.seals.tokens)) if settings.seals else tr("没有，盖实体章登记"),
        ),
        (tr("叫号机"), settings.queue_machine.url if settings.queue_machine else tr("没有，经中心叫号")),
    )
    printers = tuple(_printer(at) for at in settings.all_printers) or ((tr("小票机"), tr("没有设")),)
    return MachineView(
        groups=((tr("在哪"), place), (tr("文件"), kept), (tr("打印机"), printers), (tr("接着什么"), beside))
    )


def _printer(at: PrinterAt) -> tuple[str, str]:
    kinds = tr("、").join(sorted(at.kinds)) or tr("什么都打")
    name = tr("小票机") if "://" in at.name else at.name
    return name, tr("{url}，{columns} 列，{kinds}", url=at.url, columns=at.columns, kinds=kinds) + (
        tr("，坏了由 {backup} 代", backup=at.backup) if at.backup else ""
    )


def log_of(lines: Iterable[str], word: str) -> LogView:
    """日志, those with the word in them."""
    kept = tuple(lines)
    wanted = word.strip().casefold()
    found = tuple(line for line in kept if wanted in line.casefold())
    empty = (
        ""
        if found
        else (tr("日志里没有“{word}”，换个字再找。", word=word.strip()) if kept else tr("还没有日志，没有出过事。"))
    )
    shown = found[:SHOWN]
    note = tr("新的在上，{count} 行", count=len(found)) + (
        tr("，这里看 {shown} 行", shown=SHOWN) if len(found) > SHOWN else ""
    )
    save = Act(SAVE, tr("存成文件"), Key.PRINT, "" if found else tr("没有可存的"))
    step = Act(AGAIN, tr("再读一遍"), Key.NEXT_STEP)
    bar = NextStepView(
        tr("日志里只有时间、类别和程序里的地方。"), tr("没有群众的姓名、证件号和电话，可以交给管理员。"), step, (save,)
    )
    return LogView(note=note, lines=shown, empty=empty, bar=bar)


_in_it = (
    (tr("有什么"), tr("全部数据和流水、本机还留着的附件，都是加密的")),
    (tr("打开它要"), tr("这台电脑密钥环里的钥匙；换了电脑的，用恢复证书取没送的")),
    (tr("里面没有"), tr("登录密码、印章钥匙、desk.toml")),
)
_back = (
    (tr("怎么恢复"), tr("关掉窗口，运行 main.py --restore 备份文件；原来的数据改名留在旁边")),
    (tr("恢复以后"), tr("连着线在“同步”页另起一本流水，备份之后办的从中心取回，号不会重")),
)


def backup_of(last: tuple[datetime, str] | None, now: datetime, *, running: bool, able: bool) -> BackupView:
    """备份."""
    when = tr("还没有做过") if last is None else tr("{last:%Y-%m-%d %H:%M}，{last_2}", last=last[0], last_2=last[1])
    days = (now.date() - last[0].date()).days if last else 0
    note = tr("上一次是 {days} 天前。", days=days) if days else tr("存到别的盘或大厅共享，别存在这块盘上。")
    reason = tr("正在备份") if running else "" if able else tr("这台机器上不能做备份")
    sentence = tr("正在备份，不耽误办件。") if running else tr("选一个文件夹，做一份备份。")
    bar = NextStepView(sentence, note, Act(BACK_UP, tr("现在备份"), Key.NEXT_STEP, reason))
    return BackupView(
        groups=((tr("上一次"), ((tr("做于"), when),)), (tr("备份里"), _in_it), (tr("恢复"), _back)), bar=bar
    )


def size_words(size: int) -> str:
    """12.3 MB."""
    return f"{size / (1 << 20):.1f} MB"
