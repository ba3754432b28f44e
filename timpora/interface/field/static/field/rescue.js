// The rescue file: all that waits as it lies on the phone, for the day when nothing can be sent (F51). It needs no key
// and no network, so that it can be saved from every screen, also by whoever forgot the PIN.
const FORMAT = "timpora-antrean/1";

/** Return one entry of the queue as it is handed over: what is sealed stays sealed, and nobody is named. */
export const entryOf = ({ base64 }, { id, digest, number, seq, officer, key_id, sealed, text }) => ({
  report: id, sha256: digest, number, seq, officer: officer.id,
  ...(sealed ? { key_id, iv: base64(sealed.iv), sealed: base64(sealed.data) } : { text }),
});

/** Return the whole queue as a file; `photos` tells of the files beside it. */
export async function fileOf(base, now, photos) {
  const entries = (await base.entries()).map((one) => entryOf(base.vault, one));
  return { format: FORMAT, device: (await base.devices())[0].id, saved_at: now.toISOString(), entries, photos };
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// A browser hands out one file for each press: how far they went, of which cut, and what the button says by now.
let step = { done: 0, cut: "", count: 0, stamp: "", said: "" };

/** Save the next file: the queue first, then its photos. */
async function next(ui, base, later) {
  const now = new Date(), stamp = now.toISOString().slice(0, 16).replace(/[:T]/g, "-");
  const photos = later && (await later.cut(ui, base)), parts = photos?.parts ?? [], told = parts.length ? photos.told : undefined;
  const count = await base.count();
  // A report that was finished since, or another photo, begins anew: none falls between two files.
  if (step.cut !== told?.cut || count > step.count || step.done > parts.length) step = { done: 0, cut: told?.cut, count, stamp };
  const { done } = step, all = parts.length + 1;
  if (done) save(await later.fileOf(base, photos, done), `antrean-${step.stamp}-foto-${done}-dari-${parts.length}.timpora`);
  else save(new Blob([JSON.stringify(await fileOf(base, now, told))], { type: "application/json" }), `antrean-${step.stamp}.json`);
  step.done += 1;
  step.said = step.done < all ? ui.say("file_next", `${step.done + 1}/${all} · ${ui.say("photos", parts[done].length)}`) : told ? ui.say("file_again", all) : "";
}

/** Let a button save the files; it shows only while something waits. `told` warns where an entry lies open. */
export async function offer(ui, base, { button, told }) {
  const entries = await base.entries(), pictures = await base.photos(), said = button.lastElementChild, first = said.textContent;
  button.hidden = !entries.length && !pictures;
  if (pictures && step.said) said.textContent = step.said;
  if (told) {
    told.hidden = button.hidden;
    const isOpen = entries.some((one) => !one.sealed) || !base.vault.canSeal();
    told.textContent = [ui.say(isOpen ? "file_open" : "file_sealed"), pictures ? ui.say("file_photos", pictures) : ""].join(" ");
  }
  button.onclick = async () => {
    button.disabled = true;
    // What cuts photos is no part of the first load; without it the reports at least are saved.
    const later = (await base.photos()) ? await ui.later("rescue").catch(() => ui.alarm(ui.say("file_away"))) : null;
    await next(ui, base, later?.photos).finally(() => { button.disabled = false; });
    said.textContent = step.said || first;
  };
}
