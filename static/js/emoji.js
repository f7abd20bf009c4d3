// Emoji by their English names: those that people use in chats (emoji.txt, which
// is read when the first one is asked for).

const emoji = (() => {
  let list = null;

  async function all() {
    try {
      list ||= (await (await fetch(base + "/static/emoji.txt")).text()).trim().split("\n").map(line => {
        const cut = line.indexOf(" ");
        return { sign: line.slice(0, cut), name: line.slice(cut + 1) };
      });
    } catch { /* offline: there are none */ }
    return list || [];
  }

  /** Those with a word that begins so; all of them where nothing is asked for. */
  async function find(query, every) {
    const q = query.toLowerCase();
    return !q && every ? all() : (await all()).filter(e => e.name.split(" ").some(w => w.startsWith(q))).slice(0, 60);
  }

  return { find };
})();
