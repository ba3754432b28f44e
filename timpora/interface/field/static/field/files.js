// What is too big for a draft: photos until the server has them, and Berita Acara until the task is forgotten. A database
// of its own, so that no open tab of an older form stands in its way. Everything in it lies sealed where there is a lock.
const SEALED = 2, TABLES = ["files", "bytes"];
const strict = { durability: "strict" };

/** Open the files of this phone: what can be told of them while it is locked. */
export async function openFileBase(openDB) {
  // What is big lies apart, so that a look at what there is stays light.
  const db = await openDB("timpora-files", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("files", { keyPath: "id" });
      fresh.createObjectStore("bytes");
    },
  });
  const drop = async (ids) => {
    const tx = db.transaction(TABLES, "readwrite", strict);
    await Promise.all([...ids.flatMap((id) => TABLES.map((table) => tx.objectStore(table).delete(id))), tx.done]);
  };

  /** Delete every file of which `isGone` says so. */
  const sweep = async (isGone) => drop((await db.getAll("files")).filter(isGone).map((one) => one.id));

  return {
    db, remove: drop,
    /** Count the photos of finished reports: they wait to be sent. */
    count: async (finished) => (await db.getAll("files")).filter((one) => one.kind === "photo" && finished.has(one.report)).length,
    /** What was drafted goes with the lock of its officer; what belongs to a finished report waits on. */
    drop: (officer, finished) => sweep((one) => one.officer === officer && (one.kind !== "photo" || !finished.has(one.report))),
    purge: (isOver, finished) => sweep((one) => isOver(one.until) && (one.kind !== "photo" || !finished.has(one.report))),
    clear: () => Promise.all(TABLES.map((table) => db.clear(table))),
  };
}

/** Open the files of one officer; photos under the key of the queue, since they are sent like reports. */
export function openFiles({ db, remove }, vault, officer, keys) {
  const label = (id) => `berkas:${id}`;

  async function closed(key, id, { bytes, thumb, told }) {
    if (!keys) return { bytes, thumb, told };
    const seal = (part, value) => vault.sealBytes(key, value, `${label(id)}:${part}`);
    return {
      v: SEALED, key_id: key === keys.queue ? keys.queueId : "", told: await vault.seal(key, told, `${label(id)}:told`),
      bytes: await seal("bytes", bytes), ...(thumb ? { thumb: await seal("thumb", thumb) } : {}),
    };
  }

  // A photo that waits may lie under a key of the queue that was given before.
  const keyOf = (kept) => (kept.kind === "photo" ? keys?.queues.get(kept.key_id) : keys?.data);
  const isReadable = (kept) => !kept.v || Boolean(keyOf(kept));
  async function part(kept, name) {
    const value = name === "bytes" ? await db.get("bytes", kept.id) : kept[name];
    return kept.v ? vault.openBytes(keyOf(kept), value, `${label(kept.id)}:${name}`) : value;
  }
  const told = async (kept) => (kept.v ? vault.open(keyOf(kept), kept.told, `${label(kept.id)}:told`) : kept.told);

  async function keep(open, secret) {
    const key = open.kind === "photo" ? keys?.queue : keys?.data;
    const { bytes, ...rest } = await closed(key, open.id, secret);
    const tx = db.transaction(TABLES, "readwrite", strict);
    await Promise.all([tx.objectStore("files").put({ ...open, officer: officer.id, ...rest }), tx.objectStore("bytes").put(bytes, open.id), tx.done]);
  }

  async function mine(kind, report) {
    const every = await db.getAll("files");
    return every.filter((one) => one.kind === kind && one.officer === officer.id && (!report || one.report === report));
  }

  return {
    keepPhoto: (report, until, { bytes, thumb, told: words }) => keep({ id: `${report}:${words.sha256}`, kind: "photo", report, sha256: words.sha256, size: bytes.length, until }, { bytes, thumb, told: words }),
    keepMinutes: (report, until, { bytes, told: words }) => keep({ id: `${report}:ba:${words.position}`, kind: "minutes", report, until }, { bytes, told: words }),

    /** Return what is told of a report's photos, the first taken first. */
    async photos(report) {
      const words = await Promise.all((await mine("photo", report)).filter(isReadable).map(told));
      return words.sort((a, b) => (a.taken_at < b.taken_at ? -1 : 1));
    },
    async minutes(report) {
      const words = await Promise.all((await mine("minutes", report)).filter(isReadable).map(told));
      return words.sort((a, b) => a.position - b.position);
    },
    async blob(id, name, type) {
      const kept = await db.get("files", id);
      return kept && isReadable(kept) ? new Blob([await part(kept, name)], { type }) : null;
    },
    /** Return the photos of finished reports that lie here, as they lie. */
    waiting: async (finished) => (await mine("photo")).filter((one) => finished.has(one.report)),
    bytes: async (kept) => (isReadable(kept) ? part(kept, "bytes") : null),
    async mark({ id }, state, words) {
      const tx = db.transaction("files", "readwrite");
      const kept = await tx.store.get(id);
      if (kept) await tx.store.put({ ...kept, state, why: words });
      await tx.done;
    },
    drop: (id) => remove([id]),
    /** Delete the papers of a report that is finished once more. */
    dropMinutes: async (report) => remove((await mine("minutes", report)).map((one) => one.id)),
  };
}
