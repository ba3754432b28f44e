"""`python -m benchmarks.qr`: how well the phone's own decoder reads QR codes, and what it weighs."""

import argparse
import gzip
import shutil

from playwright.sync_api import sync_playwright

from benchmarks.mrz.stage import ROOT, stage
from benchmarks.qr import TEXTS, TROUBLES, code

MEASURE = "async (told) => (await import('/benchmarks/qr/measure.js')).measured(told)"
FILES = (
    *(ROOT / "timpora/interface/field/static/field/qr").glob("*.js"),
    ROOT / "timpora/interface/field/static/field/camera/window.js",
    ROOT / "timpora/interface/web/static/vendor/qr/decode.js",
)


def main() -> None:
    """Measure all texts in every trouble."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--turns", type=int, default=10)
    asked.add_argument("--frames", type=int, default=8)
    told = asked.parse_args()
    weight = sum(len(gzip.compress(path.read_bytes())) for path in FILES)
    print(f"on the wire: {weight / 1000:.0f} kB in {len(FILES)} files")
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as steering:
        browser = steering.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        with stage(browser) as page:
            for name, how in TROUBLES.items():
                codes = [code(text) for text in TEXTS]
                given = {"codes": codes, "turns": told.turns, "frames": told.frames, "how": how}
                read = page.evaluate(MEASURE, given)
                print(
                    f"{name}: {read['right']} of {read['all']} right, {len(read['wrong'])} wrong; "
                    f"{read['frames'] / read['all']:.1f} pictures each, "
                    f"{read['ms']['median']:.0f} ms a picture (most {read['ms']['most']:.0f})"
                )
        browser.close()


if __name__ == "__main__":
    main()
