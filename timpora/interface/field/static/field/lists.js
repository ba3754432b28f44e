// What there is: today's targets, the queue, receipts.

/** Return the way to a target in words, or an empty text. */
export function distance(app, task) {
  const here = app.place.place();
  if (!here || task.lat === null) return "";
  const way = app.place.metres(here, task);
  if (way < 950) return app.say("m", String(Math.round(way / 50) * 50));
  return app.say("km", (way / 1000).toFixed(way < 9_950 ? 1 : 0).replace(".", ","));
}

function stateOf(app, task, queue, receipts) {
  const draft = app.store.draft(task.target);
  if (draft) {
    const people = draft.checked.length;
    if (draft.is_postponed) return ["waiting", app.say("postponed", people)];
    return ["info", people ? app.say("draft", people) : app.say("draft_empty")];
  }
  if (queue.some((entry) => entry.key === task.target)) return ["caution", app.say("waiting")];
  if (receipts.some((one) => one.key === task.target)) return ["good", app.say("reported")];
  // Another member of the team, or another phone, was there already.
  if (task.is_visited) return ["good", app.say("visited")];
  return ["neutral", app.say("todo")];
}

/** Show today's targets, the nearest first where the place is known. */
export async function tasks(app) {
  const [queue, receipts] = [await app.store.queue(), await app.store.receipts()];
  const page = app.made("tasks");
  const here = app.place.place();
  // A check without an order has no place on the map; whoever stands before somebody finds it on top.
  const far = (task) => (task.lat === null ? -1 : app.place.metres(here, task));
  const ordered = here ? [...app.pack.tasks].sort((a, b) => far(a) - far(b)) : app.pack.tasks;
  for (const task of ordered) {
    const { root, slots } = app.made("task-card");
    const [tone, state] = stateOf(app, task, queue, receipts);
    slots.link.href = `#/s/${task.target}`;
    slots.state.classList.add(tone);
    app.fill(slots, { code: task.code, state, name: task.name, address: task.address, ground: task.ground, order: task.order, distance: distance(app, task) });
    // A list that was kept before the warning came along has none.
    slots.clash.hidden = !task.clashes?.length;
    slots.clash.textContent = app.say("clash", task.clashes?.join("; "));
    page.slots.tasks.append(root);
  }
  page.slots.empty.hidden = app.pack.tasks.length > 0;
  await notes(app, page, receipts);
  teams(app, page);
  registers(app, page);
  offices(app, page);
  done(app, page, receipts);
  const near = page.root.querySelector("[data-act=near]");
  near.hidden = !app.pack.tasks.length || Boolean(here);
  near.onclick = async () => { near.disabled = true; if (!(await app.place.locate())) app.alarm(app.say("no_place")); tasks(app); };
  app.show(page, { title: document.title.split(" · ")[0], subtitle: `${app.pack.officer.name} · ${app.pack.officer.unit}`, back: "/" });
}

/** Say how old the list is, and what about this phone may cost words. */
async function notes(app, page, receipts) {
  const at = app.freshAt(), zone = app.pack.tasks[0]?.zone;
  const list = at ? app.say("list_as_of", `${app.dayText(at, zone)} ${app.clockText(at, zone)}`) : "";
  const open = app.conflicts.conflictsOf(app, receipts).filter((one) => one.is_open).length;
  const told = [
    [open ? app.say("conflict_note", open) : "", true],
    [app.isKept && app.isOld() ? `${list} ${app.say("list_old")}` : list, app.isOld()],
    [app.isSafe ? "" : app.say("unsafe"), true],
    [app.isSafe && app.mayVanish ? app.say("may_vanish") : "", false],
    [(await app.clockIsOdd()) ? app.say("clock_odd") : "", true],
  ];
  for (const [text, isLoud] of told) {
    if (text) page.slots.notes.append(Object.assign(document.createElement("li"), { className: isLoud ? "card warn" : "hint", textContent: text }));
  }
}

/** Show the own teams and where they are; what is pressed reaches the posko at once or not at all. */
function teams(app, page) {
  page.slots.teams.hidden = !app.pack.teams.length;
  for (const team of app.pack.teams) {
    const { root, slots } = app.made("team-card");
    app.fill(slots, { name: team.name, order: team.number, state: app.pack.places[team.state] });
    for (const move of app.pack.moves[team.state]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: move.label });
      button.onclick = async () => { button.disabled = true; await depart(app, team, move.after); tasks(app); };
      slots.moves.append(button);
    }
    page.slots["team-list"].append(root);
  }
}

async function depart(app, team, after) {
  try {
    const answer = await fetch(`/tugas/regu/${team.id}`, { method: "POST", body: new URLSearchParams({ after }), headers: { "x-csrftoken": app.token() }, redirect: "error", cache: "no-store" });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) return app.alarm(told.message ?? app.say("move_failed"));
    team.state = told.state;
    app.alarm("");
  } catch { app.alarm(app.say("move_failed")); }
}

/** Lead to the registers of the operations at hand: force, injury, complaint. */
function registers(app, page) {
  const list = app.pack.registers.slice(0, 2);
  page.slots.registers.hidden = !list.length;
  for (const one of list) {
    const { root, slots } = app.made("register-link");
    slots.link.href = one.url;
    slots.name.textContent = app.pack.registers.length > 1 ? `: ${one.name}` : "";
    page.slots.registers.append(root);
  }
}

function offices(app, page) {
  page.slots.offices.hidden = !app.pack.offices.length;
  for (const office of app.pack.offices) {
    const { root, slots } = app.made("office-card");
    app.fill(slots, { label: app.say("office_nil", office.unit), operation: office.name });
    slots.button.onclick = () => app.go(`/kantor/${office.operation}`);
    page.slots["office-list"].append(root);
  }
}

