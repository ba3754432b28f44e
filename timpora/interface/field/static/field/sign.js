// Signing on the glass what is shown, or saying why not; and the Berita Acara that follows from it.
const WIDE = 1000, HIGH = 320, NEAR = 5, MOST = 1_200, STROKES = 80;
const NOT_MET = "tidak_ditemui";

/** Return what somebody signs, as one text: whatever of it changes later makes the signature void. */
const over = (one) => JSON.stringify([one.name, one.document_state, one.document_number, one.birth, one.nationality, one.sex, one.outcome, one.findings ?? [], one.role].map((part) => part ?? ""));

/** Tell how a signature stands: `none`, `signed`, `refused`, or `stale` where what was signed has changed since. */
export function stateOf(one) {
  const signature = one?.signature;
  if (!signature || (!signature.strokes?.length && !signature.because?.trim())) return "none";
  if (signature.over !== over(one)) return "stale";
  return signature.strokes?.length ? "signed" : "refused";
}

/** Return a signature as it is sent, or nothing. */
export function sent(one) {
  if (["none", "stale"].includes(stateOf(one))) return undefined;
  const { strokes, state, because, signed_at } = one.signature;
  return strokes?.length ? { signed_at, strokes } : { signed_at, state, because: because.trim() };
}

const canSign = (one) => one.outcome && one.outcome !== NOT_MET;

/** List on the last screen who may sign and how that stands; returns how many signatures are void. */
export function lines(app, page, visit) {
  const { draft } = visit;
  const list = page.slots["sign-list"];
  const entries = draft.checked.map((one, n) => [n + 1, one, one.name || app.say("nameless")]).filter(([, one]) => canSign(one));
  entries.push([0, draft.in_charge, draft.in_charge?.name || app.say("in_charge")]);
  page.slots["sign-box"].hidden = !visit.canSign;
  let stale = 0;
  for (const [position, one, name] of visit.canSign ? entries : []) {
    const state = stateOf(one);
    stale += state === "stale" ? 1 : 0;
    const line = app.made("sign-line");
    line.slots.link.href = `#/s/${visit.key}/t/${position}`;
    line.slots.link.classList.toggle("is-faulty", state === "stale");
    const role = position ? "" : `${app.say("in_charge")} · `;
    app.fill(line.slots, { name, told: `${draft.in_charge?.name ? role : ""}${app.say(`sign_${state}`)}` });
    list.append(line.root);
  }
  return stale;
}

function summary(app, page, one, position) {
  const words = app.pack.minutes.forms[app.pack.minutes.form];
  page.slots.sum.hidden = !position;
  page.slots.rights.hidden = !position;
  if (!position) return;
  const outcome = words.outcomes[one.signs?.length || !words.outcomes[one.outcome] ? "dirujuk" : one.outcome];
  const found = (one.findings ?? []).map((code) => words.findings[code]);
  const rows = [
    [words.said.name, one.name || words.unknown], [words.said.document, [one.document_state, one.document_number].filter(Boolean).join(" ") || words.none],
    [words.said.birth, one.birth || words.unknown], [words.said.outcome, outcome.join(" / ")], [words.said.findings, found.map((pair) => pair.join(" / ")).join("; ") || words.none],
  ];
  for (const [[title, english], value] of rows) {
    page.slots.sum.append(Object.assign(document.createElement("dt"), { textContent: `${title} / ${english}` }), Object.assign(document.createElement("dd"), { textContent: value }));
  }
  for (const [title, english] of [words.said.no_accusation, ...words.rights]) {
    const line = Object.assign(document.createElement("li"), { textContent: title });
    line.append(Object.assign(document.createElement("span"), { className: "quiet", lang: "en", textContent: english }));
    page.slots["rights-list"].append(line);
  }
}

/** Show the glass for one person (from 1), or for whoever is in charge of the place (0). */
export async function sign(app, id, position) {
  const task = app.task(id), draft = app.store.draft(id);
  const one = position ? draft?.checked[position - 1] : draft && (draft.in_charge ??= {});
  if (!task || !one || (position && !canSign(one))) return app.go(`/s/${id}`);
  const page = app.made("sign"), { slots } = page, form = page.top;
  const back = `#/s/${id}/kirim`;
  const write = (words) => { one.signature = { ...one.signature, ...words, over: over(one), signed_at: app.now().toISOString() }; };
  const keep = () => {
    app.keep(id, { ...draft, in_charge: draft.in_charge?.name?.trim() ? draft.in_charge : undefined }, slots.kept);
  };
  if (stateOf(one) === "stale") delete one.signature;
  slots.title.textContent = position ? one.name || app.say("nameless") : app.say("in_charge");
  summary(app, page, one, position);
  slots.who.hidden = Boolean(position);
  for (const field of slots.who.querySelectorAll("input")) {
    field.value = one[field.name] ?? "";
    field.oninput = () => {
      one[field.name] = field.value;
      // Whoever signed, signed under another name.
      if (one.signature) { delete one.signature; glass.clear(); }
      draw();
      keep();
    };
  }
  const glass = pad(slots.glass, one.signature?.strokes ?? [], (strokes) => { write({ strokes, state: "", because: "" }); keep(); });
  const why = form.querySelector("[name=because]");
  why.value = one.signature?.because ?? "";
  why.oninput = () => { write({ strokes: [], state: chosen(), because: why.value }); keep(); };
  const chosen = () => form.querySelector("[name=how]:checked").value;
  const draw = () => {
    slots.how.hidden = !position && !one.name?.trim();
    slots.sheet.hidden = slots.how.hidden || chosen() !== "";
    slots["why-box"].hidden = slots.how.hidden || chosen() === "";
  };
  for (const radio of form.querySelectorAll("[name=how]")) {
    radio.checked = radio.value === (one.signature?.state ?? "");
    radio.onchange = () => {
      draw();
      if (radio.value) { glass.clear(); write({ strokes: [], state: radio.value, because: why.value }); } else { why.value = ""; delete one.signature; }
      keep();
    };
  }
  form.querySelector("[data-act=wipe]").onclick = () => { glass.clear(); delete one.signature; keep(); };
  form.querySelector("[data-act=done]").onclick = () => { location.hash = back; };
  form.onsubmit = (event) => event.preventDefault();
  draw();
  app.show(page, { title: app.say("sign"), subtitle: task.name, back });
  glass.draw();
}

