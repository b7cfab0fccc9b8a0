"""杂务 what the centre's command lines do."""

from __future__ import annotations

import json
import os
import ssl
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from qrcode.main import QRCode
from sqlalchemy import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from clerk_app.duty.high_risk import Step
from clerk_app.duty.model import Person
from clerk_app.duty.passwords import pin_weakness, weakness
from clerk_app.duty.rules import DutyRules
from clerk_app.outside.program_here import release_keys
from clerk_app.outside.setup_file import SetupFaults
from clerk_app.ports.updates import UpdateTrouble
from clerk_app.server import accounts, by_hand, devices, enrolment, finding, second_factor, setup_files, updates
from clerk_app.server.centre import TRAINING_SHIFT, CentreOffice, chosen_hall, hall_now, loaded_halls
from clerk_app.server.database import CODE_VARIABLE, DATABASE_VARIABLE, Database
from clerk_app.server.loading import HallFileError, load_hall, new_epoch, read_document
from clerk_app.server.name_file import NameFileError, read_names
from clerk_app.server.names import load_names
from clerk_app.server.problems import ProblemError
from clerk_app.server.retention import empty_told, prune, prune_logs
from clerk_app.store.columns import HALL_ZONE

KEEP_DAYS = 35


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
        indexed = finding.write_down(database, lambda words: print(words, file=sys.stderr))  # noqa: T201
    return _show({"migrated": True, **({"indexed": indexed} if indexed else {})})


def _load_hall(arguments: Namespace) -> int:
    training: bool = arguments.training_passwords
    today = (arguments.today or datetime.now(HALL_ZONE).date()) if training else None
    document = read_document(_text(arguments.file), today)
    if arguments.hall not in ("", document["hall"]["id"]):
        raise CannotError(f"这份资料是大厅 {document['hall']['id']} 的，不是 {arguments.hall}，什么也没装。核对文件。")
    with closing(Database(_url(arguments))) as database:
        changes = by_hand.changes_of(database, document, arguments.hall)
        if arguments.diff:
            return _show({"hall": document["hall"]["id"], "changes": changes})
        if changes and not (arguments.yes or training):
            by_hand.ask_first(changes, lambda words: _say(words, 0))
        step = by_hand.loading_step(CentreOffice(database), document)
        by_hand.agreed_here(CentreOffice(database), document["hall"]["id"], step, arguments)
        with database.writing() as connection:
            loaded = load_hall(connection, document, training_passwords=training)
    return _show({**asdict(loaded), **({"changes": len(changes)} if changes else {})})


def _first_admin(arguments: Namespace) -> int:
    """The password on stdout, this once."""
    with closing(Database(_url(arguments))) as database:
        with database.reading() as connection:
            hall = chosen_hall(connection, arguments.hall)
        made = by_hand.make_first_admin(CentreOffice(database), hall, arguments.person)
    _say("密码只出这一次，当面交给他；他第一次登录就要换。", 0)
    return _show(asdict(made))


def _load_names(arguments: Namespace) -> int:
    try:
        entries = read_names(_text(arguments.file))
    except NameFileError as wrong:
        return _say("\n".join(wrong.findings), 1)
    now = hall_now()
    with closing(Database(_url(arguments))) as database:
        with database.reading() as connection:
            hall = chosen_hall(connection, arguments.hall)
        loaded = load_names(database, hall, entries, arguments.as_of or now.date(), now)
    return _show({**asdict(loaded), "as_of": loaded.as_of.isoformat()})


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CannotError(f"“{file}”不是 UTF-8 文字，什么也没装。另存为 UTF-8 再装。", 2) from None
    except (OSError, ValueError):
        raise CannotError(f"“{file}”打不开，什么也没装。看看路径对不对、能不能读。", 2) from None


def _set_password(arguments: Namespace) -> int:
    """An initial password: the hall's rules hold for it too, and the person changes it at his first sign-in."""
    password = sys.stdin.readline().rstrip("\r\n")
    _agreed(arguments, "set_password")
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        hall, person, rules = _person(arguments, database, connection)
        if weak := weakness(password, "", person, rules.password):
            raise CannotError(f"{weak}，没有改。另想一个。")
        accounts.set_password(connection, hall, person.id, password)
    return _show({"person": person.id})


