// The phone's lock: a random key seals drafts and tasks and opens with the PIN alone; a second one, which the
// server gives back after sign-in, seals finished reports (docs/adr/0016-field-device.md).
export const ROUNDS = 600_000, TRIES = 5, DIGITS = 6;
const BYTES = 32, IV = 12, FORMER = 5;
const text = new TextEncoder(), words = new TextDecoder();

/** Whether this page may seal at all: browsers lend their cryptography to HTTPS and localhost only. */
export const canSeal = () => isSecureContext && Boolean(crypto.subtle);
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
export const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
export const fromBase64 = (told) => Uint8Array.from(atob(told), (sign) => sign.charCodeAt(0));

/** Return a key that can be used and not read. */
export const usable = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

async function encrypted(key, bytes, label) {
  const iv = random(IV);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.encode(label) }, key, bytes);
  return { iv, data: new Uint8Array(data) };
}

const decrypted = async (key, { iv, data }, label) =>
  new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: text.encode(label) }, key, data));

/** Seal a value; `label` says what it is, and it opens under the same label only. */
export const seal = (key, value, label) => encrypted(key, text.encode(JSON.stringify(value)), label);
export const open = async (key, sealed, label) => JSON.parse(words.decode(await decrypted(key, sealed, label)));

/** Seal bytes as they are: pictures and papers. */
export const sealBytes = encrypted;
export const openBytes = decrypted;

async function keyOfPin(pin, salt, rounds) {
  const base = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Tell a PIN that is tried first: one digit six times, or digits in a row. */
export function isWeak(pin) {
  const steps = new Set([...pin].slice(1).map((digit, n) => Number(digit) - Number(pin[n])));
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0]);
}

/** Make the lock of an officer: a new data key under the PIN, and the queue's key under the data key. */
export async function vaultOf(officer, pin, queueKey) {
  const raw = random(BYTES), salt = random(16);
  const wrapped = await encrypted(await keyOfPin(pin, salt, ROUNDS), raw, `kunci:${officer.id}`);
  const data = await usable(raw);
  raw.fill(0);
  const vault = await withProof({ v: 1, officer, salt, rounds: ROUNDS, wrapped, tries: 0, queue: null }, data);
  return { vault: await withQueueKey(vault, data, queueKey), data };
}

/** Keep the key that the server gave beside the lock, sealed; one that it was given before opens what waits. */
export async function withQueueKey(vault, data, { id, key }) {
  if (vault.queue?.id === id) return vault;
  const former = vault.queue ? [vault.queue, ...(vault.former ?? [])].slice(0, FORMER) : [];
  return { ...vault, former, queue: { id, ...(await encrypted(data, fromBase64(key), `antrean:${vault.officer.id}`)) } };
}

/** Give the lock the secret by which an open form opens its parked session; the digest lies open beside it. */
export async function withProof(vault, data) {
  if (vault.proof) return vault;
  const secret = base64(random(BYTES));
  return { ...vault, proof: { digest: await sha256(secret), ...(await encrypted(data, text.encode(secret), `bukti:${vault.officer.id}`)) } };
}
const sha256 = async (told) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", text.encode(told))), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Return what an open lock shows of itself: the secret, and its digest by which it may be parked. */
export const proofOf = async ({ officer, proof }, data) => ({ secret: words.decode(await decrypted(data, proof, `bukti:${officer.id}`)), digest: `${officer.id}:${proof.digest}` });

/** Open the lock with a PIN; a wrong one throws. */
export async function opened(vault, pin) {
  const raw = await decrypted(await keyOfPin(pin, vault.salt, vault.rounds), vault.wrapped, `kunci:${vault.officer.id}`);
  const data = await usable(raw);
  raw.fill(0);
  return data;
}

/** Return the keys to work with: `data` for drafts and tasks, `queue` for finished reports, `queues` to open them. */
export async function keysOf(vault, data) {
  const keys = new Map();
  for (const kept of [vault.queue, ...(vault.former ?? [])]) {
    const raw = await decrypted(data, kept, `antrean:${vault.officer.id}`);
    keys.set(kept.id, await usable(raw));
    raw.fill(0);
  }
  return { data, queue: keys.get(vault.queue.id), queueId: vault.queue.id, queues: keys };
}
