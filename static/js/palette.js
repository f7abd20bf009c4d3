// The palette: one field from which every chat, action and page is reached. Chats
// come from the server, which knows them all; actions are those of keys.js and
// what the open chat's menus hold. What was chosen lately comes first.

const palette = (() => {
  const most = 90; // entries shown
  let dialog = null, shown = [], at = 0, asked = 0, counting = 0, chats = [];

  const lately = () => { try { return JSON.parse(localStorage.getItem("palette") || "[]"); } catch { return []; } };
  function remember(id) {
    try { localStorage.setItem("palette", JSON.stringify([id, ...lately().filter(x => x !== id)].slice(0, 8))); } catch { /* not kept */ }
  }

  const chatEntry = c => ({
    id: "chat " + c.id, group: "Chats", name: c.name, more: c.text, side: c.unread ? N(c.unread, "%d unread", "%d unread") : c.list,
    run: () => body.matches(".inbox") ? visit(chatPath(c.id), { push: true, focus: true }) : location.assign(chatPath(c.id)),
  });
  /** The rows on the page, until the server has answered. */
  const drawn = () => $$(".row").map(r => ({ id: r.dataset.chatId, name: $(".name", r)?.textContent || "", text: $(".pre", r)?.textContent.trim(), list: "", unread: +r.dataset.unread || 0 }))
    .sort((x, y) => !x.unread - !y.unread);

  /** What can be done on this page. */
  function doable() {
    const known = keys.table.filter(a => !a.fixed && a.id !== "palette" && a.id !== "go" && (a.at !== "field" || a.key.startsWith("Mod")) && !a.go && keys.target(a))
      .map(a => ({ id: a.id, group: /chat|field/.test(a.at) ? "The open chat" : "Actions", name: T(a.name), keys: a, run: () => keys.run(a) }));
    const menu = $$(".acts .more .menu :is(button, a.item:not(.only-small)), #me .menu button:not([name=status])").filter(el => !$("kbd", el))
      .map(el => ({ name: ($("b", el) || el).textContent.trim(), el }))
      .map(x => ({ id: "do " + x.name, group: x.el.closest("#me") ? "Actions" : "The open chat", name: x.name, run: () => x.el.click() }));
    return [...known, ...menu];
  }
  const pages = () => $$(".rail a.place, #me .menu a.item").map(a => {
    const key = keys.table.find(k => k.go && a.getAttribute("href").endsWith(k.go));
    return { id: "page " + a.pathname, group: "Pages", name: key ? T(key.name) : a.textContent.trim(), keys: key, run: () => a.click() };
  }).concat(Object.entries({ look: "Appearance", work: "Writing", alerts: "Alerts", keys: "Keys", sessions: "Sessions" }).map(([id, name]) => (
    { id: "set " + id, group: "My settings", name: T(name), run: () => location.assign(base + "/me#" + id) })));

  /** Every entry that has the words, the lately chosen first in its group. */
  function entries(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean), recent = lately();
    const has = x => words.every(w => (x.name + " " + T(x.group)).toLowerCase().includes(w));
    const rank = x => { const i = recent.indexOf(x.id); return i < 0 ? 99 : i; };
    const rest = [...doable(), ...pages()].filter(has);
    const head = text ? [] : [...chats.map(chatEntry), ...rest].filter(x => rank(x) < 99).sort((x, y) => rank(x) - rank(y)).slice(0, 4).map(x => ({ ...x, group: "Lately" }));
    const used = new Set(head.map(x => x.id));
    const found = chats.map(chatEntry).slice(0, text ? 30 : 12);
    return [...head, ...found.filter(x => !used.has(x.id)), ...rest.filter(x => !used.has(x.id)).sort((x, y) => rank(x) - rank(y))].slice(0, most);
  }

  function open() {
    if (dialog || !body.dataset.me) return;
    const input = make("input", { id: "palette", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", dir: "auto", placeholder: T("Go to a chat, a page or an action"), "aria-label": T("Go to a chat, a page or an action") });
    const box = make("div", { class: "palette" }, input, make("div", { id: "palette-list", role: "listbox", "aria-label": T("Results") }), make("p", { class: "hidden", role: "status" }));
    chats = drawn();
    dialog = forms_.show(box, T("Go to a chat, a page or an action"));
    dialog.classList.add("palettes");
    dialog.addEventListener("close", () => { dialog = null; asked++; });
    input.addEventListener("input", () => look(input.value));
    input.addEventListener("keydown", press);
    $("[role=listbox]", box).addEventListener("click", e => { const o = e.target.closest("[role=option]"); if (o) choose(+o.dataset.n); });
    input.focus();
    look("");
  }

  /** Asks the server; a later question makes an answer void. */
  async function look(text) {
    const turn = ++asked;
    const local = text.trim().toLowerCase();
    if (local) chats = chats.filter(c => (c.name + " " + c.text).toLowerCase().includes(local));
    draw(text);
    try {
      const r = await fetch(base + "/palette?q=" + encodeURIComponent(text.slice(0, 60)), { credentials: "same-origin", cache: "no-store", headers: { "X-Desk": "1" } });
      if (turn !== asked || !dialog || !r.ok) return;
      chats = await r.json();
      if (turn === asked && dialog) draw(text, true);
    } catch { /* what is drawn has to do */ }
  }

  function draw(text, keep) {
    const list = $("[role=listbox]", dialog), was = keep && shown[at]?.id;
    shown = entries(text.trim());
    at = Math.max(0, was ? shown.findIndex(x => x.id === was) : 0);
    const groups = new Map();
    shown.forEach((x, n) => {
      const option = make("div", { role: "option", id: "palette-" + n, "data-n": n, "aria-selected": "false" },
        make("span", { class: "what" }, make("bdi", {}, x.name), ...(x.more ? [make("small", { dir: "auto" }, x.more)] : [])),
        x.keys ? make("span", { class: "caps", "aria-hidden": "true" }, ...keys.kbds(x.keys)) : make("small", {}, x.side || ""));
      groups.set(x.group, [...(groups.get(x.group) || []), option]);
    });
    list.replaceChildren(...[...groups].map(([name, options]) => make("div", { role: "group", "aria-label": T(name) }, make("h3", { role: "presentation" }, T(name)), ...options)));
    clearTimeout(counting);
    counting = setTimeout(count, 500);
    mark();
  }

  /** Says how many there are, when no more is typed. */
  function count() {
    if (!dialog) return;
    const told = $("[role=status]", dialog), n = shown.length;
    told.className = n ? "hidden" : "faint";
    told.textContent = rows.found(n);
  }

  function mark() {
    const input = byId("palette");
    $$("[role=option]", dialog).forEach((o, n) => o.setAttribute("aria-selected", n === at));
    const now = byId("palette-" + at);
    if (now) { input.setAttribute("aria-activedescendant", now.id); now.scrollIntoView({ block: "nearest" }); } else input.removeAttribute("aria-activedescendant");
  }

  function press(e) {
    if (e.isComposing || e.keyCode === 229) return;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key];
    if (e.key === "Enter") { e.preventDefault(); return choose(at); }
    if (!by || !shown.length) return;
    e.preventDefault();
    at = Math.abs(by) > 1 ? Math.max(0, Math.min(shown.length - 1, at + by)) : (at + by + shown.length) % shown.length;
    mark();
  }

  function choose(n) {
    const x = shown[n];
    if (!x) return;
    remember(x.id);
    dialog.addEventListener("close", () => x.run(), { once: true }); // when the focus is back where it was
    dialog.close();
  }

  return { open };
})();
