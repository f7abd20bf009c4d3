// The worker that all tabs of an agent share: one line to the server instead of
// one per tab, of which a browser has no more than six over HTTP/1.1. It passes
// on what comes. A tab that joins late, or comes back from sleep, says where it
// stands and gets what it missed, or is told to draw itself again.

const tabs = new Map(); // port → { owed, asleep }
const ring = [];        // the newest events, without a gap after the position from
const most = 512, heaviest = 2 ** 20, patience = 256;
let source = null, from = "", at = "", weight = 0;

/** From the line to all tabs. */
function tell(m) {
  if (m.id) at = m.id;
  if (m.ev === "hello" && !m.resumed) restart(m.id);
  if (m.data) keep(m);
  for (const [port, tab] of tabs) pass(port, tab, m);
}

function restart(id) {
  ring.length = weight = 0;
  from = at = id;
}

function keep(m) {
  ring.push(m);
  weight += m.data.length;
  while (ring.length > most || weight > heaviest) {
    const old = ring.shift();
    weight -= old.data.length;
    from = old.id;
  }
}

/** A tab that does not answer sleeps: what is sent to it would only pile up. */
function pass(port, tab, m) {
  if (tab.asleep && m.ev !== "out") return;
  port.postMessage(m);
  tab.asleep = ++tab.owed > patience;
}

function catchUp(port, tab, id) {
  tab.owed = 0;
  tab.asleep = false;
  port.postMessage(source.state());
  if (!after(from, id)) for (const m of ring.filter(m => after(m.id, id))) pass(port, tab, m);
  else if (from) pass(port, tab, { ev: "hello", resumed: false, id: at });
}

const asked = {
  join(port, { url, at: id }) {
    source ||= line(url, tell);
    if (!tabs.size || source.over()) {
      restart(id);
      source.open(id);
    }
    tabs.set(port, { owed: 0, asleep: false });
    catchUp(port, tabs.get(port), id);
  },
  at(port, { at: id, again }) {
    const tab = tabs.get(port);
    if (!tab) return;
    if (tab.asleep || again) catchUp(port, tab, id); else tab.owed = 0;
  },
  wake(port, { force }) { source.wake(force); },
  bye(port) {
    if (tabs.delete(port) && !tabs.size) source.close();
  },
};

self.onconnect = e => {
  const port = e.ports[0];
  const leave = () => asked.bye(port);
  port.onmessage = ({ data }) => asked[data.ask]?.(port, data);
  port.addEventListener("close", leave); // a tab that crashed does not say so
  port.postMessage({ ev: typeof EventSource === "undefined" ? "unfit" : "here" });
};
