"""What Firefox itself makes of the site, spoken to over its Marionette: `make firefox-check`, not a part of the suite."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_pages import PAGES
from tests.browser.test_widgets import MOUNTS
from tests.built import Site

PORT = 2828
BAR_BESIDE = """return [...document.querySelectorAll(".scroll-box")].filter(box => box.offsetWidth > box.clientWidth
    || (box.scrollHeight > box.clientHeight && getComputedStyle(box).overflowY !== "hidden")).length"""
WIDE = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
COME = """const [done] = arguments, mounts = [...document.querySelectorAll("[data-widget]")];
for (const opener of document.querySelectorAll(".open-widget a")) if (opener.checkVisibility()) opener.click();
const look = () => {
    const next = mounts.find(mount => !("ready" in mount.dataset));
    next?.scrollIntoView();
    next && !next.dataset.failed ? setTimeout(look, 50) : done(next?.dataset.failed ?? "");
};
look();"""
SEARCH = """const [words, done] = arguments, box = document.querySelector(".md-search__input");
box.focus();
setTimeout(() => {
    box.value = words; // later: the theme reads the box itself when it gets the focus
    box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}, 500);
const look = () => {
    const links = [...document.querySelectorAll(".md-search-result__link")].map(link => link.href);
    links.length ? done(links) : setTimeout(look, 50);
};
look();"""


class Firefox:
    def __init__(self, connection: socket.socket) -> None:
        self.stream = connection.makefile("rwb")
        self.answer()
        self.ask("WebDriver:NewSession", {})

    def answer(self) -> Any:
        length = b"".join(iter(lambda: self.stream.read(1), b":"))
        return json.loads(self.stream.read(int(length)))

    def ask(self, name: str, parameters: dict[str, Any]) -> Any:
        message = json.dumps([0, 1, name, parameters]).encode()
        self.stream.write(b"%d:%s" % (len(message), message))
        self.stream.flush()
        _, _, error, result = self.answer()
        assert not error, error
        return result

    def open(self, url: str, width: int = 1280) -> None:
        self.ask("WebDriver:SetWindowRect", {"width": width, "height": 900})
        self.ask("WebDriver:Navigate", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        kind = "Async" if "done" in script else ""
        return self.ask(f"WebDriver:Execute{kind}Script", {"script": script, "args": arguments})["value"]


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    executable = next(filter(None, map(shutil.which, ("firefox", "firefox-esr"))), None)
    if not executable:
        pytest.fail("Firefox is not installed: on Debian, apt-get install firefox-esr")
    profile: Path = tmp_path_factory.mktemp("firefox")
    with subprocess.Popen([executable, "--headless", "--marionette", "--profile", profile]) as process:
        try:
            for _ in range(150):
                with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", PORT)) as connection:
                    yield Firefox(connection)
                    return
                time.sleep(0.2)
            pytest.fail(f"Firefox does not listen at port {PORT}")
        finally:
            process.terminate()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_needless_bar(address: str, firefox: Firefox, site: Site) -> None:
    for width in (1280, 500):  # Firefox has no window that is narrower
        firefox.open(site.url + address, width)
        assert firefox.run(WIDE) <= 0, width
        assert firefox.run(BAR_BESIDE) == 0, width


@pytest.mark.parametrize("address", MOUNTS)
def test_widgets_come(address: str, firefox: Firefox, site: Site) -> None:
    firefox.open(site.url + address)
    assert firefox.run(COME) == ""


def test_the_search_finds(firefox: Firefox, site: Site) -> None:
    firefox.open(site.url)
    assert f"{site.url}errors/#expected-ndim-3" in firefox.run(SEARCH, "expected ndim=3, found ndim=2")
