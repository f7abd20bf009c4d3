// Drafts: what is being written is kept at the server, for every device of the
// agent. Here it stays only until the server has it.

const drafts = (() => {
  const held = new Map(); // where the browser refuses storage
  const shown = new WeakMap(); // composer → its text as last seen here
  const key = chat => "draft:" + body.dataset.me + ":" + chat;
  const timers = new Map(); // by chat
  function soon(chat, ms) {
    clearTimeout(timers.get(chat));
    timers.set(chat, setTimeout(keep, ms, chat));
  }

  function local(chat) {
    try { return JSON.parse(localStorage.getItem(key(chat))) || held.get(chat); } catch { return held.get(chat); }
  }
  function put(chat, m) {
    if (m) held.set(chat, m); else held.delete(chat);
    try { m ? localStorage.setItem(key(chat), JSON.stringify(m)) : localStorage.removeItem(key(chat)); } catch { /* full or refused */ }
  }

  /** The person has changed the text, or for whom it is. */
  function changed(f) {
    const ta = f.elements.text, chat = composer.chatOf(f);
    const base = local(chat)?.base ?? ta.defaultValue;
    shown.set(f, ta.value);
    put(chat, ta.value.trim() || base ? { text: ta.value, note: composer.note(f), base } : null);
    soon(chat, 800);
  }

  /** Sends what the server does not have yet, behind what is already on its way. */
  function keep(chat, now) {
    clearTimeout(timers.get(chat));
    if (!local(chat)) return;
    if (now) deliver(chat); else composer.inTurn(chat, () => deliver(chat));
  }

  async function deliver(chat) {
    const m = local(chat);
    if (!m) return;
    const r = await post(chatPath(chat, "draft"), fields({ text: m.text, visibility: m.note ? "agents" : "all" }), true);
    const later = local(chat);
    if (!later) return;
    if (r.ok) {
      if (later.text === m.text && later.note === m.note) put(chat, null); else put(chat, { ...later, base: m.text });
      const f = composer.form();
      if (f && composer.chatOf(f) === chat && m.text.trim()) composer.hint(f, T("Draft kept"));
    } else if (r.status === 404) put(chat, null); // the chat is gone
    else if (!r.status || r.status >= 500) soon(chat, 15000);
  }

  /** A composer has come onto the page: what the server did not get goes in. */
  function restore(f) {
    const ta = f.elements.text, chat = composer.chatOf(f), m = local(chat);
    if (m && m.text !== ta.defaultValue) {
      ta.value = merge(m, ta.defaultValue);
      composer.aim(f, m.note, true);
      put(chat, { ...m, base: ta.defaultValue });
      changed(f);
    } else if (m) put(chat, null);
    shown.set(f, ta.value);
  }

  /** Both texts, where another device wrote too: nothing is lost. */
  function merge(m, theirs) {
    if (theirs === m.base || m.text.includes(theirs)) return m.text;
    return theirs.includes(m.text) ? theirs : theirs + "\n" + m.text;
  }

  /** The server has drawn the composer anew: another device may have written. */
  function drawn(f) {
    const ta = f.elements.text, chat = composer.chatOf(f);
    if (ta === document.activeElement || local(chat)) return;
    if (ta.value !== ta.defaultValue) ta.value = ta.defaultValue;
    if (ta.value === shown.get(f)) return;
    shown.set(f, ta.value);
    if (ta.value) composer.aim(f, f.hasAttribute("data-note"), true);
  }

  /** The text is sent, or given back. */
  function clear(f) {
    clearTimeout(timers.get(composer.chatOf(f)));
    f.elements.text.defaultValue = f.elements.text.value; // what is sent must not come back
    put(composer.chatOf(f), null);
    shown.set(f, f.elements.text.value);
  }

  const leave = () => { const f = composer.form(); if (f) keep(composer.chatOf(f), true); };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  document.addEventListener("focusout", e => {
    const f = e.target.name === "text" && e.target.closest("form[data-action=send]");
    if (!f) return;
    keep(composer.chatOf(f));
    setTimeout(() => { if (f.isConnected) drawn(f); });
  });

  return { changed, keep, restore, drawn, clear, local, put };
})();
