// The composer: Enter, typing, and messages that stand in
// the conversation at once. Text leaves this tab only when the server has it.

const composer = (() => {
  const limit = 16 * 1024; // bytes of one message, the chat server's own limit
  let typing = 0, quiet = 0, showing = 0, shown = 0;
  const form = () => $("form[data-action=send]"), grows = CSS.supports("field-sizing: content");
  const note = f => f.elements.visibility?.value === "agents";
  const chatOf = f => f.closest("[data-chat-id]")?.dataset.chatId || openChat();

  /** Takes a composer into care, once. */
  function attach() {
    const f = form();
    if (!f) return;
    if (f.dataset.ready) return placeholder(f); // drawn anew
    f.dataset.ready = "1";
    const keep = (f.dataset.keep || "").split(" ");
    f.dataset.keep = [...keep, "data-ready", "data-keep"].join(" ").trim();
    drafts.restore(f);
    placeholder(f);
    hint(f);
    uploads.draw(f);
    restore(chatOf(f));
  }

  function aim(f, asNote, quiet) {
    const radio = $(`input[name=visibility][value=${asNote ? "agents" : "all"}]`, f);
    if (radio) radio.checked = true;
    placeholder(f);
    if (!quiet && f.elements.text.value) drafts.changed(f);
  }

  function placeholder(f) {
    const ta = f.elements.text;
    ta.dataset.replyPlaceholder ||= ta.placeholder;
    ta.placeholder = note(f) ? ta.dataset.notePlaceholder : ta.dataset.replyPlaceholder;
  }

  function hint(f, text, bad) {
    const el = $(".hint", f);
    if (!el) return;
    el.classList.toggle("bad", !!bad);
    const ta = f.elements.text;
    if (!grows) ta.rows = Math.min(12, Math.max(2, ta.value.split("\n").length + Math.floor(ta.value.length / 70)));
    if (bad) { ta.setAttribute("aria-invalid", "true"); say(text); } else ta.removeAttribute("aria-invalid");
    ta.setAttribute("aria-describedby", [ta.getAttribute("aria-describedby").replace(" hint", ""), ...(bad ? ["hint"] : [])].join(" "));
    el.textContent = text || (prefs.ctrl ? T("Ctrl+Enter sends") : T("Enter sends · Shift+Enter for a new line"));
  }

  /** Tells the others that one types: at most every 4 s, and that one stopped. */
  function tell(f, on) {
    const id = chatOf(f), as = note(f) ? "agents" : "all", now = Date.now();
    clearTimeout(quiet);
    if (on) quiet = setTimeout(() => tell(f, false), 6000);
    if (on ? now - typing < 4000 : !typing) return;
    typing = on ? now : 0;
    if (stream.online()) post(chatPath(id, "typing"), fields({ on, visibility: as }));
  }

  /** Shows the customer what is being written, where the agent wants that: the newest text, every 2 s at most. */
  function preview(f) {
    clearTimeout(showing);
    showing = setTimeout(() => {
      const text = f.elements.text.value;
      if (!f.isConnected || note(f) || !text.trim() || !byId("me")?.hasAttribute("data-preview") || !stream.online()) return;
      shown = Date.now();
      post(chatPath(chatOf(f), "preview"), fields({ text }));
    }, Math.max(0, shown + 2000 - Date.now()));
  }

  // What was sent and is not yet accepted, by chat, so that a reload loses nothing.
  const unsent = id => { try { return JSON.parse(kept.get("unsent:" + id) || "[]"); } catch { return []; } };
  const store = (id, list) => kept.set("unsent:" + id, list.length ? JSON.stringify(list) : "");
  const forget = m => { stranded.drop(m); store(m.chat, unsent(m.chat).filter(x => x.id !== m.id)); };

  const lasts = m => { const el = byId("e-c-" + m.id); return el ? el.dataset.state === "failed" : !!m.file || unsent(m.chat).some(x => x.id === m.id); };
  const again = m => m.file ? uploads.send(m) : deliver(m);

  function restore(id) {
    for (const m of unsent(id)) {
      const el = byId("e-c-" + m.id);
      if (el && !el.hasAttribute("data-local")) forget(m);
      else if (!el) draw(m, "failed", T("It was not known whether it arrived"));
    }
  }

  /** A message as views/event.templ draws a pending one. */
  function draw(m, state, reason) {
    const box = byId("log-" + safe(m.chat)) || byId("older-" + safe(m.chat));
    if (!box) return null;
    const at = Date.now();
    const who = make("div", { class: "who" }, m.note ? T("Note, only agents see it") : T("You"), " · ", print.hm(at));
    const what = m.name ? make("div", { class: "file" }, make("span", { class: "what" }, make("bdi", {}, m.name), make("small", {}, ""))) : menus.bubble(m.text);
    const el = make("div", {
      id: "e-c-" + m.id, class: m.note ? "msg note own" : "msg own", "data-event-id": m.id, "data-event-type": m.name ? "file" : "message",
      "data-custom-id": m.id, "data-state": state, "data-sort": "9999999999999999-" + at + "000", "data-by": body.dataset.me, "data-at": at, "data-local": "", "aria-busy": state === "sending" && "true",
    }, who, what, make("div", { class: "tick" }, T("Sending")));
    const was = byId(el.id);
    if (was) patches.out(was);
    patches.sortInto(box, el); // where it stays: what moves is read out again
    if (state === "failed") fail(el, m, reason);
    regroup(box);
    const l = log();
    if (l) l.scrollTop = 0;
    parts.newest();
    return el;
  }

  function fail(el, m, reason) {
    if (!el) return stranded.missed(m, reason);
    if (!el.hasAttribute("data-local")) return forget(m); // the server has it, and tells what becomes of it
    el.dataset.state = "failed";
    el.removeAttribute("aria-busy");
    const retry = make("button", { type: "button", class: "btn small" }, T("Retry"));
    const drop = make("button", { type: "button", class: "btn small" }, T("Discard"));
    retry.onclick = () => again(m);
    drop.onclick = () => { forget(m); const box = el.parentNode; patches.out(el); regroup(box); stream.show(); };
    const tick = make("div", { class: "tick fail", role: "alert" }, make("span", {}, T("Not sent: %s", reason.replace(/\.$/, ""))), ...(m.name && !m.file ? [] : [retry]), drop);
    $(".tick", el)?.replaceWith(tick);
    stream.show();
  }

  // What one person sends to one chat goes in the order in which it was written.
  const turns = new Map();
  function inTurn(chat, fn) {
    const turn = (turns.get(chat) || Promise.resolve()).then(fn).catch(() => {});
    turns.set(chat, turn);
    turn.then(() => { if (turns.get(chat) === turn) turns.delete(chat); });
  }

  let asked = { what: "", at: 0 };
  /** Asks before something is sent that one may regret. Tells whether it has to
   *  wait for the answer; sending again is a yes. */
  function ask(f, doubts) {
    const what = chatOf(f) + " " + doubts, yes = asked.what === what && Date.now() - asked.at < 10000;
    $(".ask", f)?.remove();
    asked = { what: "", at: 0 };
    if (!doubts || yes) return false;
    const wait = make("button", { type: "button", class: "btn small" }, T("Wait"));
    const text = doubts + " " + T("Send anyway?");
    const box = make("p", { class: "reason ask", "data-local": "" }, make("span", {}, text),
      make("button", { class: "btn small" }, T("Send")), wait);
    asked = { what, at: Date.now() };
    wait.onclick = () => { box.remove(); asked = { what: "", at: 0 }; f.elements.text.focus(); };
    setTimeout(patches.out, 10000, box);
    f.elements.text.before(box);
    say(text);
    return true;
  }

  /** Sends what is in the composer, and closes the chat behind it. */
  function send(f, close) {
    const ta = f.elements.text, text = ta.value, id = chatOf(f), files = uploads.of(f);
    if (!text.trim() && !files.length) return close ? closing.close(id) : ta.focus();
    if (new TextEncoder().encode(text).length > limit) {
      hint(f, T("Too long: at most 16 kB in one message"), true);
      return ta.focus();
    }
    if (ask(f, [colleagues.doubt(f), complete.doubt(f)].filter(Boolean).join(" "))) return;
    const asNote = note(f);
    tell(f, false);
    clearTimeout(showing);
    if (text.trim()) deliver({ id: mint(), chat: id, text, note: asNote, close: close && !files.length });
    ta.value = "";
    drafts.clear(f);
    hint(f);
    // The server numbers a form's files from 1 behind the form's id.
    files.forEach((file, i) => {
      const form = mint();
      uploads.send({ id: form + "-1", form, chat: id, name: file.name, file, note: asNote, close: close && i === files.length - 1 });
    });
    uploads.clear(f);
    ta.focus();
  }

  function deliver(m) {
    const kind = { id: m.id, chat: m.chat, text: m.text, note: m.note, close: m.close };
    store(m.chat, [...unsent(m.chat).filter(x => x.id !== m.id), kind]);
    draw(m, "sending");
    inTurn(m.chat, () => transmit(m));
  }

  async function transmit(m) {
    const r = await post(chatPath(m.chat, "events"), fields({ text: m.text, visibility: m.note ? "agents" : "all", custom_id: m.id, ...(m.close ? { close: 1, undo: 1 } : {}) }));
    const el = byId("e-c-" + m.id);
    if (r.ok) {
      forget(m);
      if (el) el.removeAttribute("data-local");
      if (m.close) closing.offer(m.chat);
      if (!stream.online()) patches.redraw();
      return;
    }
    if (r.status === 422 || r.status === 413) { // refused as it is: back to be changed
      forget(m);
      el?.remove();
      const f = form();
      if (f && chatOf(f) === m.chat) {
        f.elements.text.value = m.text + (f.elements.text.value ? "\n" + f.elements.text.value : "");
        drafts.changed(f);
        hint(f, r.text, true);
      } else {
        stranded.missed(m, r.text);
        drafts.put(m.chat, { text: [m.text, drafts.local(m.chat)?.text].filter(Boolean).join("\n"), note: m.note, base: "" });
        drafts.keep(m.chat);
      }
      return;
    }
    fail(el, m, r.text);
    if (!r.status) stranded.keep(m);
  }

  document.addEventListener("submit", e => {
    if (!e.target.matches("form[data-action=send]")) return;
    e.preventDefault();
    const more = e.submitter?.closest("details");
    if (more) more.open = false;
    send(e.target, e.submitter?.name === "close");
  });
  // Enter sends, or Ctrl+Enter where the agent wants it so; with Shift it is a line.
  const enter = e => e.target.name === "text" && e.target.closest("form[data-action=send]") && e.key === "Enter" &&
    !e.shiftKey && !e.altKey && !e.isComposing && e.keyCode !== 229 && (e.ctrlKey || e.metaKey || !prefs.ctrl);
  document.addEventListener("keydown", e => {
    if (!enter(e)) return;
    e.preventDefault();
    if (!e.repeat) e.target.form.requestSubmit();
  });
  document.addEventListener("keypress", e => { if (enter(e)) e.preventDefault(); }); // some input methods send it all the same
  document.addEventListener("input", e => {
    const f = e.target.closest?.("form[data-action=send]");
    if (!f || e.target.name !== "text") return;
    drafts.changed(f);
    hint(f);
    tell(f, e.target.value !== "");
    preview(f);
  });
  document.addEventListener("change", e => {
    const f = e.target.closest?.("form[data-action=send]");
    if (f && e.target.name === "visibility") { placeholder(f); if (f.elements.text.value) drafts.changed(f); f.elements.text.focus(); }
  });

  return { attach, aim, form, note, hint, draw, fail, again, lasts, chatOf, forget, inTurn };
})();

/** An id as views.DOMID leaves it; only ids that it leaves alone are met here. */
function safe(id) {
  return /^(?!x-)[A-Za-z0-9_-]{1,64}$/.test(id) ? id : ($(".chat .lines")?.id || "").replace(/^(log|older)-/, "");
}
