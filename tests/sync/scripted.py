"""A centre that answers what the test says, in order, and keeps what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from clerk_app.ports import NO_PROOF, CentreAway, ChangePage, Proof, Sent, SessionGrant, SnapshotPage, Verdict
from tests.desk import CutCentre

Answer = Callable[[Any], Any] | BaseException


def sent_ids(batch: Sequence[Sent]) -> list[str]:
    return [json.loads(sent.envelope)["id"] for sent in batch]


def applied(batch: Sequence[Sent]) -> tuple[Verdict, ...]:
    return tuple(Verdict(id=key, state="applied") for key in sent_ids(batch))


class ScriptedCentre(CutCentre):
    """`pushes`, `pages` and `sessions` are answers (a function of what was asked, or an exception); then the line is cut."""

    def __init__(
        self,
        pushes: Sequence[Answer] = (),
        pages: Sequence[Answer] = (),
        sessions: Sequence[Answer] = (),
        snapshots: Sequence[Answer] = (),
    ):
        answers = {"push": pushes, "changes": pages, "sign_in": sessions, "snapshot": snapshots}
        self._answers = {what: list(given) for what, given in answers.items()}
        self.proofs: list[Proof] = []
        self.asked: dict[str, list[Any]] = {what: [] for what in answers}

    def _answer(self, what: str, asked: Any) -> Any:
        self.asked[what].append(asked)
        if not self._answers[what]:
            raise CentreAway("cut")
        answer = self._answers[what].pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer(asked)

    def push(self, batch: Sequence[Sent]) -> tuple[Verdict, ...]:
        return self._answer("push", tuple(batch))

    def changes(self, cursor: str, limit: int, wait: int = 0) -> ChangePage:
        return self._answer("changes", cursor)

    def snapshot(self, page: str) -> SnapshotPage:
        return self._answer("snapshot", page)

    def sign_in(
        self, account: str, secret: str, window: int, public_key: str, by: str = "password", proof: Proof = NO_PROOF
    ) -> SessionGrant:
        self.proofs.append(proof)
        return self._answer("sign_in", (account, secret, window, public_key))


def nothing_new(cursor: str) -> ChangePage:
    return ChangePage(changes=(), cursor=cursor, more=False)
