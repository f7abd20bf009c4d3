// Closing a chat can be taken back for a moment. The server keeps the time: the
// chat is closed also when this tab is gone.

const closing = (() => {
  const undoFor = 5000; // ms, as desk.UndoFor
  let last = "", box = null;

  /** A chat will be closed: offers to take it back. */
  function offer(chat) {
    box?.remove();
    last = chat;
    const button = make("button", { type: "button", class: "btn small" }, T("Undo"), make("kbd", { "data-key": "undo", "aria-hidden": "true" }, "Z"));
    button.onclick = undo;
    const mine = box = make("p", { class: "toast undo" }, T("Closing the chat"), button);
    byId("toasts")?.append(box);
    keys.print(box);
    const at = document.activeElement, pane = chat === openChat() && (at === body || at.closest(".chat, .about"));
    if (rows.of(chat)?.contains(at) || pane && !(/^(text|search|email)/.test(at.type) && at.value)) rows.leave(chat);
    setTimeout(() => { if (last === chat && box === mine) end(); }, undoFor);
  }

  function end() {
    if (box?.contains(document.activeElement)) rows.leave(last);
    box?.remove();
    order.loosen();
    box = null;
    last = "";
  }

  /** A chat stays open after all. Who was in the lists goes on with it. */
  function keep(chat) {
    end();
    if (document.activeElement.closest(".row")) attend(rows.link(rows.of(chat)));
  }

  /** Takes the last one back, and tells whether there was one. */
  function undo() {
    const chat = last;
    keep(chat);
    if (chat) post(chatPath(chat, "keep-open"), fields({})).then(r => toast(r.ok ? T("The chat stays open") : r.text, !r.ok));
    return !!chat;
  }

  /** Closes a chat from a script. */
  async function close(chat) {
    const r = await post(chatPath(chat, "deactivate"), fields({ undo: 1 }));
    if (r.ok) offer(chat); else toast(r.text, true);
  }

  return { offer, keep, undo, close };
})();
