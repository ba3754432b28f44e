// One picture in, one reading out: the whole of what the camera of the form can, without a page (ADR 0025).

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
