"""`python -m benchmarks.mrz [--train]`: how well the phone's reader reads, or new weights for it."""

import argparse
import json
import shutil

from playwright.sync_api import sync_playwright

from benchmarks.mrz.stage import ROOT, specimens, stage

WEIGHTS = ROOT / "timpora/interface/field/static/field/camera/weights.js"
MEASURE = "async (told) => (await import('/benchmarks/mrz/measure.js')).measured(told)"
TRAIN = """async ({ pictures }) => {
  const { fonts, tools } = await import("/benchmarks/mrz/measure.js");
  const { cellsFrom, trained, packed } = await import("/benchmarks/mrz/train.js");
  const { lines, glyphs, zone } = await tools();
  const drawn = await fonts(["OCRB", "OCRB", "OCRBL", "OCRBS"]);
  const cells = cellsFrom({ ...lines, ...glyphs, ...zone }, drawn, pictures, 11);
  return packed(trained(cells, {}));
}"""
HEAD = "// Made by `python -m benchmarks.mrz --train`; see glyphs.js."
GRADES = ("as scanned", "held still", "held in a hurry")


def main() -> None:
    """Measure all specimens in three grades of trouble, or train anew."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--train", action="store_true")
    asked.add_argument("--pictures", type=int, default=520)
    asked.add_argument("--rounds", type=int, default=2)
    asked.add_argument("--frames", type=int, default=4)
    told = asked.parse_args()
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as steering:
        browser = steering.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        with stage(browser) as page:
            page.on("console", lambda line: print(line.text, flush=True))
            if told.train:
                weights = json.dumps(page.evaluate(TRAIN, {"pictures": told.pictures}))
                WEIGHTS.write_text(f"{HEAD}\nexport const WEIGHTS = {weights};\n")
            else:
                for grade in range(3):
                    _table(page, grade, told)
        browser.close()


def _table(page: object, grade: int, told: argparse.Namespace) -> None:
    for turn in range(told.rounds):
        asked = {
            "specimens": specimens(),
            "names": ["OCRB", "OCRBL", "OCRBS"],
            "grade": grade,
            "frames": told.frames,
            "seed": 7000 + 9973 * turn,
        }
        read = page.evaluate(MEASURE, asked)  # type: ignore[attr-defined]
        print(
            f"{GRADES[grade]}: {read['right']} of {read['all']} right, "
            f"{len(read['wrong'])} wrong but accepted, {len(read['accepted_invalid'])} invalid accepted; "
            f"{read['found']} of {read['frames']} frames found, "
            f"{read['ms']['median']:.0f} ms a frame (most {read['ms']['most']:.0f})"
        )
        for name in ("refused", "wrong", "wrongUnmarked", "accepted_invalid"):
            if read[name]:
                print(f"  {name}: {read[name]}")


if __name__ == "__main__":
    main()
