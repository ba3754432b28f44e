// The rescue file: the whole queue as it lies on the phone, for the day when nothing can be sent (F51). It needs no key
// and no network, so that it can be saved from every screen, also by whoever forgot the PIN.
const FORMAT = "timpora-antrean/1";

/** Return one entry of the queue as it is handed over: what is sealed stays sealed, and nobody is named. */
export const entryOf = ({ base64 }, { id, digest, number, seq, officer, key_id, sealed, text }) => ({
  report: id, sha256: digest, number, seq, officer: officer.id,
  ...(sealed ? { key_id, iv: base64(sealed.iv), sealed: base64(sealed.data) } : { text }),
});

/** Return the whole queue as a file. */
export async function fileOf(base, now) {
  const entries = (await base.entries()).map((one) => entryOf(base.vault, one));
  return { format: FORMAT, device: (await base.devices())[0].id, saved_at: now.toISOString(), entries };
}

/** Let a button save the file; it shows only while something waits. `told` warns where an entry lies open. */
export async function offer(ui, base, { button, told }) {
  const entries = await base.entries();
  button.hidden = !entries.length;
  if (told) {
    told.hidden = !entries.length;
    told.textContent = ui.say(entries.some((one) => !one.sealed) ? "file_open" : "file_sealed");
  }
  button.onclick = async () => {
    const now = new Date();
    const text = JSON.stringify(await fileOf(base, now));
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = Object.assign(document.createElement("a"), { href: address, download: `antrean-${now.toISOString().slice(0, 16).replace(/[:T]/g, "-")}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
}
