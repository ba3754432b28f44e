// Reads pictures of QR codes as the phone would: a film of several each, until one is read; counts what was right, wrong and not read.
import { pictured } from "./pictures.js";

const FIELD = "/timpora/interface/field/static/field", DECODER = "/timpora/interface/web/static/vendor/qr/decode.js";

export async function tools() {
  const { seeing } = await import(`${FIELD}/qr/reader.js`), { decodeQR } = await import(DECODER);
  return { seeing, decodeQR };
}

/** Read each of `codes` (`{ text, rows }`) `turns` times, in at most `frames` pictures that suffer `how`; `isStill`: all alike. */
export async function measured({ codes, turns = 3, frames = 8, seed = 2026, how = {}, isStill = false }) {
  const { seeing, decodeQR } = await tools(), begin = seeing(decodeQR, null);
  const told = { all: 0, right: 0, wrong: [], unread: [], frames: 0, ms: [] };
  for (const [n, code] of codes.entries()) {
    for (let turn = 0; turn < turns; turn += 1) {
      const look = begin({ isLive: true });
      let text = "";
      for (let frame = 0; frame < frames && !text; frame += 1) {
        const grey = pictured(code.rows, { width: 960, height: 720, ...how, seed: seed + n * 1009 + turn * 101 + (isStill ? 0 : frame) });
        const from = performance.now();
        text = await look({ canvas: null, grey });
        told.ms.push(performance.now() - from);
        told.frames += 1;
      }
      told.all += 1;
      if (text === code.text) told.right += 1;
      else if (text) told.wrong.push(text);
      else told.unread.push(`${n}:${turn}`);
    }
  }
  told.ms.sort((a, b) => a - b);
  return { ...told, ms: { median: told.ms[told.ms.length >> 1], most: told.ms.at(-1) } };
}