function done(app, page, receipts) {
  const known = app.conflicts.conflictsOf(app, receipts);
  page.slots.done.hidden = !receipts.length;
  for (const one of receipts.slice(0, 20)) {
    const { root, slots } = app.made("receipt-line");
    const zone = app.task(one.key)?.zone;
    slots.link.href = `#/l/${one.id}`;
    const conflict = known.find((other) => other.report === one.id);
    const told = [one.number, app.clockText(one.received_at, zone), conflict ? app.conflicts.stateOf(app, conflict, one) : ""];
    app.fill(slots, { title: one.title ?? one.number, told: told.filter(Boolean).join(" · ") });
    page.slots["done-list"].append(root);
  }
}

/** Say in words why an entry still waits. */
function toldOf(app, entry) {
  if (entry.officer.id !== app.pack.officer.id) return app.say("other_officer", entry.officer.name);
  if (!entry.text) return app.say("key_lost");
  const words = { login: "retry_login", reload: "retry_reload", odd: "retry_odd", later: "retry_later", waiting: "waiting" };
  return entry.told || app.say(words[entry.state] ?? "waiting");
}

/** Show what still waits, and why. */
export async function queue(app) {
  const page = app.made("queue-page");
  const waiting = await app.store.queue();
  for (const entry of waiting) {
    const { root, slots } = app.made("entry-line");
    slots.link.href = `#/l/${entry.id}`;
    app.fill(slots, { title: entry.title ?? entry.number, told: toldOf(app, entry) });
    page.slots.list.append(root);
  }
  page.slots.list.hidden = !waiting.length;
  page.slots.told.textContent = waiting.length ? app.say("unsent", waiting.length) : app.say("all_sent");
  const send = page.root.querySelector("[data-act=send]");
  send.hidden = !waiting.length;
  send.onclick = () => app.sender.run();
  const left = await pictures(app, page, send);
  if (!waiting.length && left) page.slots.told.textContent = app.say("unsent_photos", left);
  page.slots.rescue.hidden = !waiting.length && !left;
  await app.rescue.offer(app, app.base, { button: page.root.querySelector("[data-act=file]"), told: page.slots["file-told"] });
  const receipts = await app.store.receipts();
  app.conflicts.list(app, page, receipts);
  done(app, page, receipts);
  app.qrButton(page);
  app.show(page, { title: page.root.querySelector("h1").textContent });
}

/** Say which photos still wait; returns how many. */
async function pictures(app, page, send) {
  const finished = new Set([...(await app.store.queue()).map((entry) => entry.id), ...(await app.store.received())]);
  const kept = await app.files.waiting(finished);
  page.slots.photos.hidden = !kept.length;
  if (!kept.length) return 0;
  send.hidden = false;
  page.slots["photos-told"].textContent = app.say("unsent_photos", kept.length);
  const words = [...new Set(kept.map((one) => one.why).filter(Boolean))];
  for (const word of words) page.slots["photos-why"].append(Object.assign(document.createElement("li"), { className: "fault", textContent: word }));
  return kept.length;
}

/** Show one report: still waiting, or its receipt. */
export async function entry(app, id) {
  const waiting = await app.store.entry(id);
  const receipt = waiting ? null : await app.store.receipt(id);
  if (waiting) return unsent(app, waiting);
  if (receipt) return received(app, receipt);
  return app.go("/");
}

async function unsent(app, entry) {
  const page = app.made("entry");
  const zone = app.task(entry.key)?.zone;
  const at = entry.at ? `${app.dayText(entry.at, zone)} ${app.clockText(entry.at, zone)}` : "–";
  app.fill(page.slots, { title: entry.title ?? entry.number, told: toldOf(app, entry), number: entry.number, digest: entry.digest, at });
  page.slots.login.hidden = entry.state !== "login";
  page.slots.login.href = app.door;
  const reopen = page.root.querySelector("[data-act=reopen]");
  reopen.hidden = entry.state !== "refused";
  reopen.onclick = async () => {
    // The number stays with the report, so that no gap tells the posko of a report that never was.
    if (!(await app.keep(entry.key, { ...entry.draft, seq: entry.seq }))) return;
    await app.store.dropEntry(entry.id);
    await app.count();
    app.go(entry.isOffice ? `/kantor/${entry.key}` : `/s/${entry.key}`);
  };
  page.root.querySelector("[data-act=send]").onclick = () => app.sender.run();
  await app.sign.papers(app, page, entry.id);
  app.show(page, { title: entry.title ?? entry.number, back: "#/antrean" });
}

async function received(app, receipt) {
  const page = app.made("receipt");
  const zone = app.task(receipt.key)?.zone;
  app.fill(page.slots, {
    number: receipt.number, title: receipt.title ?? "", digest: receipt.sha256, same: app.say("hash_same"),
    at: `${app.dayText(receipt.received_at, zone)} ${app.clockText(receipt.received_at, zone)} ${app.task(receipt.key)?.zone_label ?? ""}`,
    people: receipt.people ? app.say("confirm_people", receipt.people) : app.say("confirm_nil"),
  });
  page.slots.qr.src = receipt.qr;
  app.conflicts.tell(app, page, receipt);
  page.slots.held.hidden = !receipt.is_withheld;
  for (const doubt of receipt.doubts) {
    page.slots.doubts.append(Object.assign(document.createElement("li"), { textContent: app.pack.doubts[doubt] ?? doubt }));
  }
  await app.sign.papers(app, page, receipt.id, receipt);
  const left = (await app.files.waiting(new Set([receipt.id]))).length;
  page.slots.pictures.hidden = !left;
  page.slots.pictures.textContent = app.say("unsent_photos", left);
  app.show(page, { title: receipt.title ?? receipt.number });
}
