"""采用 a whole application taken into the form of a case: from a file, dropped, from a stick, or filled in before by the ticket's person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStorageInfo, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.registration.importing import Preview, Read, preview, read_file, why_not
from clerk_app.office.registration.prefilling import (
    Waiting,
    filled_by_citizen,
    take,
    take_left,
    unchecked,
    waiting,
)
from clerk_app.registration.model import FormDraft
from ui.background import Background
from ui.language import tr
from ui.registration.looking_over import LookingOver
from ui.registration.opening import PUT_BACK
from ui.registration.page import FormPage
from ui.registration.presenter import FormPresenter
from ui.registration.sheet import Sheet
from ui.registration.taking_pane import TakingPane
from ui.registration.taking_view import reading, refused, tell_taking
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.strip import Strip, StripView

FILES = tr("申请（*.json）;;所有文件（*）")
AGAIN = tr("再采用")
_removable = ("/media/", "/run/media/", "/mnt/")


def choose_application(parent: QWidget) -> Path | None:
    """A file, beginning on a stick where one is in."""
    chosen, _ = QFileDialog.getOpenFileName(parent, tr("导入申请"), stick(), FILES)
    return Path(chosen) if chosen else None


def stick() -> str:
    """Where the first stick is mounted; empty when none is in."""
    mounted = (one.rootPath() for one in QStorageInfo.mountedVolumes() if one.isValid() and one.isReady())
    return next((one for one in mounted if one.startswith(_removable)), "")


@dataclass(frozen=True)
class _Known:
    """What was found out about the case on the page: why nothing may be taken over, and what waits."""

    why_not: str
    unlooked: frozenset[str]
    waiting: Waiting | None = None
    said: str = ""


class TakeIn(QObject):
    """采用 `said(sentence, good)`; on the page: 导入, the strip of who has filled it in before, 本步核对过."""

    said = Signal(str, bool)

    def __init__(
        self,
        office: Office,
        background: Background,
        form: FormPresenter,
        page: FormPage,
        choose: Callable[[QWidget], Path | None] = choose_application,
    ) -> None:
        super().__init__(page)
        self._office, self._background, self._form, self._page, self._choose = office, background, form, page, choose
        self._case, self._turn = "", 0
        self._known = _Known("", frozenset())
        self._seen: Preview | None = None
        self._ticket = ""
        self.pane = TakingPane(page)
        self.strip = Strip(page)
        self.looking = LookingOver(office, background, form, page)
        self.button = KeyButton(tr("导入"), Key.NEW, bind=False, parent=page)
        self._place()
        self._connect()

    def _place(self) -> None:
        self.pane.hide()
        self.strip.setObjectName("prefillStrip")
        self.button.setObjectName("importForm")
        sheet = self._page.sheet
        sheet.tools.insertWidget(0, self.button)
        holder = QWidget(sheet)
        around = QVBoxLayout(holder)
        around.setContentsMargins(20, 0, 20, 4)
        around.addWidget(self.strip)
        sheet.body.insertWidget(1, holder)
        self._page.setAcceptDrops(True)
        self._page.installEventFilter(self)

    def _connect(self) -> None:
        self._form.showed.connect(self._on_showed)
        self.looking.said.connect(self.said)
        self.button.chosen.connect(self.choose)
        self.button.refused.connect(self._on_refused)
        self.strip.link_chosen.connect(self._open_waiting)
        self.pane.taken.connect(self._take)
        self.pane.left.connect(self._leave)
        QShortcut(QKeySequence(Key.NEW), self._page).activated.connect(self.button.click)

    # What the page shows now.

    @Slot(object)
    def _on_showed(self, sheet: Sheet | None) -> None:
        case = sheet.case.id if sheet is not None else ""
        if case != self._case:
            self._case, self._known = case, _Known("", frozenset())
            self.strip.clear()
            self._leave()
            if sheet is not None:
                self.look()
        if sheet is not None:
            self.button.set_reason(tr("表只能看") if sheet.locked else self._known.why_not)

    @Slot()
    def look(self) -> None:
        """Whether something waits for this case; asked again when the line is back."""
        sheet, office = self._form.sheet, self._office
        if sheet is None or sheet.locked:
            return
        case = sheet.case

        def ask() -> _Known:
            draft: FormDraft | None = office.read(lambda books: books.form(case.id))
            left = unchecked(office, draft) if draft is not None else frozenset()
            reason = why_not(case, draft)
            found = None if reason else waiting(office, case, draft)
            take_left(office)
            if isinstance(found, Refusal):
                return _Known(reason, left, None, found.sentence)
            return _Known(reason, left, found)

        self._background.run_net(ask, lambda known: self._on_known(case.id, known))

    def _on_known(self, case: str, known: _Known) -> None:
        sheet = self._form.sheet
        if sheet is None or sheet.case.id != case:
            return
        self._known = known
        if known.waiting is not None:
            rest = tr("采用前先看一眼哪些栏会变；采用后逐栏核对。")
            view = StripView(
                tr("{sentence}。", sentence=known.waiting.sentence), rest, "info", "info", link=tr("看一眼，采用")
            )
            self.strip.render(view)
        elif known.said:
            self.strip.render(StripView(known.said, kind="info", icon="info"))
        else:
            self.strip.clear()
        self._form.change(replace(sheet, unlooked=known.unlooked))

    # Reading and looking before taking.

    @Slot()
    def choose(self) -> None:
        """导入."""
        if self._page.covered(self.pane):
            return
        file = self._choose(self._page)
        if file is not None:
            self.read(file)

    def read(self, file: Path) -> None:
        """Behind the page; Esc stops waiting for it."""
        sheet = self._form.sheet
        if self._page.covered(self.pane):
            self.said.emit(tr("先回到表里（Esc），再导入；表没有动。"), False)
            return
        if sheet is None or self.button.reason():
            self.said.emit(
                tr("{reason}，没有导入，表没有动。", reason=self.button.reason() or tr("现在没有要填的登记表")), False
            )
            return
        self._ticket = ""
        self.pane.render(reading(file.name))
        self._show()
        document = sheet.document
        self._ask(file.name, lambda: _previewed(read_file(file), document))

    @Slot()
    def _open_waiting(self) -> None:
        known, sheet = self._known.waiting, self._form.sheet
        if known is None or sheet is None:
            self.look()
            return
        self._ticket = known.ticket
        self.pane.render(reading(known.who))
        self._show()
        document = sheet.document
        self._ask(tr("{who}的自助预填", who=known.who), lambda: _previewed(known.read, document))

    def _ask(self, name: str, job: Callable[[], Preview | Refusal]) -> None:
        self._turn += 1
        turn = self._turn
        self._background.run_net(job, lambda seen: self._on_seen(turn, name, seen))

    def _on_seen(self, turn: int, name: str, seen: Preview | Refusal) -> None:
        if turn != self._turn:
            return
        if isinstance(seen, Refusal):
            self.pane.render(refused(name, seen.sentence))
        else:
            self._seen = replace(seen, name=name)
            self.pane.render(tell_taking(self._seen))
        self.pane.lead()

    def _show(self) -> None:
        self._seen = None
        self._page.cover(self.pane)
        self.pane.lead()

    @Slot()
    def _leave(self) -> None:
        """Nothing was changed."""
        self._turn += 1
        if self.pane.isVisible() or self._seen is not None:
            self._seen = None
            self._page.cover(None)

    # Taking over, and back again.

    @Slot()
    def _take(self) -> None:
        seen, sheet, ticket = self._seen, self._form.sheet, self._ticket
        self._leave()
        if seen is not None and sheet is not None and not sheet.locked:
            self._put(sheet, dict(seen.document), seen.name, ticket)

    def _put(self, sheet: Sheet, document: Mapping[str, Any], name: str, ticket: str) -> None:
        """Over what is there; the strip's link brings that back, and again."""
        before, office = sheet, self._office
        marks = filled_by_citizen(document) if ticket else frozenset()
        self._form.prefilled = ticket
        self._form.load_document(document)
        now = self._form.sheet
        if now is None:
            return
        self._form.change(replace(now, left=frozenset()))
        self.looking.mark(marks)
        rest = tr("逐栏核对：离开一栏就算核过，或按本步核对过。") if ticket else tr("按右边的单子核对。")
        again = StripView(tr("采用了{name}。", name=name), rest, kind="info", icon="undo", link=PUT_BACK)
        self._form.say_strip(again, lambda: self._put_back(before, document, name, ticket))
        self._form.show_again()
        self.said.emit(tr("采用了{name}，都存在这件里，还能放回去。", name=name), True)
        if ticket:
            self.strip.clear()
            self._form.when_settled(lambda: self._background.run_net(lambda: take(office, ticket), lambda _: None))

    def _put_back(self, before: Sheet, document: Mapping[str, Any], name: str, ticket: str) -> None:
        sheet = self._form.sheet
        if sheet is None:
            return
        view = StripView(tr("放回来了。"), tr("{name}还能再采用。", name=name), kind="info", icon="undo", link=AGAIN)
        self._form.say_strip(view, lambda: self._put_again(document, name, ticket))
        self._form.change(replace(sheet, document=before.document, rows={}))
        self.looking.mark(before.unlooked)

    def _put_again(self, document: Mapping[str, Any], name: str, ticket: str) -> None:
        if self._form.sheet is not None:
            self._put(self._form.sheet, document, name, ticket)

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A file dropped on the page."""
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter and _dropped(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop and (file := _dropped(event)):
            event.accept()
            self.read(file)
            return True
        return False


def _dropped(event: QDropEvent) -> Path | None:
    """One local file."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _previewed(found: Read | Refusal, document: Mapping[str, Any]) -> Preview | Refusal:
    return found if isinstance(found, Refusal) else preview(found, document)
