"""Draws the pages of the site that the documentation shows, from the published release of the shipped data.

.venv/bin/python -m docs.images.draw_site
"""

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parent
SITE = IMAGES.parents[1] / "published" / "site"
COLOURS = 128
WIDTH = 1280
# The page, the picture and its height.
PICTURES = (
    ("index.html", "overview.png", 905),
    ("mark-socialnamnden.html", "committee.png", 1150),
    ("jamforelser.html", "matrix.png", 1000),
)


def main() -> None:
    """Draw the pictures beside this file."""
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("No chromium here: apt-get install --no-install-recommends chromium")
    if not SITE.is_dir():
        sys.exit("Nothing is published: run `kommunlager run` first")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for page, picture, height in PICTURES:
            _draw(browser, SITE.resolve() / page, IMAGES / picture, height)
        browser.close()


def _draw(browser: Browser, page: Path, picture: Path, height: int) -> None:
    opened = browser.new_page(viewport={"width": WIDTH, "height": height})
    opened.goto(page.as_uri())
    opened.screenshot(path=picture)
    opened.close()
    Image.open(picture).convert("RGB").quantize(COLOURS).save(picture, optimize=True)


if __name__ == "__main__":
    main()
