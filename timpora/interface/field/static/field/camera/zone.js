// What the signs of a zone say: each place takes only what ICAO 9303 prints there, several pictures vote, check digits decide.
/** The 37 signs, as the network numbers them. */
export const SIGNS = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LETTERS = "<ABCDEFGHIJKLMNOPQRSTUVWXYZ", DIGITS = "0123456789", DATE = "0123456789<", ANY = SIGNS, SEX = "MF<X";
const SURE = Math.log(0.8), POSSIBLE = Math.log(0.02);
// What eyes confuse too; no other sign is ever put in another's place, since a false document may well be printed wrong.
const TWINS = ["0O", "1I", "2Z", "5S", "8B", "0D", "0Q", "6G"];

const spans = (...parts) => parts.flatMap(([count, kind]) => new Array(count).fill(kind));
const booklet = (width, isVisa) => [
  spans([width, LETTERS]),
  spans([9, ANY], [1, width === 36 ? DATE : DIGITS], [3, LETTERS], [6, DATE], [1, DIGITS], [1, SEX], [6, DATE], [1, DIGITS],
    ...(isVisa ? [[width - 28, ANY]] : width === 44 ? [[14, ANY], [1, DATE], [1, DIGITS]] : [[7, ANY], [1, DIGITS]])),
];
const CARD = [spans([5, LETTERS], [9, ANY], [1, DATE], [15, ANY]), spans([6, DATE], [1, DIGITS], [1, SEX], [6, DATE], [1, DIGITS], [3, LETTERS], [11, ANY], [1, DIGITS]), spans([30, LETTERS])];

/** Where the check digits reach; a correction is looked for only there. */
const REACH = {
  44: { document: [[1, 0, 10]], birth: [[1, 13, 20]], expiry: [[1, 21, 28]], optional: [[1, 28, 43]], composite: [[1, 0, 10], [1, 13, 20], [1, 21, 44]] },
  36: { document: [[1, 0, 10], [1, 28, 35]], birth: [[1, 13, 20]], expiry: [[1, 21, 28]], optional: [], composite: [[1, 0, 10], [1, 13, 20], [1, 21, 36]] },
  30: { document: [[0, 5, 30]], birth: [[1, 0, 7]], expiry: [[1, 8, 15]], optional: [], composite: [[0, 5, 30], [1, 0, 7], [1, 8, 15], [1, 18, 30]] },
};

function fieldsOf(shares) {
  if (shares.length === 3) return CARD;
  return booklet(shares[0].length, best(shares[0][0], LETTERS).sign === "V");
}

/** Return the likeliest sign among those allowed, how sure it is, and which others might be meant. */
function best(share, allowed) {
  const told = [...allowed].map((sign) => ({ sign, share: share[SIGNS.indexOf(sign)] })).sort((a, b) => b.share - a.share);
  // What may not stand here takes no part: a nought among digits is no doubtful letter.
  const whole = Math.log(told.reduce((sum, one) => sum + Math.exp(one.share), 1e-30));
  told.forEach((one) => { one.share -= whole; });
  return { sign: told[0].sign, share: told[0].share, lead: told[0].share - told[1].share, others: told.slice(1, 4).filter((one) => one.share > POSSIBLE && TWINS.some((twin) => twin.includes(one.sign) && twin.includes(told[0].sign))).map((one) => one.sign) };
}

const textOf = (cells) => cells.map((row) => row.map(({ sign }) => sign).join("")).join("\n");

function faultsOf(mrzRead, cells) {
  try { return mrzRead(textOf(cells)).faults; } catch { return null; }
}

/** Put one sign in another's place where exactly one such change makes every check digit hold. */
function mended(mrzRead, cells, faults) {
  const reach = REACH[cells[0].length], found = [];
  const fields = faults.map((fault) => reach[fault.replace("mrz_", "")] ?? []).flat();
  for (const [row, from, to] of fields) {
    for (let at = from; at < to; at += 1) {
      const cell = cells[row][at], was = cell.sign;
      for (const other of cell.others) {
        cell.sign = other;
        if (faultsOf(mrzRead, cells)?.length === 0) found.push({ row, at, sign: other });
      }
      cell.sign = was;
    }
  }
  if (new Set(found.map((one) => `${one.row} ${one.at} ${one.sign}`)).size !== 1) return false;
  Object.assign(cells[found[0].row][found[0].at], { sign: found[0].sign, isDoubtful: true });
  return true;
}

/** Read the shares of all cells: the text, its doubtful places, and whether every check digit holds. */
export function zoneRead(shares, mrzRead) {
  const fields = fieldsOf(shares);
  const cells = shares.map((row, r) => row.map((share, c) => {
    const told = best(share, fields[r][c]);
    return { ...told, isDoubtful: told.share < SURE || told.lead < 1.6 };
  }));
  let faults = faultsOf(mrzRead, cells);
  if (faults?.length && mended(mrzRead, cells, faults)) faults = [];
  const doubts = cells.flatMap((row, r) => row.flatMap((cell, c) => (cell.isDoubtful ? [[r, c]] : [])));
  return { text: textOf(cells), doubts, faults, holds: faults?.length === 0 };
}

/** Several pictures of one zone: their shares are added up, and a reading counts once enough of them say the same. */
export function vote(mrzRead, least = 2) {
  let sum = null, texts = [];
  return {
    /** Hear one picture's shares; return the common reading, `isSteady` once it may be shown. */
    hear(shares) {
      const form = shares.map((row) => row.length).join();
      if (!sum || sum.form !== form) { sum = { form, count: 0, rows: shares.map((row) => row.map((one) => new Float32Array(one.length))) }; texts = []; }
      sum.count += 1;
      shares.forEach((row, r) => row.forEach((one, c) => one.forEach((share, n) => { sum.rows[r][c][n] += Math.max(share, -9); })));
      const told = zoneRead(sum.rows.map((row) => row.map((one) => one.map((share) => share / sum.count))), mrzRead);
      texts.push(zoneRead(shares, mrzRead).text);
      const same = texts.filter((text) => text === told.text).length;
      // Another passport was laid down: what was heard of the first is worth nothing.
      if (sum.count > 6 && same < 2) { sum = null; }
      return { ...told, count: texts.length, same, isSteady: same >= least };
    },
  };
}
