"""电脑的接口 the hall's enrolled machines as the centre knows them, what is done about one, and the set-up file for a new one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from clerk_app.ports.audit import Signer

State = Literal["enrolled", "silent", "old", "revoked"]
Act = Literal["code", "undo", "swap", "loss"]


@dataclass(frozen=True, kw_only=True)
class MachineAct:
    """办过的 one act about a machine: who, with whom, when and why."""

    kind: Act
    at: datetime
    by: str
    second: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MachineSeen:
    """一台电脑 as the centre knows it. `behind`: it told of more than has come in; `stuck`: why it cannot be swapped yet."""

    id: str
    window: int
    kind: str
    name: str
    platform: str
    program: str
    enrolled_at: datetime
    seen_at: datetime
    state: State
    revoked_at: datetime | None = None
    held: int = 0
    behind: int = 0
    recovered: bool = False
    wanted: str = ""
    """The newer version that is this window's turn; empty for none."""
    stuck: str = ""
    acts: tuple[MachineAct, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CodeSeen:
    """没用的入列码 by the act that made it; the code itself was told once."""

    act: str
    window: int
    made_at: datetime
    expires_at: datetime
    by: str
    second: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MachinesSeen:
    """大厅的电脑 machines, codes nobody has used yet, and which acts want a second person."""

    machines: tuple[MachineSeen, ...] = ()
    codes: tuple[CodeSeen, ...] = ()
    two: tuple[str, ...] = ()
    may_act: bool = False


@dataclass(frozen=True, kw_only=True)
class Second:
    """第二个人 who else answers for it, with his password or PIN."""

    account: str
    secret: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class CodeMade:
    """发的入列码 told this once."""

    act: str
    code: str = field(repr=False)
    window: int
    expires: datetime
    hall: str
    hall_name: str


@dataclass(frozen=True, kw_only=True)
class Gone:
    """停用了 how many cases stay in the machine's hands."""

    held: int


class MachineCentre(Protocol):
    """电脑的中心 every question is signed by who asks. Raises `CentreAway` or `CentreProblem`, nothing else."""

    def seen(self, by: Signer) -> MachinesSeen:
        """The list."""
        ...

    def new_code(self, window: int, reason: str, second: Second | None, by: Signer) -> CodeMade:
        """入列: a one-time code for one machine at one window."""
        ...

    def undo_code(self, act: str, reason: str, second: Second | None, by: Signer) -> None:
        """撤回 a code nobody has used."""
        ...

    def swap(self, device: str, reason: str, second: Second | None, by: Signer) -> CodeMade:
        """换机: the old one out of use, a code for its window."""
        ...

    def lose(self, device: str, reason: str, second: Second | None, by: Signer) -> Gone:
        """报失: out of use at once."""
        ...


@dataclass(frozen=True, kw_only=True)
class SetupWish:
    """装机文件里写什么 besides what the centre says and what this desk knows of it."""

    printer: str = ""
    paper_columns: int = 48
    second_screen: bool = False
    second_copy: str = ""


class SetupTrouble(Exception):
    """装机文件没写成 one sentence a fault, joined."""


class SetupShelf(Protocol):
    """装机文件的去处 raises `SetupTrouble`, nothing else."""

    def check(self, file: Path, wish: SetupWish) -> None:
        """Before a code is asked for: whether it could be written there, and what a desk would refuse to read."""
        ...

    def write(self, file: Path, made: CodeMade, wish: SetupWish) -> None:
        """Never over another file, and for nobody else's eyes: a code stands in it."""
        ...
