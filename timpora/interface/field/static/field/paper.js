// Sheets of paper as PDF, the same bytes as timpora/domain/paper.py writes: whoever changes one changes both.
export const WIDTH = 595, HEIGHT = 842;
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const WIDEST = 1000, SPACE = 0x20, TILDE = 0x7e;
const ODD = {
  "€": "\x80", "…": "\x85", "Š": "\x8a", "Œ": "\x8c", "Ž": "\x8e", "‘": "\x91", "’": "\x92", "“": "\x93", "”": "\x94", "•": "\x95", "–": "\x96", "—": "\x97",
  "š": "\x9a", "œ": "\x9c", "ž": "\x9e", "Ÿ": "\x9f", "Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "ı": "i",
};

const isIn = (code, first, end) => code >= first && code < end;

function sign(one) {
  const code = one.codePointAt(0);
  if (isIn(code, SPACE, TILDE + 1) || isIn(code, 0xa0, 0x100)) return one;
  if (ODD[one]) return ODD[one];
  if (code < 0xa0) return " ";
  if (isIn(code, 0x100, 0x250) || isIn(code, 0x1e00, 0x1f00)) {
    const base = one.normalize("NFD")[0];
    if (isIn(base.charCodeAt(0), SPACE, TILDE + 1)) return base;
  }
  return `[${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** Return a text in signs that Windows-1252 has, one a byte; others by their number, so none is lost. */
export const printable = (text) => [...text].map(sign).join("");

export function widthOf(text) {
  let width = 0;
  for (let at = 0; at < text.length; at += 1) width += WIDTHS[text.charCodeAt(at) - SPACE] ?? WIDEST;
  return width;
}

function fitting(text, room) {
  let cut = 1;
  while (widthOf(text.slice(0, cut + 1)) <= room) cut += 1;
  return cut;
}

/** Return the lines of a printable text; a word that is longer than a line is cut. */
export function wrapped(text, size, width) {
  const room = Math.floor((width * WIDEST) / size), lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer) <= room) { line = longer; continue; }
    if (line) lines.push(line);
    line = word;
    while (widthOf(line) > room) {
      const cut = fitting(line, room);
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  return [...lines, line];
}

const escaped = (text) => text.replaceAll("\\", "\\\\").replaceAll("(", "\\(").replaceAll(")", "\\)");
const tenths = (value) => `${Math.floor(value / 10)}.${value % 10}`;

const lineOf = (text, font, size, x, y) => `BT /${font} ${size} Tf ${x} ${y} Td (${escaped(text)}) Tj ET`;

function fileOf(parts) {
  let told = "%PDF-1.4\n";
  const starts = [];
  parts.forEach((part, n) => { starts.push(told.length); told += `${n + 1} 0 obj\n${part}\nendobj\n`; });
  const table = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  const size = parts.length + 1;
  return `${told}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${told.length}\n%%EOF\n`;
}

/** Sheets in progress; every line is drawn where it stands, nothing moves afterwards. */
export class Paper {
  sheets = [[]];

  turn() { this.sheets.push([]); }

  line(text, { x, y, size, isBold = false }) { this.sheets.at(-1).push(lineOf(text, isBold ? "F2" : "F1", size, x, y)); }

  foot(sheet, text, { x, y, size }) { this.sheets[sheet].push(lineOf(text, "F1", size, x, y)); }

  rule({ x, y, width }) { this.sheets.at(-1).push(`0.5 w ${x} ${y} m ${x + width} ${y} l S`); }

  frame({ x, y, width, height }) { this.sheets.at(-1).push(`0.5 w ${x} ${y} ${width} ${height} re S`); }

  stroke(points, { x, y }) {
    const drawn = [];
    for (let at = 0; at < points.length; at += 2) drawn.push(`${tenths(x * 10 + points[at])} ${tenths(y * 10 + points[at + 1])} ${at ? "l" : "m"}`);
    if (drawn.length === 1) drawn.push(drawn[0].replace(" m", " l"));
    this.sheets.at(-1).push(["1.2 w 1 J 1 j", ...drawn, "S 0 J 0 j"].join(" "));
  }

  pdf(title) {
    const count = this.sheets.length;
    const kids = this.sheets.map((_, at) => `${6 + 2 * at} 0 R`).join(" ");
    const parts = [
      "<< /Type /Catalog /Pages 2 0 R /Lang (id) >>",
      `<< /Type /Pages /Count ${count} /Kids [${kids}] /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
      ...["Helvetica", "Helvetica-Bold"].map((face) => `<< /Type /Font /Subtype /Type1 /BaseFont /${face} /Encoding /WinAnsiEncoding >>`),
      `<< /Title (${escaped(title)}) /Producer (Timpora) >>`,
    ];
    this.sheets.forEach((drawn, at) => {
      const text = drawn.join("\n");
      parts.push(`<< /Type /Page /Parent 2 0 R /Contents ${7 + 2 * at} 0 R >>`, `<< /Length ${text.length} >>\nstream\n${text}\nendstream`);
    });
    return Uint8Array.from(fileOf(parts), (one) => one.charCodeAt(0));
  }
}
