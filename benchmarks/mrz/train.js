// Makes the weights of glyphs.js from pictures of its own: cells cut by the very finder that the phone uses.
import { chance, pictured } from "./pictures.js";

/** Return cells with what they show, cut from `count` pictures of random lines. */
export function cellsFrom({ zoneOf, patchOf, SIGNS }, fonts, count, seed) {
  const next = chance(seed), points = [], labels = [];
  for (let n = 0; n < count; n += 1) {
    const lines = [0, 1].map(() => Array.from({ length: 44 }, () => SIGNS[Math.floor(next() * SIGNS.length)]).join(""));
    const font = fonts[Math.floor(next() * fonts.length)], width = 760 + Math.floor(next() * 540);
    const grey = pictured(lines, { font, width, height: Math.round(width * 0.3), seed: seed * 100_003 + n, grade: next() < 0.2 ? 1 : 2 });
    const rows = zoneOf(grey);
    if (rows?.length !== 2 || rows[0].length !== 44) continue;
    rows.forEach((row, r) => row.forEach((cell, c) => {
      for (let turn = 0; turn < 2; turn += 1) {
        const moved = { dx: (next() - 0.5) * 0.22, dy: (next() - 0.5) * 0.16, zoom: 0.92 + next() * 0.16 };
        points.push(patchOf(grey, { ...cell, slope: cell.slope + (next() - 0.5) * 0.05 }, turn ? moved : {}));
        labels.push(SIGNS.indexOf(lines[r][c]));
      }
    }));
  }
  return { points, labels };
}

/** Train one hidden layer by Adam on small batches; return plain layers. */
export function trained({ points, labels }, { hidden = 64, outputs = 37, rounds = 7, seed = 5 }) {
  const next = chance(seed), inputs = points[0].length, sizes = [hidden * inputs, hidden, outputs * hidden, outputs];
  const layers = sizes.map((size, n) => Float32Array.from({ length: size }, () => (n % 2 ? 0 : (next() + next() + next() - 1.5) * (n ? Math.sqrt(2 / hidden) : Math.sqrt(2 / inputs)))));
  const slopes = sizes.map((size) => new Float32Array(size)), means = sizes.map((size) => new Float32Array(size)), squares = sizes.map((size) => new Float32Array(size));
  const order = Int32Array.from(labels, (_, n) => n), inner = new Float32Array(hidden), outer = new Float32Array(outputs), back = new Float32Array(hidden);
  let step = 0, loss = 0;
  const learn = (x, label) => {
    const [a, ab, b, bb] = layers;
    for (let n = 0; n < hidden; n += 1) { let sum = ab[n]; for (let i = 0, at = n * inputs; i < inputs; i += 1) sum += x[i] * a[at + i]; inner[n] = sum > 0 ? sum : 0; back[n] = 0; }
    let most = -Infinity, whole = 0;
    for (let n = 0; n < outputs; n += 1) { let sum = bb[n]; for (let i = 0, at = n * hidden; i < hidden; i += 1) sum += inner[i] * b[at + i]; outer[n] = sum; if (sum > most) most = sum; }
    for (let n = 0; n < outputs; n += 1) { outer[n] = Math.exp(outer[n] - most); whole += outer[n]; }
    loss -= Math.log(Math.max(1e-9, outer[label] / whole));
    for (let n = 0; n < outputs; n += 1) {
      const slope = outer[n] / whole - (n === label ? 0.96 : 0.04 / (outputs - 1));
      slopes[3][n] += slope;
      for (let i = 0, at = n * hidden; i < hidden; i += 1) { slopes[2][at + i] += slope * inner[i]; back[i] += slope * b[at + i]; }
    }
    for (let n = 0; n < hidden; n += 1) {
      if (!inner[n]) continue;
      slopes[1][n] += back[n];
      for (let i = 0, at = n * inputs; i < inputs; i += 1) slopes[0][at + i] += back[n] * x[i];
    }
  };
  const apply = (size, rate) => {
    step += 1;
    layers.forEach((layer, l) => { for (let i = 0; i < layer.length; i += 1) {
      const slope = slopes[l][i] / size + (l % 2 ? 0 : 1e-5 * layer[i]);
      means[l][i] = 0.9 * means[l][i] + 0.1 * slope;
      squares[l][i] = 0.999 * squares[l][i] + 0.001 * slope * slope;
      layer[i] -= (rate * means[l][i]) / (1 - 0.9 ** step) / (Math.sqrt(squares[l][i] / (1 - 0.999 ** step)) + 1e-7);
      slopes[l][i] = 0;
    } });
  };
  for (let round = 0; round < rounds; round += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) { const j = Math.floor(next() * (i + 1)); [order[i], order[j]] = [order[j], order[i]]; }
    loss = 0;
    for (let i = 0; i < order.length; i += 1) {
      learn(points[order[i]], labels[order[i]]);
      if (i % 64 === 63) apply(64, 0.002 * 0.6 ** round);
    }
    console.log(`round ${round + 1}: ${(loss / order.length).toFixed(4)}`);
  }
  return { hidden, layers };
}

/** Pack layers as glyphs.js unpacks them. */
export function packed({ hidden, layers }) {
  const byte = (layer) => {
    const scale = layer.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-9) / 127;
    return { scale: Number(scale.toPrecision(5)), text: btoa(String.fromCharCode(...Uint8Array.from(layer, (one) => Math.round(one / scale) & 255))) };
  };
  const [a, ab, b, bb] = layers.map(byte);
  const part = (one, bias) => ({ scale: one.scale, biasScale: bias.scale, weights: one.text, biases: bias.text });
  return { hidden, first: part(a, ab), last: part(b, bb) };
}
