// Two clocks: the phone's may be wrong by years, the server's is heard only now and then.
export const DAY = 86_400_000;
// Longer than a phone works without network (30 days, P4): beyond, its clock was turned and decides nothing.
const LONGEST = 45 * DAY;

/** Whether the phone's clock jumped since the server was last heard (`heard`: both clocks of that moment). */
export const isOdd = (heard, device) => Boolean(heard) && (device < heard.device - DAY || device > heard.device + LONGEST);

/** Return the time by the last hearing plus what the phone counted since, or null where that says nothing. */
export const told = (heard, device) => (heard && !isOdd(heard, device) ? heard.server + Math.max(0, device - heard.device) : null);

/** Whether `until` is surely over: by the server's own word, or by a phone that has kept step with it. */
export function isOver(until, heard, device) {
  const end = Date.parse(until ?? "");
  if (!heard || Number.isNaN(end)) return false;
  return heard.server >= end || (told(heard, device) ?? 0) >= end;
}
