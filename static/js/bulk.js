// Several chats at once: rows are ticked (by their box, by X, by a long press), and
// a bar below the lists closes, tags or transfers them, a few at a time.

const bulk = (() => {
  const most = 100, atOnce = 5;
  const chosen = new Map(); // chat → name
  let last = null, busy = false, halt = false, down = 0, pressed = false;
  const bar = () => byId("bulk");
  const always = () => new URLSearchParams(location.search).get("select") === "1";

  /** Draws a row's tick; the box for it comes when the row is pointed at. */
  function decorate(row, now) {
    let box = $(".chooser", row);
    const id = row.dataset.chatId;
    if (!box) {
      if (!now && !chosen.size && !always()) return;
      box = make("input", { type: "checkbox", class: "chooser", "data-local": "", "data-key": "choose", "aria-label": T("Choose the chat with %s", $(".name", row).textContent) });
      $(".av", row).after(box);
      keys.label(box);
    }
    box.tabIndex = chosen.size || always() ? 0 : -1;
    box.checked = chosen.has(id);
    row.toggleAttribute("data-chosen", box.checked);
  }

  for (const type of ["pointerover", "focusin"]) {
    document.addEventListener(type, e => { const row = e.target.closest?.(".row"); if (row && !$(".chooser", row)) decorate(row, true); }, { passive: true });
  }

  function set(row, on) {
    const id = row.dataset.chatId;
    if (!on) chosen.delete(id);
    else if (chosen.size < most) chosen.set(id, $(".name", row).textContent);
    else toast(T("At most %d chats at once", most), true);
  }

  /** Ticks a row or takes its tick away; from the last one on with Shift. */
  function toggle(row = focused(), range) {
    if (!row || busy) return;
    const on = !chosen.has(row.dataset.chatId), all = $$(".row").filter(r => !r.hidden && !r.closest("[data-folded]"));
    const from = range && last?.isConnected ? all.indexOf(last) : -1, to = all.indexOf(row);
    for (const r of from < 0 ? [row] : all.slice(Math.min(from, to), Math.max(from, to) + 1)) set(r, on);
    last = row;
    drawn();
  }
  const focused = () => document.activeElement?.closest?.(".row") || rows.of(openChat());

  /** Draws the ticks and the bar as they have to be. */
  function drawn() {
    byId("list-pane")?.toggleAttribute("data-choosing", !!chosen.size || always());
    for (const row of $$(".row")) decorate(row);
    const form = bar();
    if (form) {
      if (!chosen.size && !always()) { form.remove(); return patches.stay(); }
      form.setAttribute("data-local", "");
      if (!busy) $(".said", form).textContent = chosen.size ? N(chosen.size, "%d chat chosen", "%d chats chosen") : T("Choose chats");
    } else if (chosen.size) fetchBar();
  }

  let fetching = false;
  async function fetchBar() {
    if (fetching) return;
    fetching = true;
    try {
      const r = await fetch(base + "/chats?list=closed&select=1", { credentials: "same-origin" });
      const form = $("#bulk", new DOMParser().parseFromString(await r.text(), "text/html"));
      if (form && !bar() && chosen.size) { byId("connection").before(document.importNode(form, true)); drawn(); }
    } catch { toast(T("The desk cannot be reached right now."), true); }
    fetching = false;
  }

  function clear() { chosen.clear(); last = null; drawn(); }

  /** Sends a few at a time, and keeps those ticked that failed. */
  async function run(form, what) {
    const ids = [...chosen.keys()], all = ids.length, failed = [];
    if (!all) return toast(T("Choose some chats first."), true);
    const data = new FormData(form), progress = make("progress", { max: all, value: 0, "aria-label": T("Progress") });
    busy = true;
    halt = false;
    form.setAttribute("aria-busy", "true");
    for (const d of $$("details", form)) d.open = false;
    $(".said", form).after(progress);
    for (let k = 0; k < all && !halt; k = progress.value) {
      $(".said", form).textContent = T("%d of %d", k, all);
      const part = ids.slice(k, k + atOnce);
      const refused = await some(form, part, fields([["do", what], ["tag", data.get("tag") || ""], ["to", data.get("to") || ""], ...part.map(id => ["chat", id])]), failed);
      if (refused) { toast(refused, true); break; }
      progress.value = k + part.length;
    }
    busy = false;
    form.removeAttribute("aria-busy");
    progress.remove();
    report(all, failed, progress.value);
    order.loosen();
    drawn();
  }

  /** One request; notes which of its chats failed. Tells why where nothing was done. */
  async function some(form, part, data, failed) {
    let text = T("The desk cannot be reached right now."), status = 0, bad = new Map(part.map(id => [id, text]));
    try {
      const r = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers: { "X-Desk": "1" }, credentials: "same-origin" });
      status = r.status;
      if (status === 401) { signIn(); return T("Please sign in again."); }
      text = r.ok ? await r.text() : await sentence(r);
    } catch { /* the outcome is not known */ }
    if (status >= 400 && status < 500) return text;
    if (status === 200) bad = new Map($$("[data-failed][data-chat-id]", parse(text)).map(li => [li.dataset.chatId, $(".bad", li).textContent]));
    for (const id of part) {
      if (bad.has(id)) failed.push([chosen.get(id), bad.get(id)]); else chosen.delete(id);
    }
    return "";
  }

  function report(all, failed, tried) {
    if (!failed.length) return tried && toast(N(tried, "Done with %d chat", "Done with %d chats"));
    forms_.show(make("div", { class: "sheet-part report" }, make("h2", {}, N(tried, "Failed in %[2]d of %[1]d chat.", "Failed in %[2]d of %[1]d chats.", failed.length)),
      make("ul", {}, ...failed.map(([name, why]) => make("li", {}, make("bdi", {}, name), " ", make("span", { class: "bad" }, why)))),
      make("div", { class: "ways" }, make("button", { type: "button", class: "btn", "data-close": "", autofocus: true }, T("Close")))), T("What was done"));
  }

  document.addEventListener("submit", e => {
    if (e.target.id !== "bulk") return;
    e.preventDefault();
    if (!busy) run(e.target, e.submitter?.value || "tag");
  }, true);
  document.addEventListener("click", e => {
    if (pressed && e.target.closest?.(".row")) { pressed = false; e.preventDefault(); e.stopPropagation(); return; }
    const box = e.target.closest?.(".chooser");
    if (box) return toggle(box.closest(".row"), e.shiftKey);
    if (e.target.closest?.("[data-clear]")) {
      e.preventDefault();
      e.stopPropagation();
      halt = true;
      if (!busy) { clear(); if (always()) visit(e.target.closest("a").href, { push: true }); }
    }
  }, true);
  document.addEventListener("keydown", e => {
    if (e.key !== "Escape" || e.defaultPrevented || !chosen.size || busy || $("dialog[open], details.pop[open]") || press.writing(e.target)) return;
    e.preventDefault();
    clear();
  }, true);

  // A finger that rests on a row ticks it, and opens nothing.
  const lift = () => { clearTimeout(down); down = 0; };
  document.addEventListener("pointerdown", e => {
    pressed = false;
    const row = e.pointerType === "touch" && e.target.closest?.(".row");
    if (row) down = setTimeout(() => { down = 0; pressed = true; toggle(row); }, 500);
  }, { passive: true });
  for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, lift, { passive: true });
  document.addEventListener("contextmenu", e => { if (pressed || down) e.preventDefault(); });

  return { decorate, toggle, drawn };
})();
