// The keys. This one table is what the keyboard obeys (press.js), what "?" and the
// palette show, and what buttons print. Its single keys are those of
// desk.KeyActions, and an agent may change each.

const keys = (() => {
  const mac = /^(Mac|iP)/.test(navigator.platform);
  const write = asNote => { const f = composer.form(); composer.aim(f, asNote); f.elements.text.focus(); };
  const close = "form[data-action=deactivate] button", written = "form[data-action=send] textarea";

  // Of each: id; key; name; at, the part of the page it is for; sel, what has to
  // be there and is clicked where there is no run. A key is as browsers name it, a
  // capital is Shift and the letter; Mod is Ctrl, on a Mac Command.
  const table = [
    { id: "palette", key: "Mod+k", name: "Go to a chat, a page or an action", at: "page", run: () => palette.open() },
    { id: "help", key: "?", name: "List of keys", at: "page", run: () => press.help() },
    { id: "search", key: "/", name: "Find", at: "page", sel: "#find, .filters input[name=query]", run: el => { el.focus(); el.select(); } },
    { id: "go", key: "g", name: "Go to a page", at: "page", run: () => press.lead() },
    { id: "go-chats", key: "g c", name: "Chats", at: "page", go: "/chats" },
    { id: "go-archives", key: "g a", name: "Archives", at: "page", go: "/archives" },
    { id: "go-customers", key: "g v", name: "Customers", at: "page", go: "/customers" },
    { id: "go-team", key: "g t", name: "Team", at: "page", go: "/team" },
    { id: "go-reports", key: "g r", name: "Reports", at: "page", go: "/reports" },
    { id: "go-settings", key: "g s", name: "Settings", at: "page", go: "/settings" },
    { id: "accept", key: "A", name: "Accept chats or pause", at: "page", sel: "#me button[name=status][aria-pressed=false]" },

    { id: "next", key: "j", name: "Next chat", at: "list", sel: ".row", run: () => rows.step(1) },
    { id: "previous", key: "k", name: "Previous chat", at: "list", sel: ".row", run: () => rows.step(-1) },
    { id: "unread", key: "u", name: "Next unread chat", at: "list", sel: ".row", run: () => rows.urgent() },
    { id: "open", key: "o", name: "Open the chat", at: "list", sel: ".row > a:focus" },
    { id: "choose", key: "x", name: "Choose the chat, to do something with several", at: "list", sel: ".row", run: () => bulk.toggle() },
    { id: "enter", key: "Enter", name: "Open the chat", at: "list", fixed: true },
    { id: "waiting", key: "t", name: "Take the next waiting chat", at: "list", sel: "[data-action=take] .take" },

    { id: "take", key: "i", name: "Take this chat", at: "chat", sel: ".acts form[data-action=take] button" },
    { id: "reply", key: "r", name: "Reply", at: "chat", sel: written, run: () => write(false) },
    { id: "note", key: "n", name: "Note to agents", at: "chat", sel: written, run: () => write(true) },
    { id: "transfer", key: "a", name: "Transfer", at: "chat", sel: "[data-open=transfer]" },
    { id: "tags", key: "l", name: "Tags", at: "chat", sel: ".acts .tagging > summary" },
    { id: "close", key: "e", name: "Close the chat", at: "chat", sel: close },
    { id: "close-next", key: "E", name: "Close the chat and open the next", at: "chat", sel: close, run: () => { const id = openChat(); rows.step(1) || rows.step(-1); closing.close(id); } },
    { id: "undo", key: "z", name: "Undo closing", at: "chat", sel: ".undo button" },
    { id: "mark-unread", key: "U", name: "Mark as unread", at: "chat", sel: "form[data-action=unread] button" },
    { id: "details", key: "p", name: "Details", at: "chat", sel: ".about", run: el => press.details(el) },
    { id: "more", key: ".", name: "More actions", at: "chat", sel: ".acts .more > summary" },

    { id: "send", key: "Enter", name: "Send", at: "field", fixed: true },
    { id: "send-mod", key: "Mod+Enter", name: "Send", at: "field", fixed: true },
    { id: "line", key: "Shift+Enter", name: "New line", at: "field", fixed: true },
    { id: "send-close", key: "Mod+Shift+Enter", name: "Send and close the chat", at: "field", sel: close, run: () => press.sendAndClose() },
    { id: "canned", key: "#", name: "Canned responses", at: "field", fixed: true },
    { id: "canned-too", key: "/", name: "Canned responses", at: "field", fixed: true },
    { id: "emoji", key: ":", name: "Emoji", at: "field", fixed: true },
    { id: "attach", key: "Mod+Shift+u", name: "Attach files", at: "field", sel: ".attach input" },
    { id: "next-writing", key: "Alt+ArrowDown", name: "Next chat", at: "field", sel: ".row", run: () => rows.step(1) },
    { id: "previous-writing", key: "Alt+ArrowUp", name: "Previous chat", at: "field", sel: ".row", run: () => rows.step(-1) },
    { id: "unread-writing", key: "Alt+Shift+ArrowDown", name: "Next unread chat", at: "field", sel: ".row", run: () => rows.urgent() },
    { id: "unread-back", key: "Alt+Shift+ArrowUp", name: "Previous unread chat", at: "field", sel: ".row", run: () => rows.urgent(-1) },
    { id: "leave", key: "Escape", name: "Leave the field, then go to the list", at: "field", fixed: true },
  ];
  const places = { page: "Everywhere", list: "Lists", chat: "The open chat", field: "While writing" };
  const by = new Map(table.map(a => [a.id, a]));

  /** A single key: one that works only where nothing is being written. */
  const single = a => a.at !== "field" && a.key.length === 1;
  /** The key of an action, as this agent has it. */
  function keyOf(a) {
    if (a.go) return keyOf(by.get("go")) + a.key.slice(1);
    return single(a) && prefs.remap?.[a.id] || a.key;
  }

  /** What an action has to have on this page; undefined where it is missing. */
  const target = a => a.go ? $(`.rail a[href$="${a.go}"]`) : a.sel ? $(a.sel) : body;
  function run(a) {
    const el = target(a);
    if (!el || a.fixed) return false;
    if (el.matches("summary")) el.focus();
    if (a.run) a.run(el); else el.click();
    return true;
  }

  /** The caps to press, in words: [["Ctrl", "K"]], one after the other. */
  function caps(a) {
    const cap = k => ({ Mod: mac ? "⌘" : T("Ctrl"), Shift: T("Shift"), Alt: T("Alt"), Enter: T("Enter"), Escape: T("Esc"), ArrowDown: "↓", ArrowUp: "↑" })[k] || k.toUpperCase();
    return keyOf(a).split(" ").map(step => step.length === 1
      ? (step !== step.toLowerCase() ? [T("Shift"), step] : [cap(step)])
      : step.split("+").map(cap));
  }
  const kbds = a => caps(a).flatMap(step => step.flatMap(c => [make("kbd", {}, c), " "]));
  const spoken = a => keyOf(a).replace("Mod", mac ? "Meta" : "Control").replace(/^[A-Z]$/, "Shift+$&");

  /** Prints the keys on what they press and in its tooltip, as this agent has them. */
  const print = (from = document) => $$("[data-key]", from).forEach(label);
  function label(el) {
    const id = el.dataset.key, a = by.get(id === "send" && prefs.ctrl ? "send-mod" : id), cap = el.matches("kbd"), box = cap ? el.closest(":is(button,summary,label,a)") : el, text = caps(a).flat().join(" ");
    const off = prefs.keys === false && (single(a) || a.go) || id === "waiting" && el !== target(a); // it takes the first
    if (cap && el.textContent !== text) el.textContent = text;
    if (!box) return;
    box.dataset.title ||= box.title || box.ariaLabel || T(a.name);
    box.title = off ? box.dataset.title : `${box.dataset.title} (${text})`;
    if (off || a.go) box.removeAttribute("aria-keyshortcuts"); else box.setAttribute("aria-keyshortcuts", spoken(a));
  }

  return { table, places, by, single, keyOf, target, run, caps, kbds, print, label };
})();
