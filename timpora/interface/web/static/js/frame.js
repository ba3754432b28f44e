// The frame's manners: keys, theme, dialogs, toasts, file drops, and words that are never lost.
const $ = (query, root = document) => root.querySelector(query);
const $$ = (query, root = document) => [...root.querySelectorAll(query)];
const words = $("#words")?.dataset ?? {};

// Dialogs -------------------------------------------------------------------------------------------
export const openDialog = (id) => { const dialog = document.getElementById(id); if (dialog && !dialog.open) dialog.showModal(); };

/** Ask before an act leaves the house: `text` repeats its consequence, `verb` is the button's word. */
export function confirmAct(text, verb) {
  const dialog = $("#confirm");
  if (!dialog) return Promise.resolve(true);
  const go = $("[data-confirm-go]", dialog);
  $("[data-confirm-text]", dialog).textContent = text;
  if (verb) { go.textContent = verb; $("h2", dialog).textContent = `${verb}?`; }
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    go.onclick = () => dialog.close("go");
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "go"), { once: true });
  });
}

async function holdForConfirmation(event) {
  const button = event.target.closest?.("[data-confirm]");
  if (!button || button.dataset.confirmed) return;
  event.preventDefault();
  event.stopPropagation();
  if (!(await confirmAct(button.dataset.confirm, button.textContent.trim()))) return;
  button.dataset.confirmed = "yes";
  button.click();
  delete button.dataset.confirmed;
}

// Toasts --------------------------------------------------------------------------------------------
/** Say something at the screen's edge; `action` is `{label, run}`. */
export function toast(text, { action = null, stay = false } = {}) {
  const line = $("#toast-pattern")?.content.firstElementChild.cloneNode(true);
  if (!line) return null;
  line.classList.toggle("tone-stop", !action);
  $("span", line).textContent = text;
  if (action) {
    const button = Object.assign(document.createElement("button"), { className: "btn btn-s", type: "button", textContent: action.label });
    button.onclick = () => { action.run(); line.remove(); };
    $("span", line).after(button);
  }
  $("#toasts").append(line);
  if (!stay) age(line);
  return line;
}

function age(line) {
  const patience = $("form, .btn", line) ? 12000 : 7000;
  let left = setTimeout(() => line.remove(), patience);
  const hold = () => clearTimeout(left);
  const again = () => { hold(); left = setTimeout(() => line.remove(), patience); };
  line.addEventListener("pointerenter", hold);
  line.addEventListener("focusin", hold);
  line.addEventListener("pointerleave", again);
  line.addEventListener("focusout", again);
}

// Theme ---------------------------------------------------------------------------------------------
function themeNow() { try { return localStorage.getItem("timpora-theme") ?? ""; } catch { return ""; } }
function themeSet(name) {
  try { if (name) localStorage.setItem("timpora-theme", name); else localStorage.removeItem("timpora-theme"); } catch { /* Kept for this page only. */ }
  if (name) document.documentElement.dataset.bsTheme = name; else delete document.documentElement.dataset.bsTheme;
  themeShow(name);
}
function themeShow(name) { for (const b of $$("[data-theme-set]")) b.setAttribute("aria-pressed", String(b.dataset.themeSet === name)); }

// Clock: the server says the hour of the unit's place; the page only lets it run on. -----------------
function clockRun() {
  const started = performance.now();
  const faces = $$("[data-clock] time").map((face) => ({ face, at: Date.parse(face.dateTime), offset: offsetOf(face.dateTime), rate: Number(face.dataset.rate || 1) }));
  const tick = () => {
    for (const { face, at, offset, rate } of faces) {
      if (Number.isNaN(at)) continue;
      const local = new Date(at + (performance.now() - started) * rate + offset * 60000).toISOString();
      face.textContent = face.textContent.replace(/\d\d\.\d\d/, `${local.slice(11, 13)}.${local.slice(14, 16)}`);
    }
  };
  if (faces.length) setInterval(tick, 1000);
}
function offsetOf(iso) {
  const found = /([+-])(\d\d):?(\d\d)$/.exec(iso);
  return found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0;
}

