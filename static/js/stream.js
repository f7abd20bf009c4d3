// The stream: an EventSource that comes back after every kind of answer, notices
// a dead line, and knows the three ways in which the server says goodbye.

const stream = (() => {
  const heartbeat = 20e3, patience = 2.5 * heartbeat, url = base + "/events";
  let es = null, dog = 0, timer = 0, delay = 500, last = body.dataset.position || "", heard = Date.now();
  let state = "connecting", why = "", until = 0, over = false;

  const alive = () => {
    heard = Date.now();
    clearTimeout(dog);
    dog = setTimeout(() => again("quiet", 0), patience);
  };

  function open() {
    close();
    clearTimeout(timer);
    timer = 0;
    es = new EventSource(last ? url + "?last=" + encodeURIComponent(last) : url);
    const on = (name, fn) => es.addEventListener(name, e => {
      alive();
      if (e.lastEventId) last = e.lastEventId;
      fn(e.data, e.lastEventId);
    });
    on("hello", data => {
      delay = 500;
      set("online");
      let resumed = false;
      try { resumed = JSON.parse(data).resumed === true; } catch { /* then draw again */ }
      if (!resumed) patches.redraw();
    });
    on("hb", () => set("online"));
    on("patch", (data, id) => patches.take(data, id));
    on("bye", data => bye(data.trim().replace(/^\{.*"reason"\s*:\s*"([^"]*)".*\}$/, "$1").replaceAll('"', "")));
    es.onerror = () => again("lost");
    alive();
  }

  function close() {
    clearTimeout(dog);
    if (es) { es.onerror = null; es.close(); es = null; }
  }

  function bye(reason) {
    switch (reason) {
      case "signed-out": over = true; close(); signIn(); break;
      case "elsewhere": over = true; close(); set("offline", "elsewhere"); break;
      case "slow": again("slow", 0); break;
      default: again("shutdown", Math.random() * 5000);
    }
  }

  /** Tries again after a while; without one given, longer each time. */
  function again(reason, wait) {
    close();
    if (over) return;
    if (wait === undefined) {
      wait = delay * (0.5 + Math.random());
      delay = Math.min(delay * 2, 30e3);
    }
    until = Date.now() + wait;
    set("reconnecting", reason);
    clearTimeout(timer);
    timer = setTimeout(probe, wait);
  }

  /** HEAD tells "sign in" from "not now", which an EventSource cannot. */
  async function probe() {
    timer = 0;
    until = 0;
    show();
    let status = 0;
    try { status = (await fetch(url, { method: "HEAD", cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout?.(10e3) })).status; } catch { /* no answer */ }
    if (over || es) return;
    if (status === 401 || status === 403) return bye("signed-out");
    if (status === 200) return open();
    again("lost");
  }

  function set(now, reason = "") {
    const changed = now !== state || reason !== why;
    state = now;
    why = reason;
    if (changed) show();
  }

  /** Wakes up: after sleep, after the network came back, on the person's wish. */
  function wake(force) {
    if (over && !force) return;
    over = false;
    if (timer) { clearTimeout(timer); probe(); }
    else if (force || !es || Date.now() - heard > heartbeat * 1.5) { close(); open(); }
  }

  /** Lets go of the line in a tab that nobody looks at; wake takes it up again. */
  function rest() { if (es) { close(); clearTimeout(timer); timer = 0; } }

  function stop() { over = true; close(); clearTimeout(timer); }

  // What is told: one line in the place of the server's own line.
  let grace = setTimeout(() => { grace = 0; show(); }, 2500);
  function show() {
    const upstream = byId("connection");
    const rank = ["online", "connecting", "reconnecting", "offline"];
    const theirs = upstream?.dataset.connection || "online";
    body.dataset.connection = rank[Math.max(rank.indexOf(state), rank.indexOf(theirs))];
    if (!upstream) return;
    let own = byId("stream");
    const bad = state !== "online" && !grace;
    upstream.hidden = bad;
    if (!bad) return own?.remove();
    if (!own) {
      own = make("div", { id: "stream", class: "connection", role: "status", "data-local": "" });
      upstream.after(own);
    }
    own.dataset.connection = state;
    const here = why === "elsewhere";
    own.replaceChildren(make("span", { class: "dot" }), make("span", { class: "says" },
      make("b", {}, here ? "Paused here" : state === "offline" ? "Not connected" : "Reconnecting"),
      here ? " This desk is in use in another place." : " Last update " + print.hms(heard) + ".",
      ...(until ? [" Next try in ", make("time", { "data-until": until / 1000 }, "")] : []),
      ...(unsent() ? [make("span", { class: "unsent" }, unsent())] : [])),
    make("button", { type: "button", class: "btn small", "data-do": "wake" }, here ? "Use here" : "Try now"));
    tick();
  }

  function unsent() {
    const n = $$(".msg[data-local]").length;
    return n ? (n === 1 ? "1 message waits to be sent" : n + " messages wait to be sent") : "";
  }

  for (const name of ["online", "pageshow"]) addEventListener(name, () => wake());
  addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  addEventListener("pagehide", () => close());
  return { open, stop, wake, rest, show, live: () => !!es, at: () => last, online: () => state === "online", state: () => state };
})();

// A browser gives one origin six connections over HTTP/1.1, and a stream holds
// one. Of many tabs, those hidden longest let theirs go until they are shown.
const tabs = (() => {
  const most = 4, others = new Map(), id = mint();
  const channel = window.BroadcastChannel ? new BroadcastChannel("agentdesk" + base) : null;
  let hiddenAt = document.hidden ? Date.now() : 0;
  const tell = more => channel?.postMessage({ id, hiddenAt, live: stream.live(), ...more });

  function judge() {
    if (!hiddenAt || !stream.live()) return;
    const live = [...others.values()].filter(t => t.live);
    if (live.length < most || live.some(t => t.hiddenAt && t.hiddenAt < hiddenAt)) return;
    stream.rest();
    tell();
  }

  if (channel) channel.onmessage = ({ data }) => {
    if (data.gone) others.delete(data.id); else others.set(data.id, data);
    if (data.ask) tell();
    judge();
  };
  addEventListener("visibilitychange", () => { hiddenAt = document.hidden ? Date.now() : 0; tell(); judge(); });
  addEventListener("pagehide", () => tell({ gone: true }));
  return { hello: () => tell({ ask: true }) };
})();
