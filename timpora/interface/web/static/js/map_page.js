// Starts every map of the page whose points stand beside it in a JSON script.
for (const box of document.querySelectorAll("[data-map]")) {
  const points = JSON.parse(document.getElementById(`${box.id}-titik`)?.textContent ?? "[]");
  // The name of a static file carries its digest, so the page says where the module is.
  const { officeMap } = await import(box.dataset.module);
  await officeMap(box, { points, fit: box.dataset.fit ?? "country" });
}
