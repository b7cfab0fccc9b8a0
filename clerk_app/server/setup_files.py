"""发装机文件 one window's file with a fresh one-time code; what it says of the centre and the printers is given by hand."""

from __future__ import annotations

import os
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from clerk_app.outside.setup_file import SUFFIX, SetupFaults, SetupFile, read_setup, setup_text
from clerk_app.server import enrolment
from clerk_app.server.centre import CentreOffice, chosen_hall
from clerk_app.server.database import Database


def make_setup(database: Database, arguments: Namespace, now: datetime) -> tuple[Path, SetupFile]:
    """Checked as the desk will check it, before the code is kept. Raises `SetupFaults`, `ProblemError`, OSError, ValueError."""
    file: Path = arguments.out or Path(f"{arguments.window}{SUFFIX}")
    ca = arguments.ca.read_text(encoding="ascii") if arguments.ca else ""
    with database.writing() as connection:
        hall, name = _place(database, connection, arguments)
        code = enrolment.make_code(connection, (hall, arguments.window), now, arguments.hours)
        setup = SetupFile(
            hall=hall,
            hall_name=name,
            window=arguments.window,
            centre=arguments.centre,
            code=code.code,
            expires=code.expires.isoformat(timespec="seconds"),
            printer=arguments.printer,
            paper_columns=arguments.paper_columns,
            second_screen=arguments.second_screen,
            second_copy=arguments.second_copy,
            ca=ca,
        )
        read_setup(setup_text(setup), now)
        _write(file, setup_text(setup))
    return file, setup


def _place(database: Database, connection: Connection, arguments: Namespace) -> tuple[str, str]:
    hall = chosen_hall(connection, arguments.hall)
    in_force = CentreOffice(database).hall_in_force(connection, hall)
    if arguments.window not in in_force.roster.windows:
        raise SetupFaults((f"大厅 {hall} 没有 {arguments.window}号窗口，没有发装机文件。核对窗口号。",))
    return hall, in_force.name


def _write(file: Path, text: str) -> None:
    """Never over another one, and for nobody else's eyes: a code stands in it."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
