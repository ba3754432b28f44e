async () => {
  const told = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  const plain = (value) => JSON.stringify(value, (_, v) => ArrayBuffer.isView(v) ? Array.from(v, (code) => String.fromCharCode(code)).join("") : v);
  for (const { name, version } of await indexedDB.databases()) {
    const db = await new Promise((done) => { indexedDB.open(name, version).onsuccess = (e) => done(e.target.result); });
    for (const table of db.objectStoreNames) {
      const rows = await new Promise((done) => { db.transaction(table).objectStore(table).getAll().onsuccess = (e) => done(e.target.result); });
      const names = await new Promise((done) => { db.transaction(table).objectStore(table).getAllKeys().onsuccess = (e) => done(e.target.result); });
      told.push(...names.map(plain), ...rows.map(plain));
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) told.push(request.url, await (await cache.match(request)).text());
  }
  return told.join("\n");
}
