// What the phone keeps: locks, the tasks of the shift, drafts at every keystroke, the queue until a receipt with
// the same digest, receipts. With a lock all of it is sealed; `v` tells by which rule a thing was kept.
const DRAFT = "timpora-draf:";
const TABLES = ["meta", "queue", "receipts"];
const SEALED = 2;
const DEVICES = IDBKeyRange.bound("device:", "device:~");
const strict = { durability: "strict" };
/** Tells the other tabs that a lock was changed or destroyed: their keys are void. */
export const LOCK_MARK = "timpora-kunci";

const draftsOf = (id) => Object.keys(localStorage).filter((name) => name.startsWith(`${DRAFT}${id}:`));

/** Open the database of this phone: what can be told of it while it is locked. */
export async function openBase({ openDB, uuid, vault, clock, files }) {
  const db = await openDB("timpora-field", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("meta");
      fresh.createObjectStore("queue", { keyPath: "id" });
      fresh.createObjectStore("receipts", { keyPath: "id" });
    },
  });
  const put = async (value, key) => {
    const tx = db.transaction("meta", "readwrite", strict);
    await Promise.all([tx.store.put(value, key), tx.done]);
  };

  /** Return which reports are finished: those that wait, and those the server has. */
  const finished = async () => new Set([...(await db.getAllKeys("queue")), ...(await db.getAllKeys("receipts"))]);

  const base = {
    db, vault, clock, files,
    count: () => db.count("queue"),
    /** Count the photos of finished reports that the server has not. */
    photos: async () => files.count(await finished()),
    /** Return the queue as it lies, in the order of its numbers, sealed where there was a lock. */
    entries: async () => (await db.getAll("queue")).sort((a, b) => a.seq - b.seq),
    hasReceipts: async () => (await db.count("receipts")) > 0,
    /** Return the numbers under which this phone goes, each with the last report that it gave: one for every officer. */
    async devices() {
      const tx = db.transaction("meta", "readwrite", strict);
      const [keys, ids] = await Promise.all([tx.store.getAllKeys(DEVICES), tx.store.getAll(DEVICES)]);
      const found = await Promise.all(ids.map(async (id, n) => ({ id, last: (await tx.store.get(keys[n].replace("device", "seq"))) ?? 0 })));
      if (!found.length) {
        const id = (await tx.store.get("device")) ?? uuid();
        found.push({ id, last: (await tx.store.get("seq")) ?? 0 });
        await tx.store.put(id, "device");
      }
      await tx.done;
      return found;
    },
    /** Give an officer a number of this phone for good: the first takes the phone's own, another one a new. */
    async deviceOf(officer) {
      const tx = db.transaction("meta", "readwrite", strict);
      const given = await tx.store.get(`device:${officer}`);
      const free = given ? null : await tx.store.get("device");
      if (!given) {
        await tx.store.put(free ?? uuid(), `device:${officer}`);
        await tx.store.put((free && (await tx.store.get("seq"))) ?? 0, `seq:${officer}`);
        for (const key of ["device", "seq"]) tx.store.delete(key);
      }
      const device = await tx.store.get(`device:${officer}`);
      await tx.done;
      return device;
    },
    /** The number is another officer's: begin with a new one. What waits keeps the one that it was written with. */
    async apart(officer) {
      const tx = db.transaction("meta", "readwrite", strict);
      await Promise.all([tx.store.put(uuid(), `device:${officer}`), tx.store.put(0, `seq:${officer}`), tx.done]);
    },

    vaults: () => db.getAll("meta", IDBKeyRange.bound("vault:", "vault:~")),
    async keepVault(lock) {
      await put(lock, `vault:${lock.officer.id}`);
    },
    /** Put a new lock in place of another: what the old one held is gone, the queue is not. */
    async renewVault(lock) {
      await base.destroy(lock.officer.id);
      await base.keepVault(lock);
    },
    /** Count a try before it is made, so that a phone switched off in the middle has counted it. */
    async tried(id) {
      const tx = db.transaction("meta", "readwrite", strict);
      const lock = await tx.store.get(`vault:${id}`);
      if (lock) await tx.store.put({ ...lock, tries: lock.tries + 1 }, `vault:${id}`);
      await tx.done;
      return lock ? lock.tries + 1 : 0;
    },
    async untried(id) {
      const tx = db.transaction("meta", "readwrite", strict);
      const lock = await tx.store.get(`vault:${id}`);
      if (lock) await tx.store.put({ ...lock, tries: 0 }, `vault:${id}`);
      await tx.done;
    },
    /** Destroy the lock of an officer: tasks and drafts with it. The queue has its own key, and stays. */
    async destroy(id) {
      const tx = db.transaction("meta", "readwrite", strict);
      await Promise.all([tx.store.delete(`vault:${id}`), tx.store.delete(`pack:${id}`), tx.done]);
      for (const name of draftsOf(id)) localStorage.removeItem(name);
      await files.drop(id, await finished());
      localStorage.setItem(LOCK_MARK, String(Math.random()));
    },

    isRevoked: async () => Boolean(await db.get("meta", "revoked")),
    /** Forget all but what waits to be sent, for good: the phone was revoked. */
    async forget() {
      const tx = db.transaction(TABLES, "readwrite", strict);
      const meta = tx.objectStore("meta");
      for (const key of await meta.getAllKeys()) if (/^(vault|pack):/.test(key)) meta.delete(key);
      meta.put(true, "revoked");
      tx.objectStore("receipts").clear();
      await tx.done;
      // No server takes a photo from this phone any more.
      await files.clear();
      for (const name of Object.keys(localStorage).filter((one) => one.startsWith(DRAFT))) localStorage.removeItem(name);
      localStorage.setItem(LOCK_MARK, String(Math.random()));
    },
    /** Begin as another phone, with numbers of its own. */
    async renew() {
      const tx = db.transaction("meta", "readwrite", strict);
      for (const key of await tx.store.getAllKeys()) if (/^(revoked|device|seq)(:|$)/.test(key)) tx.store.delete(key);
      await tx.done;
    },
    dropEntry: (id) => db.delete("queue", id),

    async keepPack(keys, pack) {
      const { id } = pack.officer;
      const sealed = await vault.seal(keys.data, { ...pack, device_at: Date.now() }, `bekal:${id}`);
      await put({ v: SEALED, until: pack.until, ...sealed }, `pack:${id}`);
    },
    async pack(keys, id) {
      const kept = await db.get("meta", `pack:${id}`);
      return kept ? vault.open(keys.data, kept, `bekal:${id}`) : null;
    },
    heard: (server) => put({ server: Date.parse(server), device: Date.now() }, "clock"),
    clockIsOdd: async () => clock.isOdd(await db.get("meta", "clock"), Date.now()),

    /** Clear away tasks and drafts whose time is surely over; what waits to be sent is never touched. */
    async purge() {
      const heard = await db.get("meta", "clock");
      const isOver = (until) => clock.isOver(until, heard, Date.now());
      for (const key of await db.getAllKeys("meta", IDBKeyRange.bound("pack:", "pack:~"))) {
        if (isOver((await db.get("meta", key))?.until)) await db.delete("meta", key);
      }
      for (const name of Object.keys(localStorage).filter((one) => one.startsWith(DRAFT))) {
        const kept = JSON.parse(localStorage.getItem(name) ?? "null");
        if (kept?.v === SEALED && isOver(kept.until)) localStorage.removeItem(name);
      }
      await files.purge(isOver, await finished());
    },
  };
  return base;
}

