"""授权书 reads all letters, records one received, lets another person confirm it, ends one, and opens its scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from clerk_app.command import Refusal
from clerk_app.office.duty.letters import (
    LetterBook,
    LetterDraft,
    LetterStanding,
    confirm_letter,
    day_letter,
    end_letter,
    letter_book,
    record_letter,
    scan_of,
)
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import CentreAway, CentreProblem
from ui.background import Background
from ui.duty.letters.page import LettersPage
from ui.duty.letters.telling import CONFIRM, END, SAID, read_draft, tell_detail, tell_form, tell_note, tell_row
from ui.duty.letters.view import LetterForm, LettersView, TypedLetter
from ui.errors import record, sentence, tell
from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.strip import StripView

LOCKED = tr("授权书由管理员和值班长登记；这里只能看。")


class LettersPresenter(QObject):
    """授权书 `said` is for the status line."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: LettersPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._book: LetterBook | None = None
        self._chosen, self._serial = "", 0
        self._form: LetterForm | None = None
        self._begun_as, self._left = ("", False), False
        """By which sign-in and for the day alone; whether that form was left: what was typed is still in it."""
        self._scan = b""
        page.place_chosen.connect(self._put_scan)
        page.row_chosen.connect(self._choose)
        page.new_wanted.connect(self.begin)
        page.recorded.connect(self._record)
        page.cancelled.connect(self._cancel)
        page.act.connect(self._act)
        page.scan_wanted.connect(self._open_scan)
        page.refused.connect(lambda reason: self.said.emit(tr("{reason}。", reason=reason), False))

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.run(lambda: letter_book(self._office), self._show, self._failed)

    def _show(self, book: LetterBook) -> None:
        self._book = book
        if book.refusal is not None:
            self._form = None
        self._render()

    def _render(self) -> None:
        book, hall = self._book, self._office.hall
        if book is None:
            return
        locked = LOCKED if book.refusal is not None else ""
        chosen = self._letter()
        self._page.render(
            LettersView(
                title=tr("授权书 {count} 份", count=len(book.letters)),
                note=tell_note(book),
                rows=tuple(tell_row(one, hall) for one in book.letters),
                detail=tell_detail(chosen, hall, locked) if chosen is not None else None,
                form=self._form,
                locked=locked,
            )
        )

    def _letter(self) -> LetterStanding | None:
        letters = self._book.letters if self._book else ()
        chosen = next((one for one in letters if one.letter.document_no == self._chosen), None)
        return chosen or (letters[0] if letters else None)

    @Slot(str)
    def _choose(self, number: str) -> None:
        if number != self._chosen and self._form is None:
            self._chosen = number
            self._render()

    @Slot(bool)
    def begin(self, for_the_day: bool) -> None:
        """登记一份, empty or for a leader on duty today, in the department of the letter at the side."""
        book, letter = self._book, self._letter()
        if book is None or book.refusal is not None:
            return
        session = self._office.session
        begun, self._begun_as = self._begun_as, (session.id if session is not None else "", for_the_day)
        self._left = self._left and begun == self._begun_as
        first = next(iter(self._office.hall.roster.departments), "")
        department = letter.letter.department if letter else first
        self._background.run(
            lambda: day_letter(self._office, department), lambda draft: self._begun(draft, for_the_day=for_the_day)
        )

    def _begun(self, draft: LetterDraft, *, for_the_day: bool) -> None:
        self._serial += 0 if self._left else 1
        self._form = tell_form(self._serial, draft, self._office.hall, for_the_day=for_the_day)
        self._render()

    @Slot()
    def _cancel(self) -> None:
        self._form, self._left = None, True
        self._render()

    @Slot(object)
    def _record(self, typed: TypedLetter) -> None:
        form = self._form
        if form is None or form.busy:
            return
        draft = read_draft(typed, self._office.hall.roster)
        if isinstance(draft, str):
            self._form = replace(form, message=StripView(draft, tr("填的都还在。")))
            self._render()
            return
        self._form = replace(form, busy=True, message=None)
        self._render()
        job: Callable[[], Outcome] = lambda: record_letter(self._office, draft, Path(typed.scan))  # noqa: E731
        self._background.run_net(job, lambda done: self._recorded(draft, done), self._failed)

    def _recorded(self, draft: LetterDraft, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            head, _, rest = outcome.sentence.partition("。")
            if self._form is not None:
                self._form = replace(self._form, busy=False, message=StripView(tr("{head}。", head=head), rest))
            self._render()
            return
        self._form, self._left, self._chosen = None, False, draft.number
        self.said.emit(tr("{number} 已登记，扫描件会自动送到中心。另一人复核了才生效。", number=draft.number), True)
        self.refresh()

    @Slot(str, str)
    def _act(self, name: str, reason: str) -> None:
        letter = self._letter()
        if letter is None:
            return
        number = letter.letter.document_no
        acts: dict[str, Callable[[], Outcome]] = {
            CONFIRM: lambda: confirm_letter(self._office, number),
            END: lambda: end_letter(self._office, number, reason),
        }
        self._background.run(acts[name], lambda outcome: self._done(name, outcome))

    def _done(self, name: str, outcome: Outcome) -> None:
        refused = isinstance(outcome, Refusal)
        self.said.emit(outcome.sentence if isinstance(outcome, Refusal) else SAID[name], not refused)
        self.refresh()

    @Slot()
    def _open_scan(self) -> None:
        letter = self._letter()
        if letter is not None:
            number = letter.letter.document_no
            self._background.run_net(lambda: self._read_scan(number), lambda found: self._opened(number, found))

    def _read_scan(self, number: str) -> bytes | Refusal:
        try:
            return scan_of(self._office, number)
        except CentreAway:
            return Refusal("line-cut", tr("线路断着，扫描件在别的窗口，没有打开。等线路恢复再看。"))
        except CentreProblem as problem:
            return Refusal(problem.type, problem.sentence)

    def _opened(self, number: str, found: bytes | Refusal) -> None:
        """A picture is shown; a PDF goes where the person says."""
        if isinstance(found, Refusal):
            self.said.emit(found.sentence, False)
            return
        image = QImage.fromData(found)
        if not image.isNull():
            self._page.show_scan(number, image)
            return
        self._scan = found
        self._page.ask_place(f"{number}.pdf")

    @Slot(str)
    def _put_scan(self, path: str) -> None:
        scan, self._scan = self._scan, b""
        if scan:
            self._background.run_net(lambda: Path(path).write_bytes(scan), lambda _: self._put(path), self._not_put)

    def _put(self, path: str) -> None:
        self.said.emit(tr("扫描件存好了：{name}。看完删掉。", name=Path(path).name), True)

    def _not_put(self, error: Exception) -> None:
        record(error)
        self.said.emit(tr("扫描件没有存下，授权书没有变化。换一个能写的文件夹再存。"), False)

    def _failed(self, error: Exception) -> None:
        tell(error, lambda said: self.said.emit(said, False))
        if self._form is not None:
            self._form = replace(self._form, busy=False)
        if self._book is None:
            self._page.render(LettersView(empty=EmptyView(tr("授权书没读出来"), sentence(error), icon="warn")))
        self._render()
