// One picture in, one reading out: the whole of what the camera of the form can, without a page (ADR 0025).
const DARK = 45, DULL = 7;

/** Say why nothing is read: too dark, blurred, or no zone there. */
export function complaintOf({ data, width, height }) {
  let light = 0, edge = 0, count = 0;
  for (let y = 2; y < height - 2; y += 3) {
    for (let x = 2; x < width - 2; x += 3) {
      const at = y * width + x;
      light += data[at];
      edge = Math.max(edge, Math.abs(data[at + 2] - data[at - 2]));
      count += 1;
    }
  }
  if (light / count < DARK) return "dark";
  return edge < DULL * 8 ? "blurred" : "nothing";
}

/** Return what gives the shares of all cells of the zone in a grey picture, or null where it has none. */
export function reading({ zoneOf }, { netOf, patchOf, sharesOf }, { WEIGHTS }) {
  const net = netOf(WEIGHTS);
  return (grey) => {
    for (const share of [0.8, 0.88, 0.7]) {
      const rows = zoneOf(grey, share);
      if (rows) return rows.map((row) => row.map((cell) => sharesOf(net, patchOf(grey, cell))));
    }
    return null;
  };
}
