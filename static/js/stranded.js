// What found no desk goes by itself, under the id it had: after a moment, then less and
// less often, and as soon as the stream is back. What is old may not be meant any
// more, and waits for the person.

const stranded = (() => {
  const fresh = 5 * 60e3, list = new Map(); // by id: the message, and since when

  function keep(m) {
    const s = list.get(m.id) || { m, at: Date.now(), wait: 3000 };
    list.set(m.id, s);
    setTimeout(back, s.wait);
    s.wait *= 2;
  }

  function back() {
    if (!stream.online()) return;
    for (const { m, at } of [...list.values()]) if (Date.now() - at < fresh && composer.lasts(m)) composer.again(m); else list.delete(m.id);
  }

  /** What fails while another chat is shown is said there, once, with the way to its own. */
  function missed(m, reason) {
    if (list.has(m.id)) return;
    const row = rows.of(m.chat), whose = make("a", { href: chatPath(m.chat) }, make("bdi", {}, row ? $(".name", row).textContent : T("Chat")));
    toast("", "alert").append(whose, ": ", ...(m.name ? [make("bdi", {}, m.name), ": "] : []), T("Not sent: %s", reason.replace(/\.$/, "")));
  }

  return { keep, back, missed, drop: m => list.delete(m.id) };
})();
