// The live posko: an event says that something happened, the page asks the server for its parts again. It never adds
// up figures itself. When the line breaks, what was last known stays on the screen with its age.
const root = document.querySelector("[data-posko]");
const SOONEST = 700; // at most one question to the server in this time, milliseconds
const LATEST = 30000; // silence grows without events, so the page asks at least this often
const HEARTBEAT = 40000; // the stream beats every 15 s; without a beat for this long it is taken for lost
const RETRY = 4000;
const box = document.getElementById("posko-peta");
const state = { map: null, points: "", asking: false, again: false, asked: 0, timer: 0, source: null, beat: 0, since: "", over: false };

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

// Asking for the parts -------------------------------------------------------------------------------------------------
function askSoon() {
  if (state.over) return;
  if (state.asking) { state.again = true; return; }
  clearTimeout(state.timer);
  const wait = Math.max(0, SOONEST - (performance.now() - state.asked));
  state.timer = setTimeout(ask, wait);
}

async function ask() {
  clearTimeout(state.timer);
  state.asking = true;
  state.asked = performance.now();
  try {
    const answer = await fetch(root.dataset.board, { headers: { "HX-Request": "true" }, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(15000) });
    if (answer.status === 401 || answer.status === 404) { linkSet("over"); return; }
    if (!answer.ok) throw new Error(String(answer.status));
    take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (state.source?.readyState === EventSource.OPEN) linkSet("live"); else listen();
  } catch {
    linkSet("lost");
  } finally {
    state.asking = false;
    if (!state.over) {
      state.timer = setTimeout(ask, state.again ? SOONEST : root.dataset.link === "lost" ? RETRY : LATEST);
      state.again = false;
    }
  }
}

function take(page) {
  for (const part of page.querySelectorAll("[data-piece]")) {
    for (const place of document.querySelectorAll(`[data-piece="${part.dataset.piece}"]`)) if (!part.contains(place)) put(place, part);
  }
  known = { at: performance.now(), stamp: stampNow() };
  const points = page.getElementById("posko-peta-titik")?.textContent ?? "[]";
  if (points !== state.points) { state.points = points; state.map?.setPoints(JSON.parse(points)); }
}

function put(place, part) {
  if (place.innerHTML === part.innerHTML) return;
  const before = snapshot(place);
  const open = [...place.querySelectorAll("details[open]")].length > 0;
  const held = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  place.replaceChildren(...document.importNode(part, true).childNodes);
  if (open) for (const one of place.querySelectorAll("details")) one.open = true;
  if (held) place.querySelector(`[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  mark(place, before);
}

function snapshot(place) {
  const reports = new Set([...place.querySelectorAll("[data-report]")].map((row) => row.dataset.report));
  const figures = new Map([...place.querySelectorAll("[data-figure]")].map((f) => [f.dataset.figure, f.querySelector("[data-value]").textContent]));
  return { reports, figures };
}

/** Let what is new slide in and say it; let a changed figure be seen. */
function mark(place, before) {
  const fresh = [...place.querySelectorAll("[data-report]")].filter((row) => !before.reports.has(row.dataset.report));
  for (const row of fresh) row.classList.add("is-new");
  for (const figure of place.querySelectorAll("[data-figure]")) {
    if (before.figures.get(figure.dataset.figure) !== figure.querySelector("[data-value]").textContent) figure.classList.add("is-changed");
  }
  const told = root.querySelector("[data-told]");
  if (told && fresh.length) told.textContent = `${told.dataset.words}: ${fresh[0].dataset.said}`;
}

// The stream -----------------------------------------------------------------------------------------------------------
function listen() {
  if (state.over) return;
  state.source?.close();
  const source = new EventSource(root.dataset.stream);
  state.source = source;
  const beat = () => { state.beat = performance.now(); };
  const heard = (event) => { beat(); const whole = JSON.parse(event.data).tersambung !== false; if (whole) askSoon(); else linkSet("lost"); };
  source.addEventListener("halo", heard);
  source.addEventListener("kabar", () => { beat(); askSoon(); });
  source.addEventListener("detak", (event) => { beat(); if (JSON.parse(event.data).tersambung === false) linkSet("lost"); });
  source.addEventListener("terputus", () => { beat(); linkSet("lost"); });
  source.addEventListener("tersambung", () => { beat(); askSoon(); });
  source.addEventListener("usai", () => { source.close(); askSoon(); });
  // The browser tries again by itself, unless it was refused: then asking for the page tells why.
  source.addEventListener("error", () => { linkSet("lost"); if (source.readyState === EventSource.CLOSED) { clearTimeout(state.timer); state.timer = setTimeout(ask, RETRY); } });
  beat();
}

setInterval(() => { if (!state.over && performance.now() - state.beat > HEARTBEAT) { linkSet("lost"); listen(); } }, 5000);
addEventListener("online", () => { listen(); askSoon(); });
addEventListener("offline", () => linkSet("lost"));

// The map --------------------------------------------------------------------------------------------------------------
async function drawMap() {
  state.points = document.getElementById("posko-peta-titik").textContent;
  const { officeMap } = await import(box.dataset.module);
  state.map = await officeMap(box, { points: JSON.parse(state.points), fit: "points" });
}

listen();
await drawMap().catch(() => {});
