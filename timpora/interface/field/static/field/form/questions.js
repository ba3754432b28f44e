// The report form of an operation: questions of the place, asked before the report is sent. It is fetched after the
// first load and kept by the worker as what reads passports is. Whatever is typed lies in the draft at once, also
// what does not fit, so that no word goes; sent is what the form takes.
const DAY = /^\d{4}-\d\d-\d\d$/;

function node(name, fields = {}, ...inner) {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...inner);
  return made;
}

const isWhole = (value) => Number.isSafeInteger(value);
const isChoice = (question, value) => question.choices.some(({ key }) => key === value);
const isDay = (value) => typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);

/** Tell whether an answer is one that the office takes for a question. */
const FITS = {
  pilihan: isChoice,
  pilihan_banyak: (question, value) => Array.isArray(value) && value.every((key) => isChoice(question, key)) && new Set(value).size === value.length,
  ya_tidak: (_, value) => typeof value === "boolean",
  angka: ({ min, max }, value) => isWhole(value) && value >= min && value <= max,
  teks: ({ max_length }, value) => typeof value === "string" && [...value.normalize("NFC")].length <= max_length,
  tanggal: (_, value) => isDay(value),
};
export const fits = (question, value) => FITS[question.kind]?.(question, value) ?? false;

/** What was answered to a question; no key is one that every object has of itself. */
const answerTo = (answers, key) => (Object.hasOwn(answers ?? {}, key) ? answers[key] : undefined);
const isEmpty = (value) => value === undefined || value === null || (typeof value === "string" && !value.trim()) || (Array.isArray(value) && !value.length);

/** Return what is sent: answers that the form asks of this kind of report and takes. */
export function answersOf(questions, kind, answers = {}) {
  const asked = questions.filter(({ key, asked_for }) => asked_for.includes(kind) && !isEmpty(answerTo(answers, key)));
  return Object.fromEntries(asked.filter((question) => fits(question, answers[question.key])).map(({ key }) => [key, answers[key]]));
}

/** Return the required questions that have no answer which can be sent. */
export function missing(questions, kind, answers = {}) {
  const given = answersOf(questions, kind, answers);
  return questions.filter(({ key, is_required, asked_for }) => is_required && asked_for.includes(kind) && !Object.hasOwn(given, key));
}

/** Return answers that no control can show any more: the form was another when they were typed. */
export function stranded(questions, answers = {}) {
  const shown = (question, value) => ["angka", "teks", "tanggal"].includes(question.kind) ? ["string", "number"].includes(typeof value) : fits(question, value);
  return Object.entries(answers).filter(([key, value]) => {
    const question = questions.find((one) => one.key === key);
    return !isEmpty(value) && !(question && shown(question, value));
  });
}

/** What of an answer cannot be sent, in words; nothing where it fits or is empty. */
function fault(words, question, value) {
  if (isEmpty(value) || fits(question, value)) return "";
  if (question.kind === "angka") return words.number.replace("%min", question.min).replace("%max", question.max);
  return question.kind === "tanggal" ? words.date : words.unfit;
}

/** Draw the questions in `slot`, keep every change, and return what tells the answers to send. */
export function section(app, slot, { questions, visit, keep }) {
  const { draft } = visit, words = app.pack.form_words;
  const kind = draft.checked.length ? "pemeriksaan" : "nihil";
  const asked = questions.filter(({ asked_for }) => asked_for.includes(kind));
  const left = node("p", { className: "told is-bad", hidden: true });
  left.setAttribute("role", "status");
  const redraw = () => {
    const names = missing(questions, kind, draft.answers).map(({ text }) => text);
    left.hidden = !names.length;
    left.textContent = names.length ? `${words.missing.replace("%n", names.length)} ${words.missing_told}` : "";
  };
  const change = (key, value) => {
    const { [key]: _, ...rest } = draft.answers ?? {};
    draft.answers = value === undefined ? rest : { ...rest, [key]: value };
    keep();
    redraw();
  };
  slot.replaceChildren(node("h2", { textContent: words.title }), ...asked.map((question, n) => DRAWN[question.kind](question, { n, words, value: answerTo(draft.answers, question.key), change })), ...old(words, questions, draft), left);
  redraw();
  return () => answersOf(questions, kind, draft.answers);
}

