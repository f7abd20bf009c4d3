// Keys. Single ones work only where nothing is being written, and can be
// switched off in the list that "?" shows.

const keys = (() => {
  const all = [
    ["J  K", "next, previous chat"], ["U", "next unread chat"], ["T", "take the next waiting chat"], ["R", "reply"], ["N", "note to agents"],
    ["A", "transfer"], ["L", "tags"], ["E", "close the chat"], ["I", "take this chat"], ["/", "find"], ["G C", "chats"], ["G A", "archives"],
    ["Shift A", "accept chats or pause"], ["Alt ↓ ↑", "next, previous chat while writing"], ["Esc", "leave the field"], ["?", "this list"],
  ];
  let lead = 0;
  const off = () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } };
  const switchTo = on => { try { localStorage.setItem("keys", on ? "on" : "off"); } catch { /* not kept */ } };
  const press = sel => { const el = $(sel); el?.click(); return !!el; };
  const write = asNote => { const f = composer.form(); if (!f) return false; composer.aim(f, asNote); f.elements.text.focus(); return true; };

  const unread = r => r.dataset.unread;
  const does = {
    j: () => rows.step(1), k: () => rows.step(-1), ArrowDown: () => rows.step(1), ArrowUp: () => rows.step(-1),
    u: () => rows.step(1, unread),
    t: () => press("#list-waiting .take"), r: () => write(false), n: () => write(true),
    a: () => press("[data-open=transfer]"), e: () => press("form[data-action=deactivate] button"), i: () => press(".acts form[data-action=take] button"),
    l: () => { press(".tagging > summary"); $(".tagging .menu input:not([type=hidden])")?.focus(); }, "/": () => { $("#find")?.focus(); $("#find")?.select(); }, "?": help,
    A: () => press(`#me button[value=${$("#me")?.dataset.status === "accepting_chats" ? "not_accepting_chats" : "accepting_chats"}]`),
  };

  const writing = el => el?.closest?.("input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", e => {
    if (e.isComposing || e.defaultPrevented || e.keyCode === 229) return;
    if (e.altKey && !e.ctrlKey && !e.metaKey && (e.key === "ArrowDown" || e.key === "ArrowUp") && body.matches(".inbox")) {
      e.preventDefault();
      return rows.step(e.key === "ArrowDown" ? 1 : -1, e.shiftKey ? unread : undefined);
    }
    if (e.key === "Escape") return escape(e);
    // Into the conversation goes the way of its newest message, not of its oldest.
    const newest = e.key === "Tab" && !e.shiftKey && e.target === log() && $$(".of", e.target).pop();
    if (newest) { e.preventDefault(); return newest.focus(); }
    if (e.ctrlKey || e.metaKey || e.altKey || off() || writing(e.target) || $("dialog[open]") || $("details.pop[open]")) return;
    if (e.key.startsWith("Arrow") && (e.target.closest?.(".log, .about, summary, input") || !body.matches(".inbox"))) return;
    if (Date.now() - lead < 1500 && (e.key === "c" || e.key === "a")) {
      lead = 0;
      return location.assign(base + (e.key === "c" ? "/chats" : "/archives"));
    }
    if (e.key === "g") { lead = Date.now(); return; }
    const fn = does[e.key];
    if (!fn) return;
    e.preventDefault();
    fn();
  });

  function escape(e) {
    const pop = $("details.pop[open]");
    if (pop) { pop.open = false; $("summary", pop).focus(); return; }
    const field = writing(e.target);
    if (!field || field.closest("dialog")) return;
    if (field.id === "find") { field.value = ""; rows.find(""); }
    const row = rows.of(openChat());
    if (row) $("a", row).focus({ preventScroll: true }); else field.blur();
  }

  function help() {
    const list = make("dl", { class: "shortcuts" }, ...all.map(([k, what]) => make("div", {},
      make("dt", {}, ...k.split(" ").filter(Boolean).flatMap(x => [make("kbd", {}, x), " "])), make("dd", {}, T(what)))));
    const box = make("input", { type: "checkbox", ...(off() ? {} : { checked: true }) });
    box.onchange = () => switchTo(box.checked);
    const part = make("div", { class: "sheet-part fields" }, make("h2", {}, T("Keys")), list,
      make("label", { class: "check" }, box, " " + T("Single keys are on")), make("div", { class: "ways" }, make("button", { type: "button", class: "btn", "data-close": "", autofocus: true }, T("Close"))));
    forms_.show(part, T("Keys"));
  }

  document.addEventListener("input", e => { if (e.target.id === "find" && body.matches(".inbox")) rows.find(e.target.value); });
  return { help };
})();
