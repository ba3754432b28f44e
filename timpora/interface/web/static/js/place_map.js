// Putting a point: a tap on the map fills latitude and longitude, typing them moves the point. A point pasted
// whole is split into the two fields; the server reads the same forms (`domain/coordinates.py`).
const box = document.querySelector("[data-place-map] [data-map]");
const lat = document.querySelector("#id_lat");
const lng = document.querySelector("#id_lng");

const read = (field) => Number.parseFloat(field.value.replace("−", "-").replace(",", "."));
const point = () => [{ id: "titik", lat: read(lat), lng: read(lng), title: `${lat.value} ${lng.value}`, tone: "waiting", shape: "square" }];
const isPlaced = () => Number.isFinite(read(lat)) && Number.isFinite(read(lng));

async function start() {
  const { officeMap } = await import(box.dataset.module);
  const drawn = await officeMap(box, { points: isPlaced() ? point() : [], fit: isPlaced() ? "points" : "country", list: false });
  if (!drawn.map) return;
  const show = () => drawn.setPoints(isPlaced() ? point() : []);
  drawn.map.getCanvas().style.cursor = "crosshair";
  drawn.map.on("click", (event) => {
    lat.value = event.lngLat.lat.toFixed(5);
    lng.value = event.lngLat.lng.toFixed(5);
    show();
  });
  for (const field of [lat, lng]) field.addEventListener("change", show);
  // A chosen region moves the map there; the point itself stays for the officer to put.
  document.addEventListener("region", (event) => move(drawn.map, event.target.dataset.regionPicker, event.detail.code));
}

async function move(map, address, code) {
  if (!code) return;
  const asked = new URL(address, location.href);
  asked.searchParams.set("q", code);
  const answer = await fetch(asked, { headers: { Accept: "application/json" } }).catch(() => null);
  const found = answer?.ok && !answer.redirected ? (await answer.json()).hasil.find((row) => row.code === code) : null;
  if (found?.lat != null) map.jumpTo({ center: [found.lng, found.lat], zoom: 10 });
}

const POINTED = "([-+]?\\d{1,3}\\.\\d{1,20})";
const COMMAED = "([-+]?\\d{1,3},\\d{1,20})";
const PAIRS = [
  `!3d${POINTED}!4d${POINTED}`,
  `/@${POINTED},${POINTED}`,
  `[?&](?:q|ll|query|mlat)=${POINTED}(?:,|%2C|&mlon=)${POINTED}`,
  `^\\(?${POINTED}(?:\\s*[,;]\\s*|\\s+)${POINTED}\\)?$`,
  `^${COMMAED}(?:\\s*;\\s*|,?\\s+)${COMMAED}$`,
].map((pattern) => new RegExp(pattern));
const PART = "(\\d{1,3}(?:[.,]\\d{1,20})?)";
const ANGLE = `${PART}\\s*°\\s*(?:${PART}\\s*['′’]\\s*)?(?:${PART}\\s*(?:["″”]|'')\\s*)?`;
const ANGLES = new RegExp(`^${ANGLE}(LU|LS|N|S|U)[\\s,;]*${ANGLE}(BT|BB|E|W|T|B)$`, "i");

const number = (text) => Number.parseFloat((text ?? "0").replace(",", "."));

function degrees(whole, minutes, seconds, side) {
  if (number(minutes) >= 60 || number(seconds) >= 60) return Number.NaN;
  const size = number(whole) + number(minutes) / 60 + number(seconds) / 3600;
  return Number((["S", "LS", "W", "BB", "B"].includes(side.toUpperCase()) ? -size : size).toFixed(6));
}

function pairRead(text) {
  const plain = text.slice(0, 2000).trim().replaceAll("−", "-");
  const angles = ANGLES.exec(plain);
  if (angles) return [degrees(...angles.slice(1, 5)), degrees(...angles.slice(5, 9))];
  const found = PAIRS.map((pattern) => pattern.exec(plain)).find(Boolean);
  return found ? [number(found[1]), number(found[2])] : [];
}

function paste(event) {
  const [north, east] = pairRead(event.clipboardData?.getData("text") ?? "");
  if (!Number.isFinite(north) || !Number.isFinite(east)) return;
  event.preventDefault();
  lat.value = String(north);
  lng.value = String(east);
  for (const field of [lat, lng]) {
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

for (const field of [lat, lng]) field?.addEventListener("paste", paste);
if (box) start();
