// The tabs of this browser: which of them is being used, which can be heard, and
// who does what only one shall do. It is the same with one stream for all tabs and
// with a stream for each.

const tabs = (() => {
  const most = 4, others = new Map(), claimed = new Set(), id = mint();
  const channel = window.BroadcastChannel ? new BroadcastChannel("agentdesk" + base) : null;
  let hiddenAt = document.hidden ? Date.now() : 0, used = Date.now(), told = 0;

  const watching = () => !document.hidden && document.hasFocus();
  const mine = () => ({ id, hiddenAt, used, live: stream.live(), open: openChat(), watching: watching(), heard: alerts.audible() });
  function tell(more) {
    told = Date.now();
    channel?.postMessage({ ...mine(), ...more });
  }
  /** Every tab that is awake: those tell of themselves twice a minute. */
  const all = () => [...others.values()].filter(t => Date.now() - t.at < 90e3).concat(mine());
  const some = fn => all().some(fn);

  if (channel) channel.onmessage = ({ data }) => {
    if (data.claim) return mark(data.claim);
    if (data.gone) others.delete(data.id); else others.set(data.id, { ...data, at: Date.now() });
    if (data.used > used) note(data.used, false);
    if (data.ask) tell();
    judge();
    alerts.hint();
  };

  // A browser gives one origin six connections over HTTP/1.1, and a stream of our
  // own holds one. Of many tabs, those hidden longest let theirs go until shown.
  function judge() {
    if (!hiddenAt || !stream.live()) return;
    const live = [...others.values()].filter(t => t.live);
    if (live.length < most || live.some(t => t.hiddenAt && t.hiddenAt < hiddenAt)) return;
    stream.rest();
    tell();
  }

  /** Lets one tab do something: the one that can be heard, is used, is shown. The
   *  others stand by for a moment each, where the best does not wake up. */
  function claim(keys, act) {
    const worth = t => (t.heard ? 4 : 0) + (t.watching ? 2 : 0) + (t.hiddenAt ? 0 : 1);
    const own = worth(mine()), before = all().filter(t => worth(t) > own || worth(t) === own && t.id < id).length;
    setTimeout(async () => {
      const won = [];
      for (const key of keys) if (await win(key)) won.push(key);
      if (won.length) act(won);
    }, before * 400);
  }

  function mark(key) {
    claimed.add(key);
    if (claimed.size > 500) claimed.delete(claimed.values().next().value);
  }
  function win(key) {
    if (claimed.has(key)) return false;
    mark(key);
    channel?.postMessage({ claim: key });
    if (!navigator.locks) return true;
    return new Promise(done => navigator.locks.request("agentdesk " + key, { ifAvailable: true }, lock => {
      done(!!lock);
      return lock && new Promise(over => setTimeout(over, 30e3));
    }));
  }

  /** Somebody is there, in this tab or another one. */
  let telling = 0;
  function note(at, here) {
    used = at;
    document.dispatchEvent(new CustomEvent("used", { detail: here }));
  }
  function use() {
    const now = Date.now();
    if (now - used < 1000) return;
    note(now, true);
    telling ||= setTimeout(() => { telling = 0; tell(); }, Math.max(0, told + 5000 - now));
  }
  for (const name of ["keydown", "pointerdown", "pointermove", "wheel"]) addEventListener(name, use, { capture: true, passive: true });

  for (const name of ["focus", "blur"]) addEventListener(name, () => tell());
  addEventListener("visibilitychange", () => { hiddenAt = document.hidden ? Date.now() : 0; tell(); judge(); });
  addEventListener("pagehide", () => tell({ gone: true }));
  setInterval(tell, 30e3);
  return { hello: () => tell({ ask: true }), tell, some, claim, watching, used: () => used };
})();
