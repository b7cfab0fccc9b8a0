"""填表的手 typing, rows and people: what each does to the document, what follows from it, and where the hand goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot

from clerk_app.registration.deriving import derived, emptied
from clerk_app.registration.document import get, pointer, put, remove_row, rows_of
from clerk_app.registration.entry import value_of
from clerk_app.registration.form import Field, Repeat
from clerk_app.registration.model import added
from ui.language import tr
from ui.registration.keeping import FormKeeper
from ui.registration.opening import PUT_BACK
from ui.registration.people import NEW, PEOPLE, pointing_at, resolved
from ui.registration.places import field_of, repeat_of, rows_before, section_of
from ui.registration.sheet import Sheet
from ui.widgets.strip import StripView


class FormActs(FormKeeper):
    """填表的手 every act is undone by one press until something else is done."""

    # What fields others hang on said before the hand came, and the keys of rows that are gone: not given again.
    _parents: dict[str, Any]
    _spent: set[str]

    def connect_acts(self) -> None:
        """The page's fields, rows and people."""
        self._parents, self._spent = {}, set()
        self._page.changed.connect(self._on_changed)
        self._page.gone.connect(self._on_gone)
        self._page.at.connect(self._on_at)
        self._page.row_chosen.connect(self._on_row)
        self._page.add_wanted.connect(self._on_add)
        self._page.remove_wanted.connect(self._on_remove)
        self._page.strip_link.connect(self._on_link)

    @Slot(str, object)
    def _on_changed(self, place: str, raw: object) -> None:
        field, sheet = field_of(self._form, place), self._sheet
        if sheet is None or sheet.locked or field is None or sheet.closed(place):
            return
        if raw == NEW:
            self._add_person(sheet, place)
            return
        raw = resolved(sheet.document, raw)
        value = value_of(field, raw) if isinstance(raw, str) else list(raw) if isinstance(raw, tuple) else raw
        if field.reset:
            self._parents.setdefault(place, get(sheet.document, place))
        self.say_strip(None)
        self._put(sheet, put(sheet.document, place, value), place)

    def _put(self, sheet: Sheet, document: dict[str, Any], typed: str = "") -> None:
        """The document with what follows from the change."""
        after = derived(self._form, sheet.document, document, self._aids.lookups, typed)
        self.change(replace(sheet, document=after))

    @Slot(str)
    def _on_gone(self, place: str) -> None:
        if self._sheet is not None:
            self._empty_children(place)
            if place not in self._sheet.left:
                self.change(replace(self._sheet, left=self._sheet.left | {place}))
            self.save_now()
            self._checker.run_now()

    @Slot(str)
    def _on_at(self, place: str) -> None:
        """For the citizen's screen: what is being filled in now."""
        if self._sheet is not None and self._sheet.now != place:
            self._sheet = replace(self._sheet, now=place)
            self.showed.emit(self._sheet)

    def _empty_children(self, place: str) -> None:
        """Once the hand left a field that is another now, what hung on it is emptied; one press puts it back."""
        sheet, field = self._sheet, field_of(self._form, place)
        if sheet is None or field is None or place not in self._parents:
            return
        before, now = self._parents.pop(place), get(sheet.document, place)
        if before == now or before in (None, ""):
            return
        document, gone = emptied(self._form, field, rows_before(place), sheet.document)
        if gone:
            said = tr("{label}改了，{labels}跟着清空了。", label=field.label, labels=_labels(gone))
            kept = sheet.document
            self.say_strip(
                StripView(said, kind="info", icon="undo", link=PUT_BACK), lambda: self._put_back(kept, gone, place)
            )
            self._put(sheet, document)

    def _put_back(self, kept: dict[str, Any], gone: tuple[Field, ...], place: str) -> None:
        """Only what was emptied: what was typed since stays."""
        if self._sheet is None:
            return
        document, at = self._sheet.document, rows_before(place)
        for field in gone:
            child = pointer(field.id, at[: field.id.count("[]")])
            document = put(document, child, get(kept, child))
        self._put(self._sheet, document)

    @Slot(str, int)
    def _on_row(self, place: str, number: int) -> None:
        if self._sheet is not None:
            self.change(self._sheet.choose(place, number))

    @Slot(str)
    def _on_add(self, place: str) -> None:
        """One more row, with the hand in its first field."""
        sheet = self._with_row(place)
        if sheet is None:
            return
        self.say_strip(None)
        self.change(sheet)
        self._lead_into(place, sheet.rows[place])

    def _with_row(self, place: str) -> Sheet | None:
        repeat, sheet = repeat_of(self._form, place), self._sheet
        if sheet is None or sheet.locked or repeat is None or sheet.closed(place):
            return None
        document = added(self._form, repeat, rows_before(place), sheet.document, self._spent)
        self._spent |= {str(row.get("key")) for row in rows_of(get(document, place)) if isinstance(row, dict)}
        return replace(sheet, document=document).choose(place, len(rows_of(get(document, place))) - 1)

    def _lead_into(self, place: str, row: int) -> None:
        shown = (cell.view.pointer for cell in self._page.sheet.cells() if cell.view is not None)
        self._page.lead(next((one for one in shown if one.startswith(f"{place}/{row}/")), place))

    def _add_person(self, sheet: Sheet, role: str) -> None:
        """新加一位 for a role: it points at him at once; the hand goes to his name, and back when he is there."""
        with_row = self._with_row(PEOPLE)
        if with_row is None:
            return
        row = with_row.rows[PEOPLE]
        key = get(with_row.document, f"{PEOPLE}/{row}/key")
        field = field_of(self._form, role)
        label = field.label if field else ""
        step = self._form.step_of(section_of(self._form, PEOPLE)).id
        self.say_strip(
            StripView(tr("新加一位人员，填好按 Ctrl+Enter，回到“{label}”。", label=label), kind="info", icon="info")
        )
        document = put(with_row.document, role, key)
        self.change(replace(with_row.at(step), document=document, back_to=role))
        self._lead_into(PEOPLE, row)

    @Slot(str, int)
    def _on_remove(self, place: str, number: int) -> None:
        """Away at once; one press brings it back until something else is done."""
        repeat, sheet = repeat_of(self._form, place), self._sheet
        if sheet is None or sheet.locked or repeat is None:
            return
        if reason := sheet.closed(f"{place}/{number}"):
            self.said.emit(tr("{reason}，这一行没有删。", reason=reason), False)
            return
        before, row = sheet.document, get(sheet.document, f"{place}/{number}")
        self.say_strip(self._removed(repeat, number, row), lambda: self._bring_back(before))
        left = frozenset(one for one in sheet.left if not one.startswith(f"{place}/"))
        self._put(replace(sheet, left=left).choose(place, max(0, number - 1)), remove_row(before, place, number))
        self._page.lead(place)
        self.save_now()

    def _removed(self, repeat: Repeat, number: int, row: Any) -> StripView:
        """What is gone, and who still points at it."""
        said, rest = tr("已删去第 {number} {row}。", number=number + 1, row=repeat.counted), ""
        if repeat.id == PEOPLE.removeprefix("/") and self._sheet is not None and isinstance(row, dict):
            roles = pointing_at(self._form, self._sheet.document, row.get("key"))
            rest = tr("{names}原来选的是他，已标成“已删去的人”，要另选。", names=tr("、").join(roles)) if roles else ""
        return StripView(said, rest, kind="info", icon="undo", link=PUT_BACK)

    def _bring_back(self, document: dict[str, Any]) -> None:
        if self._sheet is not None:
            self.change(replace(self._sheet, document=document))

    @Slot()
    def _on_link(self) -> None:
        if self._sheet is not None and self._undo is not None:
            undo = self._undo
            self.say_strip(None)
            undo()


def _labels(fields: tuple[Field, ...]) -> str:
    return tr("、").join(field.label for field in fields)
