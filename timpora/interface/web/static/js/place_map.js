// Putting a point: a tap on the map fills latitude and longitude, typing them moves the point.
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

if (box) start();
