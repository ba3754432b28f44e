// Pictures of machine-readable zones as a phone would see them: tilted, in perspective, blurred, noisy, unevenly lit, on printed
// paper. All chance comes from a seed. Runs in a browser, for its canvas and fonts.

/** Return numbers between 0 and 1 that follow from the seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const PITCH = 40, MARGIN = 60, LINE = 68;
const bell = (next) => (next() + next() + next() + next() - 2) * 1.2;

/** What a picture suffers, of one of three grades: 0 as scanned, 1 as held still, 2 as held in a hurry. */
export function troubles(next, grade) {
  const much = [0.1, 0.6, 1][grade];
  const spread = (most) => (next() * 2 - 1) * most * much;
  return {
    tilt: (spread(4) * Math.PI) / 180, tipX: spread(0.1), tipY: spread(0.12), shift: spread(0.02), fill: 0.9 + spread(0.06),
    blur: next() * 1.9 * much, smear: next() * 2.2 * much * (next() < 0.4 ? 1 : 0), noise: 2 + next() * 14 * much, light: spread(0.5), lightY: spread(0.35), ink: 40 + next() * 50 * much,
    paper: 235 - next() * 60 * much, weave: next() * 22 * much, bold: spread(1) * 1.6, shine: next() < 0.25 * much ? next() * 50 : 0,
  };
}

/** Draw the zone flat and large: paper with a printed pattern, signs at one pitch. */
function sheet(lines, font, t, next) {
  const wide = Math.max(...lines.map((line) => line.length)) * PITCH + 2 * MARGIN, high = lines.length * LINE + 2 * MARGIN + 90;
  const canvas = new OffscreenCanvas(wide, high), pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = `rgb(${t.paper} ${t.paper} ${t.paper})`;
  pen.fillRect(0, 0, wide, high);
  pen.strokeStyle = `rgb(0 0 0 / ${t.weave / 255})`;
  pen.lineWidth = 2.5;
  const bend = 20 + next() * 60, gap = 9 + next() * 14, wave = 60 + next() * 200;
  for (let y = -bend; y < high + bend; y += gap) {
    pen.beginPath();
    for (let x = 0; x <= wide; x += 16) pen.lineTo(x, y + bend * Math.sin(x / wave + y / 90));
    pen.stroke();
  }
  pen.fillStyle = pen.strokeStyle = `rgb(${t.ink} ${t.ink} ${t.ink})`;
  // Above the zone a passport has the lower edge of its photo and small print.
  pen.fillRect(0, 0, wide * 0.28, 46);
  pen.font = "22px sans-serif";
  pen.fillText("TANDA TANGAN PEMEGANG / HOLDER'S SIGNATURE", wide * 0.34, 34);
  pen.font = `${font.size}px "${font.family}"`;
  pen.textAlign = "center";
  lines.forEach((line, row) => [...line].forEach((sign, column) => {
    const x = MARGIN + (column + 0.5) * PITCH + bell(next) * 0.5, y = MARGIN + 90 + row * LINE + LINE * 0.6 + bell(next) * 0.5;
    pen.fillText(sign, x, y);
    if (t.bold > 0.2) { pen.lineWidth = t.bold; pen.strokeText(sign, x, y); }
  }));
  return { data: pen.getImageData(0, 0, wide, high).data, wide, high };
}

/** Return the grey picture of `width` by `height` points that a phone takes of the sheet. */
export function pictured(lines, { font, width = 1280, height = 400, seed = 1, grade = 1 }) {
  const next = chance(seed), t = troubles(next, grade), flat = sheet(lines, font, t, next);
  const scale = (flat.wide - 2 * MARGIN) / (width * t.fill), cos = Math.cos(t.tilt), sin = Math.sin(t.tilt);
  const grey = new Float32Array(width * height), middleY = flat.high / 2 + 40;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const u = (x / width - 0.5) * 2, v = (y / height - 0.5) * 2 * (height / width), deep = 1 + t.tipX * u * 0.5 + t.tipY * v;
      const px = ((x - width / 2) * scale) / deep, py = ((y - height / 2) * scale) / deep;
      const sx = flat.wide / 2 + px * cos - py * sin + t.shift * flat.wide, sy = middleY + px * sin + py * cos;
      grey[y * width + x] = sample(flat, sx, sy, t.paper) * (1 + t.light * u * 0.5 + t.lightY * v) + t.shine * Math.exp(-((u - 0.3) ** 2 + v * v) * 14);
    }
  }
  const soft = smeared(blurred(grey, width, height, t.blur), width, height, t.smear), data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i += 1) data[i] = Math.max(0, Math.min(255, soft[i] + bell(next) * t.noise));
  return { data, width, height };
}

function sample({ data, wide, high }, x, y, paper) {
  if (x < 0 || y < 0 || x >= wide - 1 || y >= high - 1) return paper * 0.55;
  const left = Math.floor(x), top = Math.floor(y), dx = x - left, dy = y - top, at = (top * wide + left) * 4;
  return (data[at] * (1 - dx) + data[at + 4] * dx) * (1 - dy) + (data[at + wide * 4] * (1 - dx) + data[at + wide * 4 + 4] * dx) * dy;
}

export function blurred(grey, width, height, sigma) {
  if (sigma < 0.15) return grey;
  const reach = Math.ceil(sigma * 2.5), taps = Array.from({ length: 2 * reach + 1 }, (_, n) => Math.exp(-((n - reach) ** 2) / (2 * sigma * sigma)));
  const whole = taps.reduce((sum, tap) => sum + tap, 0);
  const along = (from, step, most, other, otherStep) => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < other; line += 1) {
      for (let n = 0; n < most; n += 1) {
        let sum = 0;
        for (let k = -reach; k <= reach; k += 1) sum += from[line * otherStep + Math.max(0, Math.min(most - 1, n + k)) * step] * taps[k + reach];
        to[line * otherStep + n * step] = sum / whole;
      }
    }
    return to;
  };
  return along(along(grey, 1, width, height, width), width, height, width, 1);
}

/** A hand that moves sideways while the picture is taken. */
export function smeared(grey, width, height, far) {
  const reach = Math.round(far);
  if (!reach) return grey;
  const to = new Float32Array(grey.length);
  for (let i = 0; i < grey.length; i += 1) {
    let sum = 0;
    for (let k = 0; k <= reach; k += 1) sum += grey[Math.min(grey.length - 1, i + k)];
    to[i] = sum / (reach + 1);
  }
  return to;
}

/** Let the page know a font by its bytes; return how it is drawn so that capitals are as high as 0.92 of the pitch. */
export async function fontOf(family, bytes) {
  if (bytes) document.fonts.add(await new FontFace(family, bytes).load());
  const pen = new OffscreenCanvas(10, 10).getContext("2d");
  pen.font = `100px "${family}"`;
  const { actualBoundingBoxAscent: tall } = pen.measureText("H");
  return { family, size: (100 * PITCH * 0.96) / tall };
}