/** Drafts of one officer: read at once from memory, written sealed at every keystroke. */
async function draftsAt({ vault }, officer, keys, changed) {
  const prefix = `${DRAFT}${officer.id}:`;
  const held = new Map(), dirty = new Map(), plain = new Set();
  const label = (key) => `draf:${officer.id}:${key}`;
  let writing = null;

  async function read(key) {
    const kept = JSON.parse(localStorage.getItem(prefix + key) ?? "null");
    if (!kept) return void held.delete(key);
    if (kept.v !== SEALED) { plain.add(key); return void held.set(key, JSON.stringify(kept)); }
    try {
      const sealed = { iv: vault.fromBase64(kept.iv), data: vault.fromBase64(kept.data) };
      held.set(key, JSON.stringify(await vault.open(keys.data, sealed, label(key))));
    } catch { held.delete(key); }
  }

  async function closed(key, told, until) {
    if (!keys) return told;
    const { iv, data } = await vault.seal(keys.data, JSON.parse(told), label(key));
    return JSON.stringify({ v: SEALED, until, iv: vault.base64(iv), data: vault.base64(data) });
  }

  async function write() {
    await null; // Whoever waits for this has to hold it first.
    try {
      while (dirty.size) {
        const [[key, until]] = dirty;
        dirty.delete(key);
        const told = held.get(key);
        const kept = told === undefined ? null : await closed(key, told, until);
        // A draft that was sent or typed on meanwhile is not put back.
        if (kept === null || held.get(key) !== told) continue;
        try {
          localStorage.setItem(prefix + key, kept);
        } catch (full) {
          // It lives in this tab alone: what another tab keeps must not take its place.
          if (!dirty.has(key)) dirty.set(key, until);
          throw full;
        }
      }
    } finally { writing = null; }
  }

  for (const name of draftsOf(officer.id)) await read(name.slice(prefix.length));
  addEventListener("storage", async ({ key: name }) => {
    if (!name?.startsWith(prefix)) return;
    const key = name.slice(prefix.length);
    if (dirty.has(key)) return;
    await read(key);
    changed(key);
  });
  return {
    draft: (key) => JSON.parse(held.get(key) ?? "null"),
    keys: () => [...held.keys()],
    plain: () => [...plain],
    /** Keep a draft; resolves once it lies on the phone, and throws where the phone is full. */
    keepDraft(key, draft, until = "") {
      held.set(key, JSON.stringify(draft));
      dirty.set(key, until);
      writing ??= write();
      return writing;
    },
    dropDraft(key) {
      held.delete(key);
      localStorage.removeItem(prefix + key);
    },
  };
}

