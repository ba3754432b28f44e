// One visit: the SOP in its order, whom was met, and the sending.
export const fresh = (app) => ({ id: app.content.uuid(), steps: {}, checked: [], headcount: null, note: "", is_postponed: false });

/** A step that gates is done, in a language that is named, or says why not. */
function isKept(step, draft) {
  const told = draft.told?.[step.code] ?? {};
  return draft.steps[step.code] ? !step.asks_language || Boolean(told.language?.trim()) : Boolean(told.because?.trim());
}

/** Where nobody was met, nobody was spoken to: a tick is enough. */
const nilLeft = (task, draft) => task.steps.filter((step) => step.is_gate && !draft.steps[step.code] && !isKept(step, draft));

/** Return what must be ticked or explained before anybody is recorded. */
export const gatesLeft = (task, draft) => task.steps.filter((step) => step.is_gate && !isKept(step, draft));

/** Show a target with its ground, the steps and the three big choices. */
export async function target(app, id) {
  const task = app.task(id);
  if (!task) return app.go("/");
  const draft = app.store.draft(id) ?? fresh(app);
  const page = app.made("target");
  const { slots } = page;
  const { distance } = await import(document.body.dataset.lists);
  app.fill(slots, { name: task.name, address: task.address, order: `${task.order} · ${task.first_day} – ${task.last_day}`, ground: task.ground, ground_text: task.ground_text, checks: task.checks, distance: distance(app, task) });
  slots.paper.href = task.order_url;
  if (task.is_encounter) slots.paper.lastElementChild.textContent = app.say("approval");
  for (const part of [slots.distance, slots.distance.previousElementSibling]) part.hidden = !slots.distance.textContent;
  const draw = () => steps(app, page, task, draft, draw);
  draw();
  known(app, page, task, draft);
  app.photos.section(app, slots.photos, id, draft);
  written(app, page, task, draft);
  const act = (name, run) => { page.root.querySelector(`[data-act=${name}]`).onclick = run; };
  act("person", () => app.go(`/s/${id}/o/${draft.checked.length}/1`));
  act("nil", () => { app.keep(id, { ...draft, is_postponed: false }); app.go(`/s/${id}/kirim`); });
  app.qrButton(page, draft, () => app.keep(id, draft, slots.kept), { isPlace: true });
  act("later", () => { app.keep(id, { ...draft, is_postponed: true }); app.go("/"); });
  app.show(page, { title: task.code, subtitle: task.order });
}

/** Steps open in their order: one is locked until those before it that are compulsory were done. */
function steps(app, page, task, draft, redraw) {
  const { slots } = page;
  const open = gatesLeft(task, draft)[0];
  const last = open ? task.steps.indexOf(open) : task.steps.length;
  slots.steps.replaceChildren(...task.steps.map((step, n) => {
    const line = app.made("step");
    app.fill(line.slots, { title: step.title, note: step.note });
    line.slots.must.hidden = !step.is_gate;
    line.slots.box.checked = Boolean(draft.steps[step.code]);
    line.slots.box.disabled = n > last;
    line.top.classList.toggle("is-locked", n > last);
    line.top.classList.toggle("is-done", line.slots.box.checked);
    telling(app, page, task, draft, { line, step, isOpen: n <= last });
    line.slots.box.onchange = () => {
      if (line.slots.box.checked) draft.steps[step.code] = app.now().toISOString(); else delete draft.steps[step.code];
      if (line.slots.box.checked && draft.told?.[step.code]) draft.told[step.code].because = "";
      app.keep(task.target, draft, slots.kept);
      redraw();
      document.querySelector(`.steps li:nth-child(${n + 1}) input`)?.focus();
    };
    return line.top;
  }));
  gate(app, page, task, draft);
}

