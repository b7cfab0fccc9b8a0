"""The features of the seal: a real desk and its books, every act as the pages do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.cases.model import Case
from clerk_app.cases.states import state_words
from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, handling, seal_custody
from clerk_app.office.counter.batching import Batch, BatchDone, authorise_batch, explain_put_aside, prepare_batch
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.numbering import open_gaps
from clerk_app.office.counter.paper_stamps import Pressed, authorise_on_paper, press, press_together, to_press
from clerk_app.office.counter.prepared import Prepared, prepare
from clerk_app.office.counter.seal_seats import Keeper
from clerk_app.office.duty import cover
from clerk_app.office.office import Office
from clerk_app.office.oversight import seal_fall
from clerk_app.sealing.granting import BeginSealUse
from clerk_app.sealing.model import SealUse, seal_state_words
from clerk_app.sealing.paper import MadePage
from tests.desk import CutCentre, cut_office
from tests.office.test_deciding import Pages, PinCentre
from tests.seal_fakes import FakePagePrinter, keeper, stamper_of, with_seals
from tests.sealing.waiting import KIND, of, proposed

scenarios("授权盖章.feature", "批量授权.feature", "断线盖实体章.feature", "印章挂失.feature")

SEAL, WRONG = "S-SJJ", "000000"
PEOPLE = {"梁建业": "P201", "尹秋实": "P202", "沈启明": "P101"}


class NoticePages(Pages):
    """With the reports the seal's desk prints; `before_face` is what holds a stamp up."""

    before_face: Callable[[], None] = staticmethod(lambda: None)

    def face(self, face: Any) -> bytes:
        self.before_face()
        return super().face(face)

    def official(self, paper: Any) -> MadePage:
        return MadePage(repr(paper).encode(), 1, self.decision(paper).place)

    def notice(self, paper: Any) -> bytes:
        return repr(paper).encode()


@dataclass
class Scene:
    """One desk, its cases, what was looked at, and the last answer."""

    office: Office
    cases: list[str] = field(default_factory=list)
    looked_at: Prepared | None = None
    batch: Batch = field(default_factory=Batch)
    answer: Any = None

    def case(self, number: int = 1) -> Case:
        return of(self.office, self.cases[number - 1])

    def person(self, name: str):
        return self.office.hall.roster.people[PEOPLE[name]]

    def use(self, number: int = 1) -> SealUse:
        use = self.office.read(lambda books: books.seal_use_of(self.cases[number - 1]))
        assert use is not None
        return use

    def page(self, number: int = 1) -> Prepared:
        page = prepare(self.office, self.cases[number - 1], "P201", "grant", "同意。")
        assert isinstance(page, Prepared), page
        return page

    def authorise(self, name: str, pin: str = "", opens: Keeper | None = None) -> None:
        page = self.looked_at = self.looked_at or self.page()
        self.answer = deciding.authorise(self.office, page, self.person(name), pin or training_pin(PEOPLE[name]), opens)


def good(outcome: Any) -> Any:
    assert not isinstance(outcome, Refusal), outcome
    return outcome


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    office = with_seals(cut_office(tmp_path), pages=NoticePages(), centre=PinCentre())
    yield Scene(office)
    office.parts.vault.close()


@given(parsers.parse('2号窗口受理了{count:d}件"公司设立"，都提了"准予"'))
def waiting(scene: Scene, count: int) -> None:
    scene.cases = proposed(scene.office, count)


@given("梁建业把印章交接给了尹秋实")
def handed_over(scene: Scene) -> None:
    """He leaves for an hour: it is taken from its place, and he comes back without it."""
    absence = good(cover.record_absence(scene.office, "P201", "外出", minutes=1))
    assert absence
    receiver = Countersigner(person=scene.person("尹秋实"), pin=training_pin("P202"))
    good(seal_custody.hand_over(scene.office, SEAL, "外出", receiver))
    clock = scene.office.parts.clock
    clock.set(clock.now() + timedelta(minutes=2))


@given("首席代表梁建业在这台机器上授权过")
def authorised_before(scene: Scene) -> None:
    key = deciding.unlock(scene.office, scene.person("梁建业"), training_pin("P201"), None)
    assert not isinstance(key, Refusal)