function old(words, questions, draft) {
  const found = stranded(questions, draft.answers);
  if (!found.length) return [];
  const lines = found.map(([key, value]) => node("li", {}, `${key}: ${Array.isArray(value) ? value.join(", ") : value}`));
  return [node("div", { className: "told is-bad" }, node("p", { textContent: words.old }), node("ul", { className: "plain" }, ...lines))];
}

function heading(name, question, words, fields = {}) {
  const title = node(name, fields, question.text);
  if (question.is_required) title.append(" ", node("span", { className: "must", textContent: words.must }));
  return title;
}

const hints = (question) => (question.help ? [node("p", { className: "hint", textContent: question.help })] : []);

/** One of several, or of yes and no, as big buttons; what was chosen can be taken back. */
function single(question, { n, words, value, change }, choices, className) {
  const clear = node("button", { type: "button", className: "chip", textContent: words.clear, hidden: value === undefined });
  const inputs = choices.map(({ key }) => node("input", { type: "radio", name: `tanya-${n}`, checked: key === value }));
  inputs.forEach((input, at) => { input.onchange = () => { clear.hidden = false; change(question.key, choices[at].key); }; });
  clear.onclick = () => {
    for (const input of inputs) input.checked = false;
    clear.hidden = true;
    change(question.key, undefined);
    inputs[0].focus();
  };
  const lines = choices.map(({ text }, at) => node("label", { className: "choice" }, inputs[at], node("span", { textContent: text })));
  return node("fieldset", { className: "field" }, heading("legend", question, words), ...hints(question), node("div", { className }, ...lines), clear);
}

/** Several: what no choice of this form is any more is kept, and told beside it. */
function several(question, { words, value, change }) {
  const chosen = new Set(Array.isArray(value) ? value : []);
  const lines = question.choices.map(({ key, text }) => {
    const input = node("input", { type: "checkbox", checked: chosen.has(key) });
    input.onchange = () => {
      if (input.checked) chosen.add(key); else chosen.delete(key);
      const kept = question.choices.map((one) => one.key).filter((one) => chosen.has(one));
      change(question.key, kept.length ? kept : undefined);
    };
    return node("label", { className: "choice" }, input, node("span", { textContent: text }));
  });
  return node("fieldset", { className: "field" }, heading("legend", question, words), ...hints(question), node("div", { className: "choices" }, ...lines));
}

function typed(question, { n, words, value, change }, input, read) {
  const told = node("p", { className: "told is-bad" });
  told.setAttribute("role", "status");
  const tell = (given) => { told.textContent = fault(words, question, given); told.hidden = !told.textContent; };
  Object.assign(input, { id: `tanya-${n}`, autocomplete: "off", value: value ?? "" });
  input.oninput = () => { const given = read(input.value); tell(given); change(question.key, given); };
  tell(value);
  return node("div", { className: "field" }, heading("label", question, words, { htmlFor: input.id }), ...hints(question), input, told);
}

// A number that is none yet is kept as it was typed.
const numberOf = (text) => { const said = text.trim(); return !said ? undefined : /^-?\d{1,15}$/.test(said) ? Number(said) : text; };
const textOf = (text) => text || undefined;

const DRAWN = {
  pilihan: (question, tools) => single(question, tools, question.choices, "choices"),
  pilihan_banyak: several,
  ya_tidak: (question, tools) => single(question, tools, [{ key: true, text: tools.words.yes }, { key: false, text: tools.words.no }], "halves"),
  angka: (question, tools) => typed(question, tools, node("input", { type: "text", inputMode: "numeric" }), numberOf),
  teks: (question, tools) => {
    const drawn = typed(question, tools, node("textarea", { rows: 3, maxLength: question.max_length }), textOf);
    drawn.querySelector("textarea").before(node("p", { className: "hint", textContent: tools.words.no_names }));
    return drawn;
  },
  tanggal: (question, tools) => typed(question, tools, node("input", { type: "date", min: "1900-01-01", max: "2199-12-31" }), textOf),
};