// Keys ----------------------------------------------------------------------------------------------
let going = 0;
const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
const LISTS = "[data-list], table.sheet, ul.tasks";
// Where a line leads; never a button that does something at once, since Enter would press it.
const linkOf = (row) => $("a[href], summary", row);
/** Every line of every list of the page that leads somewhere, in the order in which it is read. */
function rows() {
  const lines = $$("main :is(table[data-list], table.sheet) > tbody > tr, main :is(:is(ul, ol)[data-list], ul.tasks) > li");
  return lines.filter((line) => line.checkVisibility() && linkOf(line));
}
function step(by) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.classList.contains("is-here"));
  const next = Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + by));
  all[here]?.classList.remove("is-here");
  all[next].classList.add("is-here");
  linkOf(all[next]).focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "nearest" });
}
function search() {
  const field = $("[data-search]");
  if (!field) return;
  field.closest(".find")?.classList.add("is-open");
  field.focus();
  field.select();
}
/** The caption of a list, or the nearest heading over it, without the count that may stand in it. */
function titleOf(list) {
  let found = $("caption", list);
  for (let above = list.parentElement; !found && above?.closest("main"); above = above.parentElement) found = $("h1, h2, h3", above);
  return [...(found?.childNodes ?? [])].map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : "")).join("").trim() || found?.textContent.trim() || "";
}
/** Say what the keys do on this page: which lists they walk, and which button a key of its own presses. */
function keysTell() {
  const sheet = document.getElementById("keys");
  const lines = rows();
  const titles = [...new Set(lines.map((row) => titleOf(row.closest(LISTS))))].filter(Boolean).join(", ");
  for (const line of $$("[data-keys-rows]", sheet)) line.textContent = !lines.length ? line.dataset.none : titles ? `${line.dataset.keysRows}: ${titles}` : line.dataset.keysRows;
  for (const line of $$("[data-keys-search]", sheet)) line.textContent = $("[data-search]") ? line.dataset.keysSearch : line.dataset.none;
  $$("[data-keys-own]", sheet).forEach((line) => line.remove());
  const end = $("[data-keys-end]", sheet);
  for (const button of $$("main [data-press]")) {
    const key = document.createElement("dt");
    key.append(Object.assign(document.createElement("kbd"), { textContent: button.dataset.press }));
    // The button shows its key behind its words.
    const says = Object.assign(document.createElement("dd"), { textContent: button.textContent.trim().replace(/\s+\S$/, "") });
    for (const part of [key, says]) { part.dataset.keysOwn = ""; end.before(part); }
  }
  openDialog("keys");
}
const KEYS = { "/": search, j: () => step(1), k: () => step(-1), "?": keysTell };
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || $("dialog[open]")) return;
  if (Date.now() - going < 1500) {
    going = 0;
    const link = $(`[data-go="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); return; }
  }
  if (event.key === "g") { going = Date.now(); return; }
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
  if (event.key === "Enter" && event.target === document.body) $("a[href]", $(".is-here") ?? document.createElement("i"))?.click();
}

// Forms: a guard against leaving, and a draft that outlives a failed sending --------------------------
const draftKey = (form) => `draft:${location.pathname}:${form.id || form.getAttribute("action") || $$("form").indexOf(form)}`;
const keeps = (field) => field.name && !["password", "file", "hidden", "submit"].includes(field.type);
const guarded = () => $$("form[data-guard]");
function draftOf(form) {
  return [...form.elements].filter(keeps).map((f) => [f.name, f.value, f.type === "checkbox" || f.type === "radio" ? f.checked : null]);
}
function draftRestore(form, draft) {
  for (const [name, value, checked] of draft) {
    const fields = [...form.elements].filter((f) => f.name === name && keeps(f));
    const field = checked === null ? fields[0] : fields.find((f) => f.value === value);
    if (field && checked === null) field.value = value; else if (field) field.checked = checked;
  }
  form.dataset.dirty = "yes";
}
function draftsOffer() {
  // A page that is no error page proves that the last sending arrived.
  if (!("failed" in document.body.dataset)) {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft:") && sessionStorage.getItem(`sent-${key}`)) { sessionStorage.removeItem(key); sessionStorage.removeItem(`sent-${key}`); }
  }
  for (const form of guarded()) {
    const kept = sessionStorage.getItem(draftKey(form));
    if (kept) toast(words.draft, { stay: true, action: { label: words.restore, run: () => draftRestore(form, JSON.parse(kept)) } });
  }
}
function formsGuard() {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.matches("[data-guard]")) return;
    form.dataset.dirty = "yes";
    sessionStorage.setItem(draftKey(form), JSON.stringify(draftOf(form)));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    delete form.dataset.dirty;
    // Nothing typed outlives the session of work in which it was typed.
    if (form.matches("[data-sign-out]")) { sessionStorage.clear(); return; }
    if (form.matches("[data-guard]")) sessionStorage.setItem(`sent-${draftKey(form)}`, "yes");
    if (event.submitter && !event.defaultPrevented) setTimeout(() => event.submitter.setAttribute("aria-busy", "true"));
  });
  addEventListener("beforeunload", (event) => { if ($("form[data-dirty]")) event.preventDefault(); });
  addEventListener("pageshow", () => $$("[aria-busy][type=submit], button[aria-busy]").forEach((b) => b.removeAttribute("aria-busy")));
}

// Files ---------------------------------------------------------------------------------------------
function fileDrops() {
  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (event) => event.target.closest?.("[data-drop]")?.classList.toggle("is-over", type === "dragenter" || type === "dragover"));
  }
  document.addEventListener("change", (event) => {
    const chosen = $("[data-drop-chosen]", event.target.closest?.("[data-drop]") ?? document.createElement("i"));
    if (chosen) chosen.textContent = [...event.target.files].map((f) => `${f.name} · ${Math.ceil(f.size / 1024).toLocaleString(document.documentElement.lang)} kB`).join(", ");
  });
}

// Clicks --------------------------------------------------------------------------------------------
function onClick(event) {
  const hit = (query) => event.target.closest?.(query);
  const opener = hit("[data-open]");
  if (opener?.dataset.open === "keys") keysTell();
  else if (opener) openDialog(opener.dataset.open);
  if (hit("[data-close]") || event.target.tagName === "DIALOG") event.target.closest("dialog")?.close();
  hit("[data-toast-close]")?.closest("[data-toast]").remove();
  if (hit("[data-theme-set]")) themeSet(hit("[data-theme-set]").dataset.themeSet);
  if (hit("[data-print]")) print();
  if (hit("[data-back]")) history.back();
  // A finger cannot hover: a tap on a time says the exact instant.
  const time = hit("time[title]");
  if (time && event.pointerType === "touch" && !hit("a, button, summary")) toast(time.title, { action: { label: "OK", run: () => {} } });
  for (const menu of $$("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
}

document.addEventListener("click", holdForConfirmation, true);
document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") $$("details[data-menu][open]").forEach((m) => { m.open = false; $("summary", m).focus(); }); });
document.addEventListener("htmx:sendError", () => toast(words.offline));
document.addEventListener("htmx:responseError", () => toast(words.refused));
document.addEventListener("htmx:afterSwap", (event) => $("[data-focus]", event.target)?.focus());
themeShow(themeNow());
clockRun();
formsGuard();
fileDrops();
draftsOffer();
$$("#toasts [data-toast]").forEach(age);
$("[data-focus]")?.focus();
