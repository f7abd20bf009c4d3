// The line: an EventSource that comes back after every kind of answer, notices
// a dead server, and knows the three ways in which it says goodbye. The same code
// runs in the worker that all tabs share (worker.js), or in a tab where there is
// none. It knows nothing of pages: all that it has to say goes to tell.

/** Whether a position comes after another one: "<epoch>.<number>". */
function after(id, mark) {
  if (!id || !mark) return true;
  const cut = p => { const i = p.lastIndexOf("."); return [p.slice(0, i), Number(p.slice(i + 1))]; };
  const [e, n] = cut(id), [f, m] = cut(mark);
  return e !== f || n > m;
}

/** tell gets {ev: "state", state, why, until}, {ev: "hello", resumed, id, ahead}, {ev: "hb", id},
 *  {ev: "patch", data, id, ahead}, and {ev: "out"} when the agent is signed out. ahead is
 *  by how many milliseconds the server's clock is ahead of the browser's. */
function line(url, tell) {
  const heartbeat = 20e3, patience = 2.5 * heartbeat;
  let es = null, dog = 0, timer = 0, delay = 500, ahead = 0, last = "", heard = Date.now(), over = false;
  let now = { ev: "state", state: "connecting", why: "", until: 0 };

  const alive = () => {
    heard = Date.now();
    clearTimeout(dog);
    dog = setTimeout(() => again("quiet", 0), patience);
  };

  function open(from) {
    close();
    over = false;
    if (from !== undefined) last = from;
    es = new EventSource(last ? url + "?last=" + encodeURIComponent(last) : url);
    const on = (name, fn) => es.addEventListener(name, e => {
      alive();
      if (e.lastEventId) last = e.lastEventId;
      fn(e.data, e.lastEventId);
    });
    on("hello", (data, id) => {
      let hi = {};
      try { hi = JSON.parse(data); } catch { /* then the page is drawn again */ }
      delay = 500;
      set("online");
      ahead = hi.at ? hi.at - Date.now() : 0;
      tell({ ev: "hello", resumed: hi.resumed === true, id, ahead });
    });
    on("hb", (_, id) => { set("online"); tell({ ev: "hb", id }); });
    on("patch", (data, id) => tell({ ev: "patch", data, id, ahead }));
    on("bye", data => bye(data.trim().replace(/^\{.*"reason"\s*:\s*"([^"]*)".*\}$/, "$1").replaceAll('"', "")));
    es.onerror = () => again("lost");
    alive();
  }

  function close() {
    clearTimeout(dog);
    clearTimeout(timer);
    timer = 0;
    if (es) { es.onerror = null; es.close(); es = null; }
  }

  function bye(reason) {
    switch (reason) {
      case "signed-out": stop(); tell({ ev: "out" }); break;
      case "elsewhere": stop(); set("offline", "elsewhere"); break;
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
    set("reconnecting", reason, Date.now() + wait);
    timer = setTimeout(probe, wait);
  }

  /** HEAD tells "sign in" from "not now", which an EventSource cannot. */
  async function probe() {
    timer = 0;
    set(now.state, now.why);
    let status = 0;
    try { status = (await fetch(url, { method: "HEAD", cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout?.(10e3) })).status; } catch { /* no answer */ }
    if (over || es) return;
    if (status === 401 || status === 403) return bye("signed-out");
    if (status === 200) return open();
    again("lost");
  }

  function set(state, why = "", until = 0) {
    if (state === now.state && why === now.why && until === now.until) return;
    now = { ev: "state", state, why, until };
    tell(now);
  }

  /** Wakes up: after sleep, after the network came back, on the person's wish. */
  function wake(force) {
    if (over && !force) return;
    over = false;
    if (timer) { clearTimeout(timer); probe(); }
    else if (force || !es || Date.now() - heard > heartbeat * 1.5) open();
  }

  function stop() { over = true; close(); }

  return { open, close, wake, stop, live: () => !!es, over: () => over, state: () => now };
}
