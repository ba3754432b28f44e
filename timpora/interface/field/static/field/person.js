// One person in four short turns: document, outcome, findings, note. Every keystroke is kept.
const SCREENS = ["person-document", "person-outcome", "person-findings", "person-note"];
const SEXES = { M: "L", F: "P", X: "X" };
// Three letters as the passport prints them. A country that is written out would be cut to another one's letters.
const CODED = ["document_state", "nationality"], SAID = "_said";
const isAnybody = (one) => ["known", "name", "document_number", "birth", "mrz", ...CODED, ...CODED.map((name) => name + SAID)].some((name) => one[name]?.trim());
const isNoDay = (text) => {
  const [, day, month, year] = text?.match(/^\s*(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})\s*$/)?.map(Number) ?? [];
  return Boolean(year) && new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day || month > 12;
};

/** Show turn `n` (from 1) of the person at `at` in the draft of a target. */
export async function turn(app, id, at, n) {
  const task = app.task(id);
  const draft = app.store.draft(id);
  if (!task || n < 1 || n > SCREENS.length) return app.go(`/s/${id}`);
  const { fresh, gatesLeft } = await import(document.body.dataset.visit);
  const whole = draft ?? fresh(app);
  // Steps that gate come first, also for a page that is opened by its address (F37).
  if (gatesLeft(task, whole).length) return app.go(`/s/${id}`);
  if (at > whole.checked.length) return app.go(`/s/${id}`);
  const one = whole.checked[at] ?? {};
  const page = app.made(SCREENS[n - 1]);
  const keep = () => {
    whole.checked[at] = one;
    whole.is_postponed = false;
    app.keep(id, whole, page.slots.kept);
  };
  page.slots.turn.textContent = `${app.say("person", at + 1)} · ${n}/${SCREENS.length}`;
  [documentTurn, outcomeTurn, findingsTurn, noteTurn][n - 1](app, page, one, keep);
  const form = page.top;
  const go = (to) => app.go(to < 1 || to > SCREENS.length ? `/s/${id}` : `/s/${id}/o/${at}/${to}`);
  form.onsubmit = (event) => event.preventDefault();
  form.querySelector("[data-act=back]").onclick = () => go(n - 1);
  form.querySelector("[data-act=next]").onclick = () => {
    if (n === 1 && !isAnybody(one) && !confirm(app.say("nobody"))) return;
    keep();
    go(n + 1);
  };
  const drop = form.querySelector("[data-act=drop]");
  if (drop) drop.onclick = () => { if (confirm(app.say("drop_person"))) { whole.checked.splice(at, 1); app.keep(id, whole); app.go(`/s/${id}`); } };
  app.show(page, { title: one.name || app.say("person", at + 1), subtitle: task.name, back: n > 1 ? `#/s/${id}/o/${at}/${n - 1}` : `#/s/${id}` });
}

function documentTurn(app, page, one, keep) {
  const form = page.top;
  const fields = [...form.querySelectorAll("input:not([type=radio]), textarea")];
  doubt(app, page, one);
  for (const field of fields) {
    field.value = one[field.name] || one[field.name + SAID] || "";
    field.oninput = () => {
      one[field.name] = field.classList.contains("mono") ? field.value.toUpperCase() : field.value;
      if (CODED.includes(field.name)) coded(one, field.name);
      doubt(app, page, one);
      if (field.name === "mrz") readZone(app, page, one, fields);
      keep();
    };
  }
  for (const radio of form.querySelectorAll("[name=sex]")) {
    radio.checked = one.sex === radio.value;
    radio.onchange = () => { one.sex = radio.value; keep(); };
  }
  if (one.mrz) readZone(app, page, one, fields, { fillsIn: false });
  const zone = fields.find((field) => field.name === "mrz");
  form.querySelector("[data-act=scan]").onclick = async ({ currentTarget }) => {
    currentTarget.disabled = true;
    const text = await app.scanned();
    currentTarget.disabled = false;
    if (!form.isConnected) return;
    zone.focus();
    if (!text) return;
    zone.value = text;
    zone.oninput();
  };
  app.qrButton(page, one, keep);
}

/** Keep three letters as a code, and anything longer as the words that it is. */
function coded(one, name) {
  const text = one[name].trim(), isCode = /^[A-Z]{0,3}$/.test(text);
  Object.assign(one, { [name]: isCode ? text : "", [name + SAID]: isCode ? "" : text });
}

