"""What is made once in a run of the tests and used by all its workers."""

import fcntl
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Let one in at a time, of all processes and threads; the lock falls with the process that holds it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class Host:
    """A folder that all workers share, and the address at which the process that started them serves it."""

    folder: Path
    url: str

    def once(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the folder of this name: the first who asks makes it, and who comes later waits."""
        folder, done, failed = (self.folder / f"{name}{suffix}" for suffix in ("", ".done", ".failed"))
        with locked(self.folder / f"{name}.lock"):
            assert not failed.exists(), f"{name} could not be made:\n{failed.read_text()}"
            if not done.exists():
                try:
                    make(folder)
                except BaseException:
                    failed.write_text(traceback.format_exc())
                    raise
                done.touch()
        return folder


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # several browsers ask at once

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a browser that went to another page
            super().handle_error(request, client_address)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[Host]:
    with Server(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Host(folder, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