/** Let a compulsory step be told in words: in which language, by an interpreter, or why it was not done. */
function telling(app, page, task, draft, { line, step, isOpen }) {
  const { why, spoken } = line.slots;
  const isDone = Boolean(draft.steps[step.code]);
  why.hidden = !step.is_gate || isDone || !isOpen;
  spoken.hidden = !step.asks_language || !isDone;
  const told = draft.told?.[step.code] ?? {};
  for (const field of line.top.querySelectorAll("[data-told]")) {
    const name = field.dataset.told;
    if (field.type === "checkbox") field.checked = Boolean(told[name]); else field.value = told[name] ?? field.value;
    field.oninput = () => {
      const value = field.type === "checkbox" ? field.checked : field.value;
      draft.told = { ...draft.told, [step.code]: { state: "tidak_dilakukan", at: app.now().toISOString(), ...draft.told?.[step.code], [name]: value } };
      app.keep(task.target, draft, page.slots.kept);
      // Nothing is drawn anew while somebody writes: what moves under a finger is not pressed.
      unlock(task, draft, line.top.parentElement);
      gate(app, page, task, draft);
    };
  }
}

function unlock(task, draft, list) {
  const open = gatesLeft(task, draft)[0];
  const last = open ? task.steps.indexOf(open) : task.steps.length;
  [...list.children].forEach((line, n) => {
    line.classList.toggle("is-locked", n > last);
    line.querySelector("[type=checkbox]").disabled = n > last;
    const why = line.querySelector("[data-slot=why]");
    why.hidden = !task.steps[n].is_gate || Boolean(draft.steps[task.steps[n].code]) || n > last;
  });
}

function gate(app, page, task, draft) {
  const { slots } = page;
  const left = gatesLeft(task, draft).length;
  slots.gate.hidden = !left;
  slots.gate.textContent = app.say("gate", left);
  const root = slots.steps.isConnected ? document : page.root;
  root.querySelector("[data-act=person]").disabled = left > 0;
  root.querySelector("[data-act=nil]").disabled = nilLeft(task, draft).length > 0;
  // A nil after somebody was written down would contradict itself.
  if (draft.checked.length) root.querySelector("[data-act=nil]").disabled = true;
  root.querySelectorAll(".known").forEach((button) => { button.disabled = left > 0; });
}

function known(app, page, task, draft) {
  page.slots.known.hidden = !task.persons.length;
  for (const person of task.persons) {
    const line = app.made("known-line");
    const asOf = person.as_of ? ` (${app.say("as_of", `${app.dayText(person.as_of, task.zone)} ${app.clockText(person.as_of, task.zone)}`)})` : "";
    app.fill(line.slots, { name: person.name || app.say("nameless"), told: [person.birth.split("-").reverse().join("-"), person.document].filter(Boolean).join(" · "), permit: person.permit + asOf });
    line.slots.button.classList.add("known");
    line.slots.button.disabled = gatesLeft(task, draft).length > 0;
    line.slots.button.onclick = () => {
      const seen = draft.checked.findIndex((one) => one.known === person.id);
      if (seen < 0) {
        draft.checked.push({ known: person.id, name: person.name, document_number: person.document, birth: person.birth.split("-").reverse().join("-") });
        app.keep(task.target, { ...draft, is_postponed: false });
      }
      app.go(`/s/${task.target}/o/${seen < 0 ? draft.checked.length - 1 : seen}/1`);
    };
    page.slots["known-list"].append(line.root);
  }
}

function written(app, page, task, draft) {
  page.slots.written.hidden = !draft.checked.length;
  page.slots.finish.href = `#/s/${task.target}/kirim`;
  draft.checked.forEach((one, n) => {
    const line = app.made("written-line");
    const outcome = app.pack.outcomes.find((choice) => choice.code === one.outcome)?.label;
    line.slots.link.href = `#/s/${task.target}/o/${n}/${one.outcome ? 1 : 2}`;
    app.fill(line.slots, { name: one.name || app.say("nameless"), told: [outcome ?? app.say("no_outcome"), one.document_number].filter(Boolean).join(" · ") });
    line.slots.link.classList.toggle("is-faulty", !outcome);
    page.slots["written-list"].append(line.root);
  });
}

