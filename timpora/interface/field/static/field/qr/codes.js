// What the text of a QR is: a letter or a receipt by the shape of its address, another address, or text. Nothing is believed and
// nothing opened: whoever draws a QR writes into it what he likes (ADR 0026).
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", LENGTH = 16, MOST = 500;
const MISREAD = { O: "0", I: "1", L: "1" };
const LETTER = /^(.*\/v\/)([^/]+)$/, RECEIPT = /^(.*\/tanda-terima\/)([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** Return a letter's code as it is printed, forgiving case, gaps and look-alikes, or null; kernel/documents/token.py says the same. */
export function codeRead(typed) {
  const plain = [...typed.normalize("NFC").toUpperCase()].filter((sign) => !/[\s\-\u2010\u2011\u2013\u200b]/.test(sign)).map((sign) => MISREAD[sign] ?? sign).join("");
  if (plain.length !== LENGTH || [...plain].some((sign) => !ALPHABET.includes(sign))) return null;
  return plain.match(/.{4}/g).join("-");
}

/** Return what people can see of a text: nothing turns its direction, hides in it, or makes it endless. */
export function plainOf(text) {
  const shown = [...text.normalize("NFC").replace(/\s+/g, " ").replace(/[\p{C}\p{DI}\u2800]/gu, "\ufffd").trim()];
  return { text: shown.slice(0, MOST).join(""), more: Math.max(0, shown.length - MOST) };
}

/** Say what a QR holds; `ours` are the addresses under which this program issues letters and receipts. */
export function toldOf(text, ours) {
  const plain = plainOf(text), address = addressOf(text);
  if (!address) return { kind: "text", ...plain };
  const { host } = address, isBare = !address.search && !address.hash && !address.username && !address.password;
  const isOurs = (base, path) => { const own = new URL(base); return own.host === host && own.pathname === path; };
  const [, letters, code] = (isBare && address.pathname.match(LETTER)) || [];
  if (code && codeRead(code)) return { kind: "letter", code: codeRead(code), host, isOurs: isOurs(ours.letters, letters), ...plain };
  const [, receipts, report] = (isBare && address.pathname.match(RECEIPT)) || [];
  if (report) return { kind: "receipt", report, host, isOurs: isOurs(ours.receipts, receipts), ...plain };
  return { kind: "address", host, ...plain };
}

function addressOf(text) {
  if (!/^https?:\/\//i.test(text)) return null;
  try { return new URL(text); } catch { return null; }
}
