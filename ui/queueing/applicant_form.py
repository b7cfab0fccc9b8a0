"""申请人栏 who applies, as typed at reception: one field must be filled, three may be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.field import Field
from ui.widgets.pane import Pane

NAME, ID_NUMBER, PHONE, AGENT = "name", "id_number", "phone", "agent"


class ApplicantForm(Pane):
    """申请人栏 Enter goes from field to field; `left_end` after the last one, `edited` on every change."""

    edited = Signal()
    left_end = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("申请人", inner=True, parent=parent)
        self.setObjectName("applicantForm")
        self._fields = {
            NAME: Field("申请人", placeholder="名称或姓名"),
            ID_NUMBER: Field("证件号或信用代码", "digits", optional=True),
            PHONE: Field("手机", "digits", optional=True),
            AGENT: Field("经办人", optional=True, placeholder="代办的人"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, (name, field) in enumerate(self._fields.items()):
            field.line.setObjectName(f"applicant-{name}")
            field.edited.connect(self._on_edited)
            field.entered.connect(self._on_entered)
            grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.setFocusProxy(self._fields[NAME])

    def value(self, name: str) -> str:
        """What stands in a field, without blanks around it."""
        return self._fields[name].text().strip()

    def clear(self) -> None:
        """A new citizen."""
        for field in self._fields.values():
            field.set_text("")
            field.set_finding("")

    def show_findings(self, findings: tuple[tuple[str, str], ...]) -> None:
        """What is to be mended, at its field; the text stays."""
        said = dict(findings)
        for name, field in self._fields.items():
            field.set_finding(said.get(name, ""))

    def field(self, name: str) -> Field:
        """A field by its name."""
        return self._fields[name]

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        field = self.sender()
        if isinstance(field, Field):
            field.set_finding("")
        self.edited.emit()

    @Slot()
    def _on_entered(self) -> None:
        fields = list(self._fields.values())
        place = next((at for at, field in enumerate(fields) if field is self.sender()), -1)
        if 0 <= place < len(fields) - 1:
            fields[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left_end.emit()
