"""从填表到评价 the second half: the form, two signatures, the seal, handed over, rated, all at the centre."""

from __future__ import annotations

import json

from clerk_app.duty.training import training_pin
from clerk_app.registration.practice import practised
from resources import path
from ui.language import kept, tr
from ui.registration.view import REVIEW
from ui.tour.hands import TourStuck, find_button, press, until, write
from ui.tour.scene import Scene, Step, pending

CHIEF = "P201"


class ToDelivery(Scene):
    """从填表到评价."""

    def steps(self) -> tuple[Step, ...]:
        """Name and step, in order."""
        return (
            ("form", self._fill_company_form),
            ("checked", self._check_form),
            ("proposed", self._propose),
            ("to-authorise", self._look_at_page),
            ("sealed", self._authorise),
            ("handed-over", self._hand_over),
            ("finished", self._finish),
            ("rated", self._rate),
            ("all-at-centre", self._look_at_sync),
            ("cases", self._look_at_cases),
            ("case", self._open_case),
        )

    def _fill_company_form(self) -> None:
        self.desk.shell.show_page("counter")
        press(self.desk.rooms.counter_page, tr("填登记表"))
        form = self.desk.rooms.form.form
        until(lambda: self.desk.rooms.form_page.isVisible() and bool(form.document), tr("登记表"))
        example = json.loads(path("forms", "company", "example.json").read_text(encoding="utf-8"))
        form.load_document(practised(example, self.case.received_at.date()))
        until(lambda: form.settled, tr("登记表存好"))
        form.go_to(REVIEW)

    def _check_form(self) -> None:
        press(self.desk.rooms.form_page, tr("自检并确认"))
        until(self.desk.rooms.counter_page.isVisible, tr("自检过，回到办件"))

    def _propose(self) -> None:
        self.desk.shell.show_page("counter")
        page = self.desk.rooms.counter_page
        write(page, tr("意见"), kept("材料齐全，符合法定形式。"))
        press(page, tr("提给首席代表"))
        until(lambda: self.case.state == "to_authorise", tr("提出"))

    def _look_at_page(self) -> None:
        press(self.desk.rooms.counter_page, tr("去授权"))
        until(self.desk.rooms.sealing_page.isVisible, tr("授权用印页"))
        until(self._page_lies_there, tr("决定书排好"))

    def _page_lies_there(self) -> bool:
        state = self.desk.rooms.sealing.state
        return state is not None and state.table is not None and state.table.prepared is not None

    def _authorise(self) -> None:
        page = self.desk.rooms.sealing_page
        write(page, "PIN", training_pin(CHIEF))
        press(page, tr("授权并用印"))
        until(self._is_sealed, tr("用印"))
        until(lambda: self.desk.background.idle, tr("用印之后的页"))
        self._keep_decision()

    def _is_sealed(self) -> bool:
        case = self.office.read(lambda books: books.case(self.case.id))
        return case is not None and case.state == "sealed"

    def _keep_decision(self) -> None:
        office = self.office
        case_id = self.case.id
        case, use = office.read(lambda books: (books.case(case_id), books.seal_use_of(case_id)))
        document = office.parts.vault.keep.document(use.digest_after) if use else None
        if case is None or document is None or case.decision is None or office.parts.seal_keys is None:
            raise TourStuck(tr("盖好章的决定书"))
        self.notes.document = case.decision.document_no
        (self.ground.folder / "decision.pdf").write_bytes(document.content)
        (self.ground.folder / "root.pem").write_bytes(office.parts.seal_keys.roots())

    def _hand_over(self) -> None:
        self.desk.shell.show_page("counter")
        page = self.desk.rooms.counter_page
        until(lambda: self.case.state == "sealed", tr("用印记到叫号页"))
        write(page, tr("领件人"), kept("卢小珍"))
        press(page, tr("交给本人"))
        until(lambda: self.case.state == "delivered", tr("交件"))
        until(lambda: len(self.ground.slips()) >= 3, tr("取件凭证打出"))

    def _finish(self) -> None:
        ticket = self.state.current.id
        press(self.desk.rooms.counter_page, tr("办结本号"))
        until(lambda: self.state.current is None, tr("办结本号"))
        self.notes.ticket_id = ticket

    def _rate(self) -> None:
        window = self.desk.rooms.rating.window
        until(window.isVisible, tr("评价窗"))
        self.camera.take("rating", window)
        press(window, tr("非常满意"))
        until(lambda: self.office.read(lambda books: books.rating(self.notes.ticket_id)) is not None, tr("评价"))
        until(lambda: pending(self.office) == 0, tr("评价送到中心"))

    def _look_at_sync(self) -> None:
        self.desk.shell.show_page("sync")
        until(self.all_sent, tr("全部送到中心"), 60)

    def _look_at_cases(self) -> None:
        self.desk.shell.show_page("cases")
        until(self.desk.rooms.cases_page.list.isVisible, tr("办件页"))
        press(self.desk.rooms.cases_page.list, tr("全部"))
        until(lambda: find_button(self.desk.rooms.cases_page.list, tr("打开办件")) is not None, tr("办件细目"))

    def _open_case(self) -> None:
        press(self.desk.rooms.cases_page.list, tr("打开办件"))
        until(lambda: bool(self.desk.rooms.cases_page.whole.history.rows()), tr("办件详情"))