def _agreed(arguments: Namespace, step: Step) -> None:
    """Two persons, where the hall's data says so."""
    with closing(Database(_url(arguments))) as database:
        with database.reading() as connection:
            hall = chosen_hall(connection, arguments.hall)
        by_hand.agreed_here(CentreOffice(database), hall, step, arguments)


def _set_pin(arguments: Namespace) -> int:
    """The person types it himself: it opens his signing key wherever he countersigns."""
    pin = sys.stdin.readline().rstrip("\r\n")
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        hall, person, _ = _person(arguments, database, connection)
        if weak := pin_weakness(pin, person):
            raise CannotError(f"{weak}，没有改。另想一个。")
        accounts.set_password(connection, hall, accounts.pin_account(person.id), pin)
    return _show({"person": person.id})


def _person(arguments: Namespace, database: Database, connection: Connection) -> tuple[str, Person, DutyRules]:
    hall = chosen_hall(connection, arguments.hall)
    roster = CentreOffice(database).hall_in_force(connection, hall).roster
    person = roster.find_person(arguments.person)
    if person is None:
        raise CannotError(f"大厅名单里没有 {arguments.person}，没有改。核对工号。")
    return hall, person, roster.rules


def _set_totp(arguments: Namespace) -> int:
    """A new secret: the address on stdout, the same as a QR code on stderr for the person's phone. It is shown this once."""
    secret = second_factor.new_secret()
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        hall, person, _ = _person(arguments, database, connection)
        if not second_factor.set_totp(connection, hall, person.id, secret):
            raise CannotError(f"中心没有 {person.id} 的账号，没有改。先用 set-password 设密码。")
    uri = second_factor.uri_of(secret, person.id, hall)
    code = QRCode(border=2)
    code.add_data(uri)
    code.print_ascii(out=sys.stderr, invert=True)
    _say("用手机上的动态码程序扫上面的码，当面扫；这个码只出这一次。", 0)
    return _show({"person": person.id, "uri": uri})


def _disable_account(arguments: Namespace) -> int:
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        hall = chosen_hall(connection, arguments.hall)
        if not accounts.disable(connection, hall, arguments.person, hall_now()):
            raise CannotError(f"中心没有 {arguments.person} 的账号，没有改。核对工号。")
    return _show({"person": arguments.person, "disabled": True})


def _enrolment_code(arguments: Namespace) -> int:
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        hall = chosen_hall(connection, arguments.hall)
        if arguments.window not in CentreOffice(database).hall_in_force(connection, hall).roster.windows:
            raise CannotError(f"大厅 {hall} 没有 {arguments.window}号窗口，没有发入列码。核对窗口号。")
        kind = enrolment.SELF_FILL if arguments.self_fill else enrolment.DESK
        made = enrolment.make_code(connection, (hall, arguments.window), hall_now(), arguments.hours, kind)
    return _show({"code": made.code, "expires": made.expires.isoformat(timespec="seconds")})


def _setup_file(arguments: Namespace) -> int:
    try:
        with closing(Database(_url(arguments))) as database:
            file, setup = setup_files.make_setup(database, arguments, hall_now())
    except SetupFaults as faults:
        raise CannotError("\n".join(faults.findings)) from None
    except FileExistsError:
        raise CannotError("那里已有同名的文件，没有发装机文件。换一个 --out 再来。") from None
    except (OSError, ValueError):
        raise CannotError("根证书读不了，或装机文件写不进，没有发。看看 --ca 和 --out 再来。") from None
    return _show({"file": str(file), "window": setup.window, "expires": setup.expires})


def _revoke_device(arguments: Namespace) -> int:
    _agreed(arguments, "revoke_device")
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        if not devices.revoke(connection, chosen_hall(connection, arguments.hall), arguments.device, hall_now()):
            raise CannotError(f"中心没有电脑 {arguments.device}，没有改。核对编号。")
    return _show({"device": arguments.device, "revoked": True})


