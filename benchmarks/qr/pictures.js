// Pictures of QR codes as a phone would see them: turned, in perspective, small, pale, blurred, noisy, with modules that were
// torn off or painted over. All chance comes from a seed; nothing here needs a page.
import { blurred, chance, smeared } from "../mrz/pictures.js";

const QUIET = 4, bell = (next) => (next() + next() + next() + next() - 2) * 1.2;

/** What a picture suffers unless told otherwise, of one of three grades: 0 as scanned, 1 as held still, 2 as held in a hurry. */
function troubles(next, grade) {
  const much = [0.1, 0.6, 1][grade], spread = (most) => (next() * 2 - 1) * most * much;
  return {
    turn: spread(25), tipX: spread(0.22), tipY: spread(0.22), shiftX: spread(0.06), shiftY: spread(0.06), blur: next() * 1.7 * much,
    smear: next() < 0.4 ? next() * 2.4 * much : 0, noise: 2 + next() * 14 * much, light: spread(0.5), lightY: spread(0.35),
    ink: 30 + next() * 60 * much, paper: 240 - next() * 60 * much,
  };
}

/** Paint over a spot of the code, `share` of its area, away from its three corners. */
function harmed(rows, share, next) {
  const size = rows.length, side = Math.round(Math.sqrt(share) * size), room = size - 8 - side;
  const left = 8 + Math.floor(next() * Math.max(1, room - 1)), top = 8 + Math.floor(next() * Math.max(1, room - 1));
  return rows.map((row, y) => [...row].map((dark, x) => (x >= left && x < left + side && y >= top && y < top + side ? "1" : dark)).join(""));
}

/** Return the grey picture of `width` by `height` points of a code (rows of 0 and 1); `side` is the share of its height that it takes. */
export function pictured(rows, { width = 960, height = 540, seed = 1, grade = 1, side = 0.6, harm = 0, ...given }) {
  const next = chance(seed), t = { ...troubles(next, grade), ...given }, code = harm ? harmed(rows, harm, next) : rows;
  const modules = code.length, step = modules / (height * side), angle = (t.turn * Math.PI) / 180, cos = Math.cos(angle), sin = Math.sin(angle);
  const shade = (x, y) => {
    if (x < -QUIET || y < -QUIET || x >= modules + QUIET || y >= modules + QUIET) return t.paper * 0.6;
    return code[Math.floor(y)]?.[Math.floor(x)] === "1" ? t.ink : t.paper;
  };
  const grey = new Float32Array(width * height), middleX = width * (0.5 + t.shiftX), middleY = height * (0.5 + t.shiftY);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (const subY of [0.25, 0.75]) {
        for (const subX of [0.25, 0.75]) {
          const u = (x + subX - middleX) / height, v = (y + subY - middleY) / height, deep = (step * height) / (1 + t.tipX * u + t.tipY * v);
          sum += shade(modules / 2 + (u * cos - v * sin) * deep, modules / 2 + (u * sin + v * cos) * deep);
        }
      }
      grey[y * width + x] = (sum / 4) * (1 + t.light * (x / width - 0.5) + t.lightY * (y / height - 0.5));
    }
  }
  const soft = smeared(blurred(grey, width, height, t.blur), width, height, t.smear), data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i += 1) data[i] = Math.max(0, Math.min(255, soft[i] + bell(next) * t.noise));
  return { data, width, height };
}
