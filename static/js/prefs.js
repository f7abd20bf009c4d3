// What the agent has set for himself (views/prefs.go has the fields). It stays
// the same object; the event "prefs" at the document tells that it has changed.

const prefs = JSON.parse(body.dataset.prefs || "{}");

/** Takes the preferences of a page that was drawn later than this one. */
function adopt(page) {
  const next = page.documentElement, now = page.body.dataset.prefs;
  if (!now) return;
  // In another language the scripts' own texts change too. A page that answered a
  // form must not send it again.
  if (next.lang !== root.lang) return location.replace(location.pathname + location.search);
  for (const name of ["data-theme", "data-density", "data-list", "data-details"]) {
    if (panes.moving() && /list|details/.test(name)) continue; // they are being chosen here
    const v = next.getAttribute(name);
    if (v === null) root.removeAttribute(name); else root.setAttribute(name, v);
  }
  if (now === body.dataset.prefs) return;
  body.dataset.prefs = now;
  Object.assign(prefs, JSON.parse(now));
  document.dispatchEvent(new Event("prefs"));
}

/** The same on a page that the stream does not draw. */
async function refresh() {
  document.dispatchEvent(new Event("redraw"));
  try {
    const r = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html", "X-Quiet": 1 }, cache: "no-store" });
    if (r.redirected) return;
    const page = new DOMParser().parseFromString(await r.text(), "text/html");
    adopt(page);
    for (const id of ["me", "nav-unread"]) if (byId(id) && page.getElementById(id)) morph(byId(id), page.getElementById(id));
    alerts.compare();
    alerts.count();
  } catch { /* the next page has them */ }
}
