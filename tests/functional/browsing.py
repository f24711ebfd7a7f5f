"""Driving the browser from a thread of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self, TypeVar

from playwright.sync_api import Browser, Page, sync_playwright

from tests.factories import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REVIEW = "/reviews/care-leavers"
REST_MS = 350  # keys rest 300 ms after a new record appears
T = TypeVar("T")


class BrowserThread:
    """A browser in a thread of its own; :meth:`do` runs a function there."""

    def __enter__(self) -> Self:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="browser")
        self.do(self._start)
        return self

    def __exit__(self, *exc: object) -> None:
        self.do(self._stop)
        self._thread.shutdown()

    def _start(self) -> None:
        self._playwright = sync_playwright().start()
        self.browser: Browser = self._playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

    def _stop(self) -> None:
        self.browser.close()
        self._playwright.stop()

    def do(self, task: Callable[[], T]) -> T:
        """Run a task in the browser's thread and return what it returns."""
        return self._thread.submit(task).result(timeout=60)


class Desk:
    """One person's window, and everything that its console complained of."""

    def __init__(self, thread: BrowserThread, *, server: str, width: int = 1280, height: int = 860) -> None:
        self._thread, self._server = thread, server
        self.complaints: list[str] = []
        self._page = self.do_in(lambda: self._open(width, height))

    def _open(self, width: int, height: int) -> Page:
        context = self._thread.browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on(
            "console", lambda m: self.complaints.append(m.text) if m.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def do_in(self, task: Callable[[], T]) -> T:
        """Run a task in the browser's thread."""
        return self._thread.do(task)

    def do(self, task: Callable[[Page], T]) -> T:
        """Run a task on the page."""
        return self._thread.do(lambda: task(self._page))

    def log_in(self, username: str) -> None:
        """Log in through the login page."""

        def fill(page: Page) -> None:
            page.goto(f"{self._server}/")
            page.get_by_label("Name").fill(username)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Log in").click()
            page.wait_for_selector("h1:has-text('Your reviews')")

        self.do(fill)

    def picture_is_there(self) -> None:
        """Wait until the page of the document can be seen."""
        self.wait_until("() => document.querySelector('[data-picture]').naturalWidth > 500")

    def is_at_page(self, number: int) -> None:
        """Wait until this page of the document is open, its picture too."""
        self.wait_until("n => document.querySelector('#paper').ariaLabel === `Document, page ${n}`", number)
        self.picture_is_there()

    def visit(self, address: str) -> None:
        """Go to a page of the review."""
        self.do(lambda page: page.goto(f"{self._server}{REVIEW}{address}"))

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, without waiting."""

        def type_keys(page: Page) -> None:
            for key in keys:
                page.keyboard.press(key)

        self.do(type_keys)

    def vote(self, *keys: str) -> str:
        """Press keys that judge or undo, wait for the next record and for keys to work; return its title."""
        shown = self.title()
        self.press(*keys)
        self.wait_until("t => document.querySelector('#desk h1').innerText !== t", shown)
        self.rest()
        return self.title()

    def wait_until(self, condition: str, argument: object = None) -> None:
        """Wait until a function of the page says so."""
        self.do(lambda page: page.wait_for_function(condition, arg=argument))

    def rest(self, milliseconds: int = REST_MS) -> None:
        """Wait as long as keys rest after a new record."""
        self.do(lambda page: page.wait_for_timeout(milliseconds))

    def title(self) -> str:
        """Return the main heading."""
        return self.do(lambda page: page.locator("h1").inner_text())

    def text(self, selector: str) -> str:
        """Return the words of a part of the page."""
        return self.do(lambda page: page.locator(selector).inner_text())

    def evaluate(self, script: str) -> object:
        """Run a script in the page."""
        return self.do(lambda page: page.evaluate(script))

    def resize(self, *, width: int, height: int) -> None:
        """Change the window's size."""
        self.do(lambda page: page.set_viewport_size({"width": width, "height": height}))

    def screenshot(self, path: Path) -> None:
        """Take a picture of the window; hiding the caret would need an inline style, which the pages forbid."""
        self.do(lambda page: page.screenshot(path=path, caret="initial"))

    def close(self) -> list[str]:
        """Close the window once its pictures are there; return what it complained of."""
        self.wait_until("() => [...document.images].every((image) => image.complete)")
        self.do(lambda page: page.context.close())
        return self.complaints
