"""What the fixture ``open_page`` is called with: the name of a page, and settings of a browser context."""

from collections.abc import Callable

from playwright.sync_api import Page

OpenPage = Callable[..., Page]
