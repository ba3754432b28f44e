// The live posko: the stream brings what has changed on the board, and the page puts it into its places. It never adds
// up figures itself. When the line breaks, what was last known stays on the screen with its age.
const root = document.querySelector("[data-posko]");
const HEARTBEAT = 40000; // the stream beats every 15 s; without a beat for this long it is taken for lost
const RETRY = 4000;
const isAway = root.dataset.link === "away";
const box = document.getElementById("posko-peta");
const state = { whole: true, map: null, points: new Map(), version: root.dataset.version, asking: false, timer: 0, source: null, beat: 0, since: "", over: false };

// The place's own hour: the board's, run on at the pace of the program's clock. --------------------------------------
function stampNow() {
  const stamp = document.querySelector("[data-stamp]"); // on a wall it stands in the bar
  return stamp ? { iso: stamp.dataset.stamp, rate: Number(stamp.dataset.rate || 1) } : null;
}
let known = { at: performance.now(), stamp: stampNow() };
function hourNow() {
  const { stamp, at } = known;
  if (!stamp) return "";
  const offset = /([+-])(\d\d):(\d\d)$/.exec(stamp.iso);
  const minutes = offset ? (offset[1] === "-" ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  const local = new Date(Date.parse(stamp.iso) + (performance.now() - at) * stamp.rate + minutes * 60000).toISOString();
  return `${local.slice(11, 13)}.${local.slice(14, 16)}`;
}

// How the page hangs on the posko --------------------------------------------------------------------------------------
function linkSet(name) {
  // A board that was laid by stands on a page of its own: once the line is whole the living page takes its place.
  if (isAway) { if (name === "live") location.reload(); return; }
  if (state.over || root.dataset.link === name) return;
  root.dataset.link = name;
  if (name === "lost" && !state.since) {
    state.since = hourNow();
    for (const place of document.querySelectorAll("[data-since]")) place.textContent = state.since;
  }
  if (name === "live") state.since = "";
  if (name === "over") { state.over = true; state.source?.close(); }
  document.body.dataset.link = name;
}

// Asking for the parts: only while the stream cannot bring them --------------------------------------------------------
const address = (path) => { const url = new URL(path, location.href); url.searchParams.set("versi", state.version); return url; };

async function ask() {
  clearTimeout(state.timer);
  if (state.over || state.asking) return;
  state.asking = true;
  try {
    const answer = await fetch(address(root.dataset.board), { headers: { "HX-Request": "true" }, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(15000) });
    if (answer.status === 401 || answer.status === 404) { linkSet("over"); return; }
    if (!answer.ok) throw new Error(String(answer.status));
    take(await answer.json());
    if (state.source?.readyState === EventSource.OPEN) linkSet("live"); else listen();
  } catch {
    linkSet("lost");
  } finally {
    state.asking = false;
    if (isAway || root.dataset.link === "lost") askLater();
  }
}

function askLater() {
  clearTimeout(state.timer);
  if (!state.over) state.timer = setTimeout(ask, RETRY);
}

// Putting what changed into its place ----------------------------------------------------------------------------------
const made = (html) => { const page = document.createElement("template"); page.innerHTML = html; return page.content; };

function take(told) {
  for (const [name, html] of Object.entries(told.bagian)) {
    for (const place of document.querySelectorAll(`[data-piece="${name}"]`)) put(place, html);
  }
  for (const [name, list] of Object.entries(told.daftar)) {
    for (const place of document.querySelectorAll(`[data-rows="${name}"]`)) arrange(place, list);
  }
  known = { at: performance.now(), stamp: stampNow() };
  if (told.titik.baru.length || told.titik.hilang.length) move(told.titik, told.utuh);
  state.version = told.versi;
}

function put(place, html) {
  const figures = new Map([...place.querySelectorAll("[data-figure]")].map((f) => [f.dataset.figure, f.querySelector("[data-value]").textContent]));
  const held = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  place.replaceChildren(made(html));
  if (held) place.querySelector(`[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  for (const figure of place.querySelectorAll("[data-figure]")) {
    if (figures.get(figure.dataset.figure) !== figure.querySelector("[data-value]").textContent) figure.classList.add("is-changed");
  }
}

/** Bring a list into the told order: rows that stayed are not touched, so that nothing jumps or slides in twice. */
function arrange(place, { urut, baris }) {
  const held = new Map([...place.children].map((row) => [row.dataset.key, row]));
  const wanted = new Set(urut);
  for (const [key, row] of held) if (!wanted.has(key) || key in baris) row.remove();
  let at = place.firstElementChild;
  for (const key of urut) {
    const row = key in baris ? made(baris[key]).firstElementChild : held.get(key);
    if (row === at) at = at?.nextElementSibling ?? null;
    else if (row) place.insertBefore(row, at);
  }
  if (place.dataset.rows === "terbaru") announce([...place.children].filter((row) => !held.has(row.dataset.key)));
}

/** Let a new report slide in, and say the newest. */
function announce(fresh) {
  for (const row of fresh) row.classList.add("is-new");
  const told = root.querySelector("[data-told]");
  if (told && fresh.length) told.textContent = `${told.dataset.words}: ${fresh[0].dataset.said}`;
}

function move({ baru, hilang }, isWhole) {
  if (isWhole) state.points.clear();
  for (const id of hilang) state.points.delete(id);
  for (const point of baru) state.points.set(String(point.id), point);
  state.map?.setPoints([...state.points.values()]);
}

// The stream -----------------------------------------------------------------------------------------------------------
function listen() {
  if (state.over) return;
  state.source?.close();
  const source = new EventSource(address(root.dataset.stream));
  state.source = source;
  const heard = (name, act) => source.addEventListener(name, (event) => { state.beat = performance.now(); act(event.data ? JSON.parse(event.data) : {}); });
  // A board may still come down a line that is broken behind the server: it is shown, and the page stays "lost".
  const wholeSet = (told) => { state.whole = told.tersambung !== false; if (!state.whole) linkSet("lost"); };
  heard("halo", wholeSet);
  heard("detak", wholeSet);
  heard("kabar", () => {});
  heard("papan", (told) => { take(told); if (state.whole) linkSet("live"); });
  heard("terputus", () => wholeSet({ tersambung: false }));
  heard("tersambung", () => wholeSet({}));
  heard("usai", () => { source.close(); ask(); });
  // The browser tries again by itself, unless it was refused: then asking for the page tells why.
  source.addEventListener("error", () => { linkSet("lost"); if (source.readyState === EventSource.CLOSED) askLater(); });
  state.beat = performance.now();
}

setInterval(() => { if (!state.over && performance.now() - state.beat > HEARTBEAT) { linkSet("lost"); listen(); } }, 5000);
addEventListener("online", listen);
addEventListener("offline", () => linkSet("lost"));

// How old a board is that was laid by: the server, which has the hour, is asked again every half minute.
async function age() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  const fresh = answer?.ok ? made(await answer.text()).querySelector("[data-away]") : null;
  if (fresh) document.querySelector("[data-away]").replaceWith(fresh);
}
if (isAway) setInterval(age, 30000);

// The map --------------------------------------------------------------------------------------------------------------
async function drawMap() {
  const { officeMap } = await import(box.dataset.module);
  state.map = await officeMap(box, { points: [...state.points.values()], fit: "points" });
  state.map.setPoints([...state.points.values()]);
}

for (const point of JSON.parse(document.getElementById("posko-peta-titik").textContent)) state.points.set(String(point.id), point);
listen();
await drawMap().catch(() => {});
