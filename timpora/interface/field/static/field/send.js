// Sending what waits: again and again until a receipt comes whose digest is the phone's own.
const SHORTEST = 5_000, LONGEST = 60_000, PATIENCE = 30_000;
const RECEIVED = [200, 201, 202, 409];
const RETRY = { 401: "login", 403: "reload", 404: "refused", 413: "refused", 422: "refused" };

/** Return what a sending repeats from its cookie. */
export const token = () => decodeURIComponent(cookie("__Host-timpora_csrf") || cookie("timpora_csrf"));
const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

/** Ask the server with the officer's session: `held` with what it said, `out` at the door, `none` without the right, or `away`. */
export async function ask(address, patience = PATIENCE) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(address, { redirect: "manual", credentials: "same-origin", cache: "no-store", signal: stop.signal });
    if (answer.type === "opaqueredirect" || [401, 423].includes(answer.status)) return { state: "out" };
    if (answer.status === 403 || answer.status === 404) return { state: "none" };
    const body = answer.ok ? await answer.json().catch(() => null) : null;
    return body?.officer ? { state: "held", body } : { state: "away" };
  } catch {
    return { state: "away" };
  } finally {
    clearTimeout(timer);
  }
}

/** Send one entry; return `{receipt}`, or `{state, told}` where it must stay in the queue. */
export async function attempt(entry, address, kind = "application/json") {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, {
      method: "POST", body: entry.text, redirect: "error", credentials: "same-origin", cache: "no-store", signal: stop.signal,
      headers: { "content-type": kind, "x-csrftoken": token() },
    });
    const body = await answer.json().catch(() => null);
    // A captive portal may answer 200 as well: only the digest of the very content counts.
    if (RECEIVED.includes(answer.status) && body?.report === entry.id && body.sha256 === entry.digest) return { receipt: body };
    if (RETRY[answer.status] === "refused" && body?.code) return { state: "refused", told: told(body) };
    return { state: RETRY[answer.status] === "refused" ? "odd" : RETRY[answer.status] ?? (RECEIVED.includes(answer.status) ? "odd" : "later"), told: "" };
  } catch {
    return { state: "later", told: "" };
  } finally {
    clearTimeout(timer);
  }
}

const told = (body) => [body.message, ...(body.errors ?? []).map((fault) => [fault.field, fault.message].filter(Boolean).join(": "))].join(" ");

/** Return a sender that works through the queue; `changed` is called whenever something in it changed. */
export function sender(store, officer, { report, who, uploads }, changed) {
  let isBusy = false, timer = 0, wait = SHORTEST;

  async function round() {
    let isDone = true;
    const mine = (await store.queue()).filter((entry) => entry.officer.id === officer.id && entry.state !== "refused" && entry.text);
    if (!mine.length && !(await uploads.waiting()).length) return true;
    // Somebody else may have signed in on this phone: nothing goes out under another's name.
    const met = await ask(who);
    if (met.state !== "held" || met.body.officer !== officer.id) {
      for (const entry of mine) await store.mark(entry, met.state === "away" ? "later" : "login", "");
      changed();
      return false;
    }
    for (const entry of mine) {
      const answer = await attempt(entry, report);
      if (answer.receipt) await store.settle(entry, answer.receipt);
      else { await store.mark(entry, answer.state, answer.told); isDone &&= answer.state === "refused"; }
      changed();
    }
    // Photos follow their report: those of reports that the server has by now.
    return (await uploads.run(changed)) && isDone;
  }

  async function run() {
    clearTimeout(timer);
    if (isBusy) return;
    isBusy = true;
    changed();
    let isDone = false;
    try {
      // Two tabs take turns; without locks the server tells repeats from reports anyway.
      isDone = navigator.locks ? await navigator.locks.request("timpora-kirim", round) : await round();
    } finally {
      isBusy = false;
      wait = isDone ? SHORTEST : Math.min(wait * 2, LONGEST);
      if (!isDone) timer = setTimeout(run, wait);
      changed();
    }
  }

  addEventListener("online", () => { wait = SHORTEST; run(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) run(); });
  return { run, isBusy: () => isBusy };
}
