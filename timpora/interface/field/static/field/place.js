// Where the phone is, if its owner lets us know; nothing here asks without a tap.
let last = null;

/** Return the place last read, or null. */
export const place = () => last;

/** Ask the phone for its place; resolves to the place or null, and never throws. */
export function locate(patience = 12_000) {
  if (!navigator.geolocation) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { last = { lat: coords.latitude, lng: coords.longitude, accuracy: Math.round(coords.accuracy), at: Date.now() }; resolve(last); },
      () => resolve(null),
      { enableHighAccuracy: true, timeout: patience, maximumAge: 60_000 },
    );
  });
}

/** Read the place without asking, where it was allowed before. */
export async function locateIfAllowed() {
  try {
    const right = await navigator.permissions?.query({ name: "geolocation" });
    return right?.state === "granted" ? await locate() : null;
  } catch { return null; }
}

/** Return the way between two points in metres, as the crow flies. */
export function metres(a, b) {
  const rad = Math.PI / 180;
  const h = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lng - a.lng) * rad) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h));
}
