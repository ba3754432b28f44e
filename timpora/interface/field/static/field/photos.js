// Photos of a place or a document: scaled down on the phone, so that nothing of the camera's own notes is left in
// them, kept under seal, named in the report by their digest, and sent after it in pieces.
const SIDE = 1600, SMALLER = 1000, THUMB = 240, PIECE = 128 * 1024, PATIENCE = 120_000;
const FRESH = 120_000;
export const JPEG = "image/jpeg";

function drawn(picture, most, quality) {
  const scale = Math.min(1, most / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), JPEG, quality));
}

const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

/** Return a picture as it is kept: at most `largest` bytes, and a small one to look at. */
export async function scaled(file, largest) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    let blob = await drawn(picture, SIDE, 0.8);
    if (blob.size > largest) blob = await drawn(picture, SMALLER, 0.6);
    return { bytes: await bytesOf(blob), thumb: await bytesOf(await drawn(picture, THUMB, 0.7)) };
  } finally { picture.close(); }
}

async function where(app) {
  const known = app.place.place();
  const here = known && Date.now() - known.at < FRESH ? known : (await app.place.locate(6_000)) ?? null;
  return here ? { lat: here.lat.toFixed(6), lng: here.lng.toFixed(6), accuracy_m: here.accuracy } : {};
}

async function take(app, key, draft, file) {
  const taken_at = app.now().toISOString();
  // The draft has to lie on the phone first: its identifier is the report's, and the photo's place.
  if (!(await app.keep(key, draft))) return false;
  let made;
  try { made = await scaled(file, app.pack.photo.largest); } catch { app.alarm(app.say("photo_unreadable")); return false; }
  const told = { sha256: app.sha256Bytes(made.bytes), size: made.bytes.length, taken_at, ...(await where(app)) };
  try { await app.files.keepPhoto(draft.id, app.task(key)?.until ?? app.pack.until, { ...made, told }); } catch { app.alarm(app.say("photo_full")); return false; }
  return true;
}

/** Show the photos of a draft in `slot`, and let others be taken; `changed` hears when there is one more or less. */
export async function section(app, slot, key, draft, changed = () => {}) {
  const box = app.made("photo-box");
  const input = box.root.querySelector("input"), label = box.root.querySelector("label");
  const draw = async () => {
    const photos = await app.files.photos(draft.id);
    box.slots.told.textContent = photos.length ? app.say("photos", photos.length) : "";
    label.hidden = photos.length >= app.pack.photo.most;
    box.slots.most.hidden = !label.hidden;
    box.slots.most.textContent = app.say("photos_most", app.pack.photo.most);
    box.slots.list.hidden = !photos.length;
    box.slots.list.replaceChildren(...(await Promise.all(photos.map((photo) => line(app, key, draft, photo, draw)))));
    changed(photos);
  };
  input.onchange = async () => {
    const [file] = input.files;
    if (!file) return;
    label.classList.add("is-busy");
    box.slots.told.textContent = app.say("photo_wait");
    await take(app, key, draft, file);
    input.value = "";
    label.classList.remove("is-busy");
    await draw();
  };
  slot.replaceChildren(box.root);
  await draw();
}

async function line(app, key, draft, photo, redraw) {
  const { root, top, slots } = app.made("photo-line");
  const zone = app.task(key)?.zone;
  const blob = await app.files.blob(`${draft.id}:${photo.sha256}`, "thumb", JPEG);
  const address = blob ? URL.createObjectURL(blob) : "";
  slots.picture.src = address;
  slots.picture.onload = () => URL.revokeObjectURL(address);
  app.fill(slots, { at: app.clockText(photo.taken_at, zone), place: photo.lat ? `± ${photo.accuracy_m} m` : app.say("photo_nowhere") });
  slots.drop.onclick = async () => {
    if (!confirm(app.say("photo_drop"))) return;
    await app.files.drop(`${draft.id}:${photo.sha256}`);
    await redraw();
  };
  root.append(top);
  return top;
}

async function asked(address, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { redirect: "error", credentials: "same-origin", cache: "no-store", signal: stop.signal, ...options });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  } catch { return { status: 0, body: null }; } finally { clearTimeout(timer); }
}

/** Send one photo from where it was broken off; returns `sent`, `refused` with words, or `later`. */
async function sendOne(files, kept, address, token) {
  const bytes = await files.bytes(kept);
  if (!bytes) return { state: "later", told: "" };
  const isOurs = ({ body }) => body?.report === kept.report && body.sha256 === kept.sha256 && body.size === bytes.length;
  // Another content of the report may have told another length of the same photo.
  const size = `ukuran=${bytes.length}`;
  let answer = await asked(`${address}?${size}`);
  for (let tries = 0; tries < 2 + Math.ceil(bytes.length / PIECE) * 2; tries += 1) {
    if (answer.status === 409) answer = await asked(`${address}?${size}`);
    if (answer.status === 422 && answer.body?.code) return { state: "refused", told: answer.body.message };
    if (answer.status !== 200 || !isOurs(answer)) return { state: "later", told: "" };
    // Only the server's word that it holds these very bytes lets the phone forget them (P3).
    if (answer.body.is_whole === true) return { state: "sent", told: "" };
    const from = answer.body.arrived;
    answer = await asked(`${address}?dari=${from}&${size}`, {
      method: "POST", body: bytes.subarray(from, from + PIECE), headers: { "content-type": "application/octet-stream", "x-csrftoken": token() },
    });
  }
  return { state: "later", told: "" };
}

/** Return what sends the photos of reports that the server has; `received` names those. */
export function uploads(files, { report, token, received }) {
  const waiting = async () => (await files.waiting(await received())).filter((one) => one.state !== "refused");
  return {
    waiting,
    async run(changed) {
      let isDone = true;
      for (const kept of await waiting()) {
        const answer = await sendOne(files, kept, `${report}/${kept.report}/foto/${kept.sha256}`, token);
        if (answer.state === "sent") await files.drop(kept.id);
        else { await files.mark(kept, answer.state, answer.told); isDone &&= answer.state === "refused"; }
        changed();
      }
      return isDone;
    },
  };
}
