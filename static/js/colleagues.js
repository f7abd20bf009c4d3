// Colleagues: tells that this chat is being looked at, and asks before two
// agents answer the same customer at once.

const colleagues = (() => {
  const renew = 20000, lately = 10000; // ms; a look ends at the server after 45 s
  let told = "", timer = 0; // the chat that the server knows is shown
  let wrote = {}, asked = {}; // who wrote last, and what was asked last: {chat, name, at}
  const within = (x, chat) => x.chat === chat && Date.now() - x.at < lately;

  /** Tells the server which chat is shown, a moment after it came up. */
  function look() {
    clearTimeout(timer);
    const now = document.hidden ? "" : openChat();
    if (told && told !== now) away();
    if (now) timer = setTimeout(tell, told ? renew : 1000);
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
    if (within(wrote, chat)) return wrote.name;
    const last = $$(".msg.mate[data-event-id]", log() || body).pop();
    return last && Date.now() - last.dataset.at < lately ? $(".who bdi", last)?.textContent || "" : "";
  }

  /** Asks, where a colleague is at it too. Tells whether the message has to wait
   *  for the answer; sending again is a yes. */
  function ask(f) {
    const chat = composer.chatOf(f), name = composer.note(f) ? "" : writer(chat), yes = within(asked, chat);
    $(".ask", f)?.remove();
    asked = name && !yes ? { chat, name, at: Date.now() } : {};
    if (!name || yes) return false;
    const wait = make("button", { type: "button", class: "btn small" }, T("Wait"));
    const box = make("p", { class: "reason ask", role: "alert", "data-local": "" }, make("span", {}, T("%s is writing here. Send anyway?", name)),
      make("button", { class: "btn small" }, T("Send anyway")), wait);
    const end = () => { box.remove(); asked = {}; };
    wait.onclick = () => { end(); f.elements.text.focus(); };
    setTimeout(end, lately);
    f.elements.text.before(box);
    return true;
  }

  return { look, drawn, ask };
})();
