"""从登录到受理 the first half: signed in, ticket, called with the line cut, received, accepted, the slip, the line back."""

from __future__ import annotations

from PySide6.QtCore import Qt

from clerk_app.duty.training import training_password
from ui.language import kept, tr
from ui.tour.hands import key, press, until, write
from ui.tour.scene import Scene, Step, pending

CLERK = "P203"
COMPANY = "江州岚栎舟信息技术有限公司"


class ToAcceptance(Scene):
    """从登录到受理."""

    def steps(self) -> tuple[Step, ...]:
        """Name and step, in order."""
        return (
            ("sign-in", self._sign_in_page),
            ("morning", self._sign_in),
            ("signed-in", self._begin),
            ("ticket", self._take_ticket),
            ("called-line-cut", self._call),
            ("arrived", self._arrive),
            ("receiving", self._fill_form),
            ("received", self._receive),
            ("accepted", self._accept),
            ("printed", self._look_at_paper),
            ("waiting-to-sync", self._look_at_queue),
            ("line-back", self._join_line),
        )

    def _sign_in_page(self) -> None:
        until(self.desk.sign_in_page.isVisible, tr("登录页"))
        until(lambda: self.line_up, tr("线路连上"))
        until(self._has_numbers, tr("号段"))
        until(lambda: self.desk.hands.running.lane.state.ready, tr("打印机就绪"))

    def _has_numbers(self) -> bool:
        keep, now = self.office.parts.vault.keep, self.office.parts.clock.now()
        return keep.next_serial(f"case_no:{now.year}") is not None

    def _sign_in(self) -> None:
        page = self.desk.sign_in_page
        write(page, tr("工号"), CLERK)
        write(page, tr("密码"), training_password(CLERK))
        press(page, tr("登录"))
        until(lambda: self.desk.shell.isVisible() and self.state is not None, tr("叫号页"))
        until(self.desk.rooms.today_page.isVisible, tr("开门前"))

    def _begin(self) -> None:
        press(self.desk.rooms.today_page, tr("开始叫号"))
        until(self.desk.rooms.counter_page.isVisible, tr("叫号页"))

    def _take_ticket(self) -> None:
        page = self.desk.rooms.counter_page
        press(page, tr("替人取号"))
        self.camera.take("ticket-question")
        press(page, self.office.hall.queue.letters["A"])
        press(page, tr("取号并打印"))
        until(lambda: len(self.ground.slips()) >= 1, tr("号票打出"))
        until(lambda: bool(self.state.waiting), tr("等候名单"))
        self.notes.ticket = self.state.waiting[0].number
        (self.ground.folder / "ticket.bin").write_bytes(self.ground.slips()[0])

    def _call(self) -> None:
        until(lambda: pending(self.office) == 0, tr("取号送到中心"))
        until(lambda: self.desk.hands.running.beat.line == "linked", tr("中心应答"))
        press(self.desk.rooms.counter_page, tr("叫下一位"))
        until(lambda: self.state.current is not None, tr("叫号"))
        self.ground.cut()
        until(lambda: not self.line_up, tr("线路中断"))
        self.desk.rooms.counter.refresh()

    def _arrive(self) -> None:
        press(self.desk.rooms.counter_page, tr("来了"))
        until(lambda: self.state.current.state == "serving", tr("到窗"))

    def _fill_form(self) -> None:
        page = self.desk.rooms.counter_page
        write(page, tr("事项"), kept("公司设立"))
        key(page, Qt.Key.Key_Return)
        write(page, tr("申请人"), COMPANY)
        write(page, tr("手机"), "13800000421")
        write(page, tr("经办人"), kept("卢小珍"))
        press(page, tr("全部收齐"))

    def _receive(self) -> None:
        press(self.desk.rooms.counter_page, tr("收件"))
        until(lambda: self.state.case is not None, tr("收件"))

    def _accept(self) -> None:
        press(self.desk.rooms.counter_page, tr("受理并打印"))
        until(lambda: self.state.case is not None and self.state.case.state == "accepted", tr("受理"))
        until(lambda: len(self.ground.slips()) >= 2, tr("受理回执打出"))
        until(lambda: self.state.job is not None and self.state.job.state == "done", tr("回执有了着落"))
        self.notes.case = self.state.case.case_no
        (self.ground.folder / "receipt.bin").write_bytes(self.ground.slips()[1])

    def _look_at_paper(self) -> None:
        self.desk.shell.show_page("printing")
        until(self.desk.rooms.printing_page.isVisible, tr("打印页"))

    def _look_at_queue(self) -> None:
        self.desk.shell.show_page("sync")
        until(lambda: self.desk.rooms.sync_page.isVisible() and pending(self.office) > 0, tr("同步页"))

    def _join_line(self) -> None:
        self.ground.join()
        until(self.all_sent, tr("全部送到中心"), 60)
