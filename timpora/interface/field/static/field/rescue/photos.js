// The photos that wait on this phone, as files to be carried beside its queue: cut so that no file is too big for a door
// or for the phone's memory, and each photo under the seal under which it lies (docs/adr/0017-rescue-file.md).
const MAGIC = "timpora-foto-ponsel/1\n", FULL = 8 * 1024 * 1024, MOST = 200, DIGEST = 16;
const text = new TextEncoder();

// Photos of before their length was told beside them are measured, one at a time.
const measured = async (db, { id, size }) => size ?? bytesOf(await db.get("bytes", id)).length;
const bytesOf = (kept) => kept?.data ?? kept ?? [];

/** Return the photos of finished reports as far as they lie open, each with what its report is called. */
async function waiting(base) {
  const [queue, receipts, files] = await Promise.all([base.db.getAll("queue"), base.db.getAll("receipts"), base.files.db.getAll("files")]);
  const reports = new Map([...receipts, ...queue].map((one) => [one.id, one]));
  const mine = files.filter((one) => one.kind === "photo" && reports.has(one.report));
  const told = ({ id, report, officer, sha256, v, key_id, size }) => ({ id, report, officer, sha256, v, key_id, size, number: reports.get(report).number, seq: reports.get(report).seq ?? 0 });
  return mine.map(told).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Cut photos into files; what tells one cut from another is which photos it holds. */
export async function cut(ui, base) {
  const photos = await waiting(base), parts = [];
  let weight = FULL;
  for (const one of photos) {
    const size = await measured(base.files.db, one);
    if (weight + size > FULL || parts.at(-1).length >= MOST) { parts.push([]); weight = 0; }
    parts.at(-1).push(one);
    weight += size;
  }
  return { parts, told: { of: parts.length, cut: ui.sha256(photos.map(({ id }) => id).join("\n")).slice(0, DIGEST) } };
}

/** Return one file. Each photo goes into a blob by itself, which the browser may lay on its disk. */
export async function fileOf(base, { parts, told }, part) {
  const photos = [], bodies = [];
  for (const { id, report, officer, number, seq, sha256, v, key_id } of parts[part - 1]) {
    const kept = await base.files.db.get("bytes", id);
    if (!kept) continue; // It was sent meanwhile.
    const data = bytesOf(kept);
    photos.push({ report, officer, number, seq, sha256, length: data.length, ...(v ? { key_id, iv: base.vault.base64(kept.iv) } : {}) });
    bodies.push(new Blob([data]));
  }
  const index = text.encode(JSON.stringify({ ...told, part, device: (await base.devices())[0].id, photos }));
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, index.length);
  return new Blob([MAGIC, length, index, ...bodies], { type: "application/octet-stream" });
}
