"""The released site in headless Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.installation import TrialInstallation
from tests.support.open_page import OpenPage


@pytest.fixture(scope="session")
def site(built: TrialInstallation) -> Path:
    """The site of the release, as people get it."""
    return (built.work / "published" / "site").resolve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "No chromium here: apt-get install --no-install-recommends chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site: Path) -> Iterator[OpenPage]:
    """Opens a page of the site; settings are those of a browser context."""
    contexts = []

    def open_page(name: str, **settings: object) -> Page:
        contexts.append(browser.new_context(**{"viewport": {"width": 1100, "height": 900}, **settings}))
        page = contexts[-1].new_page()
        page.goto(f"{site.as_uri()}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()