@when("首席代表梁建业看过这一页，用自己的PIN授权")
def authorises(scene: Scene) -> None:
    scene.authorise("梁建业")


@when("首席代表梁建业看过这一页，输错了PIN")
def wrong_pin(scene: Scene) -> None:
    scene.authorise("梁建业", WRONG)


@when(parsers.parse("首席代表梁建业用自己的PIN授权，{name}输错了印章的PIN"))
def keeper_wrong(scene: Scene, name: str) -> None:
    scene.authorise("梁建业", opens=Keeper(person=PEOPLE[name], pin=WRONG))


@when(parsers.parse("首席代表梁建业用自己的PIN授权，{name}输印章的PIN"))
def keeper_right(scene: Scene, name: str) -> None:
    scene.authorise("梁建业", opens=keeper(PEOPLE[name]))


@when("首席代表梁建业授权了，机器过了六分钟才盖")
def too_late(scene: Scene) -> None:
    clock, pages = scene.office.parts.clock, scene.office.parts.pages
    assert isinstance(pages, NoticePages)
    pages.before_face = lambda: clock.set(clock.now() + timedelta(minutes=6))
    scene.authorise("梁建业")
    pages.before_face = lambda: None
    assert stamper_of(scene.office).orders == []


@when("首席代表梁建业重新授权补盖")
def seals_again(scene: Scene) -> None:
    scene.answer = deciding.seal_again(scene.office, scene.cases[0], scene.person("梁建业"), training_pin("P201"))


@when("首席代表梁建业看过这一页，那一页被换了一个字，他用自己的PIN授权")
def swapped(scene: Scene) -> None:
    page = scene.page()
    other = page.page.pdf.replace("准予".encode(), "不予".encode(), 1)
    assert other != page.page.pdf
    scene.looked_at = replace(page, page=replace(page.page, pdf=other))
    scene.authorise("梁建业")


@then(parsers.parse('没有办成，说的是"{words}"'))
def not_done(scene: Scene, words: str) -> None:
    assert isinstance(scene.answer, Refusal), scene.answer
    assert words in scene.answer.sentence


@then(parsers.parse('这件是"{word}"，盖的就是他看过的那一页'))
def sealed(scene: Scene, word: str) -> None:
    good(scene.answer)
    use, page = scene.use(), scene.looked_at
    assert page is not None
    assert (state_words[scene.case().state], use.digest_before, use.flags) == (word, page.digest, ())
    final = scene.office.parts.vault.keep.document(use.digest_after)
    assert final is not None
    assert final.content.startswith(page.page.pdf)
    assert len(stamper_of(scene.office).orders) == 1


@then(parsers.parse('用印登记写着授权的是"{approver}"，开印章的是"{opened}"，凭"{letter}"'))
def line_says(scene: Scene, approver: str, opened: str, letter: str) -> None:
    use, roster = scene.use(), scene.office.hall.roster
    assert (roster.name_of(use.approver), roster.name_of(use.keeper), use.letter) == (approver, opened, letter)
    assert (use.page, use.copies, use.electronic, bool(use.grant)) == (1, 1, True, True)


@then(parsers.parse('用同一份授权再盖，说的是"{words}"'))
def replayed(scene: Scene, words: str) -> None:
    office, use = scene.office, scene.use()
    again = BeginSealUse(
        **office.stamp().fields(office.parts.new_id), seal_use=office.parts.new_id(), grant=use.grant,
        digest=use.digest_before,
    )  # fmt: skip
    refused = office.do(again)
    assert isinstance(refused, Refusal)
    assert words in refused.sentence


@then(parsers.parse('这件是"{word}"，文号没有用掉，没有人动过印章'))
def untouched(scene: Scene, word: str) -> None:
    books = scene.office.read(lambda books: (books.open_seal_intents(), books.seal_use_of(scene.cases[0])))
    assert (state_words[scene.case().state], books) == (word, ((), None))
    draw = scene.office.parts.vault.keep.next_serial(KIND)
    assert draw is not None
    assert draw.serial == 1
    assert stamper_of(scene.office).orders == []


