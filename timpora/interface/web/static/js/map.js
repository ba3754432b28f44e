// A map that needs no internet: land from the package, outlines or hexagons from the server, points of the page.
// The box (templates/wilayah/map_box.html) carries every address, since file names are hashed.
const COUNTRY = [[94.5, -11.2], [141.5, 6.3]];
const TONES = ["neutral", "info", "good", "waiting", "caution", "stop"];

/**
 * Draw a map in `box` and return `{map, setPoints, setCells, select, destroy}`; `map` is null without WebGL.
 * A point is `{id, lat, lng, title, lines?, tone?, shape?: "dot" | "square", href?}`, tone one of the six.
 * The list under the map holds the same points for readers who cannot see or draw it.
 */
export async function officeMap(box, { points = [], fit = "country", onSelect = null, list = true } = {}) {
  const words = box.dataset;
  const frame = Object.assign(document.createElement("div"), { className: "map-frame is-waiting" });
  frame.dataset.word = words.wordWait ?? "";
  box.replaceChildren(frame);
  const names = list ? listUnder(box, words) : null;
  const state = { box, words, points, names, onSelect, map: null, popup: null };
  state.map = await draw(state, frame).catch(() => null);
  frame.classList.remove("is-waiting");
  if (state.map) { wire(state); if (fit === "points") fitPoints(state); } else { frame.remove(); names?.open(); }
  listFill(state);
  return {
    map: state.map,
    setPoints: (next) => setPoints(state, next),
    setCells: (geojson) => state.map?.getSource("cells").setData(geojson ?? nothing()),
    select: (id) => select(state, id),
    destroy: () => { state.watch?.(); state.map?.remove(); box.replaceChildren(); },
  };
}

// `west,south,east,north` of where the map opens; without it the whole country.
function boundsOf(said) {
  const sides = (said || "").split(",").map(Number);
  return sides.length === 4 && sides.every(Number.isFinite) ? [sides.slice(0, 2), sides.slice(2)] : COUNTRY;
}

const nothing = () => ({ type: "FeatureCollection", features: [] });

async function draw(state, frame) {
  const { words } = state;
  if (!document.createElement("canvas").getContext("webgl2")) return null;
  const lib = await import(words.lib);
  state.lib = lib;
  lib.setWorkerUrl(new URL(words.worker, location.href).href);
  const map = new lib.Map({
    container: frame, style: styleOf(state), bounds: boundsOf(words.bounds), fitBoundsOptions: { padding: 10 }, maxBounds: [[60, -42], [176, 42]], minZoom: 1, maxZoom: 14,
    attributionControl: { compact: true, customAttribution: words.wordLand }, dragRotate: false, pitchWithRotate: false, fadeDuration: 0,
    locale: {
      "Map.Title": words.wordMap, "NavigationControl.ZoomIn": words.wordIn, "NavigationControl.ZoomOut": words.wordOut,
      "Popup.Close": words.wordClose, "AttributionControl.ToggleAttribution": words.wordLand,
    },
  });
  map.addControl(new lib.NavigationControl({ showCompass: false }), "top-right");
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  await new Promise((resolve, reject) => { map.once("load", resolve); setTimeout(reject, 20000); });
  return map;
}

// Colours -------------------------------------------------------------------------------------------
// A token may hold light-dark(), which only a property of an element resolves.
function colour(token) {
  const probe = document.createElement("i");
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function colours() {
  const found = Object.fromEntries(TONES.map((tone) => [tone, colour(`on-${tone}`)]));
  const fills = Object.fromEntries(TONES.map((tone) => [tone, colour(tone)]));
  return { lines: found, fills, land: colour("map-land"), sea: colour("map-sea"), coast: colour("edge"), line: colour("quiet"), accent: colour("accent"), text: colour("text") };
}
const byTone = (table) => ["match", ["get", "tone"], ...TONES.flatMap((tone) => [tone, table[tone]]), table.neutral];
const isShape = (shape) => [shape === "square" ? "==" : "!=", ["get", "shape"], "square"];

function paints() {
  const c = colours();
  return {
    sea: { "background-color": c.sea },
    land: { "fill-color": c.land },
    coast: { "line-color": c.coast, "line-width": 0.8 },
    cells: { "fill-color": c.accent, "fill-opacity": ["interpolate", ["linear"], ["coalesce", ["get", "jumlah"], 1], 0, 0.06, 1, 0.14, 20, 0.55] },
    "cells-line": { "line-color": c.accent, "line-opacity": 0.35, "line-width": 0.6 },
    outlines: { "line-color": c.line, "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.4, 9, 1.2], "line-opacity": 0.8 },
    dots: { "circle-color": byTone(c.fills), "circle-stroke-color": byTone(c.lines), "circle-stroke-width": 1.6, "circle-radius": ["interpolate", ["linear"], ["zoom"], 3, 4, 8, 8] },
    squares: { "icon-color": byTone(c.fills), "icon-halo-color": byTone(c.lines), "icon-halo-width": 1.6 },
    chosen: { "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": c.text, "circle-stroke-width": 2.5, "circle-radius": 13 },
  };
}

function styleOf(state) {
  const p = paints();
  const source = (data) => ({ type: "geojson", data });
  return {
    version: 8,
    sources: {
      land: source(new URL(state.words.land, location.href).href), outlines: source(outlinesOf(state.words)),
      cells: source(nothing()), points: source(asGeojson(state.points)), chosen: source(nothing()),
    },
    layers: [
      { id: "sea", type: "background", paint: p.sea },
      { id: "land", type: "fill", source: "land", paint: p.land },
      { id: "coast", type: "line", source: "land", paint: p.coast },
      { id: "cells", type: "fill", source: "cells", paint: p.cells },
      { id: "cells-line", type: "line", source: "cells", paint: p["cells-line"] },
      { id: "outlines", type: "line", source: "outlines", paint: p.outlines },
      { id: "dots", type: "circle", source: "points", filter: isShape("dot"), paint: p.dots },
      { id: "chosen", type: "circle", source: "chosen", paint: p.chosen },
    ],
  };
}

function outlinesOf(words) {
  if (!words.hasOutlines) return nothing();
  const address = new URL(words.outlines, location.href);
  if (words.outlineLevel) address.searchParams.set("tingkat", words.outlineLevel);
  return address.href;
}

// A signed distance field of a square, so that one image takes every tone in both themes.
function square(size = 32, half = 8) {
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const away = Math.max(Math.abs(x - size / 2 + 0.5), Math.abs(y - size / 2 + 0.5)) - half;
      data[(y * size + x) * 4 + 3] = 191 - away * 24;
    }
  }
  return { width: size, height: size, data };
}

