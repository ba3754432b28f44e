// Reports of which another content arrived (P2): what of them this phone tells its officer, and what to do.

/** Return every conflict that is known: those the server told, and those of receipts since it was last heard. */
export function conflictsOf(app, receipts) {
  const told = app.pack.conflicts ?? [];
  const known = new Set(told.map((one) => one.report));
  const fresh = receipts.filter((one) => one.is_conflict && !known.has(one.id));
  return [...told, ...fresh.map((one) => ({ report: one.id, is_open: true, by: "", because: "", contents: [] }))];
}

/** Say how a conflict stands for the content of a receipt; without one, for whichever the officer sent. */
export function stateOf(app, conflict, receipt) {
  if (conflict.is_open) return app.say("conflict_open");
  const mine = conflict.contents.filter((one) => (receipt ? one.sha256 === receipt.sha256 : one.is_own));
  return app.say(mine.some((one) => one.stands) ? "conflict_stands" : "conflict_fallen");
}

/** Show what is open, and what to do about it, above what was sent. */
export function list(app, page, receipts) {
  const open = conflictsOf(app, receipts).filter((one) => one.is_open);
  page.slots.conflicts.hidden = !open.length;
  for (const conflict of open) {
    const receipt = receipts.find((one) => one.id === conflict.report);
    const { root, slots } = app.made("conflict-line");
    if (receipt) slots.link.href = `#/l/${receipt.id}`;
    const own = conflict.contents.filter((one) => one.is_own).map((one) => one.number);
    app.fill(slots, { title: receipt?.title ?? own[0] ?? conflict.report, told: [...new Set(own)].join(" · ") || receipt?.number });
    page.slots["conflict-list"].append(root);
  }
}

/** Tell on a receipt how its conflict stands, with the numbers to name when asking. */
export function tell(app, page, receipt) {
  const conflict = conflictsOf(app, [receipt]).find((one) => one.report === receipt.id);
  page.slots.conflict.hidden = !conflict;
  if (!conflict) return;
  const decided = conflict.by ? `${app.say("conflict_by", conflict.by)}: ${conflict.because}` : "";
  app.fill(page.slots, { "conflict-state": stateOf(app, conflict, receipt), "conflict-told": conflict.is_open ? app.say("conflict_do") : decided });
  for (const one of conflict.contents) {
    const words = [one.number, one.sha256 === receipt.sha256 ? app.say("conflict_this") : app.say("conflict_other"), one.stands ? app.say("conflict_chosen") : ""];
    page.slots["conflict-contents"].append(Object.assign(document.createElement("li"), { textContent: words.filter(Boolean).join(" · ") }));
  }
}