@then(parsers.parse('这件是"{word}"，印章登记里没有悬着的'))
def nothing_open(scene: Scene, word: str) -> None:
    assert state_words[scene.case().state] == word
    assert scene.office.read(lambda books: books.open_seal_intents()) == ()


# 批量


@given(parsers.parse("首席代表梁建业一页一页看过这{count:d}件"))
def read_through(scene: Scene, count: int) -> None:
    scene.batch = prepare_batch(scene.office, scene.cases, "P201")
    assert len(scene.batch.pages) == count


@when(parsers.parse("他抽出第{number:d}件"))
def puts_aside(scene: Scene, number: int) -> None:
    aside = [page for page in scene.batch.pages if page.case.id == scene.cases[number - 1]]
    rest = tuple(page for page in scene.batch.pages if page not in aside)
    scene.batch = replace(scene.batch, pages=rest)
    explain_put_aside(scene.office, aside)


@when(parsers.parse("第{number:d}件被退回重审"))
def sent_back(scene: Scene, number: int) -> None:
    chief = Countersigner(person=scene.person("梁建业"), pin=training_pin("P201"))
    good(handling.send_back(scene.office, scene.cases[number - 1], "章程再核", chief))


def authorise_all(scene: Scene, most: int) -> None:
    scene.answer = authorise_batch(
        scene.office, scene.batch.pages, scene.person("梁建业"), training_pin("P201"), None, lambda done: done < most
    )


@when("他用自己的PIN授权这一批")
def authorises_batch(scene: Scene) -> None:
    authorise_all(scene, 99)


@when(parsers.parse("他用自己的PIN授权这一批，盖了{count:d}件就停"))
def cancels(scene: Scene, count: int) -> None:
    authorise_all(scene, count)


@then(parsers.re("盖了第(?P<numbers>[0-9、]+)件，用的是同一次授权"))
def batch_sealed(scene: Scene, numbers: str) -> None:
    assert isinstance(scene.answer, BatchDone), scene.answer
    wanted = [int(number) for number in numbers.split("、")]
    assert scene.answer.sealed == tuple(scene.cases[number - 1] for number in wanted)
    uses = [scene.use(number) for number in wanted]
    assert len({use.grant for use in uses}) == 1
    assert all(use.flags == () for use in uses)
    assert [scene.case(number).state for number in wanted] == ["sealed"] * len(wanted)


@then(parsers.parse('第{number:d}件还是"{word}"，它空出来的文号写着"{words}"'))
def gap_explained(scene: Scene, number: int, word: str, words: str) -> None:
    assert state_words[scene.case(number).state] == word
    (note,) = scene.office.read(lambda books: books.gap_notes(KIND))
    assert (note.serials, note.reason, open_gaps(scene.office)) == ((number,), words, ())


@then(parsers.parse('第{number:d}件还是"{word}"，没有空号'))
def no_gap(scene: Scene, number: int, word: str) -> None:
    assert state_words[scene.case(number).state] == word
    assert open_gaps(scene.office) == ()


@then(parsers.parse('第{number:d}件没有盖，说的是"{words}"'))
def left_behind(scene: Scene, number: int, words: str) -> None:
    ((case, refusal),) = scene.answer.refused
    assert case == scene.cases[number - 1]
    assert words in refusal.sentence


# 断线


@when("线路断了")
def cut(scene: Scene) -> None:
    scene.office.parts = replace(scene.office.parts, centre=CutCentre())


@when("首席代表梁建业授权盖实体章")
def on_paper(scene: Scene) -> None:
    scene.looked_at = scene.page()
    good(authorise_on_paper(scene.office, scene.looked_at, scene.person("梁建业"), training_pin("P201")))


@when("首席代表梁建业授权两件盖实体章")
def two_on_paper(scene: Scene) -> None:
    for number in (1, 2):
        good(authorise_on_paper(scene.office, scene.page(number), scene.person("梁建业"), training_pin("P201")))


@then("打出来的就是他看过的那一页，这件等盖章")
def printed(scene: Scene) -> None:
    printer, page = scene.office.parts.page_printer, scene.looked_at
    assert isinstance(printer, FakePagePrinter)
    assert page is not None
    assert printer.sent[-1][0] == page.page.pdf
    listed = scene.office.read(lambda books: to_press(scene.office, books))
    assert [case.id for case in listed] == [scene.cases[0]]


