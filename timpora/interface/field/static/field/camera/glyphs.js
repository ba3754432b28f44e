// Which of the 37 signs of OCR-B a cell shows: a small network of one hidden layer over 16 by 20 points. Its weights are made by
// `python -m benchmarks.mrz --train` from the freely licensed OCR-B of Norbert Schwarz and Matthew Skala (ADR 0025).
export const WIDE = 16, TALL = 20;
const SPREAD = 1.36;

/** Grey between points. */
function seen({ data, width, height }, x, y) {
  const cx = Math.min(width - 1.001, Math.max(0, x)), cy = Math.min(height - 1.001, Math.max(0, y));
  const left = Math.floor(cx), top = Math.floor(cy), dx = cx - left, dy = cy - top, at = top * width + left;
  return (data[at] * (1 - dx) + data[at + 1] * dx) * (1 - dy) + (data[at + width] * (1 - dx) + data[at + width + 1] * dx) * dy;
}

/** Return a cell as points between 0 (paper) and 1 (ink), turned upright; `shift` moves it by shares of a cell. */
export function patchOf(grey, cell, { dx = 0, dy = 0, zoom = 1 } = {}) {
  const points = new Float32Array(WIDE * TALL);
  const stepX = (cell.pitch * zoom) / WIDE, stepY = (cell.h * SPREAD * zoom) / TALL, lean = Math.atan(cell.slope), cos = Math.cos(lean), sin = Math.sin(lean);
  const twice = [-0.25, 0.25];
  for (let row = 0; row < TALL; row += 1) {
    for (let column = 0; column < WIDE; column += 1) {
      let sum = 0;
      for (const subY of twice) {
        for (const subX of twice) {
          const u = (column + 0.5 + subX - WIDE / 2) * stepX + dx * cell.pitch, v = (row + 0.5 + subY - TALL / 2) * stepY + dy * cell.h;
          sum += seen(grey, cell.x + u * cos - v * sin, cell.y + u * sin + v * cos);
        }
      }
      points[row * WIDE + column] = sum / 4;
    }
  }
  return contrasted(points);
}

function contrasted(points) {
  const sorted = Float32Array.from(points).sort();
  const black = sorted[Math.floor(sorted.length * 0.04)], white = sorted[Math.floor(sorted.length * 0.85)], range = Math.max(12, white - black);
  return points.map((point) => Math.min(1.2, Math.max(-0.2, (white - point) / range)));
}

/** The network's answer: the logarithm of each sign's share. */
export function sharesOf(net, points) {
  const { hidden, first, firstBias, last, lastBias } = net, inner = new Float32Array(hidden), outer = new Float32Array(lastBias.length);
  for (let n = 0; n < hidden; n += 1) {
    let sum = firstBias[n];
    for (let i = 0, at = n * points.length; i < points.length; i += 1, at += 1) sum += points[i] * first[at];
    inner[n] = Math.max(0, sum);
  }
  let most = -Infinity;
  for (let n = 0; n < outer.length; n += 1) {
    let sum = lastBias[n];
    for (let i = 0, at = n * hidden; i < hidden; i += 1, at += 1) sum += inner[i] * last[at];
    outer[n] = sum;
    most = Math.max(most, sum);
  }
  const whole = Math.log(outer.reduce((sum, one) => sum + Math.exp(one - most), 0)) + most;
  return outer.map((one) => one - whole);
}

/** Unpack weights as they are stored: whole numbers of one byte and one scale a layer. */
export function netOf({ hidden, first, last }) {
  const bytes = (text) => Int8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const layer = ({ scale, biasScale, weights, biases }) => [Float32Array.from(bytes(weights), (n) => n * scale), Float32Array.from(bytes(biases), (n) => n * biasScale)];
  const [one, oneBias] = layer(first), [two, twoBias] = layer(last);
  return { hidden, first: one, firstBias: oneBias, last: two, lastBias: twoBias };
}