/** Let a finger or a pen write on a canvas; every stroke is told when it ends. */
function pad(canvas, strokes, told) {
  const kept = strokes.map((stroke) => [...stroke]);
  canvas.width = WIDE;
  canvas.height = HIGH;
  const pen = canvas.getContext("2d");
  const count = () => kept.reduce((sum, stroke) => sum + stroke.length / 2, 0);
  let open = null;
  const draw = () => {
    pen.clearRect(0, 0, WIDE, HIGH);
    Object.assign(pen, { lineWidth: 6, lineCap: "round", lineJoin: "round", strokeStyle: "#0c2f37" });
    for (const stroke of kept) {
      pen.beginPath();
      pen.moveTo(stroke[0], stroke[1]);
      for (let at = 2; at < stroke.length; at += 2) pen.lineTo(stroke[at], stroke[at + 1]);
      if (stroke.length === 2) pen.lineTo(stroke[0], stroke[1]);
      pen.stroke();
    }
  };
  const bound = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
  const pointOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return [bound(((event.clientX - box.left) / box.width) * WIDE, WIDE), bound(((event.clientY - box.top) / box.height) * HIGH, HIGH)];
  };
  canvas.onpointerdown = (event) => {
    event.preventDefault();
    if (open || kept.length >= STROKES || count() >= MOST) return;
    canvas.setPointerCapture(event.pointerId);
    open = { id: event.pointerId, points: pointOf(event) };
    kept.push(open.points);
    draw();
  };
  canvas.onpointermove = (event) => {
    if (event.pointerId !== open?.id || count() >= MOST) return;
    const [x, y] = pointOf(event), [before, above] = open.points.slice(-2);
    if (Math.hypot(x - before, y - above) < NEAR) return;
    open.points.push(x, y);
    draw();
  };
  canvas.onpointerup = canvas.onpointercancel = (event) => {
    if (event.pointerId !== open?.id) return;
    open = null;
    told(kept);
  };
  return { draw, clear() { kept.length = 0; draw(); } };
}

/** Return what a Berita Acara prints besides, where somebody signed. */
export function factsOf(app, task) {
  const cut = (text, most = 200) => (text ?? "").slice(0, most).trim();
  const { officer, minutes } = app.pack;
  const others = (task.officers ?? []).filter((name) => name !== officer.name);
  return {
    form: minutes.form, place: cut(task.name) || "-", address: cut(task.address), office: cut(officer.unit) || "-", order: cut(task.order) || "-",
    officers: [officer.name, ...others].map((name) => cut(name)).slice(0, 40), zone: task.zone_label || "WIB",
  };
}

/** Compute the papers of a finished report and keep them on the phone until its task is forgotten. */
export async function keepPapers(app, entry, until) {
  const content = JSON.parse(entry.text);
  await app.files.dropMinutes(entry.id);
  for (const position of app.minutes.signedPositions(content)) {
    const bytes = app.minutes.minutesPdf(app.paper, app.pack.minutes.forms, content, { sha256: entry.digest, number: entry.number, position });
    const name = (position ? content.checked[position - 1] : content.in_charge).name || app.say("nameless");
    await app.files.keepMinutes(entry.id, until, { bytes, told: { position, name, sha256: app.sha256Bytes(bytes), number: entry.number } });
  }
}

/** List the papers of a report, each as a file; with a receipt it says whether the server computed the same. */
export async function papers(app, page, id, receipt) {
  const kept = await app.files.minutes(id);
  page.slots.papers.hidden = !kept.length;
  for (const paper of kept) {
    const line = app.made("paper-line");
    const same = receipt?.minutes?.[paper.position] === paper.sha256;
    app.fill(line.slots, { name: paper.name, told: receipt ? app.say(same ? "paper_same" : "paper_other") : app.say("paper_here") });
    line.slots.button.classList.toggle("is-faulty", Boolean(receipt) && !same);
    line.slots.button.onclick = async () => {
      const address = URL.createObjectURL(await app.files.blob(`${id}:ba:${paper.position}`, "bytes", "application/pdf"));
      Object.assign(document.createElement("a"), { href: address, download: `berita-acara-${paper.number}-${paper.position}.pdf` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    };
    page.slots["paper-list"].append(line.root);
  }
}