// Life ----------------------------------------------------------------------------------------------
function wire(state) {
  const { map } = state;
  map.addImage("square", square(), { sdf: true, pixelRatio: 1 });
  // Only an image, no text: text would need glyph files from a server.
  const layout = { "icon-image": "square", "icon-allow-overlap": true, "icon-size": ["interpolate", ["linear"], ["zoom"], 3, 0.35, 8, 0.7] };
  map.addLayer({ id: "squares", type: "symbol", source: "points", filter: isShape("square"), paint: paints().squares, layout }, "dots"); // the dots lie on top: where both stand, the office is what is asked for
  for (const layer of ["dots", "squares"]) {
    map.on("click", layer, (event) => select(state, event.features[0].properties.id));
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  const repaint = () => { for (const [layer, paint] of Object.entries(paints())) for (const [name, value] of Object.entries(paint)) map.setPaintProperty(layer, name, value); };
  const theme = new MutationObserver(repaint);
  const night = matchMedia("(prefers-color-scheme: dark)");
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  night.addEventListener("change", repaint);
  state.watch = () => { theme.disconnect(); night.removeEventListener("change", repaint); };
}

const asGeojson = (points) => ({
  type: "FeatureCollection",
  features: points.filter((p) => p.lat != null && p.lng != null).map((p) => ({
    type: "Feature", geometry: { type: "Point", coordinates: [p.lng, p.lat] },
    properties: { id: String(p.id), tone: p.tone ?? "neutral", shape: p.shape ?? "dot" },
  })),
});

function setPoints(state, points) {
  state.points = points;
  state.map?.getSource("points").setData(asGeojson(points));
  listFill(state);
}

// Without a map there is nothing to point at, so the list holds words instead of buttons.
const listFill = (state) => state.names?.fill(state.points, state.map || state.onSelect ? (id) => select(state, id) : null);

function fitPoints(state) {
  const placed = state.points.filter((p) => p.lat != null);
  if (!placed.length) return;
  const bounds = new state.lib.LngLatBounds();
  for (const p of placed) bounds.extend([p.lng, p.lat]);
  state.map.fitBounds(bounds, { padding: 48, maxZoom: 9, animate: false });
}

function select(state, id) {
  const point = state.points.find((p) => String(p.id) === String(id));
  if (!point) return;
  state.onSelect?.(point);
  if (!state.map || point.lat == null) return;
  const { map } = state;
  map.getSource("chosen").setData(asGeojson([point]));
  state.popup?.remove();
  state.popup = new state.lib.Popup({ offset: 14, maxWidth: "280px" }).setLngLat([point.lng, point.lat]).setDOMContent(card(point, state.words)).addTo(map);
  state.popup.on("close", () => map.getSource("chosen")?.setData(nothing()));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.easeTo({ center: [point.lng, point.lat], zoom: Math.max(map.getZoom(), 6), duration: calm ? 0 : 400 });
}

function card(point, words) {
  const part = document.createElement("div");
  part.className = "map-card";
  part.append(Object.assign(document.createElement("b"), { textContent: point.title }));
  for (const line of point.lines ?? []) part.append(Object.assign(document.createElement("p"), { textContent: line }));
  if (point.href) part.append(Object.assign(document.createElement("a"), { href: point.href, textContent: words.wordOpen }));
  return part;
}

function listUnder(box, words) {
  const part = document.createElement("details");
  const head = document.createElement("summary");
  const rows = document.createElement("ul");
  part.className = "map-list";
  head.textContent = words.wordList;
  part.append(head, rows);
  box.append(part);
  return {
    open: () => { part.open = true; part.prepend(head, Object.assign(document.createElement("p"), { className: "quiet", textContent: words.wordNone })); },
    fill: (points, go) => {
      head.textContent = `${words.wordList} (${points.length})`;
      rows.replaceChildren(...points.map((point) => {
        const row = document.createElement("li");
        const tag = point.href ? "a" : go ? "button" : "b";
        const link = document.createElement(tag);
        if (tag === "a") link.href = point.href;
        if (tag === "button") Object.assign(link, { type: "button", className: "link", onclick: () => go(point.id) });
        link.textContent = point.title;
        row.append(link, Object.assign(document.createElement("span"), { className: "quiet small", textContent: ` ${(point.lines ?? []).join(" · ")}` }));
        return row;
      }));
    },
  };
}
