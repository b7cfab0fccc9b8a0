"""保管人和授权人: whose PINs are asked, what is said of the seal before it is used, and why it is off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt

from clerk_app.office.counter import seal_custody
from clerk_app.office.office import Office
from tests.seal_fakes import CARD, stamper_of, with_seals
from tests.ui.parts import hand
from tests.ui.sealing import desk
from tests.ui.sealing.bench import SEAL, Bench

DECIDER_PIN = "204204"


def test_the_keepers_pin_is_asked_beside_the_authorisers_and_judged_at_its_own_field(bench: Bench) -> None:
    case = desk.accepted(bench.office, "欧阳敏", desk.TRADER)
    bench.refresh()
    foot = bench.page.authority.foot
    bench.qtbot.keyClicks(foot.reason.line, "all there")
    bench.qtbot.waitUntil(lambda: bench.view.authority.reason == "")
    assert bench.view.authority.seal_pin_label == "印章 PIN·保管人 梁建业"
    bench.qtbot.keyClicks(foot.pin.line, DECIDER_PIN)
    assert foot.act.reason() == "保管人还没输印章 PIN"
    bench.qtbot.keyClick(foot.pin.line, Qt.Key.Key_Return)
    assert hand() is foot.seal_pin.line
    bench.seal("", "999999")
    assert bench.case(case).state == "accepted"
    assert bench.case(case).decision is None, "nothing is signed before the seal is open"
    assert foot.seal_pin.finding().startswith("印章 PIN 不对（保管人 梁建业）")
    assert foot.pin.finding() == ""
    assert (foot.pin.text(), foot.seal_pin.text()) == ("", "")
    bench.seal(DECIDER_PIN, desk.CHIEF_PIN)
    assert bench.case(case).state == "sealed"
    assert bench.what["授权"].startswith("段明远")
    assert bench.what["保管"] == "梁建业"


def test_both_pins_are_gone_when_the_page_is_left(bench: Bench) -> None:
    desk.accepted(bench.office, "欧阳敏", desk.TRADER)
    bench.refresh()
    foot = bench.page.authority.foot
    bench.qtbot.keyClicks(foot.pin.line, "20")
    bench.qtbot.keyClicks(foot.seal_pin.line, "20a")
    bench.page.hide()
    assert (foot.pin.text(), foot.seal_pin.text()) == ("", "")


def test_one_person_in_both_roles_is_said_plainly_and_asked_for_one_pin(bench: Bench) -> None:
    desk.proposed(bench.office)
    view = bench.refresh().authority
    assert view.seal_pin_label == ""
    assert not bench.page.authority.foot.seal_pin.isVisible()
    facts = dict(view.what)
    assert facts["保管"] == "梁建业，保管人即授权人（本大厅允许）"
    assert facts["位置"] == "本机"
    assert facts["文书"].endswith("，1 页，1 份")
    assert "\nSM3 " in facts["指纹"]
    assert facts["证书"].startswith("还有 773 天")
    assert view.what_note == "授权 5 分钟内有效，只盖左边这一份，用一次。"


def test_a_seal_that_is_not_lawful_is_called_so(bench: Bench) -> None:
    desk.proposed(bench.office)
    bench.presenter._moment = replace(bench.presenter._moment, training=False)
    bench.refresh()
    assert bench.what["证书"].endswith("签发者不在名单上，印成“非法定电子印章”")
    bench.office.hall = replace(bench.office.hall, lawful_issuers=frozenset({CARD.issuer}))
    bench.refresh()
    assert "非法定" not in bench.what["证书"]


def agency(office: Office) -> None:
    item = replace(office.hall.items[desk.COMPANY], agency_seal="发往上级")
    office.hall = replace(office.hall, items={**office.hall.items, desk.COMPANY: item})


def over(office: Office) -> None:
    with_seals(office, {SEAL: replace(CARD, valid_to=datetime(2026, 11, 1, tzinfo=UTC))})


def no_keeper(office: Office) -> None:
    office.hall = replace(office.hall, keeper_may_authorise=False)


def stopped(office: Office) -> None:
    desk.good(seal_custody.stop(office, SEAL, "章面磕了"))


OFF: tuple[tuple[Callable[[Office], None], str, str], ...] = (
    (agency, "发往上级，要盖机关公章，审批专用章不能盖", ""),
    (over, "印章 的证书不在有效期里", "盖实体章"),
    (no_keeper, "印章 由梁建业保管，他不在，也没有交接", "盖实体章"),
    (stopped, "印章 11月20日 10:37 起停用", ""),
)


def test_why_the_electronic_seal_is_off_stands_in_the_button(bench: Bench) -> None:
    case, hall = desk.proposed(bench.office), bench.office.hall
    for wrong, reason, by_paper in OFF:
        bench.office.hall = hall
        with_seals(bench.office)
        wrong(bench.office)
        view = bench.refresh().authority
        assert view.reason == reason
        assert not bench.page.authority.foot.pin.isVisible(), reason
        assert view.strip is not None, reason
        assert view.other == by_paper, reason
        bench.presenter.authorise(desk.CHIEF_PIN)
        bench.settle()
        assert bench.case(case).state == "to_authorise", reason


def test_without_a_key_or_with_the_line_cut_the_paper_seal_is_the_way(bench: Bench) -> None:
    desk.proposed(bench.office)
    with_seals(bench.office, {})
    view = bench.refresh().authority
    assert (view.act, view.reason, view.other) == ("授权，打印盖章", "", "用电子印章")
    assert view.other_reason == "印章的钥匙不在这台机器上"
    with_seals(bench.office)
    bench.cut()
    view = bench.refresh().authority
    assert (view.act, view.other_reason) == ("授权，打印盖章", "线路断着，不能用")


def test_a_use_without_a_result_leads_to_the_register(bench: Bench) -> None:
    desk.proposed(bench.office)
    bench.refresh()

    def stop() -> None:
        raise OSError("power cut")

    stamper_of(bench.office).first = stop
    bench.seal(desk.CHIEF_PIN)
    strip = bench.refresh().strip
    assert strip is not None
    assert strip.head == "1 次用印没有结果。"
    bench.page._strip.link_chosen.emit()
    assert bench.wanted == ["register"]


def test_sitting_down_registers_the_keys(bench: Bench) -> None:
    bench.presenter.start()
    bench.settle()
    bench.settle()
    standing = bench.office.read(lambda books: books.seal_standing(SEAL))
    assert standing is not None
    assert (standing.seat, standing.certificate) == ("device-under-test", CARD.serial)
    assert stamper_of(bench.office).warmed == 0


def test_the_first_stamp_is_made_quick_once_a_page_for_it_lies_in_front(bench: Bench) -> None:
    desk.proposed(bench.office)
    bench.page.hide()
    bench.refresh()
    assert stamper_of(bench.office).warmed == 0
    bench.page.show()
    bench.settle()
    bench.refresh()
    assert stamper_of(bench.office).warmed == 1
