"""Draws the pages of the site that the documentation shows, from two releases: the later one has one report more.

.venv/bin/python -m docs.images.draw_site
"""

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.support.installation import PROJECT, TrialInstallation

IMAGES = Path(__file__).parent
COLOURS = 128
NEW_REPORT = "mark_delarsrapport_2025.xlsx"
# The page, the picture, and its width and height.
PICTURES = (
    ("index.html", "overview.png", 1280, 905),
    ("mark-socialnamnden.html", "committee.png", 1280, 1150),
    ("jamforelser.html", "matrix.png", 1280, 1000),
    ("nytt.html", "whats_new.png", 1280, 900),
)


def main() -> None:
    """Publish twice and draw the pictures beside this file."""
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("No chromium here: apt-get install --no-install-recommends chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = _published_site(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for page, picture, width, height in PICTURES:
            _draw(browser, site / page, IMAGES / picture, width, height)
        browser.close()


def _published_site(folder: Path) -> Path:
    installation = TrialInstallation(data=folder / "data", work=folder / "work")
    shutil.copytree(PROJECT / "data", installation.data)
    new_report = installation.data / "reports" / NEW_REPORT
    later = new_report.rename(folder / NEW_REPORT)
    for report in (None, later):
        if report:
            report.rename(new_report)
        run = installation.kommunlager("run")
        if run.returncode:
            sys.exit(run.stdout + run.stderr)
    return (installation.published.parent / "site").resolve()


def _draw(browser: Browser, page: Path, picture: Path, width: int, height: int) -> None:
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.goto(page.as_uri())
    opened.screenshot(path=picture)
    opened.close()
    Image.open(picture).convert("RGB").quantize(COLOURS).save(picture, optimize=True)


if __name__ == "__main__":
    main()
