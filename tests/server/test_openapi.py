"""The published OpenAPI and the running centre say the same: no answer that is not declared, and never a fault of its own.

Requests are made up from the description itself, good ones and bad ones, and signed by a real enrolled device.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from clerk_app.outside.ids import new_id
from clerk_app.sync import protocol
from tests.faults.centres import CODE, CentreProcess, prepare
from tests.server.desk import Desk

pytestmark = pytest.mark.process

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip


@schemathesis.serializer(protocol.PIECE_TYPE)
def piece(_: Any, value: Any) -> bytes:
    """Bytes of an attachment, as they are."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


class Signed(requests.auth.AuthBase):
    """The device's signature over the very request that goes out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        data = body.encode() if isinstance(body, str) else body
        kind = request.headers.get("Content-Type")
        request.headers.update(self._desk.signed(request.method or "", request.path_url, data))
        if kind is not None:
            request.headers["Content-Type"] = kind
        return request


class Door:
    """The running centre, its description, and a device that is known there."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False
        self.desk = Desk(None)
        body = {"code": CODE, "window": 2, "public_key": self.desk.key.public}
        self.desk.device = self.ask("POST", protocol.DEVICES, json=body)["device"]
        self.greet()
        self.schema = schemathesis.openapi.from_dict(self.ask("GET", "/openapi.json"))

    def ask(self, method: str, path: str, **more: Any) -> Any:
        answer = self.session.request(method, self.base + path, auth=Signed(self.desk), timeout=10, **more)
        assert answer.ok, (method, path, answer.status_code, answer.text)
        return answer.json()

    def greet(self) -> None:
        """A fresh token; it is short-lived."""
        self.desk.token = ""
        self.desk.token = self.ask("GET", protocol.HELLO).get("token", "")

    def knock(self, case: schemathesis.Case, *, signed: bool = True) -> None:
        """Nobody waits for news here: a question that may stay open is asked with no wait."""
        if str(case.query.get("wait", "")).isdecimal():
            case.query["wait"] = 0
        auth = Signed(self.desk) if signed else None
        answer = case.call(base_url=self.base, session=self.session, auth=auth, timeout=20)
        case.validate_response(answer, checks=CHECKS)


@pytest.fixture(scope="module")
def door(cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    database = cluster.fresh()
    prepare(database)
    centre = CentreProcess(database, tmp_path_factory.mktemp("openapi") / "centre.log").start()
    door = Door(centre.url)
    yield door
    door.session.close()
    centre.kill()


def operations(door: Door) -> list[Any]:
    found = [result.ok() for result in door.schema.get_all_operations()]
    assert len(found) > 8
    return found


@pytest.mark.parametrize(
    ("mode", "signed", "examples"),
    [(GenerationMode.POSITIVE, True, 7), (GenerationMode.NEGATIVE, True, 5), (GenerationMode.POSITIVE, False, 2)],
)
def test_every_answer_is_declared_and_none_is_a_fault(
    door: Door, mode: GenerationMode, signed: bool, examples: int
) -> None:
    asked = 0
    for operation in operations(door):
        if mode is GenerationMode.NEGATIVE and not operation.body:
            continue  # where anything goes, nothing can be asked wrongly
        door.greet()

        @given(case=operation.as_strategy(mode))
        @settings(
            max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        )  # fmt: skip
        def knocks(case: schemathesis.Case) -> None:
            door.knock(case, signed=signed)

        knocks()
        asked += 1
    assert asked > (8 if mode is GenerationMode.POSITIVE else 4)


def test_nothing_hides_behind_a_default_answer(door: Door) -> None:
    """«default» would declare every answer there is; each status stands by itself, problems as problem+json."""
    for path, methods in door.schema.raw_schema["paths"].items():
        for method, operation in methods.items():
            answers = operation["responses"]
            assert "default" not in answers, (method, path)
            for status, answer in answers.items():
                kinds = set(answer.get("content", {}))
                if int(status) >= 400:
                    assert kinds == {"application/problem+json"}, (method, path, status)
                else:
                    assert "application/problem+json" not in kinds, (method, path, status)


def test_good_answers_are_as_declared_too(door: Door) -> None:
    """What a made-up request hardly ever hits: the answers of an ordinary morning."""
    door.greet()
    hello = door.ask("GET", protocol.HELLO)
    day = hello["time"][:10]
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", protocol.HELLO, {}),
        ("GET", protocol.HEALTH, {}),
        ("GET", protocol.CHANGES, {"query": {"cursor": "", "limit": 10}}),
        ("GET", protocol.HALLS, {}),
        ("GET", protocol.HALLS + "/{version}", {"path_parameters": {"version": hello["hall_version"]}}),
        ("GET", protocol.HALLS + "/{version}", {"path_parameters": {"version": "0"}}),
        ("POST", protocol.NUMBER_BLOCKS, {"body": {"kind": f"ticket:A:{day}", "count": 3}}),
        ("POST", protocol.NUMBER_BLOCKS, {"body": {"kind": "nothing", "count": 3}}),
        ("POST", protocol.HOLDS, {"body": {"subject": f"ticket:{new_id()}"}}),
        ("POST", protocol.SESSIONS, {"body": _session(door, "lian-xi-203")}),
        ("POST", protocol.SESSIONS, {"body": _session(door, "wrong")}),
        ("POST", protocol.TICKETS_NEXT, {"body": {"window": 2}}),
        ("POST", protocol.TICKETS_BY_CODE, {"body": {"window": 2, "ticket": new_id()}}),
        ("POST", protocol.BEATS, {"body": {"window": 2, "open": True, "lease": 0.0}}),
        ("POST", protocol.COMMANDS, {"body": {"commands": [door.desk.record(door.desk.present())]}}),
    ]
    statuses = []
    for method, path, words in asked:
        case = door.schema[path][method].Case(method=method, media_type="application/json", **words)
        answer = case.call(base_url=door.base, session=door.session, auth=Signed(door.desk), timeout=20)
        case.validate_response(answer, checks=CHECKS)
        statuses.append(answer.status_code)
    assert statuses == [200, 200, 200, 200, 200, 404, 200, 400, 200, 200, 401, 200, 200, 200, 200]


def _session(door: Door, password: str) -> dict[str, Any]:
    return {"account": "P203", "password": password, "window": 2, "public_key": door.desk.person_key.public}
