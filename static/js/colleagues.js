// Colleagues: tells that this chat is being looked at, and knows when two agents
// are about to answer the same customer at once.

const colleagues = (() => {
  const renew = 20000, lately = 10000; // ms; a look ends at the server after 45 s
  let told = "", timer = 0; // the chat that the server knows is shown
  let wrote = {}; // who wrote last: {chat, name, at}

  /** Tells the server which chat is shown, a moment after it came up. */
  function look() {
    const now = document.hidden ? "" : openChat();
    if (told && told === now) return; // its turn comes
    clearTimeout(timer);
    if (told) away();
    if (now) timer = setTimeout(tell, 1000);
  }
  function tell() {
    told = openChat();
    if (told && stream.online()) post(chatPath(told, "viewing"), fields({ on: true }));
    timer = setTimeout(tell, renew);
  }
  function away() {
    post(chatPath(told, "viewing"), fields({ on: false }), true);
    told = "";
  }
  addEventListener("pagehide", () => { if (told) away(); });
  document.addEventListener("visibilitychange", look);

  /** The server has drawn who is here. */
  function drawn(el) {
    if (el.dataset.writer) wrote = { chat: openChat(), name: el.dataset.writer, at: Date.now() };
  }

  /** A colleague who writes to this chat's customer, or did a moment ago. */
  function writer(chat) {
    const now = $(".with[data-writer]");
    if (now) return now.dataset.writer;
    if (wrote.chat === chat && Date.now() - wrote.at < lately) return wrote.name;
    const last = $$(".msg.mate[data-event-id]", log() || body).pop();
    return last && Date.now() - last.dataset.at < lately ? $(".who bdi", last)?.textContent || "" : "";
  }

  /** What speaks against sending now, in a sentence. */
  function doubt(f) {
    const name = composer.note(f) ? "" : writer(composer.chatOf(f));
    return name ? T("%s is writing here.", name) : "";
  }

  return { look, drawn, doubt };
})();
