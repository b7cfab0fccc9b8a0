"""杂务 what the centre's command lines do."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from clerk_app.server import accounts
from clerk_app.server.centre import TRAINING_SHIFT, CentreOffice, hall_now, only_hall
from clerk_app.server.database import CODE_VARIABLE, DATABASE_VARIABLE, Database
from clerk_app.server.loading import HallFileError, load_hall, new_epoch, read_document
from clerk_app.server.problems import ProblemError
from clerk_app.store.columns import HALL_ZONE

SHORTEST_PASSWORD = 8


class CannotError(Exception):
    """办不了 one sentence on stderr, and the exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def run(arguments: Namespace) -> int:
    """One chore; its answer is one JSON document."""
    try:
        return _chores[arguments.chore](arguments)
    except CannotError as cannot:
        return _say(str(cannot), cannot.code)
    except HallFileError as wrong:
        return _say("\n".join(wrong.findings), 1)
    except ProblemError as problem:
        return _say(problem.sentence, 1)
    except (ArgumentError, NoSuchModuleError):
        return _say("数据库地址看不懂，什么也没做。写成 postgresql://… 或 sqlite:///文件。", 2)
    except DBAPIError as error:
        return _say(f"数据库用不了（{type(error.orig).__name__}），什么也没做。看看地址、权限，再运行 migrate。", 1)


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return code


def _show(document: Any) -> int:
    print(json.dumps(document, ensure_ascii=False))  # noqa: T201
    return 0


def _url(arguments: Namespace) -> str:
    url: str = arguments.database_url or os.environ.get(DATABASE_VARIABLE, "")
    if not url:
        raise CannotError("没有写数据库地址，什么也没做。加上 --database-url。", 2)
    return url


def _migrate(arguments: Namespace) -> int:
    with closing(Database(_url(arguments))) as database:
        database.migrate()
    return _show({"migrated": True})


def _load_hall(arguments: Namespace) -> int:
    training: bool = arguments.training_passwords
    today = (arguments.today or datetime.now(HALL_ZONE).date()) if training else None
    document = read_document(_text(arguments.file), today)
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        loaded = load_hall(connection, document, training_passwords=training)
    return _show(asdict(loaded))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CannotError(f"“{file}”不是 UTF-8 文字，什么也没装。另存为 UTF-8 再装。", 2) from None
    except (OSError, ValueError):
        raise CannotError(f"“{file}”打不开，什么也没装。看看路径对不对、能不能读。", 2) from None


def _set_password(arguments: Namespace) -> int:
    password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < SHORTEST_PASSWORD:
        raise CannotError(f"密码至少 {SHORTEST_PASSWORD} 个字，没有改。换一个长的。")
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        hall = only_hall(connection)
        person = CentreOffice(database).hall_in_force(connection, hall).roster.find_person(arguments.person)
        if person is None:
            raise CannotError(f"大厅名单里没有 {arguments.person}，没有改。核对工号。")
        accounts.set_password(connection, hall, person.id, password)
    return _show({"person": person.id})


def _disable_account(arguments: Namespace) -> int:
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        if not accounts.disable(connection, only_hall(connection), arguments.person):
            raise CannotError(f"中心没有 {arguments.person} 的账号，没有改。核对工号。")
    return _show({"person": arguments.person, "disabled": True})


def _new_epoch(arguments: Namespace) -> int:
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        epochs = new_epoch(connection)
    return _show({"epochs": epochs})


def _openapi(_: Namespace) -> int:
    from clerk_app.server.app import build_app

    with closing(Database("sqlite://")) as database:
        return _show(build_app(CentreOffice(database)).openapi())


def _serve(arguments: Namespace) -> int:
    from clerk_app.server.serving import Door, serve

    url = os.environ[DATABASE_VARIABLE] = _url(arguments)
    if arguments.enrolment_code:
        os.environ[CODE_VARIABLE] = arguments.enrolment_code
    os.environ.pop(TRAINING_SHIFT, None)
    if arguments.training_hall is not None and arguments.training_now is not None:
        wanted = arguments.training_now.replace(tzinfo=HALL_ZONE)
        os.environ[TRAINING_SHIFT] = str((wanted - datetime.now(HALL_ZONE)).total_seconds())
    with closing(Database(url)) as database:
        if arguments.training_hall is not None:
            _make_training_hall(database, arguments.training_hall)
        with database.reading() as connection:
            only_hall(connection)
    door = Door(host=arguments.host, port=arguments.port, workers=arguments.workers, with_parent=arguments.with_parent)
    return serve(door)


def _make_training_hall(database: Database, file: Path) -> None:
    """Tables, hall and passwords before the door opens, in one process: the training hall starts while somebody waits."""
    document = read_document(_text(file), hall_now().date())
    database.migrate()
    with database.writing() as connection:
        load_hall(connection, document, training_passwords=True)


_chores: dict[str, Callable[[Namespace], int]] = {
    "migrate": _migrate,
    "load-hall": _load_hall,
    "set-password": _set_password,
    "disable-account": _disable_account,
    "new-epoch": _new_epoch,
    "openapi": _openapi,
    "serve": _serve,
}
