// Before the form: the PIN of the shift, or the way to it. Every function here is a screen that ends with an answer.

const clicked = (button) => new Promise((done) => { button.onclick = () => done(button.dataset.act); });

/** Say why the form cannot open yet, and wait until somebody wants to try again. */
async function gate(ui, base, state) {
  const page = ui.made("gate");
  ui.fill(page.slots, { title: ui.say(`gate_${state}`), told: ui.say(`gate_${state}_told`) });
  page.slots.door.hidden = !["out", "destroyed"].includes(state);
  page.slots.door.href = ui.door;
  const again = page.root.querySelector("[data-act=again]");
  await ui.rescue.offer(ui, base, { button: page.root.querySelector("[data-act=file]") });
  ui.show(page, { title: ui.say("form"), back: "/" });
  addEventListener("online", () => again.click(), { once: true });
  await clicked(again);
}

/** Fetch what the officer takes along, with as many tries as it needs. */
async function fetched(ui, base, first) {
  for (let state = first; ;) {
    if (state) await gate(ui, base, state);
    const answer = await ui.ask(await ui.contact.packAt(ui.at, base));
    if (answer.body?.is_revoked) { await base.forget(); location.reload(); return new Promise(() => {}); }
    if (answer.state === "held") return answer.body;
    state = answer.state;
  }
}

/** Let the officer choose a PIN for this phone, and make the lock; `page` shows what is wrong until nothing is. */
async function choose(ui, base, pack) {
  const { vault } = base;
  const { officer } = pack;
  const isRenewal = (await base.vaults()).some((lock) => lock.officer.id === officer.id);
  const page = ui.made("pin-new");
  ui.fill(page.slots, { officer: `${officer.name} · ${officer.unit}` });
  page.slots.loses.hidden = !isRenewal;
  const [pin, again] = page.top.querySelectorAll("input");
  const form = page.top, { told } = page.slots;
  const button = form.querySelector("button");
  ui.show(page, { title: ui.say("form"), back: "/" });
  pin.focus();
  return new Promise((done) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      const fault = faultOf(vault, pin.value, again.value);
      told.textContent = fault ? ui.say(fault) : "";
      if (fault) return;
      button.disabled = true;
      try {
        const made = await vault.vaultOf(officer, pin.value, pack.queue_key);
        await (isRenewal ? base.renewVault(made.vault) : base.keepVault(made.vault));
        done({ officer, pack, lock: made.vault, keys: await vault.keysOf(made.vault, made.data) });
      } catch { button.disabled = false; told.textContent = ui.say("full"); }
    };
  });
}

function faultOf(vault, pin, again) {
  if (!new RegExp(`^\\d{${vault.DIGITS}}$`).test(pin)) return "pin_form";
  if (vault.isWeak(pin)) return "pin_weak";
  return pin === again ? "" : "pin_unequal";
}

/** Try one PIN; return the keys, or how many tries are left, or that the lock is gone. */
async function attempt(base, id, pin) {
  const { vault } = base;
  const count = await base.tried(id);
  const lock = (await base.vaults()).find((one) => one.officer.id === id);
  if (!lock) return { isGone: true };
  if (count <= vault.TRIES) {
    try {
      const data = await vault.opened(lock, pin);
      await base.untried(id);
      return { lock: { ...lock, tries: 0 }, data };
    } catch { /* A wrong PIN: the seal does not open. */ }
  }
  if (count < vault.TRIES) return { left: vault.TRIES - count };
  await base.destroy(id);
  return { isGone: true };
}

/** Ask for the PIN of whoever has a lock on this phone; null where somebody else wants to work. */
function unlock(ui, base, locks) {
  const { vault } = base;
  const page = ui.made("pin");
  const form = page.top, { told } = page.slots;
  const pin = form.querySelector("#pin"), button = form.querySelector("[type=submit]");
  let id = locks[0].officer.id;
  for (const { officer } of locks) {
    const line = ui.made("choice-radio");
    const radio = line.root.querySelector("input");
    Object.assign(radio, { name: "officer", value: officer.id, checked: officer.id === id });
    radio.onchange = () => { id = officer.id; pin.focus(); };
    ui.fill(line.slots, { label: officer.name, hint: officer.unit });
    page.slots.officers.append(line.root);
  }
  ui.rescue.offer(ui, base, { button: form.querySelector("[data-act=file]") });
  ui.show(page, { title: ui.say("form"), back: "/" });
  pin.focus();
  return new Promise((done, fail) => {
    form.querySelector("[data-act=other]").onclick = () => done(null);
    form.onsubmit = (event) => {
      event.preventDefault();
      if (button.disabled || pin.value.length !== vault.DIGITS) return void (told.textContent = ui.say("pin_form"));
      button.disabled = true;
      told.textContent = ui.say("opening");
      attempt(base, id, pin.value).then(async ({ lock, data, left, isGone }) => {
        if (isGone) return done({ isGone });
        if (!data) {
          Object.assign(pin, { value: "" }).focus();
          button.disabled = false;
          told.textContent = ui.say("pin_wrong", left);
          return;
        }
        const keys = await vault.keysOf(lock, data), proven = await vault.withProof(lock, data);
        if (proven !== lock) await base.keepVault(proven);
        done({ officer: lock.officer, lock: proven, keys, pack: await base.pack(keys, id) });
      }).catch(fail);
    };
  });
}

/** Return whose form opens, with keys and tasks: by PIN where there is a lock, else by the session and a new PIN. */
export async function enter(ui, base) {
  for (;;) {
    const locks = await base.vaults();
    if (!locks.length) return choose(ui, base, await fetched(ui, base, ""));
    const answer = await unlock(ui, base, locks);
    if (!answer) return choose(ui, base, await fetched(ui, base, ""));
    if (!answer.isGone) return answer;
    return choose(ui, base, await fetched(ui, base, "destroyed"));
  }
}

/** Where nothing can be sealed the form opens on the session alone, and takes nothing along. */
export async function enterOpenly(ui, base) {
  const pack = await fetched(ui, base, "");
  return { officer: pack.officer, keys: null, pack };
}
