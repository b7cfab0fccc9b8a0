"""变动的行 the lines of one list: about whom, what, before and after."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.oversight.roster_view import LineRowView
from ui.widgets.row_model import Column, Row
from ui.widgets.row_table import RowTable

COLUMNS = (
    Column("人或岗位", 168, bold=True),
    Column("什么", 116, tone="ink2"),
    Column("原来", tone="ink2"),
    Column("改成", bold=True),
)


class LinesTable(RowTable):
    """变动的行 as a table of four columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, row_height=36, parent=parent)
        self.setObjectName("rosterLines")

    def render_lines(self, lines: tuple[LineRowView, ...]) -> None:
        """Show these; a screen reader says «from … to …»."""
        self.render(
            tuple(
                Row(
                    line.id,
                    (line.about, line.what, line.before, line.after),
                    f"{line.about}，{line.what}，从 {line.before} 改成 {line.after}",
                )
                for line in lines
            )
        )