/** Show what will be sent of a target, and send it. */
export function finish(app, id) {
  const task = app.task(id);
  if (!task) return app.go("/");
  const draft = app.store.draft(id) ?? fresh(app);
  if ((draft.checked.length ? gatesLeft : nilLeft)(task, draft).length) return app.go(`/s/${id}`);
  return closing(app, { key: id, title: task.name, code: task.code, task, canSign: true, back: `#/s/${id}`, draft, operation: task.operation, target: task.is_encounter ? null : id, encounter: task.is_encounter ? id : "" });
}

/** Show the nil of a whole office, and send it. */
export function officeNil(app, operation) {
  const office = app.pack.offices.find((one) => one.operation === operation);
  if (!office) return app.go("/");
  const draft = app.store.draft(operation) ?? fresh(app);
  return closing(app, { key: operation, title: office.unit, code: office.name, back: "#/", draft, operation, target: null, isOffice: true });
}

function closing(app, visit) {
  const { draft } = visit;
  const page = app.made("finish");
  const { slots } = page;
  const people = draft.checked.length;
  const [count, note] = ["headcount", "note"].map((name) => page.root.querySelector(`[name=${name}]`));
  app.fill(slots, { name: visit.title, sum: people ? app.say("confirm_people", people) : app.say("confirm_nil") });
  slots["count-box"].hidden = !people;
  note.value = draft.note;
  const counted = () => Math.max(people, draft.headcount ?? people);
  const draw = () => {
    if (document.activeElement !== count) count.value = counted();
    slots.remainder.textContent = counted() > people ? ` · ${app.say("remainder", counted() - people)}` : "";
  };
  const keep = () => { app.keep(visit.key, draft, slots.kept); draw(); };
  note.oninput = () => { draft.note = note.value; keep(); };
  count.oninput = () => { draft.headcount = Math.min(Number.parseInt(count.value, 10) || people, 100_000); keep(); };
  page.root.querySelector("[data-act=less]").onclick = () => { draft.headcount = Math.max(people, counted() - 1); keep(); };
  page.root.querySelector("[data-act=more]").onclick = () => { draft.headcount = counted() + 1; keep(); };
  page.root.querySelector("[data-act=back]").onclick = () => { location.hash = visit.back; };
  const send = page.root.querySelector("[data-act=send]");
  for (const [n, one] of draft.checked.entries()) {
    if (one.outcome) continue;
    const link = Object.assign(document.createElement("a"), { href: `#/s/${visit.key}/o/${n}/2`, textContent: `${one.name || app.say("nameless")}: ${app.say("no_outcome")}` });
    slots.faults.append(Object.assign(document.createElement("li"), { className: "fault" }));
    slots.faults.lastChild.append(link);
    send.disabled = true;
  }
  if (app.sign.lines(app, page, visit)) {
    slots.faults.append(Object.assign(document.createElement("li"), { className: "fault", textContent: app.say("sign_stale_told") }));
    send.disabled = true;
  }
  app.photos.section(app, slots.photos, visit.key, draft);
  send.onclick = () => { send.disabled = true; submit(app, visit).catch(() => { send.disabled = false; app.alarm(app.say("full")); }); };
  visit.asked = questions(app, slots.form, visit, keep);
  placing(app, page);
  draw();
  app.show(page, { title: visit.code, back: visit.back });
}

/** Ask the operation's report form; a phone that has it not yet sends what was answered before. */
async function questions(app, slot, visit, keep) {
  // The nil of a whole office tells of no place.
  const form = !visit.isOffice && app.pack.forms?.[visit.operation];
  if (!form) return;
  try {
    const parts = await app.later("form");
    visit.answers = parts.questions.section(app, slot, { questions: form, visit, keep });
  } catch (fault) {
    console.warn(fault);
    slot.textContent = app.pack.form_words.away;
    visit.answers = () => visit.draft.answers ?? {};
  }
  slot.hidden = false;
}

