// The composer: drafts that survive, Enter, typing, and messages that stand in
// the conversation at once. Text leaves this tab only when the server has it.

const composer = (() => {
  const limit = 16 * 1024; // bytes of one message, the chat server's own limit
  let typing = 0, quiet = 0;
  const form = () => $("form[data-action=send]");
  const note = f => f.elements.visibility && new FormData(f).get("visibility") === "agents";
  const chatOf = f => f.closest("[data-chat-id]")?.dataset.chatId || openChat();

  /** Takes a composer into care, once. */
  function attach() {
    const f = form();
    if (!f || f.dataset.ready) return;
    f.dataset.ready = "1";
    const keep = (f.dataset.keep || "").split(" ");
    f.dataset.keep = [...keep, "data-ready", "data-keep"].join(" ").trim();
    const ta = f.elements.text, id = chatOf(f);
    if (!ta.value) ta.value = kept.get("draft:" + id);
    if (kept.get("note:" + id)) aim(f, true);
    placeholder(f);
    hint(f);
    restore(id);
  }

  function aim(f, asNote) {
    const radio = $(`input[name=visibility][value=${asNote ? "agents" : "all"}]`, f);
    if (radio && !radio.checked) { radio.checked = true; radio.dispatchEvent(new Event("change", { bubbles: true })); }
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
    el.textContent = text || (f.elements.text.value ? "Draft kept · Enter sends" : "Enter sends · Shift+Enter for a new line");
  }

  function save(f) {
    const id = chatOf(f);
    kept.set("draft:" + id, f.elements.text.value);
    kept.set("note:" + id, note(f) ? "1" : "");
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

  // What was sent and is not yet accepted, by chat, so that a reload loses nothing.
  const unsent = id => { try { return JSON.parse(kept.get("unsent:" + id) || "[]"); } catch { return []; } };
  const store = (id, list) => kept.set("unsent:" + id, list.length ? JSON.stringify(list) : "");
  const forget = m => store(m.chat, unsent(m.chat).filter(x => x.id !== m.id));

  function restore(id) {
    for (const m of unsent(id)) {
      const el = byId("e-c-" + m.id);
      if (el && !el.hasAttribute("data-local")) forget(m);
      else if (!el) draw(m, "failed", "It was not known whether it arrived");
    }
  }

  /** A message as views/event.templ draws a pending one. */
  function draw(m, state, reason) {
    const box = byId("log-" + safe(m.chat));
    if (!box) return null;
    const at = Date.now();
    const who = make("div", { class: "who" }, m.note ? "Note, only agents see it" : "You", " · ", print.hm(at));
    const what = m.name ? make("div", { class: "file" }, make("span", { class: "what" }, make("bdi", {}, m.name), make("small", {}, ""))) : make("div", { class: "bub", dir: "auto" }, m.text);
    const el = make("div", {
      id: "e-c-" + m.id, class: m.note ? "msg note own" : "msg own", "data-event-id": m.id, "data-event-type": m.name ? "file" : "message",
      "data-custom-id": m.id, "data-state": state, "data-sort": "9999999999999999-" + at + "000", "data-by": body.dataset.me, "data-at": at, "data-local": "",
    }, who, what, make("div", { class: "tick" }, "Sending"));
    byId(el.id)?.remove();
    box.append(el);
    if (state === "failed") fail(el, m, reason);
    regroup(box);
    const l = log();
    if (l) l.scrollTop = 0;
    return el;
  }

  function fail(el, m, reason) {
    if (!el) return;
    el.dataset.state = "failed";
    const retry = make("button", { type: "button", class: "btn small" }, "Retry");
    const drop = make("button", { type: "button", class: "btn small" }, "Discard");
    retry.onclick = () => { if (m.file) uploads.send(m); else deliver(m); };
    drop.onclick = () => { forget(m); const box = el.parentNode; el.remove(); regroup(box); stream.show(); };
    const tick = make("div", { class: "tick fail", role: "alert" }, make("span", {}, "Not sent: " + reason.replace(/\.$/, "")), ...(m.name && !m.file ? [] : [retry]), drop);
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

  function send(f) {
    const ta = f.elements.text, text = ta.value, id = chatOf(f), files = uploads.of(f);
    if (!text.trim() && !files.length) return ta.focus();
    if (new TextEncoder().encode(text).length > limit) {
      hint(f, "Too long: at most 16 kB in one message", true);
      return ta.focus();
    }
    const asNote = note(f);
    tell(f, false);
    if (text.trim()) deliver({ id: mint(), chat: id, text, note: asNote, form: f });
    ta.value = "";
    save(f);
    hint(f);
    // The server numbers a form's files from 1 behind the form's id.
    for (const file of files) {
      const form = mint();
      uploads.send({ id: form + "-1", form, chat: id, name: file.name, file, note: asNote });
    }
    uploads.clear(f);
    ta.focus();
  }

  function deliver(m) {
    const kind = { id: m.id, chat: m.chat, text: m.text, note: m.note };
    store(m.chat, [...unsent(m.chat).filter(x => x.id !== m.id), kind]);
    draw(m, "sending");
    inTurn(m.chat, () => transmit(m));
  }

  async function transmit(m) {
    const r = await post(chatPath(m.chat, "events"), fields({ text: m.text, visibility: m.note ? "agents" : "all", custom_id: m.id }));
    const el = byId("e-c-" + m.id);
    if (r.ok) {
      forget(m);
      if (el) el.removeAttribute("data-local");
      if (!stream.online()) patches.redraw();
      return;
    }
    if (r.status === 422 || r.status === 413) { // refused as it is: back to be changed
      forget(m);
      el?.remove();
      const f = form();
      if (f && chatOf(f) === m.chat) {
        f.elements.text.value = m.text + (f.elements.text.value ? "\n" + f.elements.text.value : "");
        save(f);
        hint(f, r.text, true);
      } else kept.set("draft:" + m.chat, m.text);
      return;
    }
    fail(el, m, r.text);
  }

  document.addEventListener("submit", e => {
    if (!e.target.matches("form[data-action=send]")) return;
    e.preventDefault();
    send(e.target);
  });
  const enter = e => e.target.name === "text" && e.target.closest("form[data-action=send]") && e.key === "Enter" &&
    !e.shiftKey && !e.altKey && !e.isComposing && e.keyCode !== 229;
  document.addEventListener("keydown", e => {
    if (!enter(e)) return;
    e.preventDefault();
    if (!e.repeat) e.target.form.requestSubmit();
  });
  document.addEventListener("keypress", e => { if (enter(e)) e.preventDefault(); }); // some input methods send it all the same
  document.addEventListener("input", e => {
    const f = e.target.closest?.("form[data-action=send]");
    if (!f || e.target.name !== "text") return;
    save(f);
    hint(f);
    tell(f, e.target.value !== "");
  });
  document.addEventListener("change", e => {
    const f = e.target.closest?.("form[data-action=send]");
    if (f && e.target.name === "visibility") { placeholder(f); save(f); f.elements.text.focus(); }
  });

  return { attach, aim, form, save, note, hint, draw, fail, chatOf, forget, inTurn };
})();

/** An id as views.DOMID leaves it; only ids that it leaves alone are met here. */
function safe(id) {
  return /^(?!x-)[A-Za-z0-9_-]{1,64}$/.test(id) ? id : ($(".chat .lines")?.id || "").replace(/^log-/, "");
}