def _add_update(arguments: Namespace) -> int:
    try:
        with closing(Database(_url(arguments))) as database:
            added = updates.add(database, arguments.hall, arguments.file, release_keys(arguments.release_keys))
    except UpdateTrouble as trouble:
        raise CannotError(str(trouble)) from None
    except OSError:
        raise CannotError(f"“{arguments.file}”打不开，没有收下。看看路径对不对、能不能读。", 2) from None
    return _show(added)


def _list_updates(arguments: Namespace) -> int:
    with closing(Database(_url(arguments))) as database:
        return _show(updates.listed(database, arguments.hall))


def _decide_update(arguments: Namespace) -> int:
    password = sys.stdin.readline().rstrip("\r\n")
    with closing(Database(_url(arguments))) as database:
        office = CentreOffice(database)
        with database.reading() as connection:
            hall = chosen_hall(connection, arguments.hall)
        person = updates.answerable(office, hall, arguments.person, password)
        if arguments.chore == "plan-update":
            wish = updates.Wish(arguments.version, frozenset(arguments.first), arguments.rest_from)
            updates.plan(office, hall, person, wish)
        elif arguments.chore == "confirm-update":
            updates.confirm(office, hall, person, arguments.version)
        else:
            updates.pause(office, hall, person, arguments.version)
        return _show(updates.listed(database, hall))


def _new_epoch(arguments: Namespace) -> int:
    with closing(Database(_url(arguments))) as database, database.writing() as connection:
        epochs = new_epoch(connection, (chosen_hall(connection, arguments.hall),) if arguments.hall else ())
    return _show({"epochs": epochs})


def _prune_changes(arguments: Namespace) -> int:
    if arguments.keep_days < KEEP_DAYS:
        raise CannotError(f"变更记录至少留 {KEEP_DAYS} 天，没有清。把 --keep-days 写大些。", 2)
    with closing(Database(_url(arguments))) as database:
        return _show({"pruned": prune(database, datetime.now(HALL_ZONE) - timedelta(days=arguments.keep_days))})


def _prune_logs(arguments: Namespace) -> int:
    with closing(Database(_url(arguments))) as database:
        now = hall_now()
        return _show({"pruned": prune_logs(database, now), "told": empty_told(database, now)})


def _sweep_uploads(arguments: Namespace) -> int:
    from clerk_app.server import prefills, uploads
    from clerk_app.server.inbox import files

    with closing(Database(_url(arguments))) as database:
        office = CentreOffice(database)
        gone = {"prefills": prefills.sweep(office), "outside_files": files.sweep(office)}
        return _show({"swept": uploads.sweep(office), **gone})


def _openapi(_: Namespace) -> int:
    from clerk_app.server.app import build_app

    with closing(Database("sqlite://")) as database:
        return _show(build_app(CentreOffice(database)).openapi())


def _serve(arguments: Namespace) -> int:
    from clerk_app.server.serving import Door, serve

    url = os.environ[DATABASE_VARIABLE] = _url(arguments)
    _take_standing_code(arguments)
    os.environ.pop(TRAINING_SHIFT, None)
    if arguments.training_hall is not None and arguments.training_now is not None:
        wanted = arguments.training_now.replace(tzinfo=HALL_ZONE)
        os.environ[TRAINING_SHIFT] = str((wanted - datetime.now(HALL_ZONE)).total_seconds())
    with closing(Database(url)) as database:
        if arguments.training_hall is not None:
            _make_training_hall(database, arguments.training_hall)
        with database.reading() as connection:
            loaded_halls(connection)
    door = Door(
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers,
        with_parent=arguments.with_parent,
        tls=_tls(arguments),
    )
    return serve(door)


def _take_standing_code(arguments: Namespace) -> None:
    """One code for every machine is for practice only; a working centre gives one-time codes."""
    code = arguments.enrolment_code or os.environ.pop(CODE_VARIABLE, "")
    if code and not (arguments.with_parent or arguments.training_hall):
        raise CannotError("长期有效的入列码只给练习用，没有开门。去掉它，用 enrolment-code 一次发一个。", 2)
    if code:
        os.environ[CODE_VARIABLE] = code


