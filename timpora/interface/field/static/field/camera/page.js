// Passports in the camera's window: what was read beside its picture, doubtful signs marked, and only what the check digits hold.
const TITLE = { title: "passport_title", aim: "camera_aim", nothing: "camera_nothing" };

/** Return what the window looks for: the two lines of a passport. Pictures vote; a photo stands alone. */
export function sightOf(app, parts) {
  const tools = toolsOf(parts);
  return {
    part: "camera-passport", words: TITLE, aspect: 0.34, widths: [1280],
    begin() {
      const voting = tools.zone.vote(app.mrz.mrzRead);
      return ({ grey }) => {
        const told = tools.heard(grey, voting);
        return told && { ...told, isSure: told.isSteady && (told.holds || told.same >= 5) };
      };
    },
    shown,
    byHand: ({ end }) => end(null),
  };
}

/** Show what was read under its picture; doubtful signs are marked, and only a zone whose check digits hold is taken over. */
function shown({ app, box, slots, end, tell }, told, picture) {
  picture.canvas.className = "scan-picture";
  slots.picture.replaceChildren(picture.canvas);
  slots.text.value = told.text;
  const take = box.querySelector("[data-act=take]");
  const draw = () => {
    const rows = slots.text.value.trim().toUpperCase().split("\n");
    const isRead = slots.text.value === told.text;
    slots.signs.replaceChildren(...rows.map((row, r) => line(row, isRead ? told.doubts.filter(([at]) => at === r).map(([, c]) => c) : [])));
    let read = null;
    try { read = app.mrz.mrzRead(slots.text.value); } catch (fault) { tell(app.say("mrz_form", app.say(fault.message, fault.n))); }
    take.disabled = !read || read.faults.length > 0;
    if (!read) return;
    const doubt = isRead && told.doubts.length ? app.say("camera_doubt", told.doubts.length) : "";
    tell(read.faults.length ? app.say("camera_bad", read.faults.map((field) => app.say(field)).join(", ")) : [app.say("camera_good"), doubt].filter(Boolean).join(" "));
  };
  slots.text.oninput = draw;
  take.onclick = () => end(slots.text.value);
  draw();
  take.focus();
}

function line(row, doubts) {
  const box = document.createElement("span");
  for (const [n, sign] of [...row].entries()) box.append(doubts.includes(n) ? Object.assign(document.createElement("mark"), { textContent: sign }) : sign);
  return box;
}

/** Read pictures with these modules: what one shows joins the vote. */
export function toolsOf({ lines, glyphs, zone, weights, reader }) {
  const sharesIn = reader.reading(lines, glyphs, weights);
  return { zone, heard: (grey, voting) => { const shares = sharesIn(grey); return shares && voting.hear(shares); } };
}
