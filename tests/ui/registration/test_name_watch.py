"""名称边填边查: what the register says stands on the page while one fills in, with its day, and stays until the name is another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from clerk_app.office.registration.saving import save_form
from clerk_app.ports import CentreAway
from clerk_app.ports.names import NamePage, NamesMet
from clerk_app.registration.findings import RegisteredName
from clerk_app.registration.naming import NameParts
from tests.registration.test_form import EXAMPLE
from tests.ui.registration.bench import Bench
from tests.visits import done
from ui.registration.cells import LineCell
from ui.registration.view import REVIEW, PointRow


@dataclass
class Register:
    """The centre's register: two names; away when told so."""

    away: bool = False
    asked: list[str] = field(default_factory=list)

    def page(self, after: int, limit: int) -> NamePage:
        raise CentreAway

    def met(self, wanted: Sequence[NameParts], on: date) -> NamesMet:
        self.asked.append(wanted[0].trade_name)
        if self.away:
            raise CentreAway
        names = (registered("蓝立洲"), registered("听雨轩"), registered("岚砚舟"))
        return NamesMet(as_of=date(2026, 11, 19), names=names)


def registered(trade: str) -> RegisteredName:
    return RegisteredName(
        name=f"江州{trade}信息技术有限公司", trade_name=trade, industry_term="信息技术", authority_code="429901"
    )


def opened(bench: Bench, register: Register) -> None:
    bench.office.parts = replace(bench.office.parts, names=register)
    done(save_form(bench.office, bench.case.id, EXAMPLE))
    bench.open()


def named(bench: Bench) -> list[tuple[str, str]]:
    rows: tuple[PointRow, ...] = bench.page.missing.table().rows()
    return [(row.kind, row.pointer) for row in rows]


def hint(bench: Bench, slot: str = "company.trade_name") -> str:
    cell = bench.page.cell(slot)
    assert isinstance(cell, LineCell)
    assert cell.view is not None
    return cell.view.hint


def test_a_near_name_is_asked_about_while_filling_and_after_the_check(bench: Bench) -> None:
    register = Register()
    opened(bench, register)
    near = [("warning", "/company/trade_name")]
    bench.qtbot.waitUntil(lambda: named(bench) == near)
    assert hint(bench) == "用 11月19日 的名录查过"
    assert hint(bench, "company.alt_names") == "“江州岚砚舟信息技术有限公司”已有相同的"
    bench.presenter.go_to(REVIEW)
    bench.page.next_wanted.emit()
    bench.wait()
    bench.qtbot.waitUntil(lambda: bool(bench.said))
    assert bench.said[-1][0].startswith("自检没过：还有 1 处请核对")
    draft = bench.office.read(lambda books: books.form(bench.case.id))
    assert draft is not None
    assert draft.checked is not None
    assert draft.checked.names_as_of == date(2026, 11, 19)
    bench.presenter.go_to("name")
    bench.type("company.phone", "079960000002")
    asked = len(register.asked)
    bench.qtbot.waitUntil(lambda: bench.background.idle and not bench.presenter._checker._timer.isActive())
    assert named(bench) == near, "another field says nothing of the name"
    assert len(register.asked) == asked
    bench.page.changed.emit("/company/trade_name", "听雨轩")
    bench.qtbot.waitUntil(lambda: ("error", "/company/trade_name") in named(bench))
    assert register.asked[-1] == "听雨轩"


def test_without_a_register_it_says_so_and_finds_nothing_wrong(bench: Bench) -> None:
    opened(bench, Register(away=True))
    bench.qtbot.waitUntil(lambda: hint(bench) == "还没有名录可查，连上中心再查")
    assert named(bench) == []
