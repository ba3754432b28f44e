// The worker keeps the shell of the form, so that it opens without network. Whatever is about anybody passes by
// here and lies in the form's own store (P34). The constants above come from the server.
const OURS = "timpora-bentuk-";
const NAME = OURS + VERSION;
// What reads passports and QR codes: fetched after the first load, and kept by its hashed names across versions.
const LATER_NAME = "timpora-kamera";

/** Fetch the whole shell; files have their digest in their names, so those the page just loaded are not sent again. */
async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll([new Request(PAGE, { cache: "no-cache" }), ...FILES]);
  // A phone that could read them goes on doing so with the newer version.
  if (await caches.has(LATER_NAME)) await prepare();
}

async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  if (await caches.has(LATER_NAME)) {
    const later = await caches.open(LATER_NAME);
    await Promise.all((await later.keys()).filter(({ url }) => !LATER.includes(new URL(url).pathname)).map((request) => later.delete(request)));
  }
  await clients.claim();
}

async function prepare() {
  const cache = await caches.open(LATER_NAME), had = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll(LATER.filter((name) => !had.has(name))).catch(() => {});
}

const later = async (request) => (await (await caches.open(LATER_NAME)).match(request.url)) ?? fetch(request);

const kept = async (name, request) => (await (await caches.open(NAME)).match(name)) ?? fetch(request);

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
// A new worker waits until the form says so, or its last tab was closed: nobody's words change hands while typing.
addEventListener("message", (event) => { if (event.data === "ganti") event.waitUntil(skipWaiting()); });
addEventListener("message", (event) => { if (event.data === "kamera") event.waitUntil(prepare()); });
addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate" && address.pathname === HOME) event.respondWith(kept(PAGE, event.request));
  else if (LATER.includes(address.pathname)) event.respondWith(later(event.request));
  else if (FILES.includes(address.pathname)) event.respondWith(kept(address.pathname, event.request));
});