/** Open what belongs to one officer; without `keys` (no lock can be had here) things lie as they are. */
export async function openStore(base, officer, keys, changed) {
  const { db, vault } = base;
  const label = (id, digest) => `antrean:${id}:${digest}`, SEQ = `seq:${officer.id}`;
  await base.deviceOf(officer.id);
  const drafts = await draftsAt(base, officer, keys, changed);

  /** Split a thing into what the phone must read while locked, and the rest under seal. */
  async function closed(open, secret, digest) {
    if (!keys) return { ...open, ...secret };
    return { ...open, v: SEALED, key_id: keys.queueId, sealed: await vault.seal(keys.queue, secret, label(open.id, digest)) };
  }

  /** Return a kept thing with what its seal holds; of others and of lost keys only what lies open. */
  async function read(kept, digest) {
    const key = keys?.queues.get(kept?.key_id);
    if (!kept?.sealed || !key) return kept;
    try { return { ...kept, ...(await vault.open(key, kept.sealed, label(kept.id, digest))) }; } catch { return kept; }
  }
  const entryOf = (kept) => read(kept, kept?.digest);
  const receiptOf = (kept) => read(kept, kept?.sha256);

  const store = {
    ...drafts,

    /** Number a finished report, seal it and put it in the queue; `make(seq, device)` writes it out. */
    async enqueue(make, item) {
      for (;;) {
        const [last, device] = [(await db.get("meta", SEQ)) ?? 0, await base.deviceOf(officer.id)];
        const seq = item.draft.seq ?? last + 1;
        const made = make(seq, device);
        const open = { id: item.id, officer: { id: officer.id, name: officer.name }, seq, digest: made.digest, number: made.number, state: "waiting", told: "" };
        const entry = await closed(open, { ...item, text: made.text }, made.digest);
        // Sealing takes a moment, in which another tab may have taken the number: then once more.
        const tx = db.transaction(TABLES, "readwrite", strict);
        const meta = tx.objectStore("meta");
        const now = (await meta.get(SEQ)) ?? 0;
        if (now !== last && item.draft.seq === undefined) { await tx.done; continue; }
        await Promise.all([meta.put(Math.max(seq, now), SEQ), tx.objectStore("queue").put(entry), tx.done]);
        return entryOf(entry);
      }
    },
    queue: async () => Promise.all((await db.getAll("queue")).map(entryOf)),
    count: base.count,
    entry: async (id) => entryOf(await db.get("queue", id)),
    /** Note how a sending went; an entry that another tab settled meanwhile stays settled. */
    async mark({ id }, state, told) {
      const tx = db.transaction("queue", "readwrite");
      const kept = await tx.store.get(id);
      if (kept) await tx.store.put({ ...kept, state, told });
      await tx.done;
    },
    dropEntry: base.dropEntry,

    /** Put the receipt in place of the report: only now does the phone forget what was written (P3). */
    async settle(entry, receipt) {
      const kept = await closed({ ...receipt, id: entry.id, officer: officer.id }, { key: entry.key, title: entry.title, kind: entry.kind, people: entry.people }, receipt.sha256);
      const tx = db.transaction(TABLES, "readwrite", strict);
      await Promise.all([tx.objectStore("receipts").put(kept), tx.objectStore("queue").delete(entry.id), tx.done]);
      return kept;
    },
    received: async () => new Set(await db.getAllKeys("receipts")),
    receipt: async (id) => receiptOf(await db.get("receipts", id)),
    async receipts() {
      const every = await db.getAll("receipts");
      const mine = await Promise.all(every.filter((one) => one.officer === officer.id).map(receiptOf));
      return mine.sort((a, b) => (a.received_at < b.received_at ? 1 : -1));
    },
  };

  /** Bring what was kept before there was a lock under seal, and drop drafts whose report stands in the queue. */
  async function settleIn() {
    const entries = (await db.getAll("queue")).filter((one) => one.officer.id === officer.id);
    for (const entry of keys ? entries.filter((one) => !one.sealed) : []) {
      const { id, officer: owner, seq, digest, number, state, told, ...secret } = entry;
      await db.put("queue", await closed({ id, officer: owner, seq, digest, number, state, told }, secret, digest));
    }
    const finished = new Set([...(await db.getAllKeys("queue")), ...(await db.getAllKeys("receipts"))]);
    for (const key of drafts.keys()) {
      if (finished.has(drafts.draft(key).id)) drafts.dropDraft(key);
    }
    for (const key of keys ? drafts.plain() : []) if (drafts.draft(key)) await drafts.keepDraft(key, drafts.draft(key));
  }
  await settleIn();
  return store;
}
