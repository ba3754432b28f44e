// One key presses one button: whatever carries data-press, while nobody is typing and no dialog is open.
const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const button = document.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
  if (button) { event.preventDefault(); button.click(); }
});
