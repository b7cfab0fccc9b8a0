"""导览 plays a whole visit by itself through the real pages, with the line cut in the middle, and leaves pictures and papers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from clerk_app.duty.training import training_password
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway
from clerk_app.sync.verdicts import undecided
from ui.desk import Desk
from ui.training.hands import Camera, key, press, until, write

CLERK = "P203"
COMPANY = "江州春禾餐饮管理有限公司"


@dataclass(frozen=True)
class TourGround:
    """场地 what the tour is handed: where to leave things, how to cut and join the line, and what the printer got."""

    folder: Path
    cut: Callable[[], None]
    join: Callable[[], None]
    slips: Callable[[], Sequence[bytes]]


@dataclass
class Steps:
    """步骤 name and milliseconds of each step."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def run(self, name: str, step: Callable[[], None]) -> None:
        """Time one step."""
        start = time.monotonic()
        step()
        self.rows.append({"name": name, "ms": round((time.monotonic() - start) * 1000)})


class Tour:
    """导览 sign in → ticket → (line cut) called → received → accepted → slip → (line back) all at the centre."""

    def __init__(self, desk: Desk, ground: TourGround) -> None:
        self._desk, self._ground = desk, ground
        self._office = desk.office
        self._camera = Camera(desk.window, ground.folder, lambda: desk.background.idle)
        self._steps = Steps()
        self._numbers = {"ticket": "", "case": ""}

    def play(self) -> dict[str, Any]:
        """All steps; answers the summary it also wrote. Raises `TourStuck`."""
        for name, step in (
            ("sign-in", self._sign_in_page),
            ("signed-in", self._sign_in),
            ("ticket", self._take_ticket),
            ("called-line-cut", self._call),
            ("arrived", self._arrive),
            ("receiving", self._fill_form),
            ("received", self._receive),
            ("accepted", self._accept),
            ("printed", self._look_at_paper),
            ("waiting-to-sync", self._look_at_queue),
            ("line-back", self._join_line),
            ("finished", self._finish),
            ("cases", self._look_at_cases),
        ):
            self._steps.run(name, step)
            self._camera.take(name)
        return self._write_summary()

    def _state(self) -> Any:
        return self._desk.counter.state

    def _sign_in_page(self) -> None:
        until(self._desk.sign_in_page.isVisible, "登录页")
        until(self._line_up, "线路连上")
        until(self._has_numbers, "号段")
        until(lambda: self._desk.hands.running.lane.state.ready, "打印机就绪")

    def _line_up(self) -> bool:
        return self._desk.hands.running.line.state.connected

    def _has_numbers(self) -> bool:
        keep, now = self._office.parts.vault.keep, self._office.parts.clock.now()
        return keep.next_serial(f"case_no:{now.year}") is not None

    def _sign_in(self) -> None:
        page = self._desk.sign_in_page
        write(page, "工号", CLERK)
        write(page, "密码", training_password(CLERK))
        press(page, "登录")
        until(lambda: self._desk.shell.isVisible() and self._state() is not None, "叫号页")

    def _take_ticket(self) -> None:
        page = self._desk.counter_page
        press(page, "替人取号")
        self._camera.take("ticket-question")
        press(page, self._office.hall.queue.letters["A"])
        press(page, "取号并打印")
        until(lambda: len(self._ground.slips()) >= 1, "号票打出")
        until(lambda: bool(self._state().waiting), "等候名单")
        self._numbers["ticket"] = self._state().waiting[0].number
        (self._ground.folder / "ticket.bin").write_bytes(self._ground.slips()[0])

    def _call(self) -> None:
        until(lambda: pending(self._office) == 0, "取号送到中心")
        self._ground.cut()
        press(self._desk.counter_page, "叫下一位")
        until(lambda: self._state().current is not None, "叫号")
        until(lambda: not self._line_up(), "线路中断")
        self._desk.counter.refresh()

    def _arrive(self) -> None:
        press(self._desk.counter_page, "来了")
        until(lambda: self._state().current.state == "serving", "到窗")

    def _fill_form(self) -> None:
        page = self._desk.counter_page
        write(page, "事项", "公司设立")
        key(page, Qt.Key.Key_Return)
        write(page, "申请人", COMPANY)
        write(page, "手机", "13800000421")
        write(page, "经办人", "卢小珍")
        press(page, "全部收齐")

    def _receive(self) -> None:
        press(self._desk.counter_page, "收件")
        until(lambda: self._state().case is not None, "收件")

    def _accept(self) -> None:
        press(self._desk.counter_page, "受理并打印")
        until(lambda: self._state().case is not None and self._state().case.state == "accepted", "受理")
        until(lambda: len(self._ground.slips()) >= 2, "受理回执打出")
        until(lambda: self._state().job is not None and self._state().job.state == "done", "回执有了着落")
        self._numbers["case"] = self._state().case.case_no
        (self._ground.folder / "receipt.bin").write_bytes(self._ground.slips()[1])

    def _look_at_paper(self) -> None:
        self._desk.shell.show_page("printing")
        until(self._desk.printing_page.isVisible, "打印页")

    def _look_at_queue(self) -> None:
        self._desk.shell.show_page("sync")
        until(lambda: self._desk.sync_page.isVisible() and pending(self._office) > 0, "同步页")

    def _join_line(self) -> None:
        self._ground.join()
        until(self._all_sent, "全部送到中心", 60)

    def _all_sent(self) -> bool:
        line = self._desk.hands.running.line.state
        return line.connected and not line.catching_up and pending(self._office) == 0

    def _finish(self) -> None:
        self._desk.shell.show_page("counter")
        press(self._desk.counter_page, "办结本号")
        until(lambda: self._state().current is None, "办结本号")
        until(lambda: pending(self._office) == 0, "办结送到中心")

    def _look_at_cases(self) -> None:
        self._desk.shell.show_page("cases")
        until(self._desk.cases_page.isVisible, "办件页")

    def _write_summary(self) -> dict[str, Any]:
        office = self._office
        until(lambda: head_at_centre(office) == office.parts.vault.journal.head().hash, "两边链头一致")
        summary = {
            "steps": self._steps.rows,
            "pictures": self._camera.taken,
            **self._numbers,
            "document": None,
            **standing(office),
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (self._ground.folder / "summary.json").write_text(text + "\n", encoding="utf-8")
        return summary


def head_at_centre(office: Office) -> str:
    """链头 the centre knows of this device; empty while it cannot be asked."""
    try:
        return office.parts.centre.hello().head
    except CentreAway:
        return ""


def pending(office: Office) -> int:
    """How many commands the centre has not decided."""
    tally = office.parts.vault.journal.tally()
    return sum(tally.get(state, 0) for state in undecided)


def standing(office: Office) -> dict[str, Any]:
    """Both heads, and how many commands were made, applied, and still wait."""
    journal = office.parts.vault.journal
    return {
        "head_client": journal.head().hash,
        "head_centre": head_at_centre(office),
        "made": journal.check().rows,
        "applied": journal.tally().get("applied", 0),
        "pending": pending(office),
    }
