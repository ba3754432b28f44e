// Where the lines of a machine-readable zone lie in a grey picture, and the cells of their signs (ICAO 9303: OCR-B, one pitch).
// A grey picture is `{ data, width, height }`, one byte a point, row by row; nothing here knows a camera or a page.
const COUNTS = [44, 36, 30];
const LEAST = 18;

/** Sums of all points above and left, one row and column wider than the picture. */
function sums({ data, width, height }) {
  const total = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x];
      total[(y + 1) * (width + 1) + x + 1] = total[y * (width + 1) + x + 1] + row;
    }
  }
  return total;
}

/** Ink is what is darker than its surroundings by a fifth: so shadow and uneven light do not count. */
function inked(grey, share) {
  const { data, width, height } = grey, total = sums(grey), wide = width + 1;
  const reach = Math.max(7, Math.round(width / 56)), ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - reach), low = Math.min(height, y + reach + 1);
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - reach), right = Math.min(width, x + reach + 1);
      const sum = total[low * wide + right] - total[top * wide + right] - total[low * wide + left] + total[top * wide + left];
      if (data[y * width + x] * (right - left) * (low - top) < sum * share - 4) ink[y * width + x] = 1;
    }
  }
  return ink;
}

/** Boxes around what hangs together. */
function blobs(ink, width, height) {
  const found = [], stack = [];
  for (let start = 0; start < ink.length; start += 1) {
    if (ink[start] !== 1) continue;
    const box = { left: width, right: 0, top: height, low: 0, area: 0 };
    stack.push(start);
    ink[start] = 2;
    while (stack.length) {
      const at = stack.pop(), x = at % width, y = (at - x) / width;
      box.area += 1;
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      if (y < box.top) box.top = y;
      if (y > box.low) box.low = y;
      for (let dy = -1; dy <= 1; dy += 1) {
        const row = y + dy;
        if (row < 0 || row >= height) continue;
        for (let dx = -1; dx <= 1; dx += 1) {
          const column = x + dx, next = row * width + column;
          if (column >= 0 && column < width && ink[next] === 1) { ink[next] = 2; stack.push(next); }
        }
      }
    }
    found.push(box);
  }
  return found.map((box) => ({ ...box, w: box.right - box.left + 1, h: box.low - box.top + 1, x: (box.left + box.right) / 2, y: (box.top + box.low) / 2 }));
}

const likeSigns = (boxes, height) => boxes.filter(({ w, h, area }) => h >= 7 && h < height / 2 && w < h * 4 && w > h * 0.12 && area > w * h * 0.12);

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted.length ? sorted[sorted.length >> 1] : 0;
}

/** Fit y = c0 + c1 x (+ c2 x²) to points, twice: what lies off the first is left out of the second. */
export function fitted(points, degree, slack) {
  let kept = points, found = null;
  for (let round = 0; round < 3; round += 1) {
    if (kept.length <= degree + 1) return found;
    found = leastSquares(kept, degree);
    kept = points.filter(([x, y]) => Math.abs(at(found, x) - y) <= slack);
  }
  return found;
}

export const at = (line, x) => line.reduceRight((sum, part) => sum * x + part, 0);

function leastSquares(points, degree) {
  const n = degree + 1, rows = Array.from({ length: n }, () => new Array(n + 1).fill(0));
  for (const [x, y] of points) {
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1) rows[i][j] += x ** (i + j);
      rows[i][n] += y * x ** i;
    }
  }
  for (let i = 0; i < n; i += 1) {
    const pivot = rows[i][i] || 1e-9;
    for (let j = 0; j < n; j += 1) {
      if (j === i) continue;
      const part = rows[j][i] / pivot;
      for (let k = i; k <= n; k += 1) rows[j][k] -= part * rows[i][k];
    }
  }
  return rows.map((row, i) => row[n] / (row[i] || 1e-9));
}

/** Signs that follow one another at one height are one row. */
function chained(boxes) {
  const sorted = [...boxes].sort((a, b) => a.x - b.x), row = new Map(), rows = [];
  sorted.forEach((box, n) => {
    let best = null, nearest = Infinity;
    for (let back = n - 1; back >= 0 && box.x - sorted[back].x < 6 * box.h; back -= 1) {
      const other = sorted[back], big = Math.max(box.h, other.h), gap = box.left - other.right;
      if (gap > 2.4 * big || Math.abs(box.y - other.y) > 0.34 * big + 0.09 * (box.x - other.x) || Math.min(box.h, other.h) < 0.45 * big) continue;
      const far = Math.max(0, gap) + 3 * Math.abs(box.y - other.y);
      if (far < nearest) { nearest = far; best = other; }
    }
    const mine = best ? row.get(best) : [];
    if (!best) rows.push(mine);
    mine.push(box);
    row.set(box, mine);
  });
  return rows.filter((mine) => mine.length >= LEAST).map(measured).filter(Boolean);
}

