"""Run programs, each in a fresh process that finds lstm_ref loaded if it is there: a list in JSON on stdin, outcomes on stdout."""

import json
import os
import sys
import tempfile
import traceback
from contextlib import suppress

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # Python 3.12 and newer warn of a fork where there are threads
with suppress(ImportError):
    import lstm_ref  # noqa: F401, and with it NumPy, which is most of the time


def outcome(source: str) -> tuple[bool, str, str]:
    """Whether a program ended well, what it printed, and what it said on stderr."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if not child:
            run(source, out.fileno(), err.fileno())
        _, status = os.waitpid(child, 0)
        for file in (out, err):
            file.seek(0)
        return status == 0, out.read(), err.read()


def run(source: str, out: int, err: int) -> None:
    os.dup2(out, 1)
    os.dup2(err, 2)
    status = 1
    try:
        exec(compile(source, "snippet", "exec"), {"__name__": "__main__"})
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    json.dump([outcome(source) for source in json.load(sys.stdin)], sys.stdout)
