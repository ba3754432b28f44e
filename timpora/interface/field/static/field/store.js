// What the phone keeps: drafts at every keystroke, the queue until a receipt with the same digest, receipts.
const DRAFT = "timpora-draf:";
const TABLES = ["meta", "queue", "receipts"];

/** Open the store of this phone; drafts and queue belong to the officer who wrote them. */
export async function openStore(openDB, officer, uuid) {
  const base = await openDB("timpora-field", 1, {
    upgrade(db) {
      db.createObjectStore("meta");
      db.createObjectStore("queue", { keyPath: "id" });
      db.createObjectStore("receipts", { keyPath: "id" });
    },
  });
  const prefix = `${DRAFT}${officer.id}:`;
  const strict = { durability: "strict" };

  return {
    // Drafts lie in localStorage: writing there is over before the next keystroke comes.
    draft: (key) => JSON.parse(localStorage.getItem(prefix + key) ?? "null"),
    keepDraft: (key, draft) => localStorage.setItem(prefix + key, JSON.stringify(draft)),
    dropDraft: (key) => localStorage.removeItem(prefix + key),

    /** Number a finished report, seal it and put it in the queue, in one transaction; `seal(seq, device)`. */
    async enqueue(seal, item) {
      const tx = base.transaction(TABLES, "readwrite", strict);
      const meta = tx.objectStore("meta");
      const device = (await meta.get("device")) ?? uuid();
      const last = (await meta.get("seq")) ?? 0;
      const seq = item.draft.seq ?? last + 1;
      const entry = { ...item, ...seal(seq, device), officer, state: "waiting", told: "" };
      await Promise.all([meta.put(device, "device"), meta.put(Math.max(seq, last), "seq"), tx.objectStore("queue").put(entry), tx.done]);
      return entry;
    },
    queue: () => base.getAll("queue"),
    entry: (id) => base.get("queue", id),
    mark: async (entry, state, told) => base.put("queue", { ...entry, state, told }),
    dropEntry: (id) => base.delete("queue", id),

    /** Put the receipt in place of the report: only now does the phone forget what was written (P3). */
    async settle(entry, receipt) {
      const tx = base.transaction(TABLES, "readwrite", strict);
      const kept = { ...receipt, id: entry.id, key: entry.key, title: entry.title, kind: entry.kind, people: entry.people, officer: entry.officer.id };
      await Promise.all([tx.objectStore("receipts").put(kept), tx.objectStore("queue").delete(entry.id), tx.done]);
      return kept;
    },
    receipt: (id) => base.get("receipts", id),
    async receipts() {
      const every = await base.getAll("receipts");
      return every.filter((one) => one.officer === officer.id).sort((a, b) => (a.received_at < b.received_at ? 1 : -1));
    },
  };
}
