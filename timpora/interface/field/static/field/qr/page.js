// QR codes in the camera's window: what one holds is shown as text, never opened by itself and never taken for a fact (ADR 0026).
const WORDS = { title: "qr_title", aim: "qr_aim", nothing: "qr_nothing" };

/** Return what the window looks for: a QR. With `room` for so many signs it can be taken over into a note. */
export function sightOf(app, { codes, reader, decode }, { room = 0, isPlace = false }) {
  const seeing = reader.seeing(decode.decodeQR, globalThis.BarcodeDetector);
  const show = (view, told) => shown(view, told, { room, isPlace });
  return {
    part: "camera-qr", words: WORDS, aspect: 1, widths: [1280, 2560],
    begin(kind) {
      const textOf = seeing(kind);
      return async (picture) => { const text = await textOf(picture); return text ? { isSure: true, text } : null; };
    },
    shown: (view, { text }) => show(view, codes.toldOf(text, app.pack.qr)),
    byHand: (view) => byHand(view, codes, show),
  };
}

/** Name what it is, and say what the phone itself knows of it. */
async function meaning(app, told) {
  if (told.kind === "letter") {
    const task = app.pack.tasks.find(({ code_of_order: code }) => code && code === told.code);
    const held = task ? `${app.say("qr_own_order")} ${task.order} · ${task.first_day} – ${task.last_day}. ${app.say("qr_copied")}` : app.say("qr_not_held");
    return [told.isTyped ? "qr_typed" : told.isOurs ? "qr_letter" : "qr_letter_there", told.isOurs || task ? held : app.say("qr_not_ours")];
  }
  if (told.kind === "receipt") {
    const receipt = told.isOurs && await app.store.receipt(told.report);
    const held = receipt ? `${app.say("qr_own_receipt")} ${receipt.number}.` : app.say(told.isOurs ? "qr_other_receipt" : "qr_not_ours");
    return [told.isOurs ? "qr_receipt" : "qr_receipt_there", held];
  }
  return told.kind === "address" ? ["qr_address", app.say("qr_address_told")] : ["qr_text", app.say("qr_text_told")];
}

/** Return the line that goes into a note: what it is, that nobody checked it, and never more than it said. */
function noteOf(app, told) {
  const there = told.isOurs ? "" : `, ${told.host}`;
  if (told.kind === "letter") return `${app.say("qr_note_letter")} ${told.code}${there}`;
  if (told.kind === "receipt") return `${app.say("qr_note_receipt")} ${told.report}${there}`;
  return `${app.say("qr_note_text")} ${told.text}${told.more ? " …" : ""}`;
}

async function shown({ app, box, slots, end, tell }, told, { room, isPlace }) {
  const [kind, held] = await meaning(app, told), isThere = Boolean(told.host) && !told.isOurs, isLetter = told.kind === "letter";
  const take = box.querySelector("[data-act=take]"), note = noteOf(app, told), isFull = note.length > room;
  tell("");
  app.fill(slots, {
    kind: `${app.say(kind)}${isThere ? `: ${told.host}` : ""}`, code: isLetter ? told.code : `${told.text}${told.more ? ` … ${app.say("qr_more", told.more)}` : ""}`,
    held, place: room && isPlace ? app.say("qr_place") : "",
  });
  slots.card.classList.toggle("warn", isThere);
  // The address is made from the code and ours: what the QR says is opened by nobody.
  const canCheck = isLetter && told.isOurs && navigator.onLine !== false;
  slots.check.hidden = !canCheck;
  if (canCheck) slots.check.href = app.pack.qr.letters + told.code;
  slots.offline.hidden = !isLetter || !told.isOurs || canCheck;
  slots.typing.hidden = true;
  slots.result.hidden = false;
  take.hidden = !room;
  take.disabled = isFull;
  if (room && isFull) tell(app.say("qr_full"));
  take.onclick = () => end(note);
  (room && !isFull ? take : box.querySelector("[data-act=again]")).focus();
}

/** Let the code under a letter's QR be typed, as the public page does. */
function byHand(view, codes, show) {
  const { app, box, slots, tell } = view;
  view.halt();
  // What was read before is not what is being typed.
  box.querySelector("[data-act=take]").hidden = true;
  tell("");
  slots.seen.hidden = slots.typing.hidden = false;
  slots.result.hidden = true;
  slots.typing.onsubmit = (event) => {
    event.preventDefault();
    const code = codes.codeRead(slots.typed.value);
    if (!code) { tell(app.say("qr_code_form")); slots.typed.focus(); return; }
    show(view, { kind: "letter", code, isOurs: true, isTyped: true });
  };
  slots.typed.focus();
}
