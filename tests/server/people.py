"""Other people at a window's machine: signed in with all that the centre asks of them, acting from a post or from their role alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyotp

from clerk_app.command import Command
from clerk_app.duty.training import training_password, training_totp
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.outside.ids import new_id
from clerk_app.sync import protocol
from tests.server.asgi import Answer, call
from tests.server.desk import NOW, Desk, new_key

POSTS = {"P101": (21, "R-ZWJ"), "P102": (21, "R-ZWJ"), "P105": (4, "B1"), "P203": (2, "A1")}


@dataclass
class Someone:
    """One person with a key of his own at this machine."""

    desk: Desk
    person: str
    at: datetime = NOW

    def __post_init__(self) -> None:
        self.key = new_key()

    def come(self) -> Someone:
        """Signed in at the centre, and the fact recorded there."""
        body = {
            "account": self.person, "password": training_password(self.person), "window": self.desk.window,
            "public_key": self.key.public,
        }  # fmt: skip
        answer = self.desk.send("POST", protocol.SESSIONS, body)
        if answer.status != 200 and answer.type == "second-factor-needed":
            code = pyotp.TOTP(training_totp(self.person)).at(self.at)
            answer = self.desk.send("POST", protocol.SESSIONS, {**body, "code": code})
        assert answer.status == 200, answer.json
        assert self.do(RecordSignIn(**self.stamp(), sign_in=new_id(), online=True))["state"] == "applied"
        return self

    def stamp(self, **more: Any) -> dict[str, Any]:
        window, post = POSTS.get(self.person, (self.desk.window, ""))
        basis = f"a_role:{post}" if post else "role"
        return self.desk.stamp(actor=self.person, post=post, window=window, basis=basis, at=self.at, **more)

    def do(self, command: Command) -> dict[str, Any]:
        self.desk.person_key, kept = self.key, self.desk.person_key
        try:
            return self.desk.do(command)
        finally:
            self.desk.person_key = kept

    def ask(self, path: str, *, person: str = "", key: Any = None) -> Answer:
        """A request that the machine signs, and this person too."""
        self.desk.greet()
        digest = protocol.request_digest("GET", path, b"", self.desk.token)
        who = person or self.person
        signed = {
            protocol.PERSON_HEADER: who,
            protocol.PERSON_SIGNATURE_HEADER: (key or self.key).sign(protocol.person_digest(digest, who)),
        }
        return call(self.desk.app, "GET", path, b"", {**self.desk.signed("GET", path, b""), **signed})
