"""查询开门 `python -m clerk_app.server citizen`: the pages as a process of its own. It may stand in the public network."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from contextlib import closing

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from clerk_app.server.citizen import rows
from clerk_app.server.citizen.form import HEALTH
from clerk_app.server.citizen.key import KEY_VARIABLE, KeyMissingError, read_key
from clerk_app.server.database import DATABASE_VARIABLE, Database
from clerk_app.server.serving import Door, serve


def run(arguments: Namespace) -> int:
    """Blocks until it is told to end; exit code. What is wrong is one sentence on stderr."""
    url: str = arguments.database_url or os.environ.get(DATABASE_VARIABLE, "")
    if not url:
        return _say("没有写查询库的地址，没有开门。加上 --database-url。", 2)
    try:
        key = read_key(arguments.key_file)
        if not _prepare(url):
            return _say("这是中心的数据库，没有开门。给查询另建一个库，由 feed-citizen 从里面喂过来。", 1)
    except KeyMissingError as missing:
        return _say(str(missing), 2)
    except (ArgumentError, NoSuchModuleError):
        return _say("数据库地址看不懂，没有开门。写成 postgresql://… 或 sqlite:///文件。", 2)
    except DBAPIError as error:
        return _say(f"查询库用不了（{type(error.orig).__name__}），没有开门。看看地址和权限。", 1)
    os.environ[DATABASE_VARIABLE] = url
    os.environ[KEY_VARIABLE] = key
    return serve(
        Door(
            host=arguments.host,
            port=arguments.port,
            workers=arguments.workers,
            with_parent=arguments.with_parent,
            application="clerk_app.server.citizen.app:app_from_environment",
            health=HEALTH,
            name="查询页",
        )
    )


def _prepare(url: str) -> bool:
    with closing(Database(url)) as database, database.writing() as connection:
        if rows.is_the_centres(connection):
            return False
        rows.prepare(connection)
    return True


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return code
