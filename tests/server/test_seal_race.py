"""一次授权两处用 two machines with one grant, at once: one clean use, and the other line says what it is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from clerk_app.outside.ids import new_id
from clerk_app.sealing.usecases import MarkSealed
from tests.server.desk import Desk
from tests.server.sealing import case_of, grant_of, used
from tests.server.test_holds import accepted, decide, latest, proposed, tasks


@pytest.fixture
def authorised(desk: Desk) -> str:
    case = accepted(desk)
    assert desk.do(proposed(desk, case))["state"] == "applied"
    assert decide(desk, case)["state"] == "applied"
    return case


def flags(desk: Desk, use: str) -> list[str]:
    found: list[str] = latest(desk)[f"seal_use:{use}"]["row"]["flags"]
    return found


@pytest.mark.parametrize("seat", [0, 1])
def test_two_windows_and_one_grant_make_one_clean_use(
    desk: Desk, desk_at: Callable[[int], Desk], authorised: str, seat: int
) -> None:
    """Whichever of them the grant names; the other has it all the same, and both send at one moment."""
    desks = (desk, desk_at(3))
    grant = grant_of(desk, authorised, device=desks[seat].device)
    assert desk.do(grant)["state"] == "applied"
    assert all(one.sign_in("lian-xi-201", account="P201").status == 200 for one in desks)
    uses, together = (new_id(), new_id()), Barrier(2)

    def seals(number: int) -> list[str]:
        sent = [desks[number].record(act) for act in used(desks[number], grant, uses[number])]
        together.wait(30)
        return desks[number].states(*sent)

    with ThreadPoolExecutor(2) as both:
        states = list(both.map(seals, (0, 1)))
    other = 1 - seat
    assert states[seat][0] == "applied" or "授权已经用过" in flags(desk, uses[seat])
    assert states[other] == ["refused", "applied"], "a line is recorded whatever is wrong with it"
    assert "不是授权的机器盖的" in flags(desk, uses[other])
    clean = [use for use in uses if not flags(desk, use)]
    assert len(clean) <= 1
    spent = latest(desk)[f"seal_grant:{grant.grant}"]["row"]["used"]
    assert list(spent.values()) in ([uses[0]], [uses[1]])
    assert len(tasks(desk, "conflict")) == 2 - len(clean)
    marks = [MarkSealed(**desk.stamp(), case=authorised, seal_use=use) for use in uses]
    assert [desk.do(mark)["state"] for mark in marks].count("applied") == len(clean)
    assert case_of(desk, authorised)["state"] == ("sealed" if clean else "granted")


def test_the_same_machine_twice_as_a_copied_disk_would(desk: Desk, authorised: str) -> None:
    grant, uses = grant_of(desk, authorised), (new_id(), new_id())
    assert desk.do(grant)["state"] == "applied"
    first, second = (used(desk, grant, use) for use in uses)
    assert desk.states(*[desk.record(act) for act in first]) == ["applied", "applied"]
    verdicts = desk.verdicts(*[desk.record(act) for act in second])
    assert [(v["state"], v["type"]) for v in verdicts] == [("refused", "grant-used"), ("applied", "")]
    assert (flags(desk, uses[0]), flags(desk, uses[1])) == ([], ["授权已经用过"])
    assert latest(desk)[f"seal_intent:{uses[0]}"]["row"]["state"] == "done"
    assert f"seal_intent:{uses[1]}" not in latest(desk)
