// Parts of a page that are drawn again from time to time, and when the stream says
// that pages have to be. What is typed and unfolded stays. A list whose order is
// another one waits while the pointer is over it or it has the focus, and a button
// says so; what stands where it stood is renewed at once.

(() => {
  const every = 10_000, parts = $$("[data-live]"), button = $("[data-renew]");
  if (!parts.length) return;
  let waiting = [], spot = null;

  const order = el => $$("[data-customer-id], h2", el).map(el => el.id).join();
  const held = el => el.contains(spot) || el.contains(document.activeElement);

  async function ask() {
    if (document.hidden) return;
    const r = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html", "X-Desk": "1" }, cache: "no-store" });
    if (!r.ok || r.redirected) return;
    const page = new DOMParser().parseFromString(await r.text(), "text/html");
    waiting = parts.map(el => [el, page.getElementById(el.id)]).filter(([, next]) => next);
    draw(false);
  }

  function draw(all) {
    waiting = waiting.filter(([el, next]) => {
      if (!all && held(el) && order(el) !== order(next)) return true;
      localise(next);
      morph(el, next);
      return false;
    });
    if (button) button.hidden = !waiting.length;
  }

  async function loop() {
    try { await ask(); } catch { /* the next try tells */ }
    setTimeout(loop, every);
  }

  document.addEventListener("pointerover", e => { spot = e.pointerType === "touch" ? null : e.target; draw(false); });
  document.addEventListener("focusout", () => setTimeout(draw, 0, false));
  root.addEventListener("pointerleave", () => { spot = null; draw(false); });
  button?.addEventListener("click", () => draw(true));
  document.addEventListener("redraw", () => ask().catch(() => {})); // something changed for everybody, such as a note
  setTimeout(loop, every);
})();
