// The region picker: turns a text field for a code into a combobox that finds any village by typing.
// <input data-region-picker="/wilayah/cari" [data-level] [data-within] [data-chain] name value>
const WAIT = 120;
let count = 0;

/** Dress one field; the code stays in a hidden field of the same name. */
export function pickerDress(field) {
  if (field.dataset.dressed) return;
  const id = field.id || `wilayah-${(count += 1)}`;
  const code = Object.assign(document.createElement("input"), { type: "hidden", name: field.name, value: field.value });
  const list = Object.assign(document.createElement("ul"), { id: `${id}-pilihan`, className: "options", hidden: true });
  const box = Object.assign(document.createElement("div"), { className: "picker" });
  list.setAttribute("role", "listbox");
  Object.assign(field.dataset, { dressed: "yes" });
  field.removeAttribute("name");
  field.removeAttribute("maxlength");
  field.id = id;
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) field.setAttribute(name, value);
  field.value = field.dataset.chain ?? field.value;
  field.before(box);
  box.append(field, code, list);
  wire({ field, code, list, box, chosen: field.value, at: -1, timer: 0, asked: null });
}

function wire(picker) {
  const { field, list, box } = picker;
  field.addEventListener("input", () => {
    // A changed text names nothing yet: the old choice must not be sent under new words.
    set(picker, "", field.value, false);
    clearTimeout(picker.timer);
    picker.timer = setTimeout(() => ask(picker), WAIT);
  });
  field.addEventListener("keydown", (event) => onKey(picker, event));
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => setTimeout(() => leave(picker), 150));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { const option = event.target.closest("[role=option]"); if (option) choose(picker, option); });
  box.closest("form")?.addEventListener("reset", () => setTimeout(() => set(picker, "", "", true)));
}

async function ask(picker) {
  const { field, list } = picker;
  picker.asked?.abort();
  picker.asked = new AbortController();
  const address = new URL(field.dataset.regionPicker, location.href);
  address.searchParams.set("q", field.value);
  if (field.dataset.level) address.searchParams.set("tingkat", field.dataset.level);
  if (field.dataset.within) address.searchParams.set("dalam", field.dataset.within);
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: picker.asked.signal });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    // Our own server has escaped every name in these options.
    list.innerHTML = await answer.text();
    options(list).forEach((option, n) => { option.id = `${list.id}-${n}`; });
    picker.at = -1;
    show(picker, document.activeElement === field);
    field.setCustomValidity("");
  } catch (error) {
    if (error.name !== "AbortError") show(picker, false);
  }
}

const options = (list) => [...list.querySelectorAll("[role=option]")];

function onKey(picker, event) {
  const { field, list } = picker;
  const all = options(list);
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) {
    event.preventDefault();
    if (list.hidden) { ask(picker); return; }
    mark(picker, all.length ? (picker.at + steps[event.key] + all.length) % all.length : -1);
  } else if (event.key === "Enter" && !list.hidden) {
    event.preventDefault();
    const option = all[Math.max(picker.at, 0)];
    if (option) choose(picker, option);
  } else if (event.key === "Escape" && !list.hidden) {
    event.stopPropagation();
    show(picker, false);
  } else if (event.key === "Tab" && picker.at >= 0 && !list.hidden) {
    choose(picker, all[picker.at]);
  }
  field.setAttribute("aria-expanded", String(!list.hidden));
}

function mark(picker, at) {
  const all = options(picker.list);
  all.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
  picker.at = at;
  if (at >= 0) { picker.field.setAttribute("aria-activedescendant", all[at].id); all[at].scrollIntoView({ block: "nearest" }); }
  else picker.field.removeAttribute("aria-activedescendant");
}

function choose(picker, option) {
  set(picker, option.dataset.code, option.dataset.chain, true);
  show(picker, false);
}

function set(picker, code, text, isChosen) {
  const { field } = picker;
  picker.code.value = code;
  if (isChosen) { field.value = text; picker.chosen = text; }
  if (picker.code.value !== picker.told) {
    picker.told = picker.code.value;
    field.dispatchEvent(new CustomEvent("region", { bubbles: true, detail: { code, chain: text } }));
  }
}

function leave(picker) {
  show(picker, false);
  // Words that name no region are sent as they are, so that the server can say what is wrong with them.
  if (!picker.code.value && picker.field.value.trim()) picker.code.value = picker.field.value.trim().slice(0, 13);
}

function show(picker, isShown) {
  picker.list.hidden = !isShown;
  picker.field.setAttribute("aria-expanded", String(isShown));
  if (!isShown) mark(picker, -1);
}

const dressAll = (root) => root.querySelectorAll?.("[data-region-picker]").forEach(pickerDress);
dressAll(document);
document.addEventListener("htmx:load", (event) => dressAll(event.target));
