// The form of the field: one page of screens. It opens without network, behind the officer's PIN; modules come by hashed names.
const at = document.body.dataset;
const load = (name) => import(at[name]);
const $ = (query, root = document) => root.querySelector(query);
const book = JSON.parse($("#book").textContent);
const screen = $("[data-screen]");
const DAY = 86_400_000, IDLE = 15 * 60_000, NOTE = 3850;

/** Say one of the words of the book; `%n` is replaced by `n`. */
const say = (key, n = "") => (book.words[key] ?? key).replaceAll("%n", n);

const clockText = (instant, zone) => new Intl.DateTimeFormat("id-ID", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant)).replace(":", ".");
const dayText = (instant, zone) => new Intl.DateTimeFormat("id-ID", { timeZone: zone, day: "2-digit", month: "2-digit", year: "numeric" }).format(new Date(instant)).replaceAll("/", "-");

/** Return a copy of a template with its slots by name. */
function made(id) {
  const root = document.importNode($(`template#${id}`).content, true);
  const slots = {};
  for (const node of root.querySelectorAll("[data-slot]")) slots[node.dataset.slot] = node;
  return { root, slots, top: root.firstElementChild };
}

/** Fill slots with text; an empty text hides nothing, so that layout stays calm. */
function fill(slots, texts) {
  for (const [name, text] of Object.entries(texts)) if (slots[name]) slots[name].textContent = text;
}

function show(part, { title, subtitle = "", back = "#/" } = {}) {
  screen.replaceChildren(part.root);
  $("[data-title]").textContent = title;
  $("[data-subtitle]").textContent = subtitle;
  $("[data-back]").href = back;
  scrollTo(0, 0);
  screen.focus({ preventScroll: true });
}

function alarm(text) {
  const line = $("[data-alarm]");
  line.hidden = !text;
  line.textContent = text;
}

/** Keep the shell for the next opening, and offer a newer one when it is there. */
function settle(installed, language) {
  installed.register(`${at.worker}?bahasa=${language}`, at.home, (change) => {
    $("[data-news]").hidden = false;
    $("[data-renew]").onclick = change;
  }).catch((error) => console.warn(error));
}

/** Whoever leaves the phone lying about finds it locked again; every word is kept by then. */
function lockWhenLeft(mark) {
  let left = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) left = Date.now();
    else if (left && Date.now() - left > IDLE) location.reload();
  });
  addEventListener("storage", ({ key }) => { if (key === mark) location.reload(); });
}

/** Keep what the server gave: in memory, and under seal where there is a lock. */
async function take(app, base, session, pack) {
  const { keys } = session;
  Object.assign(app.pack, pack, { device_at: Date.now() });
  await base.heard(pack.now);
  if (!keys) return;
  const lock = await base.vault.withQueueKey(session.lock, keys.data, pack.queue_key);
  if (lock !== session.lock) {
    await base.keepVault(lock);
    Object.assign(keys, await base.vault.keysOf(lock, keys.data));
    session.lock = lock;
  }
  const { queue_key: _, ...rest } = pack;
  await base.keepPack(keys, rest);
}

/** Load what the camera reads with, or what asks a report form: from the phone, or once over the network. */
async function laterParts(what) {
  const parts = Object.entries(book.camera[what]);
  return Object.fromEntries(await Promise.all(parts.map(async ([name, address]) => [name, await import(address)])));
}

