// The phone tells the office of itself, and hears whether it was revoked (P14): then it forgets tasks, drafts and keys at
// once, hands over what was finished, and stays shut.
const EVERY = 45_000, PATIENCE = 30_000;

/** Return where the list of tasks is asked for, by a phone of these numbers. */
export const packAt = async (at, base) => `${at.bekal}?${new URLSearchParams((await base.devices()).map(({ id }) => ["ponsel", id]))}`;

async function post(address, token, fields, keepalive = false) {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), headers: { "x-csrftoken": token() }, redirect: "error", credentials: "same-origin", cache: "no-store", keepalive, signal: stop.signal });
    return answer.ok ? await answer.json().catch(() => null) : null;
  } catch { return null; } finally { clearTimeout(timer); }
}

// What the open lock shows of itself; while it is shut, the session that this phone has is parked (ADR 0020).
let proof = null, lastFields = [], isGoingOn = false;

/** Tell with which lock the form is open, so that its session is open too. */
export const open = (shown) => { proof = shown; };

/** A form that is closed parks its session; whoever follows a link of it goes on working. */
function parkWhenClosed(tools) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    isGoingOn = Boolean(link && link.origin === location.origin && link.pathname !== location.pathname && !link.target);
  });
  addEventListener("pageshow", () => { isGoingOn = false; });
  addEventListener("pagehide", () => {
    if (proof && lastFields.length && !isGoingOn) post(tools.at.kontak, tools.token, [...lastFields, ["sidik", proof.digest], ["pergi", "1"]], true);
  });
}

let turn = Promise.resolve();

/** Ask once, one after the other: what a shut form had yet to say never overtakes the lock that was opened since. */
export const meet = (tools, base) => {
  const mine = () => tell(tools, base);
  return (turn = turn.then(mine, mine));
};

/** Tell whether the form is open; without the cookie for sending the list of tasks is asked for first, which brings it, or the bad news. */
async function tell(tools, base) {
  if (!tools.token()) {
    const first = await tools.ask(await packAt(tools.at, base));
    if (first.state !== "held" || first.body.is_revoked) return first.body ?? null;
  }
  const fields = (await base.devices()).flatMap(({ id, last }) => [["ponsel", id], ["nomor", String(last)]]);
  lastFields = [...fields, ["antre", String(await base.count())]];
  const shut = proof ? [] : (await base.vaults()).filter((lock) => lock.proof).map((lock) => ["sidik", `${lock.officer.id}:${lock.proof.digest}`]);
  return post(tools.at.kontak, tools.token, [...lastFields, ...(proof ? [["bukti", proof.secret]] : shut)]);
}

/** Keep asking while the form is open; a revoked phone forgets and starts anew, shut. */
export function watch(tools, base) {
  const look = async () => {
    if (document.hidden || navigator.onLine === false) return;
    const told = await meet(tools, base);
    if (told?.is_revoked) await shut(base);
    else if (told?.is_foreign) await base.apart(told.officer);
  };
  parkWhenClosed(tools);
  setInterval(look, EVERY);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  return look();
}

/** Forget everything but what waits, and come back shut. */
export async function shut(base) {
  await base.forget();
  location.reload();
}

/** Hand over what the officer of this session had finished, as it lies: the server opens it, and gives no key back. */
async function handOver(ui, tools, base, officer) {
  for (const entry of (await base.entries()).filter((one) => one.officer.id === officer)) {
    const text = JSON.stringify(ui.rescue.entryOf(base.vault, entry));
    const answer = await tools.attempt({ ...entry, text }, tools.at.address, "application/vnd.timpora.antrean+json");
    if (answer.receipt) await base.dropEntry(entry.id);
  }
}

/** Show that the phone was revoked, as long as it is: what waits is sent or saved, and nothing else is possible. */
export async function shown(ui, tools, base) {
  await base.forget(); // Once more: a word may have been on its way to the store.
  for (;;) {
    const told = await meet(tools, base);
    if (told?.is_revoked) await handOver(ui, tools, base, told.officer);
    const left = await base.count();
    await tools.count();
    const page = ui.made("revoked");
    ui.fill(page.slots, { left: left ? ui.say("unsent", left) : "" });
    page.slots.waits.hidden = !left;
    page.slots.empty.hidden = Boolean(left);
    page.slots.door.hidden = Boolean(told) || !left;
    page.slots.door.href = ui.door;
    await ui.rescue.offer(ui, base, { button: page.root.querySelector("[data-act=file]") });
    const again = page.root.querySelector("[data-act=again]"), fresh = page.root.querySelector("[data-act=fresh]");
    again.hidden = !left;
    fresh.hidden = Boolean(left);
    ui.show(page, { title: ui.say("form"), back: "/" });
    const chosen = await new Promise((done) => { for (const one of [again, fresh]) one.onclick = () => done(one); addEventListener("online", () => done(again), { once: true }); });
    if (chosen === fresh) { await base.renew(); location.assign(ui.door); return new Promise(() => {}); }
  }
}
