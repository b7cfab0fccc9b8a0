"""验章 decides: what is verified by what, off the screen's thread, and what is said of it; a later question overtakes an earlier one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.verifying import (
    NO_ROOTS,
    ToVerify,
    Verified,
    verify_path,
    verify_typed,
    verify_use,
)
from clerk_app.office.office import Office
from ui.background import Background
from ui.errors import record, sentence
from ui.language import tr
from ui.verifying.one_desk import OneSealDesk
from ui.verifying.page import VerifyPage
from ui.verifying.telling import CUT, tell_answers, tell_bar, tell_facts, tell_uses
from ui.verifying.view import NOT_VERIFIED, ONE, VERIFYING, SourceView, VerifyView
from ui.widgets.strip import StripView

Job = Callable[[], Verified | Refusal]
ONLY_ONE = tr("一次验一份：几份一起拖进来，一份也没有验。一份一份来。")
ROOTS_WORDS = tr("选根证书")


class VerifyingPresenter(QObject):
    """验章 `said` for the status line; `connected()` tells whether the register here is fresh."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: VerifyPage, connected: Callable[[], bool]) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._connected = office, background, page, connected
        self._asked = 0
        self._last: Path | None = None
        self._roots: Path | None = None
        self._crl: Path | None = None
        self._found: Verified | None = None
        self._view = self._empty()
        self.one = OneSealDesk(office, background, page)
        self._connect()
        self._page.render(self._view)

    def _connect(self) -> None:
        page = self._page
        page.file_given.connect(self.verify)
        page.many_given.connect(lambda: self.said.emit(ONLY_ONE, False))
        page.typed.connect(self.look_up)
        page.use_chosen.connect(self._choose)
        page.roots_wanted.connect(self._on_roots)
        page.crl_wanted.connect(self._on_crl)
        page.roots_given.connect(self._take_roots)
        page.crl_given.connect(self._take_crl)
        page.act.connect(self._act)
        page.refused.connect(lambda reason: self.said.emit(tr("{reason}。", reason=reason), False))
        self.one.said.connect(self.said)

    @Slot()
    def start(self) -> None:
        """Another person sat down: nothing of the one before is on the page."""
        self._asked += 1
        self._last = self._roots = self._crl = self._found = None
        self._view = self._empty()
        self._page.source.field.set_text("")
        self._page.render(self._view)

    def _empty(self) -> VerifyView:
        return VerifyView(source=self._by_own_roots(SourceView()))

    def _by_own_roots(self, source: SourceView) -> SourceView:
        if self._office.parts.seal_keys is None:
            return replace(source, roots=tr("本机没有，先选一份"), roots_act=ROOTS_WORDS)
        return replace(source, roots=tr("本机的"), roots_act=tr("换根证书"))

    @Slot(str)
    def verify(self, path: str) -> None:
        """This file, by the roots and the list in hand."""
        file = Path(path)
        self._last = file
        wanted = ToVerify(file=file, roots=self._roots, crl=self._crl)
        self._page.source.field.set_text("")
        self._begin(file.name, lambda: verify_path(self._office, wanted), SourceView(file=file.name))

    @Slot(str)
    def look_up(self, text: str) -> None:
        """What was scanned or typed; the field is ready for the next."""
        self._last = None
        office = self._office
        self._begin(tr("查登记"), lambda: verify_typed(office, text), SourceView())
        self._page.source.lead()

    def show_use(self, use: str) -> None:
        """去验章 of one line of the register."""
        self._last = None
        self._begin(tr("查登记"), lambda: verify_use(self._office, use), SourceView())

    @Slot(str)
    def _choose(self, use: str) -> None:
        found = self._found
        if found is None or (found.use is not None and found.use.id == use):
            return
        self._begin(tr("查登记"), lambda: verify_use(self._office, use, found.others, found.code), self._view.source)

    def _begin(self, title: str, job: Job, source: SourceView) -> None:
        self._asked += 1
        number = self._asked
        before = self._view.source
        source = replace(source, roots=before.roots, roots_act=before.roots_act, crl=before.crl)
        self._view = VerifyView(title=title, source=source, empty=VERIFYING)
        self._page.render(self._view)
        self._background.run_net(
            job, lambda found: self._show(number, found), lambda error: self._failed(number, error)
        )

    def _show(self, number: int, found: Verified | Refusal) -> None:
        if number != self._asked:
            return
        if isinstance(found, Refusal):
            self._refuse(found)
            return
        self._found = found
        office, use = self._office, found.use
        cut = "" if self._connected() else CUT
        source = replace(self._view.source, uses=tell_uses(found), chosen=use.id if use else "")
        self._view = replace(
            self._view,
            title=self._title(found),
            source=source,
            strip=StripView(cut, kind="info", icon="link-off") if cut else None,
            answers=tell_answers(found),
            facts=tell_facts(found, office.hall, office.parts.clock.now().tzinfo),
            bar=tell_bar(found, printer=office.parts.page_printer is not None, pages=office.parts.pages is not None),
        )
        self._page.render(self._view)
        words = tr("，").join(
            tr("{question}：{word}", question=one.question, word=one.word) for one in self._view.answers
        )
        self.said.emit(tr("验过了。{words}。", words=words), all(one.answer == "yes" for one in self._view.answers))

    def _title(self, found: Verified) -> str:
        if found.found is not None:
            return self._view.source.file
        return found.use.document_no or found.use.title if found.use is not None else tr("文书码")

    def _refuse(self, refusal: Refusal) -> None:
        self._found = None
        head, _, rest = refusal.sentence.partition("。")
        strip = StripView(tr("{head}。", head=head), rest, link=ROOTS_WORDS if refusal.type == NO_ROOTS.type else "")
        self._view = replace(self._view, title=self._view.source.file, strip=strip, empty=NOT_VERIFIED)
        self._page.render(self._view)

    def _failed(self, number: int, error: Exception) -> None:
        record(error)
        if number == self._asked:
            self._refuse(Refusal("not-verified", sentence(error)))

    @Slot()
    def _on_roots(self) -> None:
        """The same key takes others, and puts them away again."""
        if self._roots is None:
            self._page.ask_roots()
            return
        self._roots = None
        self._by(self._by_own_roots(self._view.source))

    @Slot()
    def _on_crl(self) -> None:
        if self._crl is None:
            self._page.ask_crl()
            return
        self._crl = None
        self._by(replace(self._view.source, crl=""))

    @Slot(str)
    def _take_roots(self, path: str) -> None:
        self._roots = Path(path)
        self._by(replace(self._view.source, roots=self._roots.name, roots_act=tr("用回本机的")))

    @Slot(str)
    def _take_crl(self, path: str) -> None:
        self._crl = Path(path)
        self._by(replace(self._view.source, crl=self._crl.name))

    def _by(self, source: SourceView) -> None:
        """Judged by something else now: the file in hand once more."""
        self._view = replace(self._view, source=source)
        self._page.render(self._view)
        if self._last is not None:
            self.verify(str(self._last))

    @Slot(str)
    def _act(self, name: str) -> None:
        use = self._found.use if self._found is not None else None
        if use is None:
            return
        if name == ONE:
            self.one.print(use.id)
        else:
            self.one.save(use.id)
