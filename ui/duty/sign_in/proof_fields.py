"""还要什么 the fields that appear on the sign-in page when a right password is not enough: a new one twice, a second factor."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.duty.sign_in.view import AsksView, FindingAt
from ui.language import tr
from ui.widgets.field import Field
from ui.widgets.strip import Strip

NOT_THE_SAME = tr("两次输的不一样，再输一次。")
NO_NEW = tr("写上新密码。")
NO_CODE = tr("输动态码或 PIN。")


class ProofFields(QWidget):
    """还要什么 `entered` when the last field is done; what is typed stays until it was right."""

    entered = Signal()
    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asks: AsksView | None = None
        self._why = Strip(self)
        self._new = Field(tr("新密码"), "password")
        self._again = Field(tr("再输一次新密码"), "password")
        self._code = Field(tr("动态码或 PIN"), "password")
        for field, name in ((self._new, "newPassword"), (self._again, "newPasswordAgain"), (self._code, "code")):
            field.line.setObjectName(name)
            field.edited.connect(self._on_edited)
            field.entered.connect(self._on_entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        for part in (self._why, self._new, self._again, self._code):
            column.addWidget(part)
        self.hide()

    def render_asks(self, asks: AsksView | None) -> None:
        """Show the fields that are asked for; the hand goes to the first new one."""
        before, self._asks = self._asks, asks
        if asks == before:
            return
        self.setVisible(asks is not None)
        if asks is None:
            self.forget()
            return
        head, _, rest = asks.sentence.partition("。")
        self._why.say(tr("{head}。", head=head), rest=rest, kind="info")
        for field, wanted in ((self._new, asks.new), (self._again, asks.new), (self._code, asks.code)):
            field.setVisible(wanted)
        self._new.set_hint(asks.new_hint)
        self._code.set_hint(asks.code_hint)
        empty = next((field for field in self._shown() if not field.text()), None)
        if empty is not None:
            self._hand_to(empty)

    def asking(self) -> bool:
        """Whether anything is asked for."""
        return self._asks is not None

    def complete(self) -> bool:
        """Everything that is asked for stands; else the hand goes to what is missing, and it is said there."""
        for field in self._shown():
            if not field.text():
                field.set_finding(NO_CODE if field is self._code else NO_NEW)
                self._hand_to(field)
                return False
        if self._asks is not None and self._asks.new and self._new.text() != self._again.text():
            self._again.set_finding(NOT_THE_SAME)
            self._again.select_all()
            return False
        return True

    def typed(self) -> tuple[str, str]:
        """The second factor and the new password; empty what is not asked for."""
        new = self._asks is not None and self._asks.new
        code = self._asks is not None and self._asks.code
        return self._code.text() if code else "", self._new.text() if new else ""

    def show_finding(self, at: FindingAt, finding: str) -> None:
        """Under the field it is about."""
        for field, name in ((self._new, "new"), (self._code, "code")):
            field.set_finding(finding if at == name else "")
            if finding and at == name:
                field.select_all()

    def forget(self) -> None:
        """Nothing of it stays."""
        for field in (self._new, self._again, self._code):
            field.set_text("")
            field.set_finding("")

    def _hand_to(self, field: Field) -> None:
        """Brought in sight after the layout: a field that has just appeared has no place yet."""
        field.line.setFocus()
        QTimer.singleShot(0, field, lambda: _bring_in_sight(field))

    def _shown(self) -> list[Field]:
        if self._asks is None:
            return []
        return [*((self._new, self._again) if self._asks.new else ()), *((self._code,) if self._asks.code else ())]

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        for field in (self._new, self._again, self._code):
            field.set_finding("")
        self.edited.emit(text)

    @Slot()
    def _on_entered(self) -> None:
        """From field to field, and from the last one in."""
        shown = self._shown()
        place = next((index for index, field in enumerate(shown) if field.line is self.focusWidget()), len(shown) - 1)
        if place + 1 < len(shown):
            self._hand_to(shown[place + 1])
        else:
            self.entered.emit()


def _bring_in_sight(field: QWidget) -> None:
    around = field.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(field)
