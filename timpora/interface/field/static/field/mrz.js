// The machine-readable zone, read as timpora/domain/mrz.py reads it; one table of specimens tests both.
const VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const WEIGHTS = [7, 3, 1];
const FILLERS = { "«": "<<", "‹": "<", "〈": "<", "≪": "<<", "《": "<<" };

/** Not an MRZ: the message names a word of the pack, `n` what it speaks of. */
export class MrzRefused extends Error {
  constructor(word, n = "") { super(word); this.n = n; }
}

/** Return the check digit: weights 7, 3, 1, sum modulo 10. */
export function checkDigit(text) {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum += Math.max(0, VALUES.indexOf(text[at])) * WEIGHTS[at % 3];
  return String(sum % 10);
}

const digits = (text) => text.replaceAll("O", "0");
const bare = (text) => text.replace(/^<+|<+$/g, "");
const plain = (text) => text.replaceAll("<", " ").split(/\s+/).filter(Boolean).join(" ");
const holds = (text, digit) => digit === checkDigit(text) || (digit === "<" && !bare(text));

function lines(text) {
  if (text.length > 400) throw new MrzRefused("mrz_long");
  const signs = [...text.replaceAll("&lt;", "<")].map((sign) => FILLERS[sign] ?? sign).join("");
  const rows = signs.normalize("NFKC").toUpperCase().split(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/).map((row) => row.replace(/\s+/g, "")).filter(Boolean);
  const found = rows.length === 1 ? split(rows[0]) : rows;
  found.forEach((row, at) => {
    const strange = row.match(/[^A-Z0-9<]/u);
    if (strange) throw new MrzRefused("mrz_sign", `${at + 1}: ${strange[0]}`);
  });
  return filled(found);
}

function split(row) {
  for (const [count, width] of [[2, 44], [2, 36], [3, 30]]) {
    if (row.length === count * width) return Array.from({ length: count }, (_, at) => row.slice(at * width, (at + 1) * width));
  }
  throw new MrzRefused("mrz_length", row.length);
}

function filled(rows) {
  let width = 30;
  if (rows.length === 3) {
    if (rows[1].length !== 30) throw new MrzRefused("mrz_row", `2: ${rows[1].length} ≠ 30`);
  } else if (rows.length === 2) {
    width = rows[1].length;
    if (width !== 36 && width !== 44) throw new MrzRefused("mrz_row", `2: ${width} ≠ 44`);
  } else throw new MrzRefused("mrz_rows");
  rows.forEach((row, at) => { if (row.length > width) throw new MrzRefused("mrz_row", `${at + 1}: ${row.length} ≠ ${width}`); });
  return rows.map((row) => row.padEnd(width, "<"));
}

function cutCard([first, second, third]) {
  const birth = digits(second.slice(0, 7)), expiry = digits(second.slice(8, 15)), numberCheck = digits(first[14]);
  return {
    layout: "TD1", code: first.slice(0, 2), issuer: first.slice(2, 5), name: third, number: first.slice(5, 14), numberCheck,
    nationality: second.slice(15, 18), birth: birth.slice(0, 6), birthCheck: birth[6], sex: second[7],
    expiry: expiry.slice(0, 6), expiryCheck: expiry[6], optional: first.slice(15), optional2: second.slice(18, 29), optionalCheck: "",
    composite: first.slice(5, 14) + numberCheck + first.slice(15) + birth + expiry + second.slice(18, 29), compositeCheck: digits(second[29]),
  };
}

function cut(rows) {
  if (rows.length === 3) return cutCard(rows);
  const [first, second] = rows;
  const rest = second.slice(28), isVisa = first.startsWith("V"), isWide = first.length === 44;
  const layout = isVisa ? (isWide ? "MRV-A" : "MRV-B") : isWide ? "TD3" : "TD2";
  const optional = isVisa ? rest : isWide ? rest.slice(0, 14) : rest.slice(0, 7);
  const optionalCheck = layout === "TD3" ? digits(rest[14]) : "";
  const birth = digits(second.slice(13, 20)), expiry = digits(second.slice(21, 28)), numberCheck = digits(second[9]);
  return {
    layout, code: first.slice(0, 2), issuer: first.slice(2, 5), name: first.slice(5), number: second.slice(0, 9), numberCheck,
    nationality: second.slice(10, 13), birth: birth.slice(0, 6), birthCheck: birth[6], sex: second[20],
    expiry: expiry.slice(0, 6), expiryCheck: expiry[6], optional, optional2: "", optionalCheck,
    composite: second.slice(0, 9) + numberCheck + birth + expiry + optional + optionalCheck,
    compositeCheck: isVisa ? "" : digits(second.at(-1)),
  };
}

/** A number of more than nine characters goes on in the optional data of TD1 and TD2. */
function numberOf(c) {
  const at = c.optional.indexOf("<");
  const tail = at < 0 ? c.optional : c.optional.slice(0, at);
  if (c.numberCheck !== "<" || !tail || !["TD1", "TD2"].includes(c.layout)) {
    return [c.number.replaceAll("<", ""), holds(c.number, c.numberCheck)];
  }
  const more = tail.slice(0, -1), digit = digits(tail.at(-1));
  return [(c.number + more).replaceAll("<", ""), [checkDigit(`${c.number}<${more}`), checkDigit(c.number + more)].includes(digit)];
}

function faultsOf(c, checks) {
  const wrong = [["mrz_document", checks.document], ["mrz_birth", checks.birth], ["mrz_expiry", checks.expiry], ["mrz_optional", checks.optional]]
    .filter(([, held]) => held === false).map(([field]) => field);
  if (!wrong.length && checks.composite === false) wrong.push("mrz_composite");
  return wrong;
}

/** Write YYMMDD as people do; a birth lies in the past, an expiry at most twenty years ahead. */
export function dateText(printed, latestYear) {
  if (!/^\d{2}(\d{2}|<<)(\d{2}|<<)$/.test(printed)) return "";
  const [two, month, day] = [printed.slice(0, 2), printed.slice(2, 4), printed.slice(4)].map((part) => Number(part.replaceAll("<", "0")));
  let year = Math.floor(latestYear / 100) * 100 + two;
  if (year > latestYear) year -= 100;
  if (!month) return day ? "" : String(year);
  const pad = (n) => String(n).padStart(2, "0");
  if (month > 12 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return "";
  return day ? `${pad(day)}-${pad(month)}-${year}` : `${pad(month)}-${year}`;
}

/** Read a typed or pasted zone; throws `MrzRefused` where the text has not its form. */
export function mrzRead(text) {
  const c = cut(lines(text));
  const [number, numberHolds] = numberOf(c);
  const gap = c.name.indexOf("<<");
  const surname = gap < 0 ? c.name : c.name.slice(0, gap), given = gap < 0 ? "" : c.name.slice(gap + 2);
  const checks = {
    document: numberHolds,
    birth: holds(c.birth, c.birthCheck),
    expiry: holds(c.expiry, c.expiryCheck),
    optional: c.optionalCheck ? holds(c.optional, c.optionalCheck) : null,
    composite: c.compositeCheck ? holds(c.composite, c.compositeCheck) : null,
  };
  return {
    layout: c.layout, issuer: bare(c.issuer), surname: plain(surname), given: plain(given), number,
    nationality: bare(c.nationality), birth: c.birth, sex: c.sex === "<" ? "X" : c.sex, expiry: c.expiry, checks, faults: faultsOf(c, checks),
  };
}
