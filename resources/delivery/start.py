"""打包后的入口 the built program answers as Python does where it starts itself as another module (`-m clerk_app.server`); else it is
the launcher, and the desk when the installed version is the one to run.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

from resources.delivery.launcher import launch


def main() -> int:
    """`-B` is Python's own and means nothing here; a restart passes the program's own name once more."""
    words = [word for word in sys.argv[1:] if word != "-B"]
    if words and os.path.realpath(words[0]) == os.path.realpath(sys.executable):
        del words[0]
    if words[:1] == ["-m"] and len(words) > 1:
        sys.argv = [words[1], *words[2:]]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        return 0
    code = launch(words, Path(sys.executable).parent)
    if code is not None:
        return code
    sys.argv = [sys.executable, *words]
    from main import main as desk

    return desk(words)


if __name__ == "__main__":
    sys.exit(main())
