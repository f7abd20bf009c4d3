// The stream: what comes from the server, over the line that all tabs share in a
// worker, or over one of this tab's own where there are no such workers.

const stream = (() => {
  const url = location.origin + base + "/events", patience = 75e3;
  let port = null, own = null, starting = 0, got = 0, heard = Date.now(), news = heard, ahead = 0, gap = "";
  let last = body.dataset.position || "", now = { state: "connecting", why: "", until: 0 };

  function open() {
    if (!window.SharedWorker) return alone();
    try {
      const w = new SharedWorker(base + "/static/worker.js", { name: "agentdesk " + body.dataset.me });
      w.onerror = alone;
      port = w.port;
      port.onmessage = ({ data }) => data.ev === "unfit" ? alone() : take(data);
      join();
    } catch { alone(); }
  }
  const ask = what => port?.postMessage(what);
  function join() {
    ask({ ask: "join", url, at: last });
    if (port) starting = setTimeout(alone, 10e3);
  }

  /** No worker, or one that does not answer: a line of our own. */
  function alone() {
    clearTimeout(starting);
    leave();
    port = null;
    own ||= line(url, take);
    own.open(last);
  }
  function leave() { ask({ ask: "bye" }); own?.close(); }

  function take(m) {
    clearTimeout(starting);
    if (m.ev !== "state" && Date.now() - heard > 45e3) woke();
    heard = Date.now();
    if (m.id) news = heard;
    if (m.ahead !== undefined) ahead = m.ahead;
    if (++got % 64 === 0 || m.ev === "hb") ask({ ask: "at", at: last });
    // What lay in a sleeping tab's queue may come a second time.
    if (m.data && m.id !== last && !after(m.id, last)) return;
    if (m.id && (m.data || m.ev === "hello" && !m.resumed)) last = m.id;
    switch (m.ev) {
      case "state":
        if (m.state !== "online" && now.state === "online") lines.lost();
        if (m.state === "online" && now.state !== "online") setTimeout(stranded.back);
        now = m;
        show();
        break;
      case "hello": if (m.resumed) lines.back(); else { gap = m.id; patches.redraw(); } break;
      case "patch": patches.take(m.data, m.id); break;
      case "out": signIn(); break;
    }
  }

  /** After sleep, after the network came back, on the person's wish. */
  function wake(force) {
    own?.wake(force);
    ask({ ask: "wake", force });
    ask({ ask: "at", at: last, again: true });
  }

  // A worker may die without a word. Timers jump when a computer wakes up, so it
  // is asked before it is given up.
  setInterval(() => {
    if (!port || Date.now() - heard < patience) return;
    wake();
    clearTimeout(starting);
    starting = setTimeout(alone, 10e3);
  }, 30e3);

  // What is told: one line in the place of the server's own line.
  let grace = setTimeout(() => { grace = 0; show(); }, 2500), cut = 0;
  function show() {
    const upstream = byId("connection");
    const rank = ["online", "connecting", "reconnecting", "offline"];
    const theirs = upstream?.dataset.connection || "online";
    body.dataset.connection = rank[Math.max(rank.indexOf(now.state), rank.indexOf(theirs))];
    if (body.dataset.connection === "online") cut = clearTimeout(cut);
    else cut ||= setTimeout(() => toast(T("The connection is lost."), "alert").classList.toggle("hidden", !!upstream), 10e3); // seen in its own line
    if (!upstream) return;
    let own = byId("stream");
    const { state, why, until } = now, bad = state !== "online" && !grace;
    upstream.hidden = bad;
    if (!bad) return own?.remove();
    if (!own) {
      own = make("div", { id: "stream", class: "connection", role: "status", "data-local": "" });
      upstream.after(own);
    }
    own.dataset.connection = state;
    const here = why === "elsewhere";
    // What has not changed stays as it is, and is not read out again.
    children(own, make("div", {}, make("span", { class: "dot" }), make("span", { class: "says" },
      make("b", {}, here ? T("Paused here") : state === "offline" ? T("Not connected") : T("Reconnecting")),
      " " + (here ? T("This desk is in use in another place.") : T("Last update %s.", print.hms(news))),
      ...(until ? [" ", make("span", { "aria-hidden": "true" }, ...around("Next try in %s", make("time", { "data-until": until / 1000 }, "")))] : []),
      ...(unsent() ? [make("span", { class: "unsent" }, unsent())] : [])),
    make("button", { type: "button", class: "btn small", "data-do": "wake" }, here ? T("Use here") : T("Try now"))));
    tick();
  }

  function unsent() {
    const n = $$(".msg[data-local]").length;
    return n ? N(n, "%d message waits to be sent", "%d messages wait to be sent") : "";
  }

  /** Heartbeats come more often than that: this tab slept, and catches up now. */
  function woke() { lines.lost(); lines.back(); }

  addEventListener("online", () => wake());
  document.addEventListener("resume", () => { woke(); wake(); });
  addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", e => { if (e.persisted) { woke(); join(); own?.wake(); } });
  return { open, wake, show, stop: () => { leave(); own?.stop(); }, rest: () => { lines.lost(); own?.close(); }, live: () => !!own?.live(), online: () => now.state === "online",
    clock: () => Date.now() + ahead, gap: () => gap };
})();