@when(parsers.parse("窗口登记已盖章，{copies:d}份"))
def presses(scene: Scene, copies: int) -> None:
    good(press(scene.office, Pressed(case=scene.cases[0], copies=copies)))


@then(parsers.parse('这件是"{word}"，登记的是实体章，{copies:d}份，没有补登'))
def by_hand(scene: Scene, word: str, copies: int) -> None:
    use = scene.use()
    assert state_words[scene.case().state] == word
    assert (use.electronic, use.copies, use.entered_at, use.flags) == (False, copies, None, ())


@when(parsers.parse("过了{hours:d}小时，窗口把两件一起补登，说是{minutes:d}分钟后盖的"))
def enters_later(scene: Scene, hours: int, minutes: int) -> None:
    clock = scene.office.parts.clock
    said = clock.now() + timedelta(minutes=minutes)
    clock.set(clock.now() + timedelta(hours=hours))
    several = [Pressed(case=case, said_at=said) for case in scene.cases]
    for _, outcome in press_together(scene.office, several):
        good(outcome)
    scene.answer = said


@then(parsers.parse('两件都是"{word}"，登记写着补登：什么时候盖的、什么时候记的'))
def both_entered(scene: Scene, word: str) -> None:
    for number in (1, 2):
        use = scene.use(number)
        assert state_words[scene.case(number).state] == word
        assert use.entered_at is not None
        assert (use.at, use.flags) == (scene.answer, ())
        assert use.entered_at - use.at > timedelta(hours=2)


@when("到了第二天，窗口补登昨天盖的")
def next_day(scene: Scene) -> None:
    clock = scene.office.parts.clock
    said = clock.now() + timedelta(minutes=1)
    clock.set(clock.now() + timedelta(days=1))
    scene.answer = press(scene.office, Pressed(case=scene.cases[0], said_at=said))


# 停用、挂失


@when(parsers.parse('2号窗口停用印章，因为"{why}"'))
def stops(scene: Scene, why: str) -> None:
    good(seal_fall.stop(scene.office, SEAL, why))


@when("2号窗口挂失印章，什么都没写")
def loses_silently(scene: Scene) -> None:
    scene.answer = seal_fall.report_loss(scene.office, SEAL, " ")


@when(parsers.parse('2号窗口挂失印章，因为"{why}"'))
def loses(scene: Scene, why: str) -> None:
    good(seal_fall.report_loss(scene.office, SEAL, why))


@then(parsers.parse("被耽搁的有{count:d}件，都写着期限"))
def held_up(scene: Scene, count: int) -> None:
    fall = seal_fall.fallen(scene.office, SEAL)
    assert fall is not None
    assert sorted(one.case for one in fall.held_up) == sorted(scene.cases)
    assert len(fall.held_up) == count
    assert all(one.due is not None and one.clock for one in fall.held_up)


@then(parsers.parse('挂失报告打出来了，写着"{words}"'))
def reported(scene: Scene, words: str) -> None:
    good(seal_fall.print_report(scene.office, SEAL))
    printer = scene.office.parts.page_printer
    assert isinstance(printer, FakePagePrinter)
    assert words in printer.sent[-1][0].decode()


def hand(scene: Scene, name: str) -> Countersigner:
    return Countersigner(person=scene.person(name), pin=training_pin(PEOPLE[name]))


@when(parsers.parse('首席代表梁建业请恢复，因为"{why}"'))
def asks(scene: Scene, why: str) -> None:
    good(seal_custody.resume(scene.office, SEAL, "ask", why, hand(scene, "梁建业")))


@when(parsers.parse("首席代表{name}自己同意恢复"))
@when(parsers.parse("值班长{name}同意恢复"))
def agrees(scene: Scene, name: str) -> None:
    scene.answer = seal_custody.resume(scene.office, SEAL, "agree", "看过了", hand(scene, name))


@then(parsers.parse('印章现在是"{word}"'))
def stands(scene: Scene, word: str) -> None:
    standing = scene.office.read(lambda books: books.seal_standing(SEAL))
    assert seal_state_words[standing.state] == word
