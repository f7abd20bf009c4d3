// What is pressed: finds the action in the table of keys.js and carries it out.
// Letters are matched by what they write, not by where they lie; what AltGr or an
// input method writes is never a key.

const press = (() => {
  let led = 0; // when the first key of two was pressed
  let torn = 0; // when somebody last wrote on, whose field was taken away
  const mac = /^(Mac|iP)/.test(navigator.platform);
  const writing = el => el?.closest?.("input:not([type=radio],[type=checkbox],[type=file]), textarea, select, [contenteditable]");

  /** What an event means, in the words of the table; letters by code where the
   *  keyboard writes no Latin ones. */
  function chord(e, byCode) {
    let key = byCode && /^Key[A-Z]$/.test(e.code) ? e.code.slice(3).toLowerCase() : e.key;
    const mod = mac ? e.metaKey : e.ctrlKey, one = [...key].length === 1;
    if (mac ? e.ctrlKey : e.metaKey) return ""; // the system's
    if (one) key = e.shiftKey && !mod ? key.toUpperCase() : key.toLowerCase(); // caps lock is no Shift
    return (mod ? "Mod+" : "") + (e.altKey ? "Alt+" : "") + (e.shiftKey && (mod || !one) ? "Shift+" : "") + key;
  }

  function find(e, second) {
    for (const byCode of /^[\x00-\x7f]*$/.test(e.key) ? [false] : [false, true]) {
      const c = chord(e, byCode);
      const a = keys.table.find(a => !a.fixed && (second ? a.go && a.key.slice(2) === c : !a.go && keys.keyOf(a) === c));
      if (a) return a;
    }
  }

  document.addEventListener("keydown", e => {
    if (e.isComposing || e.keyCode === 229 || e.defaultPrevented || e.getModifierState?.("AltGraph") || !body.dataset.me) return;
    const alone = !e.ctrlKey && !e.metaKey && !e.altKey;
    if (alone && Date.now() - torn < 1500 && !/^(Tab|Escape)$/.test(e.key)) { torn = Date.now(); return e.preventDefault(); }
    torn = 0;
    if (e.key === "Escape") return escape(e);
    if (inward(e)) return;
    if ($("dialog[open]") || alone && (prefs.keys === false || writing(e.target) || $("details.pop[open]"))) return;
    const second = alone && Date.now() - led < 1500;
    const a = second ? find(e, true) : alone && arrow(e) || find(e);
    if (second && e.key.length === 1) led = 0;
    if (!a || alone && !(keys.single(a) || a.go || e.key.startsWith("Arrow"))) return;
    if (a.at === "field" && a.key.startsWith("Mod") && e.target.name !== "text" || e.repeat && !/^(next|prev)/.test(a.id)) return;
    if (keys.run(a)) e.preventDefault();
  });

  /** Arrows go through the lists, where they are not wanted for something else. */
  function arrow(e) {
    const id = { ArrowDown: "next", ArrowUp: "previous" }[e.key];
    return id && !e.shiftKey && body.matches(".inbox") && !e.target.closest?.(".log, .about, summary, input, [role=separator]") && keys.by.get(id);
  }

  /** Into the conversation goes the way of its newest message, not of its oldest. */
  function inward(e) {
    const newest = e.key === "Tab" && !e.shiftKey && e.target === log() && $$(".of", e.target).pop();
    if (!newest) return false;
    e.preventDefault();
    newest.focus();
    return true;
  }

  /** Closes what is open; leaves the composer for the conversation, and that for the list. */
  function escape(e) {
    if ($("dialog[open]")) return;
    const pop = $("details.pop[open]");
    if (pop) { pop.open = false; $("summary", pop).focus(); return; }
    const field = writing(e.target), l = log();
    if (field?.id === "find") { field.value = ""; rows.find(""); }
    if (field?.closest("form[data-action=send]") && l) return l.focus({ preventScroll: true });
    const row = rows.of(openChat()) || $(".row");
    if (row && (field || e.target.closest?.(".chat, .about"))) $("a", row).focus({ preventScroll: true });
    else if (field) field.blur();
  }

  /** Shows the pane about the customer and goes there; from there, or by the
   *  button of the menu, it is put away. */
  function details(el, button) {
    const shown = el.getClientRects().length > 0;
    if (shown && (button || el.contains(document.activeElement))) {
      root.toggleAttribute("data-alone", true);
      if (location.hash) history.replaceState(null, "", "#main");
      return (composer.form()?.elements.text || $(".head h2")).focus();
    }
    root.removeAttribute("data-alone");
    if (!el.getClientRects().length) location.hash = el.id; // in narrow windows it lies on top
    el.focus();
  }

  /** Sends, and closes the chat behind it. */
  function sendAndClose() { const f = composer.form(); f.requestSubmit(f.elements.close); }

  function help() {
    const parts = Object.entries(keys.places).map(([at, name]) => make("section", {}, make("h3", {}, T(name)), make("dl", { class: "shortcuts" },
      ...keys.table.filter(a => a.at === at && !(prefs.ctrl && a.id === "send")).map(a => make("div", {}, make("dt", {}, ...keys.kbds(a)), make("dd", {}, T(a.name)))))));
    const box = make("input", { type: "checkbox", checked: prefs.keys !== false });
    box.onchange = async () => {
      const changed = Object.entries(prefs.remap || {}).map(([id, key]) => ["key-" + id, key]);
      const r = await post(base + "/me", fields([["part", "keys"], ...(box.checked ? [["keys", 1]] : []), ...changed]));
      if (r.ok) { prefs.keys = box.checked; shown(); } else { box.checked = !box.checked; toast(r.text, true); }
    };
    forms_.show(make("div", { class: "sheet-part fields wide" }, make("h2", { tabindex: -1, autofocus: true }, T("Keys")), ...parts,
      make("label", { class: "check" }, box, " " + T("Single keys are on")),
      make("div", { class: "ways" }, make("a", { class: "btn", href: base + "/me#keys" }, T("Change keys")),
        make("button", { type: "button", class: "btn primary", "data-close": "" }, T("Close")))), T("Keys"));
  }

  /** The page says which keys there are. */
  function shown() {
    root.toggleAttribute("data-no-keys", prefs.keys === false);
    keys.print();
  }
  document.addEventListener("prefs", shown);
  document.addEventListener("click", e => {
    const button = e.target.closest?.("[data-do=details]"), skip = e.target.closest?.(".skip");
    if (button) { button.closest("details").open = false; details($(".about"), true); }
    if (skip) { e.preventDefault(); into(skip.hash.slice(1)); }
  });

  /** Goes to a part of the page: to the field, conversation or row in it, else to the part itself. */
  function into(id) {
    const part = byId(id) || byId("main");
    if (part.matches(".about") && !part.getClientRects().length) return details(part);
    const el = $("form[data-action=send] textarea, [role=log], .row > a", part) || part;
    if (el.tabIndex < 0) el.tabIndex = -1;
    el.focus();
  }
  document.addEventListener("input", e => { if (e.target.id === "find" && body.matches(".inbox")) rows.find(e.target.value); });
  /** What had the focus is gone. What was going to be written there is no key. */
  function tear(el) { if (writing(el)) torn = Date.now(); }
  return { help, details, sendAndClose, shown, tear, writing, lead: () => { led = Date.now(); } };
})();
