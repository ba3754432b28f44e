// Runs before the first paint, so that a chosen theme does not flash. No choice: the system's own.
(function () {
  let chosen = null;
  try { chosen = localStorage.getItem("timpora-theme"); } catch { /* A locked-down browser keeps nothing. */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.bsTheme = chosen;
})();
