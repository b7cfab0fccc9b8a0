"""管理 the views of one page: changes of the catalogue, the items in force, the record of changes, the years."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.managing.changes_page import ChangesPage
from ui.managing.list_page import ListPage, ListWords
from ui.widgets.empty_card import EmptyView
from ui.widgets.row_model import Column
from ui.widgets.views_house import View, ViewsHouse

CATALOGUE, ITEMS, RECORD, YEARS = "catalogue", "managed_items", "catalogue_record", "years"
_ITEMS = ListWords(
    name="managedItems",
    title=tr("目录里的事项"),
    columns=(Column(tr("事项")), Column(tr("窗口"), 84, tone="ink2"), Column(tr("齐不齐"), 104)),
    choose=EmptyView(tr("选一项看它的指南"), tr("还缺什么也写在这里。"), icon="info"),
    ask=tr("指南存到哪里"),
)
_RECORD = ListWords(
    name="catalogueRecord",
    title=tr("公开目录变动记录"),
    columns=(Column(tr("变动")), Column(tr("生效"), 84, tone="ink2"), Column(tr("到哪了"), 104)),
    choose=EmptyView(tr("选一份看谁提、谁确认"), tr("依据和改动的每一栏都在。"), icon="info"),
    ask=tr("记录存到哪里"),
)
_YEARS = ListWords(
    name="years",
    title=tr("放假和调休"),
    columns=(Column(tr("年份")), Column("", 24), Column(tr("定了没有"), 104)),
    choose=EmptyView(tr("选一年看放假安排"), tr("通知下来以后在这里提。"), icon="info"),
)


@dataclass(frozen=True)
class ManagingViews:
    """管理的几页 made all at once, or one after another by `managing_views`."""

    changes: ChangesPage = field(default_factory=ChangesPage)
    items: ListPage = field(default_factory=lambda: ListPage(_ITEMS))
    record: ListPage = field(default_factory=lambda: ListPage(_RECORD))
    years: ListPage = field(default_factory=lambda: ListPage(_YEARS))


def managing_views() -> Generator[None, None, ManagingViews]:
    """A turn for the screen after each."""
    changes = ChangesPage()
    yield
    items = ListPage(_ITEMS)
    yield
    record = ListPage(_RECORD)
    yield
    years = ListPage(_YEARS)
    yield
    return ManagingViews(changes, items, record, years)


class ManagingHouse(ViewsHouse):
    """管理 in its views; `more` are views of other rooms that stand beside them."""

    def __init__(
        self, made: ManagingViews, more: tuple[View, ...] = (), parent: QWidget | None = None, *, at_once: bool = True
    ) -> None:
        self.changes, self.items, self.record, self.years = made.changes, made.items, made.record, made.years
        views = (
            (CATALOGUE, tr("目录变动"), made.changes),
            (ITEMS, tr("事项"), made.items),
            (RECORD, tr("变动记录"), made.record),
            (YEARS, tr("放假安排"), made.years),
        )
        super().__init__("managingHouse", tr("管理"), (*views, *more), parent, at_once=at_once)
