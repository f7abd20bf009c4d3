// Alerts: a tone, a notification, the title, the icon. What calls comes with the
// patches (views/alert.go); how, the agent has set (prefs.js).

const alerts = (() => {
  const stale = 5 * 60e3, gap = 2000, again = 20e3;
  // The four tones: frequency, start and length in seconds of each note.
  const tones = [[], [[784, 0, .14], [1047, .13, .3]], [[659, 0, .12], [831, .1, .12], [988, .2, .3]], [[1175, 0, .16]], [[880, 0, .12], [659, .12, .26]]];
  const order = ["queue", "transfer", "mine", "message"];
  const done = new Set();
  let audio = null, batch = [], timer = 0, rang = 0, repeat = 0;

  // The tone.
  const audible = () => audio?.state === "running";
  function wakeUp() {
    if (!window.AudioContext || audible()) return;
    audio ||= new AudioContext();
    audio.onstatechange = () => { hint(); tabs.tell(); };
    audio.resume().catch(() => {});
  }
  function play(n, volume = prefs.volume) {
    wakeUp();
    if (!audio || !tones[n]) return;
    for (const [hz, start, length] of tones[n]) {
      const from = audio.currentTime + start, note = audio.createOscillator(), gain = audio.createGain();
      note.type = "triangle";
      note.frequency.value = hz;
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(volume / 200, from + .01);
      gain.gain.linearRampToValueAtTime(0, from + length);
      note.connect(gain).connect(audio.destination);
      note.start(from);
      note.stop(from + length);
    }
  }

  /** Whether the agent wants to be left alone now: from, to, perhaps over midnight. */
  function quiet() {
    if (!prefs.quiet) return false;
    const [from, to] = prefs.quiet, now = new Date(), at = two(now.getHours()) + ":" + two(now.getMinutes());
    return from <= to ? from <= at && at < to : at >= from || at < to;
  }

  // What comes.
  function take(data) {
    const a = { ...data, more: +data.more || 0 }, key = [a.alert, a.chat, a.gap || a.at, a.text].join(" ");
    // A page that is drawn again gets the newest patches once more.
    if (done.has(key)) return;
    done.add(key);
    if (done.size > 500) done.delete(done.values().next().value);
    if (stream.clock() - a.at > stale || a.chat && a.alert !== "taken" && tabs.some(t => t.watching && t.open === a.chat)) return;
    batch.push({ ...a, key });
    timer ||= setTimeout(flush, 250);
  }

  /** What comes together is told together. */
  function flush() {
    const list = batch;
    batch = [];
    timer = 0;
    tell(list);
    tabs.claim(list.map(a => a.key), won => ring(list.filter(a => won.includes(a.key))));
  }

  function ring(list) {
    if (quiet()) return;
    const kind = order.find(k => list.some(a => a.alert === k));
    const heard = kind === "queue" || prefs.focused || !tabs.some(t => t.watching);
    if (heard) sound(prefs.tones[kind]);
    notify(list);
  }

  /** Not over the one before; one that waits for its turn stands for all that come. */
  function sound(tone) {
    const now = Date.now();
    if (!tone || rang > now) return;
    rang = Math.max(now, rang + gap);
    setTimeout(play, rang - now, tone);
  }

  const sentences = {
    queue: a => T("%s waits in the queue", a.title || T("A customer")), mine: a => T("New chat with %s", a.title || T("a customer")),
    taken: a => T("%s was taken from you", a.title || T("A customer")), message: a => T("%s wrote", a.title || T("A customer")), transfer: a => T("%s was passed on to you", a.title || T("A customer")),
  };
  /** Of messages it tells how many; after a gap nobody knows. */
  function sentence(list) {
    const wrote = list.filter(a => a.alert === "message" && !a.more);
    return [list.filter(a => !wrote.includes(a)), wrote].filter(l => l.length).map(l => {
      const n = new Set(l.map(a => a.chat)).size + l.reduce((n, a) => n + a.more, 0), last = l.at(-1);
      if (l === wrote && l.length > 1) return N(l.length, "%d new message, %s", "%d new messages, %s", n > 1 ? N(n, "%d chat", "%d chats") : last.title || T("A customer"));
      return n > 1 ? N(n, "%d chat wants you", "%d chats want you") : sentences[last.alert](last);
    }).join(". ");
  }

  function notify(list) {
    if (!prefs.desktop || !window.Notification || Notification.permission !== "granted") return;
    const a = list[list.length - 1], one = list.every(b => b.chat === a.chat && !b.more);
    try {
      const n = new Notification(sentence(list), { body: one ? a.text : "", tag: "agentdesk " + (one ? a.chat : ""), icon: base + "/static/favicon.svg" });
      n.onclick = () => { n.close(); window.focus(); show(one ? a.chat : ""); };
    } catch { /* phones want a service worker, which is for when no tab is open */ }
  }
  function show(chat) {
    const url = chat ? chatPath(chat) : base + "/chats";
    if (body.matches(".inbox")) visit(url, { push: true, focus: true }); else location.assign(url);
  }

  // For those who listen: one sentence for all that came within some seconds.
  let said = [], saying = 0;
  function tell(list) {
    const gone = list.filter(a => a.alert === "taken");
    if (gone.length) toast(gone.map(a => sentences.taken(a)).join(" "), "alert");
    said.push(...list.filter(a => !gone.includes(a)));
    if (said.length) saying ||= setTimeout(() => { say(sentence(said)); said = []; saying = 0; }, 4000);
  }

  // Until somebody takes the chat.
  const waiting = () => $("#me")?.dataset.status === "accepting_chats" && !$("#me[data-away]") ? +byId("nav-unread")?.dataset.waiting || 0 : 0;
  setInterval(() => {
    const turn = Math.floor(Date.now() / again);
    if (turn === repeat || !waiting() || !prefs.repeat || !prefs.tones.queue || quiet() || !stream.online() || Date.now() - rang < again / 2) return;
    repeat = turn;
    tabs.claim(["again " + turn], () => play(prefs.tones.queue));
  }, 5000);

  /** The number of chats that want something, in the tab's title and icon. */
  function count() {
    const { message, queue } = counts(), n = message + queue;
    document.title = (n ? `(${n}) ` : "") + document.title.replace(/^\(\d+\) /, "");
    const icon = $("link[rel=icon]"), href = base + (n ? "/static/favicon-dot.svg" : "/static/favicon.svg");
    if (icon.getAttribute("href") !== href) icon.href = href;
  }

  // Where the stream had a gap, and from page to page: what has grown calls once.
  const counts = () => ({ message: +byId("nav-unread")?.dataset.count || 0, queue: waiting() });
  let known = null, since = "";
  function before(id) { known ||= counts(); since = id; }
  function compare() {
    const now = counts();
    if (known) for (const kind of ["queue", "message"]) {
      if (now[kind] > known[kind]) take({ alert: kind, chat: "", title: "", text: "", gap: since, at: stream.clock(), more: now[kind] - known[kind] - 1 });
    }
    known = null;
  }
  addEventListener("pagehide", () => kept.set("counts", JSON.stringify({ ...counts(), at: Date.now() })));
  function arrive() {
    let left = {};
    try { left = JSON.parse(kept.get("counts")); } catch { /* the first page */ }
    if (Date.now() - left.at > 30e3 || !left.at) return;
    known = left;
    since = "page " + left.at;
    compare();
  }

  /** Browsers play nothing before the first click or key; until then a line says
   *  so, on pages without the line of the connection a toast. */
  function hint() {
    const bar = byId("connection"), wanted = prefs.volume > 0 && Object.values(prefs.tones || {}).some(Boolean);
    if (!wanted || !window.AudioContext || audible() || tabs.some(t => t.heard)) return byId("blocked")?.remove();
    if (byId("blocked")) return;
    const el = make("div", { id: "blocked", class: bar ? "connection" : "toast undo", role: "status", "data-local": "" },
      make("span", { class: "says" }, T("Your browser plays no tones until you click.")), make("button", { type: "button", class: "btn small" }, T("Turn tones on")));
    if (bar) bar.before(el); else byId("toasts").append(el);
  }

  for (const name of ["pointerdown", "keydown"]) addEventListener(name, wakeUp, { capture: true, passive: true });
  document.addEventListener("click", e => {
    const sample = e.target.closest?.("[data-play]");
    if (sample) play(+sample.form.elements[sample.dataset.play].value, +sample.form.elements.volume.value);
  });
  // A notification that came while no tab was open was clicked (sw.js).
  navigator.serviceWorker?.addEventListener("message", e => { if (e.data?.show !== undefined) show(e.data.show); });
  document.addEventListener("prefs", () => { hint(); count(); });
  return { take, audible, hint, count, before, compare, start: () => { wakeUp(); hint(); arrive(); } };
})();
