// The form as an application of the phone: its worker, its newer versions, its place on the home screen.

/** Register the worker for a language; `found` is called with a function that changes to a newer version. */
export async function register(address, scope, found) {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register(address, { scope, updateViaCache: "none" });
  const offer = () => {
    // The first worker of a phone takes over at once and is no news.
    if (registration.waiting && navigator.serviceWorker.controller) found(() => change(registration.waiting));
  };
  offer();
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh?.addEventListener("statechange", () => { if (fresh.state === "installed") offer(); });
  });
  addEventListener("online", () => registration.update().catch(() => {}));
}

function change(waiting) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("ganti");
}

/** Ask that the browser never clears the form's store by itself; return whether it may. */
export async function mayVanish() {
  try {
    if (await navigator.storage.persisted()) return false;
    return !(await navigator.storage.persist());
  } catch { return true; }
}

let prompt = null;
addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); prompt = event; dispatchEvent(new Event("timpora-installable")); });
export const canInstall = () => Boolean(prompt);
export async function install() { const asked = prompt; prompt = null; await asked?.prompt(); }
