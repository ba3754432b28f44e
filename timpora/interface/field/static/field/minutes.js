// A Berita Acara, computed from the report's content alone: the same bytes as timpora/domain/minutes.py computes, so
// whoever changes one changes both. `forms` are the words by the form that the content names.
const LEFT = 57, RIGHT = 538, VALUES = 225, TOP = 785, BOTTOM = 84, LEADING = 13, FIELD = [220, 70];
const PASSED_ON = ["dirujuk_disnaker", "dirujuk_polri", "dirujuk_pelindungan", "dicatat_pengungsi"];
const MINUTE = 60_000;
const two = (number) => String(number).padStart(2, "0");

/** Return for whom there is one: persons from 1 on, 0 for whoever is in charge of the place. */
export function signedPositions(content) {
  if (!content.minutes) return [];
  const persons = (content.checked ?? []).flatMap((one, n) => (one.signature ? [n + 1] : []));
  return [...(content.in_charge ? [0] : []), ...persons];
}

/** Return the bytes of one; `paper` is the module that writes sheets. */
export function minutesPdf(paper, forms, content, { sha256, number, position }) {
  const sheet = new Minutes(paper, forms[content.minutes.form]);
  const one = position ? content.checked[position - 1] : content.in_charge;
  sheet.heading(number);
  sheet.facts(content, one.signature);
  if (position) {
    sheet.person(one);
    sheet.found(outcomeOf(one), one.findings ?? []);
    sheet.rights();
  } else {
    sheet.premises(one, content);
    sheet.found("", content.findings ?? []);
  }
  sheet.signature(one, content.minutes.zone);
  return sheet.closed(sha256, number);
}

const outcomeOf = (one) => (one.signs?.length || PASSED_ON.includes(one.outcome) ? "dirujuk" : one.outcome);

class Minutes {
  constructor(paper, words) {
    Object.assign(this, { tools: paper, words, paper: new paper.Paper(), y: TOP });
  }

  heading(number) {
    const [title, english] = this.words.said.title;
    this.paper.line(title, { x: LEFT, y: this.y, size: 14, isBold: true });
    this.paper.line(english, { x: LEFT, y: this.y - 14, size: 9 });
    this.y -= 22;
    this.paper.rule({ x: LEFT, y: this.y, width: RIGHT - LEFT });
    this.y -= 18;
    this.pair("receipt", number);
  }

  facts(content, signature) {
    const told = content.minutes;
    this.pair("at", this.hour(signature.signed_at, told.zone, true));
    this.pair("place", [told.place, told.address].filter(Boolean).join(", "));
    this.pair("office", told.office);
    this.pair("order", told.order);
    this.pair("officers", told.officers.join(", "));
    const spoken = (content.steps ?? []).find((step) => step.language);
    if (spoken) this.pair("language", `${spoken.language}${spoken.interpreter ? `, ${this.words.interpreter}` : ""}`);
  }

  person(one) {
    const { unknown } = this.words;
    this.section("person");
    this.pair("name", one.name || unknown);
    this.pair("birth", one.birth || unknown);
    this.pair("nationality", one.nationality || unknown);
    this.pair("sex", this.words.sexes[one.sex ?? ""] ?? unknown);
    this.pair("document", [one.document_state, one.document_number].filter(Boolean).join(" ") || this.words.none);
  }

  premises(one, content) {
    this.section("premises");
    this.pair("name", one.name);
    this.pair("role", one.role || this.words.unknown);
    this.pair("counted", String(content.headcount ?? 0));
    this.pair("recorded", String((content.checked ?? []).length));
  }

  found(outcome, findings) {
    this.section("result");
    if (outcome) this.pair("outcome", this.words.outcomes[outcome].join(" / "));
    this.pair("findings", findings.map((one) => this.words.findings[one.kind].join(" / ")).join("; ") || this.words.none);
    this.both(this.words.said.no_accusation);
  }

  rights() {
    this.section("rights_title");
    for (const sentence of this.words.rights) this.both(sentence);
  }

  signature(one, zone) {
    const told = one.signature, [width, height] = FIELD;
    this.need(height + 70);
    this.section("signature");
    this.pair("signed_at", this.hour(told.signed_at, zone, false));
    if (told.strokes?.length) {
      this.y -= height - 6;
      this.paper.frame({ x: LEFT, y: this.y, width, height });
      for (const stroke of told.strokes) {
        // The glass counts down from 320, in 1000 to its width; the paper up, in tenths of a point.
        this.paper.stroke(stroke.map((n, at) => (at % 2 ? (320 - n) * 2 : n * 2)), { x: LEFT + 10, y: this.y + 3 });
      }
      this.y -= 14;
    } else {
      this.pair(told.state, "");
      this.pair("because", told.because);
    }
    this.text(one.name || this.words.unknown, 10);
  }

  closed(sha256, number) {
    const count = this.paper.sheets.length;
    for (let at = 0; at < count; at += 1) {
      const lines = [...this.words.said.computed, `${this.words.content}: ${sha256}`, `${this.words.sheet} ${at + 1}/${count} - ${number}`];
      lines.forEach((line, n) => this.paper.foot(at, this.tools.printable(line), { x: LEFT, y: BOTTOM - 22 - 10 * n, size: 7 }));
    }
    return this.paper.pdf(`${this.words.said.title[0]} ${number}`);
  }

  hour(instant, zone, isWhole) {
    const here = new Date((Math.floor(Date.parse(instant) / MINUTE) + this.words.zones[zone] * 60) * MINUTE);
    const day = `${this.words.days[here.getUTCDay()]}, ${two(here.getUTCDate())}-${two(here.getUTCMonth() + 1)}-${here.getUTCFullYear()}, `;
    return `${isWhole ? day : ""}${two(here.getUTCHours())}.${two(here.getUTCMinutes())} ${zone}`;
  }

  need(height) {
    if (this.y - height >= BOTTOM) return;
    this.paper.turn();
    this.y = TOP;
  }

  section(key) {
    this.need(3 * LEADING + 6);
    this.y -= 6;
    const [title, english] = this.words.said[key];
    this.paper.line(title, { x: LEFT, y: this.y, size: 11, isBold: true });
    this.paper.line(english, { x: LEFT + 12 + Math.floor((this.tools.widthOf(title) * 12) / 1000), y: this.y, size: 8 });
    this.y -= LEADING + 3;
  }

  pair(key, value) {
    const [title, english] = this.words.said[key];
    this.tools.wrapped(this.tools.printable(value), 10, RIGHT - VALUES).forEach((line, at) => {
      this.need(LEADING);
      if (at === 0) this.paper.line(`${title} / ${english}`, { x: LEFT, y: this.y, size: 8 });
      this.paper.line(line, { x: VALUES, y: this.y, size: 10 });
      this.y -= LEADING;
    });
  }

  both([indonesian, english]) {
    this.text(indonesian, 9);
    this.text(english, 8);
    this.y -= 3;
  }

  text(text, size) {
    for (const line of this.tools.wrapped(this.tools.printable(text), size, RIGHT - LEFT)) {
      this.need(LEADING);
      this.paper.line(line, { x: LEFT, y: this.y, size });
      this.y -= size + 2;
    }
  }
}
