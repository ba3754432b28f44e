// One picture in, the text of its QR out: by the browser's own detector where it has one, and by ours (ADR 0026).
// Ours reads some pictures only when they are turned or drawn larger or smaller: a film shows it one way after the other.
const WAYS = [[0, 1], [45, 1], [0, 1.6], [20, 0.6]], MARGIN = 1.2, LARGEST = 2400, SLOW = 1_500;

/** Return a grey picture turned about its middle by `degrees` and drawn `zoom` times as large. */
export function turned({ data, width, height }, degrees, zoom) {
  const whole = Math.min(width, height) * MARGIN, scale = Math.min(zoom, LARGEST / whole), side = Math.round(whole * scale);
  const angle = (degrees * Math.PI) / 180, cos = Math.cos(angle) / scale, sin = Math.sin(angle) / scale, out = new Uint8Array(side * side).fill(200);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const u = x - side / 2, v = y - side / 2, px = width / 2 + u * cos - v * sin, py = height / 2 + u * sin + v * cos;
      if (px < 0 || py < 0 || px >= width - 1 || py >= height - 1) continue;
      const left = Math.floor(px), top = Math.floor(py), dx = px - left, dy = py - top, at = top * width + left;
      out[y * side + x] = (data[at] * (1 - dx) + data[at + 1] * dx) * (1 - dy) + (data[at + width] * (1 - dx) + data[at + width + 1] * dx) * dy;
    }
  }
  return { data: out, width: side, height: side };
}

/** Return the text of the QR in a grey picture that is looked at in one of the ways, or an empty one. */
export function textIn(decodeQR, grey, [degrees, zoom]) {
  const seen = degrees || zoom !== 1 ? turned(grey, degrees, zoom) : grey;
  // It reads grey as the first plane of a film, and says by a fault that nothing is there.
  try { return decodeQR(seen, { format: "I420" }); } catch { return ""; }
}

const soon = (answer) => Promise.race([answer, new Promise((_, fail) => setTimeout(fail, SLOW, new Error("no answer")))]);

/** Return the browser's own detector of QR codes, or null: not every browser that names one has one. */
async function detectorOf(Detector) {
  try {
    return (await Detector.getSupportedFormats()).includes("qr_code") ? new Detector({ formats: ["qr_code"] }) : null;
  } catch { return null; }
}

/** Return what reads pictures one after the other; a photo is looked at in every way, a film in one after the other. */
export function seeing(decodeQR, Detector) {
  let own = Detector ? detectorOf(Detector) : null;
  const bySystem = async (canvas) => {
    // One that fails once, or never answers, for want of a part of the phone, does so always.
    try {
      const detector = own && await soon(own), found = detector && await soon(detector.detect(canvas));
      return found?.[0]?.rawValue ?? "";
    } catch { own = null; return ""; }
  };
  return ({ isLive }) => {
    let count = 0;
    return async ({ canvas, grey }) => {
      const ways = isLive ? [WAYS[count % WAYS.length]] : WAYS;
      count += 1;
      let text = await bySystem(canvas);
      for (const way of ways) text ||= textIn(decodeQR, grey, way);
      return text;
    };
  };
}
