// The camera's window of the form: a frame for the two lines, what was read beside their picture, and the way back to typing.
// No picture is kept or sent: frames are read in memory and forgotten with the window.
const EVERY = 120, PATIENT = 25_000, WIDE = 1280, ASPECT = 0.34;
const REFUSALS = { NotAllowedError: "camera_refused", SecurityError: "camera_refused", NotFoundError: "camera_absent", NotSupportedError: "camera_absent", OverconstrainedError: "camera_absent" };

/** Open the window and return what the officer took over, or null where he would rather type. */
export function scan(app, tools) {
  return new Promise((done) => {
    const { top: box, slots } = app.made("camera");
    const state = { stream: null, timer: 0, isOver: false, since: Date.now() };
    const end = (text) => {
      if (state.isOver) return;
      state.isOver = true;
      stop(state);
      box.close();
      box.remove();
      done(text);
    };
    document.body.append(box);
    box.showModal();
    box.oncancel = () => end(null);
    box.querySelector("[data-act=type]").onclick = () => end(null);
    box.querySelector("[data-act=again]").onclick = () => begin(app, tools, box, slots, state, end);
    box.querySelector("input[type=file]").onchange = ({ target }) => fromFile(app, tools, box, slots, state, end, target);
    begin(app, tools, box, slots, state, end);
  });
}

function stop(state) {
  clearTimeout(state.timer);
  for (const track of state.stream?.getTracks() ?? []) track.stop();
  state.stream = null;
}

async function begin(app, tools, box, slots, state, end) {
  slots.seen.hidden = true;
  slots.live.hidden = false;
  slots.told.textContent = app.say("camera_opening");
  state.since = Date.now();
  try {
    if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("", "NotFoundError");
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } } });
    state.stream = stream;
    if (state.isOver || !document.contains(box)) return stop(state);
    slots.video.srcObject = stream;
    await slots.video.play();
  } catch (fault) {
    if (state.isOver) return;
    console.warn(fault);
    slots.live.hidden = true;
    slots.told.textContent = app.say(REFUSALS[fault.name] ?? "camera_broken");
    return;
  }
  torch(slots, state);
  slots.told.textContent = app.say("camera_aim");
  const voting = tools.zone.vote(app.mrz.mrzRead);
  const look = () => {
    if (state.isOver || !state.stream) return;
    const picture = framed(slots.video);
    const told = picture && tools.heard(picture.grey, voting);
    if (told?.isSteady && (told.holds || told.same >= 5)) return shown(app, box, slots, state, end, { told, picture });
    slots.told.textContent = app.say(told ? "camera_hold" : `camera_${Date.now() - state.since > PATIENT ? "tired" : picture ? tools.reader.complaintOf(picture.grey) : "opening"}`);
    state.timer = setTimeout(look, EVERY);
  };
  look();
}

/** Light belongs to phones that have one. */
function torch(slots, state) {
  const track = state.stream.getVideoTracks()[0];
  slots.torch.hidden = !track.getCapabilities?.().torch;
  let isLit = false;
  slots.torch.onclick = () => {
    isLit = !isLit;
    slots.torch.setAttribute("aria-pressed", String(isLit));
    track.applyConstraints({ advanced: [{ torch: isLit }] }).catch(() => { slots.torch.hidden = true; });
  };
}

/** Cut out of the camera's picture what lies in the frame: the middle of its width, low and wide. */
function framed(video) {
  const { videoWidth, videoHeight } = video;
  if (!videoWidth) return null;
  const wide = videoWidth, high = Math.min(videoHeight, Math.round(videoWidth * ASPECT));
  return drawn(video, { x: 0, y: (videoHeight - high) / 2, wide, high });
}

function drawn(source, { x, y, wide, high }) {
  const scale = Math.min(1, WIDE / wide), canvas = document.createElement("canvas");
  canvas.width = Math.round(wide * scale);
  canvas.height = Math.round(high * scale);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(source, x, y, wide, high, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height), grey = new Uint8Array(canvas.width * canvas.height);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 4) grey[i] = (data[at] * 77 + data[at + 1] * 151 + data[at + 2] * 28) >> 8;
  return { canvas, grey: { data: grey, width: canvas.width, height: canvas.height } };
}

async function fromFile(app, tools, box, slots, state, end, input) {
  const file = input.files[0];
  input.value = "";
  if (!file) return;
  stop(state);
  slots.live.hidden = true;
  slots.told.textContent = app.say("camera_reading");
  let picture = null;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    picture = drawn(image, { x: 0, y: 0, wide: image.width, high: image.height });
    image.close();
  } catch { slots.told.textContent = app.say("photo_unreadable"); return; }
  const told = tools.heard(picture.grey, tools.zone.vote(app.mrz.mrzRead, 1));
  if (told) shown(app, box, slots, state, end, { told, picture });
  else slots.told.textContent = app.say(`camera_${tools.reader.complaintOf(picture.grey)}`);
}

/** Show what was read under its picture; doubtful signs are marked, and only a zone whose check digits hold is taken over. */
function shown(app, box, slots, state, end, { told, picture }) {
  stop(state);
  slots.live.hidden = true;
  slots.seen.hidden = false;
  picture.canvas.className = "scan-picture";
  slots.picture.replaceChildren(picture.canvas);
  slots.text.value = told.text;
  const take = box.querySelector("[data-act=take]");
  const draw = () => {
    const rows = slots.text.value.trim().toUpperCase().split("\n");
    const isRead = slots.text.value === told.text;
    slots.signs.replaceChildren(...rows.map((row, r) => line(row, isRead ? told.doubts.filter(([at]) => at === r).map(([, c]) => c) : [])));
    let read = null;
    try { read = app.mrz.mrzRead(slots.text.value); } catch (fault) { slots.told.textContent = app.say("mrz_form", app.say(fault.message, fault.n)); }
    take.disabled = !read || read.faults.length > 0;
    if (!read) return;
    const doubt = isRead && told.doubts.length ? app.say("camera_doubt", told.doubts.length) : "";
    slots.told.textContent = read.faults.length ? app.say("camera_bad", read.faults.map((field) => app.say(field)).join(", ")) : [app.say("camera_good"), doubt].filter(Boolean).join(" ");
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
  return { zone, reader, heard: (grey, voting) => { const shares = sharesIn(grey); return shares && voting.hear(shares); } };
}
