"""变动的行 the lines of one list: about whom, what, before and after."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.oversight.roster_view import LineRowView
from ui.widgets.row_model import Column, Row
from ui.widgets.row_table import RowTable

COLUMNS = (
    Column(tr("人或岗位"), 216, bold=True),
    Column(tr("什么"), 116, tone="ink2"),
    Column(tr("原来"), tone="ink2"),
    Column(tr("改成"), bold=True),
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
                    tr(
                        "{about}，{what}，从 {before} 改成 {after}",
                        about=line.about,
                        what=line.what,
                        before=line.before,
                        after=line.after,
                    ),
                )
                for line in lines
            )
        )
