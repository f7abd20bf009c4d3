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

  return { keep, back, drop: m => list.delete(m.id) };
})();
