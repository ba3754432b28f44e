// Reads pictures of specimens as the phone would: several of each, one vote; counts what was right, refused and wrong.
import { fontOf, pictured } from "./pictures.js";

const FIELD = "/timpora/interface/field/static/field";
const NAMES = ["lines", "glyphs", "zone", "weights", "reader", "page"];

export async function tools() {
  const parts = Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await import(`${FIELD}/camera/${name}.js`)])));
  const { mrzRead } = await import(`${FIELD}/mrz.js`);
  return { ...parts, mrzRead };
}

export async function fonts(names) {
  return Promise.all(names.map(async (name) => fontOf(name, await (await fetch(`/benchmarks/mrz/ocr-b/${name}.otf`)).arrayBuffer())));
}

/** Read each of `specimens` (`{ id, lines, isValid }`) in `frames` pictures of a grade. */
export async function measured({ specimens, names = ["OCRB"], grade = 1, frames = 3, width = 1280, seed = 2026, damage = null }) {
  const { page, mrzRead, ...parts } = await tools(), shown = await fonts(names), reading = page.toolsOf(parts);
  const told = { all: 0, right: 0, refused: [], wrong: [], wrongUnmarked: [], accepted_invalid: [], frames: 0, found: 0, ms: [] };
  for (const [n, specimen] of specimens.entries()) {
    const voting = parts.zone.vote(mrzRead);
    let answer = null;
    for (let frame = 0; frame < frames; frame += 1) {
      const grey = pictured(specimen.lines, { font: shown[n % shown.length], width, height: Math.round(width * (specimen.lines.length === 3 ? 0.36 : 0.3)), seed: seed + n * 101 + frame, grade });
      if (damage) damage(grey);
      const from = performance.now(), heard = reading.heard(grey, voting);
      told.ms.push(performance.now() - from);
      told.frames += 1;
      if (!heard) continue;
      told.found += 1;
      answer = heard;
    }
    const want = specimen.lines.join("\n"), isTaken = Boolean(answer?.isSteady && answer.holds);
    if (specimen.isValid) told.all += 1;
    if (isTaken && !specimen.isValid) told.accepted_invalid.push(`${specimen.id}: ${answer.text}`);
    else if (isTaken && answer.text === want) told.right += 1;
    else if (isTaken) {
      told.wrong.push(`${specimen.id}: ${answer.text}`);
      if ([...answer.text].some((sign, at) => sign !== want[at] && !isMarked(answer, at))) told.wrongUnmarked.push(specimen.id);
    } else if (specimen.isValid) told.refused.push(specimen.id);
  }
  told.ms.sort((a, b) => a - b);
  return { ...told, ms: { median: told.ms[told.ms.length >> 1], most: told.ms.at(-1) } };
}

function isMarked({ text, doubts }, at) {
  const before = text.slice(0, at).split("\n");
  return doubts.some(([row, column]) => row === before.length - 1 && column === before.at(-1).length);
}
