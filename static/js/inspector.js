// The protocol inspector: new frames come by themselves, and JSON can be copied.

const inspector = (() => {
  const most = 200, pause = 1000, list = byId("frames");
  if (!list) return null;

  async function more() {
    if (document.hidden || !byId("keep-live")?.checked) return;
    const q = new URLSearchParams(location.search);
    q.set("after", list.dataset.last);
    const r = await fetch(base + "/inspector?" + q, { headers: { "X-Desk": "1" }, credentials: "same-origin" });
    if (r.status === 401) return signIn();
    if (!r.ok) return;
    list.dataset.last = r.headers.get("X-Last-Frame") || list.dataset.last;
    const fresh = parse(await r.text());
    if (!fresh.childElementCount) return;
    list.prepend(fresh);
    while (list.childElementCount > most) list.lastElementChild.remove();
  }

  async function loop() {
    try { await more(); } catch { /* the next try tells */ }
    setTimeout(loop, pause);
  }
  setTimeout(loop, pause);
  return { more };
})();

document.addEventListener("click", async e => {
  const a = e.target.closest?.("a[data-copy]");
  if (!a || modified(e) || !navigator.clipboard) return;
  e.preventDefault();
  try {
    const r = await fetch(a.href, { credentials: "same-origin" });
    if (!r.ok) throw r;
    await navigator.clipboard.writeText(await r.text());
    toast(T("Copied"));
  } catch { location.assign(a.href); }
});
