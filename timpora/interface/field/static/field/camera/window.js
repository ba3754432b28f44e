// The camera's window of the form, whatever it looks for: the live picture, light, a photo instead, words for what is wrong, and
// typing one tap away. No picture is kept or sent: frames are read in memory and forgotten with the window.
const EVERY = 120, PATIENT = 25_000, WIDE = 1280, DARK = 45, DULL = 7;
const REFUSALS = { NotAllowedError: "camera_refused", SecurityError: "camera_refused", NotFoundError: "camera_absent", NotSupportedError: "camera_absent", OverconstrainedError: "camera_absent" };

/**
 * Open the window for a `sight` and return what the officer took over, or null.
 *
 * A sight says what is looked for: `part` is the template of what was read, `words` its title, its advice and what to say where
 * nothing is seen, `aspect` how high the frame is to its width, `widths` how fine a photo is read, `begin` gives what hears pictures
 * one after the other, `shown` shows what was heard, and `byHand` lets it be typed.
 */
export function scan(app, sight) {
  return new Promise((done) => {
    const { top: box, slots } = app.made("camera"), part = app.made(sight.part);
    const state = { stream: null, timer: 0, isOver: false, since: Date.now() };
    const end = (told) => {
      if (state.isOver) return;
      state.isOver = true;
      stop(state);
      box.close();
      box.remove();
      done(told);
    };
    slots.seen.replaceChildren(part.root);
    const view = { app, sight, box, slots: { ...slots, ...part.slots }, state, end, tell: (text) => { slots.told.textContent = text; }, halt: () => halt(view) };
    slots.title.textContent = app.say(sight.words.title);
    slots.frame.classList.toggle("is-square", sight.aspect === 1);
    document.body.append(box);
    box.showModal();
    box.oncancel = () => end(null);
    box.querySelector("[data-act=shut]").onclick = () => end(null);
    box.querySelector("[data-act=type]").onclick = () => sight.byHand(view);
    box.querySelector("[data-act=again]").onclick = () => begin(view);
    box.querySelector("input[type=file]").onchange = ({ target }) => fromFile(view, target);
    begin(view);
  });
}

function stop(state) {
  clearTimeout(state.timer);
  for (const track of state.stream?.getTracks() ?? []) track.stop();
  state.stream = null;
}

/** Let go of the camera; what is shown below stays. */
function halt({ state, slots }) {
  stop(state);
  slots.live.hidden = true;
}

async function begin(view) {
  const { app, sight, box, slots, state, tell } = view;
  stop(state);
  slots.seen.hidden = true;
  slots.live.hidden = false;
  tell(app.say("camera_opening"));
  state.since = Date.now();
  try {
    if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("", "NotFoundError");
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } } });
    stop(state);
    state.stream = stream;
    if (state.isOver || !document.contains(box) || slots.live.hidden) return stop(state);
    slots.video.srcObject = stream;
    await slots.video.play();
    // A photo was chosen, or the camera begun anew, while the picture came.
    if (state.stream !== stream) return;
  } catch (fault) {
    // Shut, or a photo was chosen, while the camera still opened: nothing is wrong then.
    if (state.isOver || slots.live.hidden) return;
    console.warn(fault);
    halt(view);
    tell(app.say(REFUSALS[fault.name] ?? "camera_broken"));
    return;
  }
  torch(slots, state);
  tell(app.say(sight.words.aim));
  look(view, sight.begin({ isLive: true }), state.stream);
}

/** Hear one picture after the other until one is sure; say what is wrong with those before. */
async function look(view, hear, stream) {
  const { app, sight, slots, state, tell } = view;
  if (state.stream !== stream) return;
  const picture = framed(slots.video, sight.aspect), found = picture && await hear(picture);
  if (state.stream !== stream) return;
  if (found?.isSure) return shown(view, found, picture);
  const isTired = Date.now() - state.since > PATIENT;
  tell(app.say(found ? "camera_hold" : isTired ? "camera_tired" : picture ? complaintOf(picture.grey, sight.words) : "camera_opening"));
  state.timer = setTimeout(() => look(view, hear, stream), EVERY);
}

function shown(view, found, picture) {
  view.halt();
  view.slots.seen.hidden = false;
  view.sight.shown(view, found, picture);
}

/** Light belongs to phones that have one. */
function torch(slots, state) {
  const track = state.stream.getVideoTracks()[0];
  slots.torch.hidden = !track.getCapabilities?.().torch;
  slots.torch.setAttribute("aria-pressed", "false");
  let isLit = false;
  slots.torch.onclick = () => {
    isLit = !isLit;
    slots.torch.setAttribute("aria-pressed", String(isLit));
    track.applyConstraints({ advanced: [{ torch: isLit }] }).catch(() => { slots.torch.hidden = true; });
  };
}

/** Cut out of the camera's picture what lies in the frame: the middle of it, as wide as may be. */
function framed(video, aspect) {
  const { videoWidth, videoHeight } = video;
  if (!videoWidth) return null;
  const wide = Math.min(videoWidth, Math.round(videoHeight / aspect)), high = Math.min(videoHeight, Math.round(wide * aspect));
  return drawn(video, { x: (videoWidth - wide) / 2, y: (videoHeight - high) / 2, wide, high }, WIDE);
}

function drawn(source, { x, y, wide, high }, most) {
  const scale = Math.min(1, most / wide), canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(wide * scale));
  canvas.height = Math.max(1, Math.round(high * scale));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(source, x, y, wide, high, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height), grey = new Uint8Array(canvas.width * canvas.height);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 4) grey[i] = (data[at] * 77 + data[at + 1] * 151 + data[at + 2] * 28) >> 8;
  return { canvas, grey: { data: grey, width: canvas.width, height: canvas.height } };
}

async function fromFile(view, input) {
  const { app, sight, slots, tell } = view, [file] = input.files;
  input.value = "";
  if (!file) return;
  view.halt();
  slots.seen.hidden = true;
  tell(app.say("camera_reading"));
  let image = null, picture = null;
  try { image = await createImageBitmap(file, { imageOrientation: "from-image" }); } catch { tell(app.say("photo_unreadable")); return; }
  const hear = sight.begin({ isLive: false });
  // A finer look is worth its time only where the photo is finer.
  for (const width of sight.widths.filter((_, n) => !n || image.width > sight.widths[n - 1])) {
    picture = drawn(image, { x: 0, y: 0, wide: image.width, high: image.height }, width);
    const found = await hear(picture);
    if (found) { image.close(); shown(view, found, picture); return; }
  }
  image.close();
  tell(app.say(complaintOf(picture.grey, sight.words)));
}

/** Name the words for why nothing is read: too dark, blurred, or nothing of the kind there. */
export function complaintOf({ data, width, height }, words) {
  let light = 0, edge = 0, count = 0;
  for (let y = 2; y < height - 2; y += 3) {
    for (let x = 2; x < width - 2; x += 3) {
      const at = y * width + x;
      light += data[at];
      edge = Math.max(edge, Math.abs(data[at + 2] - data[at - 2]));
      count += 1;
    }
  }
  if (light / count < DARK) return "camera_dark";
  return edge < DULL * 8 ? "camera_blurred" : words.nothing;
}
