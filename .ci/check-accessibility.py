"""Runs axe on an HTML report in Chromium: light and dark, on a phone and on a desk, before and after its table is used.

check-accessibility.py FILE...
"""

import pathlib
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1440, "height": 900}}


def problems(page, when):
    results = Axe().run(page)
    found = results.response["violations"]
    # What axe could not decide is not counted; that it looked at all is.
    if len(results.response["passes"]) < 10:
        yield f"{when}: axe checked next to nothing"
    for violation in found:
        for node in violation["nodes"]:
            yield f"{when}: {violation['id']}: {violation['help']}: {node['html'][:200]}"


def check(browser, path):
    found = []
    for scheme in ["light", "dark"]:
        for size, viewport in SIZES.items():
            context = browser.new_context(color_scheme=scheme, viewport=viewport)
            page = context.new_page()
            page.goto(path.resolve().as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            found += problems(page, f"{path.name}, {scheme}, {size}")
            if page.locator("form.filter").is_visible():
                page.locator("thead button").first.click()
                page.locator("input[type=search]").fill("no such check")
                found += problems(page, f"{path.name}, {scheme}, {size}, filtered")
            context.close()
    return found


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
    found = [problem for name in sys.argv[1:] for problem in check(browser, pathlib.Path(name))]
    browser.close()
print("\n".join(found))
sys.exit(1 if found else 0)
