// The content of a report as it is hashed and sent: docs/contract-reports.md states the same rule.
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Return the one text of `value`: sorted keys, no spaces, whole numbers only. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const fields = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${fields.join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError(`not a whole number: ${value}`);
  return JSON.stringify(value);
}

/** Leave out what is empty, and make text sendable: no NUL, no half of a pair, one Unicode form. */
export function tidy(value) {
  if (typeof value === "string") return sendable(value);
  if (Array.isArray(value)) return value.map(tidy);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).map(([key, inner]) => [key, tidy(inner)]);
  return Object.fromEntries(kept.filter(([, inner]) => inner !== "" && inner !== null && inner !== undefined && !(Array.isArray(inner) && !inner.length)));
}

// Encoding and decoding turns half of a pair into the sign for what cannot be read.
const sendable = (text) => new TextDecoder().decode(new TextEncoder().encode(text)).replaceAll("\0", "").normalize("NFC").trim();

/** Return the number that the receipt of this content has: its first fifty bits. */
export function receiptNumber(digest) {
  let bits = BigInt(`0x${digest}`) >> 206n;
  let number = "";
  for (let i = 0; i < 10; i += 1) { number = SIGNS[Number(bits & 31n)] + number; bits >>= 5n; }
  return `STT-${number.slice(0, 5)}-${number.slice(5)}`;
}

/** Return a version 4 UUID; `crypto.randomUUID` exists only over HTTPS. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Return the text to send of a finished report, and its digest. */
export function sealed(report, sha256) {
  const text = canonical(tidy(report));
  return { text, digest: sha256(text) };
}