function measured(boxes) {
  const tall = [...boxes].map(({ h }) => h).sort((a, b) => a - b);
  const h = tall[Math.floor(tall.length * 0.7)];
  const mine = boxes.filter((box) => box.h > 0.5 * h && box.h < 1.5 * h);
  const line = fitted(mine.map(({ x, y }) => [x, y]), 1, 0.22 * h);
  if (!line) return null;
  const onLine = mine.filter(({ x, y }) => Math.abs(at(line, x) - y) < 0.3 * h);
  return onLine.length < LEAST ? null : { boxes: onLine, h, line: fitted(onLine.map(({ x, y }) => [x, y]), 2, 0.15 * h) ?? line };
}

/** Give each sign its number in the row: steps between neighbours are whole pitches, which change slowly with the view. */
function numbered(row) {
  const single = row.boxes.filter(({ w }) => w < 1.15 * row.h);
  const steps = single.slice(1).map((box, n) => box.x - single[n].x).filter((step) => step > 0.45 * row.h && step < 1.7 * row.h);
  let pitch = median(steps);
  if (!pitch) return null;
  const points = [[0, single[0].x]];
  let n = 0, last = single[0].x;
  for (const { x } of single.slice(1)) {
    const step = Math.round((x - last) / pitch);
    if (step < 1) continue;
    n += step;
    points.push([n, x]);
    if (step <= 2) pitch += 0.15 * ((x - last) / step - pitch);
    last = x;
  }
  const grid = fitted(points, 2, 0.3 * pitch);
  if (!grid) return null;
  const ends = row.boxes.flatMap(({ left, right, w }) => (w < 1.15 * row.h ? [] : [left + row.h * 0.4, right - row.h * 0.4]));
  const inverse = (x) => { let k = 0; for (let turn = 0; turn < 6; turn += 1) k += (x - at(grid, k)) / (grid[1] + 2 * grid[2] * k || pitch); return k; };
  const whole = [...points.map(([k]) => k), ...ends.map((x) => Math.round(inverse(x)))];
  return { grid, first: Math.min(...whole), count: Math.max(...whole) - Math.min(...whole) + 1 };
}

/** Lines that lie under one another: as long, as high, as steep, one to two and a half heights apart. */
function stacks(rows) {
  const sorted = [...rows].sort((a, b) => at(a.line, a.boxes[0].x) - at(b.line, b.boxes[0].x));
  const isNext = (one, two) => {
    const h = (one.h + two.h) / 2, x = (one.boxes[0].x + one.boxes.at(-1).x) / 2, gap = at(two.line, x) - at(one.line, x);
    return gap > 1.05 * h && gap < 2.9 * h && Math.abs(one.h - two.h) < 0.3 * h && Math.abs(one.boxes[0].x - two.boxes[0].x) < 4 * h;
  };
  const found = [];
  for (const first of sorted) {
    for (const second of sorted) {
      if (second === first || !isNext(first, second)) continue;
      found.push([first, second]);
      for (const third of sorted) if (third !== second && third !== first && isNext(second, third)) found.push([first, second, third]);
    }
  }
  return found.sort((a, b) => signs(b) - signs(a) || b.length - a.length);
}

const signs = (rows) => rows.reduce((sum, row) => sum + row.boxes.length, 0);

/** Agree on how many signs a line has: the lines of one zone start and end under one another. */
function agreed(stack) {
  const told = stack.map(numbered);
  if (told.some((one) => !one)) return null;
  const count = stack.length === 3 ? 30 : COUNTS.slice(0, 2).find((most) => told.some((one) => one.count === most));
  const whole = told.findIndex((one) => one.count === count);
  if (whole < 0) return null;
  const sure = told[whole], from = at(sure.grid, sure.first);
  return told.map((one, n) => {
    let first = one.first;
    if (one.count !== count) {
      // A sign at an end went unseen, or something beside the line was seen: its neighbour line tells where it starts.
      const lean = stack[whole].line[1] * (at(stack[whole].line, from) - at(stack[n].line, from));
      const k = (from + lean - at(one.grid, 0)) / one.grid[1];
      first = Math.round(k);
      if (Math.abs(one.count - count) > 4 || Math.abs(first - one.first) > 3) return null;
    }
    return { h: stack[n].h, line: stack[n].line, grid: one.grid, first, count };
  });
}

/** Return the rows of cells that the picture has, each sign's middle, pitch, height and slope; or null. */
export function zoneOf(grey, share = 0.8) {
  const boxes = likeSigns(blobs(inked(grey, share), grey.width, grey.height), grey.height);
  if (boxes.length > 3000) return null;
  for (const stack of stacks(chained(boxes)).slice(0, 6)) {
    const rows = agreed(stack);
    if (rows?.every(Boolean)) return rows.map(cellsOf);
  }
  return null;
}

function cellsOf({ h, line, grid, first, count }) {
  return Array.from({ length: count }, (_, n) => {
    const k = first + n, x = at(grid, k);
    return { x, y: at(line, x), pitch: grid[1] + 2 * grid[2] * k, h, slope: line[1] + 2 * (line[2] ?? 0) * x };
  });
}
