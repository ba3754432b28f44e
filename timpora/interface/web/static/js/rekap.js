// The rekap as a message: copied, or handed to the device's own sharing where it has one. Nothing leaves by itself.
const box = document.querySelector("[data-message]");

async function copied(words) {
  try {
    await navigator.clipboard.writeText(words.value);
    return true;
  } catch { // no clipboard without HTTPS: the older way
    words.select();
    return document.execCommand("copy");
  }
}

if (box) {
  const words = box.querySelector("[data-words]");
  const told = box.querySelector("[data-done]");
  const share = box.querySelector("[data-share]");
  box.querySelector("[data-copy]").addEventListener("click", async () => {
    told.textContent = await copied(words) ? told.dataset.said : told.dataset.failed;
  });
  share.hidden = !navigator.share;
  share.addEventListener("click", () => navigator.share({ text: words.value }).catch(() => {}));
  box.scrollIntoView({ block: "nearest" });
}