def _tls(arguments: Namespace) -> tuple[str, str] | None:
    """Certificate and key, both readable; or neither."""
    files = [file for file in (arguments.tls_cert, arguments.tls_key) if file is not None]
    if not files:
        return None
    pair = str(arguments.tls_cert), str(arguments.tls_key)
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(*pair)
    except OSError:
        raise CannotError("证书和钥匙读不了，或配不上，没有开门。看看 --tls-cert 和 --tls-key。", 2) from None
    return pair


def _make_training_hall(database: Database, file: Path) -> None:
    """Tables, hall and passwords before the door opens, in one process: the training hall starts while somebody waits."""
    document = read_document(_text(file), hall_now().date())
    database.migrate()
    with database.writing() as connection:
        loaded = load_hall(connection, document, training_passwords=True)
    names = file.with_name("training_names.json")
    if names.exists():
        load_names(database, loaded.hall, read_names(_text(names)), hall_now().date(), hall_now())


def _feed_citizen(arguments: Namespace) -> int:
    from clerk_app.server.citizen import feeding

    try:
        roots = feeding.read_roots(arguments.roots)
        line = feeding.open_line(arguments.to, arguments.key_file, arguments.trust)
    except feeding.CannotFeedError as cannot:
        raise CannotError(str(cannot), 2) from None
    with closing(Database(_url(arguments))) as database, closing(line):
        fed = feeding.feed(CentreOffice(database), line, with_parent=arguments.with_parent, roots=roots)
    return _show({"fed": fed})


def _partner(arguments: Namespace) -> int:
    from clerk_app.server.inbox import chores as inbox
    from clerk_app.server.inbox.senders import Sender

    with closing(Database(_url(arguments))) as database:
        with database.reading() as connection:
            hall = chosen_hall(connection, arguments.hall)
        if arguments.act == "list":
            return _show(inbox.listed(database, hall))
        if arguments.act == "revoke":
            return _show(inbox.revoke(database, hall, arguments.partner))
        words = {"name": arguments.name, "public_key": arguments.key, "feed": arguments.feed}
        sender = Sender(hall=hall, id=arguments.partner, cursor="", revoked_at=None, **words)
        return _show(inbox.add(database, hall, sender))


def _pull_inbox(arguments: Namespace) -> int:
    from clerk_app.server.inbox import chores as inbox

    with closing(Database(_url(arguments))) as database:
        with database.reading() as connection:
            hall = chosen_hall(connection, arguments.hall)
        return _show(inbox.pull_all(database, hall))


def _tell_outside(arguments: Namespace) -> int:
    from clerk_app.server.outward import keys, running

    places = keys.Places(arguments.keys, arguments.folders)
    with closing(Database(_url(arguments))) as database:
        running.tell_outside(CentreOffice(database), running.opener(places), with_parent=arguments.with_parent)
    return _show({"told": True})


_chores: dict[str, Callable[[Namespace], int]] = {
    "migrate": _migrate,
    "load-hall": _load_hall,
    "load-names": _load_names,
    "first-admin": _first_admin,
    "set-password": _set_password,
    "set-pin": _set_pin,
    "set-totp": _set_totp,
    "disable-account": _disable_account,
    "enrolment-code": _enrolment_code,
    "setup-file": _setup_file,
    "revoke-device": _revoke_device,
    "add-update": _add_update,
    "list-updates": _list_updates,
    "plan-update": _decide_update,
    "confirm-update": _decide_update,
    "pause-update": _decide_update,
    "new-epoch": _new_epoch,
    "sweep-uploads": _sweep_uploads,
    "prune-changes": _prune_changes,
    "prune-logs": _prune_logs,
    "partner": _partner,
    "pull-inbox": _pull_inbox,
    "openapi": _openapi,
    "serve": _serve,
    "feed-citizen": _feed_citizen,
    "tell-outside": _tell_outside,
}
