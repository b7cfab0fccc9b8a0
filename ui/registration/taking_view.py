"""采用前看一眼 what the pane shows of a whole application before it is taken over, as frozen values, and its words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.office.registration.importing import Preview
from clerk_app.registration.comparing import Change
from ui.language import tr
from ui.widgets.row_model import Cell, Row

READING = tr("正在读，文件大、U 盘慢时要几秒。表没有动。")


@dataclass(frozen=True, kw_only=True)
class TakingView:
    """采用前看一眼 `busy`: still being read. `refusal`: why it cannot be taken over."""

    title: str
    sentence: str
    told: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    busy: bool = False
    refusal: str = ""


def reading(name: str) -> TakingView:
    """While the file is read."""
    return TakingView(title=name, sentence=READING, busy=True)


def refused(name: str, sentence: str) -> TakingView:
    """Nothing could be read, or nothing may be taken over here."""
    return TakingView(title=name, sentence=sentence, refusal=tr("没有可采用的"))


def tell_taking(seen: Preview) -> TakingView:
    """What would become another, in the order of the form."""
    rows = tuple(_row(number, one) for number, one in enumerate(seen.changes))
    refusal = "" if rows else tr("没有要采用的")
    return TakingView(title=seen.name, sentence=seen.sentence, told=seen.told, rows=rows, refusal=refusal)


def _row(number: int, one: Change) -> Row:
    label = f"{one.where}·{one.label}" if one.where else one.label
    was = tr("（没填）") if one.kind != "removed" and not one.was else one.was
    will = tr("（去掉）") if one.kind == "removed" else one.will or tr("（空）")
    return Row(
        str(number),
        (Cell(label, bold=True), Cell(was), Cell(will)),
        spoken=tr("{label}，{was}，改成{will}", label=label, was=was, will=will),
    )
