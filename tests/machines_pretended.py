"""A centre that knows three machines and one code, and says what a real one would: for the page and the desk behind it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from clerk_app.ports import CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.ports.machines import (
    CodeMade,
    CodeSeen,
    Gone,
    MachineAct,
    MachineSeen,
    MachinesSeen,
    Second,
    SetupTrouble,
    SetupWish,
)

CODE = "ABCD-EFGH-JKLM"


def machine(id_: str, window: int, now: datetime, **more: object) -> MachineSeen:
    plain = {
        "id": id_, "window": window, "kind": "desk", "name": f"CK-{window}", "platform": "win_amd64",
        "program": "0.1.0", "enrolled_at": now - timedelta(days=90), "seen_at": now, "state": "enrolled",
    }  # fmt: skip
    return MachineSeen(**{**plain, **more})  # type: ignore[arg-type]


class PretendMachines:
    def __init__(self, now: datetime, *, may_act: bool = True) -> None:
        self.now, self.may_act = now, may_act
        self.done: list[tuple[str, str, str, str]] = []
        came = MachineAct(kind="code", at=now - timedelta(days=90), by="P110", second="P101", reason="新开窗口")
        silent = {"seen_at": now - timedelta(hours=5), "state": "silent", "held": 2, "stuck": "没有它的消息，没有换。"}
        gone = {"state": "revoked", "revoked_at": now - timedelta(days=3), "held": 1}
        self.machines = (
            machine("d3", 3, now, acts=(came,)),
            machine("d4", 4, now, **silent),
            machine("d5", 5, now, **gone),
        )
        self.codes = (
            CodeSeen(
                act="a1", window=6, made_at=now, expires_at=now + timedelta(hours=24), by="P110", second="P101",
                reason="换了新电脑",
            ),
        )  # fmt: skip

    def seen(self, by: Signer) -> MachinesSeen:
        return MachinesSeen(machines=self.machines, codes=self.codes, two=("code", "swap"), may_act=self.may_act)

    def _do(self, what: str, about: str, reason: str, second: Second | None) -> None:
        if not reason:
            raise CentreProblem("reason-missing", "没有写为什么，没有办，什么都没动。写一句依据再来。", 409)
        self.done.append((what, about, reason, second.account if second else ""))

    def _made(self, window: int) -> CodeMade:
        end = self.now + timedelta(hours=24)
        return CodeMade(act="a2", code=CODE, window=window, expires=end, hall="JZ01", hall_name="江州市政务服务中心")

    def new_code(self, window: int, reason: str, second: Second | None, by: Signer) -> CodeMade:
        self._do("code", str(window), reason, second)
        return self._made(window)

    def undo_code(self, act: str, reason: str, second: Second | None, by: Signer) -> None:
        self._do("undo", act, reason, second)
        self.codes = ()

    def swap(self, device: str, reason: str, second: Second | None, by: Signer) -> CodeMade:
        self._do("swap", device, reason, second)
        return self._made(3)

    def lose(self, device: str, reason: str, second: Second | None, by: Signer) -> Gone:
        self._do("loss", device, reason, second)
        return Gone(held=2)


class PretendShelf:
    """`trouble`: what writing falls over."""

    def __init__(self, trouble: str = "") -> None:
        self.trouble, self.written = trouble, list[tuple[Path, SetupWish]]()

    def check(self, file: Path, wish: SetupWish) -> None:
        if file.exists():
            raise SetupTrouble("那里已有同名的文件，没有办，什么都没动。换一个名字再来。")

    def write(self, file: Path, made: CodeMade, wish: SetupWish) -> None:
        if self.trouble:
            raise SetupTrouble(self.trouble)
        self.written.append((file, wish))