/** Say what can be no code or no day; it forbids nothing, since it may be what the document says. */
function doubt(app, page, one) {
  for (const [slot, isDoubtful, words] of [["coded-told", CODED.some((name) => one[name + SAID]), "coded"], ["birth-told", isNoDay(one.birth), "no_day"]]) {
    page.slots[slot].hidden = !isDoubtful;
    page.slots[slot].textContent = isDoubtful ? app.say(words) : "";
  }
}

/** Return what goes to the office of a person: words where a code belongs stand in the note. */
export function sentOf(app, { document_state_said: state, nationality_said: nation, ...one }) {
  const lines = [[state, "state_said"], [nation, "nation_said"]].filter(([text]) => text).map(([text, words]) => app.say(words, text));
  return lines.length ? { ...one, note: [one.note, ...lines].filter(Boolean).join("\n") } : one;
}

/** Fill the fields from the zone; a wrong digit is told and forbids nothing, since documents are damaged. */
function readZone(app, page, one, fields, { fillsIn = true } = {}) {
  const told = page.slots["mrz-told"];
  told.hidden = !one.mrz?.trim();
  told.className = "told";
  if (told.hidden) return;
  let read;
  try { read = app.mrz.mrzRead(one.mrz); } catch (fault) { told.textContent = app.say("mrz_form", app.say(fault.message, fault.n)); return; }
  told.classList.add(read.faults.length ? "is-bad" : "is-good");
  told.textContent = read.faults.length ? app.say("mrz_bad", read.faults.map((field) => app.say(field)).join(", ")) : app.say("mrz_good");
  if (!fillsIn) return;
  const year = app.now().getFullYear();
  Object.assign(one, {
    name: [read.surname, read.given].filter(Boolean).join(" "), document_number: read.number, document_state: read.issuer,
    nationality: read.nationality, document_state_said: "", nationality_said: "", birth: app.mrz.dateText(read.birth, year), sex: SEXES[read.sex] ?? "",
  });
  doubt(app, page, one);
  for (const field of fields) if (field.name !== "mrz") field.value = one[field.name] ?? "";
  for (const radio of page.top.querySelectorAll("[name=sex]")) radio.checked = one.sex === radio.value;
}

function choices(app, template, name, list, { isChosen, choose }) {
  return list.map((choice, n) => {
    const { top, slots } = app.made(template);
    const input = top.querySelector("input");
    Object.assign(input, { name, value: choice.code, checked: isChosen(choice.code), id: `${name}-${n}` });
    app.fill(slots, { label: choice.label, hint: choice.hint ?? "" });
    input.onchange = () => choose(choice.code, input.checked);
    return top;
  });
}

const toggled = (list, code, isOn) => (isOn ? [...(list ?? []), code] : (list ?? []).filter((other) => other !== code));

function outcomeTurn(app, page, one, keep) {
  const { slots } = page;
  const next = page.root.querySelector("[data-act=next]");
  const draw = () => {
    slots["signs-box"].hidden = one.outcome !== "dirujuk_pelindungan";
    next.disabled = !one.outcome;
  };
  slots.outcomes.append(...choices(app, "choice-radio", "outcome", app.pack.outcomes, {
    isChosen: (code) => one.outcome === code, choose: (code) => { one.outcome = code; keep(); draw(); },
  }));
  slots.signs.append(...choices(app, "choice-box", "sign", app.pack.signs.map((sign) => ({ code: sign, label: sign })), {
    isChosen: (code) => one.signs?.includes(code) ?? false, choose: (code, isOn) => { one.signs = toggled(one.signs, code, isOn); keep(); },
  }));
  draw();
}

function findingsTurn(app, page, one, keep) {
  page.slots.findings.append(...choices(app, "choice-box", "finding", app.pack.findings, {
    isChosen: (code) => one.findings?.includes(code) ?? false, choose: (code, isOn) => { one.findings = toggled(one.findings, code, isOn); keep(); },
  }));
}

function noteTurn(app, page, one, keep) {
  const note = page.root.querySelector("[name=note]");
  note.value = one.note ?? "";
  note.oninput = () => { one.note = note.value; keep(); };
  app.qrButton(page, one, () => { note.value = one.note; keep(); });
}
