// SHA-256 of a text, or of bytes. The browser's own exists only over HTTPS, and a team's laptop may serve plain HTTP.
const K = new Uint32Array(64);
const START = new Uint32Array(8);
{
  // The constants are the first bits of roots of the first primes, so they are worked out instead of typed.
  let found = 0;
  for (let n = 2; found < 64; n += 1) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) { isPrime = false; break; }
    if (!isPrime) continue;
    const bits = (root) => (root - Math.floor(root)) * 2 ** 32;
    if (found < 8) START[found] = bits(Math.sqrt(n));
    K[found] = bits(Math.cbrt(n));
    found += 1;
  }
}
const turn = (word, by) => (word >>> by) | (word << (32 - by));

function padded(bytes) {
  const blocks = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  blocks.set(bytes);
  blocks[bytes.length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setUint32(blocks.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(blocks.length - 4, bytes.length << 3);
  return view;
}

function mix(state, view, at, w) {
  for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(at + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
}

/** Return the SHA-256 of `text` in UTF-8 as 64 small hexadecimal digits. */
export const sha256 = (text) => sha256Bytes(new TextEncoder().encode(text));

/** Return the SHA-256 of bytes. */
export function sha256Bytes(bytes) {
  const view = padded(bytes);
  const state = START.slice();
  const w = new Uint32Array(64);
  for (let at = 0; at < view.byteLength; at += 64) mix(state, view, at, w);
  return [...state].map((word) => word.toString(16).padStart(8, "0")).join("");
}