async function start() {
  const names = ["sha256", "content", "mrz", "store", "send", "place", "lists", "visit", "person", "idb", "vault", "clock", "lock", "installed", "rescue", "conflicts", "contact", "files", "photos", "sign", "paper", "minutes"];
  const [{ sha256, sha256Bytes }, content, mrz, { openBase, openStore, LOCK_MARK }, { sender, ask, attempt, token }, place, lists, visit, person, { openDB }, vault, clock, lock, installed, rescue, conflicts, contact, { openFileBase, openFiles }, photos, sign, paper, minutes] = await Promise.all(names.map(load));
  const base = await openBase({ openDB, uuid: content.uuid, vault, clock, files: await openFileBase(openDB) });
  await base.purge();
  settle(installed, document.documentElement.lang);
  const isSafe = vault.canSeal();

  /** Bring the line at the bottom, always in sight, up to date. */
  async function count() {
    const waiting = await base.count(), pictures = await base.photos();
    const box = $("[data-queue]");
    const state = waiting || pictures ? "unsent" : (await base.hasReceipts()) ? "sent" : "none";
    const unsent = waiting ? say("unsent", waiting) : say("unsent_photos", pictures);
    const text = { unsent: waiting && pictures ? `${unsent} · ${say("and_photos", pictures)}` : unsent, sent: say("all_sent"), none: say("nothing_yet") }[state];
    box.dataset.state = state;
    $("[data-queue-text]").textContent = app?.sender.isBusy() && state === "unsent" ? `${text} · ${say("sending")}` : text;
    $("[data-net]").hidden = navigator.onLine !== false;
  }

  let app = null;
  for (const name of ["online", "offline"]) addEventListener(name, count);
  await count();
  const ui = { made, fill, show, say, ask, at, rescue, contact, door: at.door, later: laterParts, alarm, sha256 };
  const tools = { at, ask, attempt, token, count };
  if (await base.isRevoked()) return contact.shown(ui, tools, base);
  contact.watch(tools, base);
  const session = isSafe ? await lock.enter(ui, base) : await lock.enterOpenly(ui, base);
  if (session.lock) contact.open(await vault.proofOf(session.lock, session.keys.data));
  const store = await openStore(base, session.officer, session.keys, (key) => { if (location.hash.includes(key)) route(); });

  const files = openFiles(base.files, vault, session.officer, session.keys);
  app = {
    pack: { tasks: [], offices: [], registers: [], teams: [], ...book, ...session.pack, officer: session.officer },
    say, clockText, dayText, made, fill, show, alarm, store, content, mrz, place, sha256, sha256Bytes, token, count, isSafe, base, files, photos, person, sign, paper, minutes,
    door: at.door, installed, rescue, conflicts, mayVanish: false, isKept: isSafe,
    clockIsOdd: base.clockIsOdd,
    freshAt: () => app.pack.now ?? "",
    isOld: () => Boolean(app.pack.now) && app.now() - Date.parse(app.pack.now) > DAY,
    // A demonstration may run at another day: then the phone follows the program's clock, and else its own.
    now: () => new Date(Date.now() + (app.pack.is_simulated ? Date.parse(app.pack.now) - app.pack.device_at : 0)),
    go(path) { if (location.hash === `#${path}`) route(); else location.hash = path; },
    task: (id) => app.pack.tasks.find((task) => task.target === id),

    later: laterParts,

    /** Open the camera for a passport or a QR; its modules are no part of the first load. */
    async scanned(what = "passport", asked = {}) {
      try {
        const { window, page, ...parts } = await laterParts(what);
        return await window.scan(app, page.sightOf(app, parts, asked));
      } catch (fault) { console.warn(fault); alarm(say(`${what}_away`)); return null; }
    },

    /** Let a QR be scanned on a screen. With `one`, what is taken over goes to the end of its note and is kept. */
    qrButton(page, one = null, keep = null, asked = {}) {
      page.root.querySelector("[data-act=qr]").onclick = async ({ currentTarget }) => {
        currentTarget.disabled = true;
        const line = await app.scanned("qr", { ...asked, room: one ? NOTE - (one.note ?? "").length - 1 : 0 });
        currentTarget.disabled = false;
        if (!line || !one) return;
        one.note = [one.note, line].filter(Boolean).join("\n");
        page.slots.qr.textContent = `${say("qr_noted")} ${line}`;
        page.slots.qr.hidden = false;
        keep();
      };
    },

    /** Keep a draft at once and say so; a full phone is said aloud. Resolves to whether it was kept. */
    keep(key, draft, slot) {
      return store.keepDraft(key, draft, app.task(key)?.until ?? app.pack.until).then(() => {
        if (slot) slot.textContent = say("kept", clockText(app.now()));
        alarm("");
        return true;
      }, () => { alarm(say("full")); return false; });
    },
  };

  let isRedrawing = false;
  async function redraw() {
    await count();
    // A screen that shows the queue follows it; a form that is being typed in never moves.
    if (/^#\/(l\/|antrean|$)/.test(location.hash || "#/") && !isRedrawing) {
      isRedrawing = true;
      await route().finally(() => { isRedrawing = false; });
    }
  }
  const uploads = photos.uploads(files, { report: at.address, token, received: store.received });
  app.sender = sender(store, session.officer, { report: at.address, who: at.who, uploads }, redraw);

  /** Fetch the tasks anew; what the phone has stays where the server cannot be asked. */
  async function refresh() {
    // The session may be parked since the form was shut: an open lock opens it.
    const told = session.lock ? await contact.meet(tools, base) : null;
    const other = told && told.officer !== session.officer.id && (await base.vaults()).find((lock) => lock.officer.id === told.officer);
    if (other) return alarm(say("other_session", other.officer.name));
    const answer = await ask(await contact.packAt(at, base));
    if (answer.body?.is_revoked) return contact.shut(base);
    if (answer.state === "out") return alarm(say("retry_login"));
    if (answer.state !== "held") return;
    if (answer.body.officer.id !== session.officer.id) return alarm(say("other_session", answer.body.officer.name));
    try { await take(app, base, session, answer.body); } catch { alarm(say("full")); }
    if (answer.body.language !== document.documentElement.lang) settle(installed, answer.body.language);
    await redraw();
  }

  const routes = [
    [/^$/, lists.tasks],
    [/^antrean$/, lists.queue],
    [/^l\/([\w-]+)$/, lists.entry],
    [/^s\/([\w-]+)$/, visit.target],
    [/^s\/([\w-]+)\/kirim$/, visit.finish],
    [/^s\/([\w-]+)\/t\/(\d+)$/, (view, id, n) => sign.sign(view, id, Number(n))],
    [/^kantor\/([\w-]+)$/, visit.officeNil],
    [/^s\/([\w-]+)\/o\/(\d+)\/(\d)$/, (view, id, n, turn) => person.turn(view, id, Number(n), Number(turn))],
  ];

  let newest = 0;
  async function route() {
    const path = decodeURI(location.hash.replace(/^#\/?/, ""));
    // A screen that was still being drawn when another was asked for does not cover that one.
    const mine = newest += 1;
    const view = Object.assign(Object.create(app), { show: (...shown) => { if (mine === newest) show(...shown); } });
    for (const [pattern, run] of routes) {
      const found = path.match(pattern);
      if (found) return void (await run(view, ...found.slice(1)));
    }
    location.replace("#/");
  }

  if (session.lock) lockWhenLeft(LOCK_MARK);
  addEventListener("hashchange", route);
  addEventListener("online", refresh);
  // A check that was approved a moment ago is not among the tasks that the phone has.
  const asked = location.hash.match(/^#\/s\/([\w-]+)/)?.[1];
  const isFresh = Boolean(session.pack?.queue_key), mustAsk = !session.pack || (asked && !app.task(asked));
  if (isFresh) {
    await take(app, base, session, session.pack).catch(() => alarm(say("full")));
    if (session.lock) contact.meet(tools, base);
  }
  else if (mustAsk) await refresh();
  await route();
  await count();
  if (!isFresh && !mustAsk) refresh();
  app.sender.run();
  place.locateIfAllowed().then((found) => { if (found && !location.hash.replace(/^#\/?/, "")) route(); });
  // What reads passports comes after everything else, so that it is there when the network is not.
  if (session.lock) navigator.serviceWorker?.ready.then(({ active }) => active.postMessage("kamera"));
  app.mayVanish = await installed.mayVanish();
  if (app.mayVanish) redraw();
}

start().catch((error) => {
  console.error(error);
  $("[data-loading]")?.remove();
  alarm(say("no_store"));
});