function placing(app, page) {
  const button = page.root.querySelector("[data-act=place]"), { slots } = page;
  const tell = () => { const here = app.place.place(); slots.place.textContent = here ? app.say("place", here.accuracy) : app.say("place_none"); button.hidden = Boolean(here); };
  const read = async (ask) => {
    slots.place.textContent = app.say("place_wait");
    if (!(await ask())) slots.place.textContent = app.say("no_place"); else tell();
  };
  button.onclick = () => read(() => app.place.locate());
  tell();
  app.place.locateIfAllowed().then(tell);
}

/** Say of every step what was told: done and in which language, or why not. */
function stepsOf({ steps, told = {} }) {
  const words = (code) => told[code] ?? {};
  const done = Object.entries(steps).map(([code, done_at]) => ({
    code, done_at, ...(words(code).language?.trim() ? { language: words(code).language.trim(), ...(words(code).interpreter ? { interpreter: true } : {}) } : {}),
  }));
  const left = Object.entries(told).filter(([code, word]) => !steps[code] && word.because?.trim());
  return [...done, ...left.map(([code, word]) => ({ code, done_at: word.at, state: word.state, because: word.because.trim() }))];
}

const findingsOf = (codes) => (codes ?? []).map((kind) => ({ kind }));

/** Turn a finished draft into the report that is sent; what is empty is left out. */
export function reportOf(app, visit, { seq, device, photos }) {
  const { draft } = visit;
  const here = app.place.place();
  const people = draft.checked.map((one) => app.person.sentOf(app, one)).map(({ known, findings, signs, ...one }) => ({
    ...one, findings: findingsOf(findings), signs: one.outcome === "dirujuk_pelindungan" ? signs : [], signature: one.outcome === "tidak_ditemui" ? undefined : app.sign.sent({ ...one, findings }),
  }));
  const boss = draft.in_charge, signed = app.sign.sent(boss);
  const answers = visit.answers?.() ?? {};
  const minutes = signed || people.some((one) => one.signature) ? app.sign.factsOf(app, visit.task) : undefined;
  return {
    id: draft.id, operation: visit.operation, ...(visit.encounter ? { encounter: visit.encounter } : { target: visit.target }), kind: people.length ? "pemeriksaan" : "nihil",
    captured_at: app.now().toISOString(), device, seq, headcount: people.length ? Math.max(people.length, draft.headcount ?? 0) : 0,
    checked: people, steps: stepsOf(draft), photos, minutes, ...(signed ? { in_charge: { name: boss.name.trim(), role: boss.role, signature: signed } } : {}),
    ...(here ? { lat: here.lat.toFixed(6), lng: here.lng.toFixed(6), accuracy_m: here.accuracy } : {}),
    note: draft.note, ...(Object.keys(answers).length ? { answers } : {}),
  };
}

/** Put the report in the queue, forget the draft only then, and start sending. */
async function submit(app, visit) {
  const { draft } = visit;
  await visit.asked;
  const photos = await app.files.photos(draft.id);
  const entry = await app.store.enqueue((seq, device) => {
    const { text, digest } = app.content.sealed(reportOf(app, visit, { seq, device, photos }), app.sha256);
    return { seq, text, digest, number: app.content.receiptNumber(digest) };
  }, { id: draft.id, key: visit.key, title: visit.title, kind: draft.checked.length ? "pemeriksaan" : "nihil", people: draft.checked.length, at: app.now().toISOString(), draft, isOffice: Boolean(visit.isOffice) });
  app.store.dropDraft(visit.key);
  app.alarm("");
  // The report is safe by now; a paper that found no room is computed by the office as well.
  await app.sign.keepPapers(app, entry, app.task(visit.key)?.until ?? app.pack.until).catch(() => app.alarm(app.say("paper_full")));
  await app.count();
  app.go(`/l/${entry.id}`);
  app.sender.run();
}
