// The form of the field: one page, so that a tab that loses the network goes on. Modules come by hashed names.
const at = document.body.dataset;
const load = (name) => import(at[name]);
const $ = (query, root = document) => root.querySelector(query);
const pack = JSON.parse($("#pack").textContent);
const screen = $("[data-screen]");

/** Say one of the words of the pack; `%n` is replaced by `n`. */
const say = (key, n = "") => (pack.words[key] ?? key).replaceAll("%n", n);

// A demonstration may run at another day: then the phone follows the program's clock, and else its own.
const offset = pack.is_simulated ? Date.parse(pack.now) - Date.now() : 0;
const now = () => new Date(Date.now() + offset);
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

async function start() {
  const names = ["sha256", "content", "mrz", "store", "send", "place", "lists", "visit", "person", "idb"];
  const [{ sha256 }, content, mrz, { openStore }, { sender }, place, lists, visit, person, { openDB }] = await Promise.all(names.map(load));
  const store = await openStore(openDB, pack.officer, content.uuid);

  const app = {
    pack, say, now, clockText, dayText, made, fill, show, alarm, store, content, mrz, place, sha256, door: at.door,
    go(path) { if (location.hash === `#${path}`) route(); else location.hash = path; },
    task: (id) => pack.tasks.find((task) => task.target === id),

    /** Keep a draft at once and say so; a full phone is said aloud. */
    keep(key, draft, slot) {
      try {
        store.keepDraft(key, draft);
        if (slot) slot.textContent = say("kept", clockText(now()));
        alarm("");
      } catch { alarm(say("full")); }
    },
  };

  /** Bring the line at the bottom, always in sight, up to date. */
  async function count() {
    const waiting = (await store.queue()).length;
    const box = $("[data-queue]");
    const isOff = navigator.onLine === false;
    const state = waiting ? "unsent" : (await store.receipts()).length ? "sent" : "none";
    const text = { unsent: say("unsent", waiting), sent: say("all_sent"), none: say("nothing_yet") }[state];
    box.dataset.state = state;
    $("[data-queue-text]").textContent = app.sender.isBusy() && waiting ? `${text} · ${say("sending")}` : text;
    $("[data-net]").hidden = !isOff;
  }

  let isRedrawing = false;
  app.sender = sender(store, pack.officer, at.address, async () => {
    await count();
    // A screen that shows the queue follows it; a form that is being typed in never moves.
    if (/^#\/(l\/|antrean|$)/.test(location.hash || "#/") && !isRedrawing) {
      isRedrawing = true;
      await route().finally(() => { isRedrawing = false; });
    }
  });
  app.count = count;

  const routes = [
    [/^$/, () => lists.tasks(app)],
    [/^antrean$/, () => lists.queue(app)],
    [/^l\/([\w-]+)$/, (id) => lists.entry(app, id)],
    [/^s\/([\w-]+)$/, (id) => visit.target(app, id)],
    [/^s\/([\w-]+)\/kirim$/, (id) => visit.finish(app, id)],
    [/^kantor\/([\w-]+)$/, (id) => visit.officeNil(app, id)],
    [/^s\/([\w-]+)\/o\/(\d+)\/(\d)$/, (id, n, turn) => person.turn(app, id, Number(n), Number(turn))],
  ];

  async function route() {
    const path = decodeURI(location.hash.replace(/^#\/?/, ""));
    for (const [pattern, run] of routes) {
      const found = path.match(pattern);
      if (found) return void (await run(...found.slice(1)));
    }
    location.replace("#/");
  }

  addEventListener("hashchange", route);
  for (const name of ["online", "offline"]) addEventListener(name, count);
  navigator.storage?.persist?.();
  await route();
  await count();
  app.sender.run();
  place.locateIfAllowed().then((found) => { if (found && !location.hash.replace(/^#\/?/, "")) route(); });
}

start().catch((error) => {
  console.error(error);
  $("[data-loading]")?.remove();
  alarm(say("no_store"));
});
