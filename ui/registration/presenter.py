"""企业登记一表 decides what each act on the page does to what is typed, and where the hand goes next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot

from clerk_app.office.office import Office
from clerk_app.registration.document import get, put, remove_row, rows_of
from clerk_app.registration.entry import value_of
from clerk_app.registration.model import added, missing
from ui.background import Background
from ui.registration.keeping import FormKeeper
from ui.registration.page import FormPage
from ui.registration.places import field_of, repeat_of, rows_before, section_of
from ui.widgets.strip import StripView

PUT_BACK = "放回去"


class FormPresenter(FormKeeper):
    """企业登记一表 `said(sentence, good)`, `done(case)` when the form is filled and the clerk goes back to the case."""

    def __init__(self, office: Office, background: Background, page: FormPage) -> None:
        super().__init__(office, background, page)
        self._removed: dict[str, Any] | None = None
        page.changed.connect(self._on_changed)
        page.gone.connect(self._on_gone)
        page.row_chosen.connect(self._on_row)
        page.add_wanted.connect(self._on_add)
        page.remove_wanted.connect(self._on_remove)
        page.step_wanted.connect(self.go_to)
        page.next_wanted.connect(self._on_next)
        page.back_wanted.connect(self._on_back)
        page.jump_wanted.connect(self.jump)
        page.saved_asked.connect(self._tell_saved)
        page.strip_link.connect(self._on_link)
        page.refused.connect(self._on_refused)
        page.left_page.connect(self.save_now)

    @Slot(str, object)
    def _on_changed(self, place: str, raw: object) -> None:
        field = field_of(self._form, place)
        if self._sheet is None or self._sheet.locked or field is None:
            return
        value = value_of(field, raw) if isinstance(raw, str) else list(raw) if isinstance(raw, tuple) else raw
        self._strip = self._removed = None
        self._change(replace(self._sheet, document=put(self._sheet.document, place, value)))

    @Slot(str)
    def _on_gone(self, place: str) -> None:
        if self._sheet is not None:
            self._change(replace(self._sheet, left=self._sheet.left | {place}))
            self.save_now()

    @Slot(str, int)
    def _on_row(self, place: str, number: int) -> None:
        if self._sheet is not None:
            self._change(self._sheet.choose(place, number))

    @Slot(str)
    def _on_add(self, place: str) -> None:
        """One more row, with the hand in its first field."""
        repeat = repeat_of(self._form, place)
        if self._sheet is None or self._sheet.locked or repeat is None:
            return
        document = added(self._form, repeat, rows_before(place), self._sheet.document)
        last = len(rows_of(get(document, place))) - 1
        self._strip = self._removed = None
        self._change(replace(self._sheet, document=document).choose(place, last))
        shown = (cell.view.pointer for cell in self._page.sheet.cells() if cell.view is not None)
        self._page.lead(next((one for one in shown if one.startswith(f"{place}/{last}/")), place))

    @Slot(str, int)
    def _on_remove(self, place: str, number: int) -> None:
        """Away at once; one press brings it back until something else is done."""
        repeat = repeat_of(self._form, place)
        if self._sheet is None or self._sheet.locked or repeat is None:
            return
        sheet, before = self._sheet, self._sheet.document
        said = f"已删去第 {number + 1} {repeat.unit}{repeat.name}。"
        self._strip = StripView(said, kind="info", icon="undo", link=PUT_BACK)
        self._removed = before
        left = frozenset(one for one in sheet.left if not one.startswith(f"{place}/"))
        sheet = replace(sheet, document=remove_row(before, place, number), left=left)
        self._change(sheet.choose(place, max(0, number - 1)))
        self._page.lead(place)
        self.save_now()

    @Slot()
    def _on_link(self) -> None:
        if self._sheet is not None and self._removed is not None:
            document = self._removed
            self._strip = self._removed = None
            self._change(replace(self._sheet, document=document))

    @Slot(str)
    def go_to(self, step: str) -> None:
        """Another step; anywhere, at any time."""
        if self._sheet is not None:
            self.save_now()
            self._strip = self._removed = None
            self._change(self._sheet.at(step))

    @Slot()
    def _on_next(self) -> None:
        if self._sheet is None:
            return
        if self._sheet.place + 1 < len(self._form.steps):
            self.go_to(self._form.steps[self._sheet.place + 1].id)
        else:
            self._then_done = True
            self.save_now()
            self._finish()

    @Slot()
    def _on_back(self) -> None:
        if self._sheet is not None and self._sheet.place:
            self.go_to(self._form.steps[self._sheet.place - 1].id)

    @Slot(str)
    def jump(self, place: str) -> None:
        """To one place, on whatever step and in whatever row it stands."""
        section = section_of(self._form, place)
        if self._sheet is None or not section:
            return
        sheet = self._sheet.at(self._form.step_of(section).id)
        keys = place.split("/")
        for n, key in enumerate(keys):
            if key.isdecimal():
                sheet = sheet.choose("/".join(keys[:n]), int(key))
        self._change(sheet)
        self._page.lead(place)

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        """The last step is refused while something is missing: every such place says so now."""
        if self._sheet is not None:
            lacking = frozenset(one.pointer for one in missing(self._form, self._sheet.document))
            self._change(replace(self._sheet, left=self._sheet.left | lacking))
        self.said.emit(f"{reason}。", False)

    @Slot()
    def _tell_saved(self) -> None:
        self.save_now()
        saved = self._sheet.saved if self._sheet else ""
        self.said.emit(f"{saved}。" if saved else "改了就自动保存，不用按键。", True)
