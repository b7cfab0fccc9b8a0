"""流水 `journal verify|export`: read beside a running client."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from clerk_app.command_lines.opened_store import opened_store
from clerk_app.command_lines.spoken import Answer
from clerk_app.settings import home


def journal_arguments(parser: argparse.ArgumentParser) -> None:
    """Verify or export."""
    parser.add_argument("act", choices=("verify", "export"), metavar="verify|export", help="做哪一样")
    parser.add_argument("--data-dir", type=Path, default=home("counter-clerk"), metavar="DIR", help="数据夹")


def journal(namespace: argparse.Namespace) -> Answer:
    """The chain walked, or every envelope as it was hashed and sent."""
    with opened_store(namespace.data_dir) as store:
        if namespace.act == "export":
            return [json.loads(data) for data in store.envelopes()], 0
        check = store.journal.check()
    return {"rows": check.rows, "head": check.head, "ok": check.ok}, 0 if check.ok else 1
