// Patches: what the stream carries, put into the page. The rule is in
// views/doc.go.

const patches = (() => {
  let queue = [], due = 0, floor = body.dataset.position || "";
  const ring = []; // the newest patches, for a page that was drawn before them

  function take(html, id) {
    ring.push({ html, id });
    if (ring.length > 400) ring.shift();
    // What only shows for a moment has the id of the event before it, so an
    // equal id is taken: a patch that the page had already does no harm.
    if (id !== floor && !after(id, floor)) return;
    queue.push(html);
    if (due) return;
    due = setTimeout(flush, document.hidden ? 200 : 120);
    if (!document.hidden) requestAnimationFrame(flush);
  }

  function flush() {
    clearTimeout(due);
    due = 0;
    if (!queue.length) return;
    const list = queue;
    queue = [];
    const held = document.activeElement;
    steady(() => { for (const html of list) apply(html); });
    if (held && held !== body && document.activeElement === body) stay();
    settled();
  }

  /** What had the focus is gone: it goes to the open chat's row, else to its name. */
  function stay() {
    const row = rows.of(openChat());
    (row ? $("a", row) : $(".head h2"))?.focus({ preventScroll: true });
  }

  /** A page drawn at a position now stands: what came later is put on top. */
  function rebase(position) {
    floor = position || "";
    queue = [];
    if (!floor) return;
    const epoch = floor.slice(0, floor.lastIndexOf(".") + 1);
    for (const p of ring.filter(p => p.id.startsWith(epoch) && after(p.id, floor))) apply(p.html);
  }

  function apply(html) {
    const nodes = parse(html);
    localise(nodes);
    for (const el of [...nodes.children]) if (el.dataset.alert) alerts.take(el.dataset); else place(el);
  }

  function place(el) {
    const old = byId(el.id);
    if (el.hasAttribute("data-remove")) return remove(el, old);
    const row = el.classList.contains("row");
    if (row && $("[data-narrowed]")) return later();
    const into = el.dataset.into;
    if (into === undefined) {
      if (old) changed(morph(old, el));
      return;
    }
    const box = byId(into);
    if (!box) {
      if (!old) return;
      if (row) old.remove(); else { const now = morph(old, el); regroup(now.parentNode); }
      return;
    }
    if (!old && beyond(box, el, row)) return;
    const before = old ? { unread: +old.dataset.unread || 0, box: old.parentNode } : null;
    const now = old ? morph(old, el) : el;
    if (row && before?.box === box && rows.hold(now)) { /* it moves when the pointer rests */ } else sortInto(box, now);
    if (row) rows.decorate(now, before);
    else { lines.arrived(box, now, !old); regroup(box); }
  }

  /** Whether a new element belongs to a part of the list that is not shown. */
  function beyond(box, el, row) {
    if (row) {
      const more = box.parentNode.querySelector(".all"), end = box.lastElementChild;
      return !!(more && end && el.dataset.sort > end.dataset.sort);
    }
    const first = $("[data-event-id]", box);
    return !!(first && $("[data-older]", box) && el.dataset.sort < first.dataset.sort);
  }

  function sortInto(box, el) {
    const key = el.dataset.sort;
    let prev = box.lastElementChild;
    while (prev && (prev === el || !prev.hasAttribute("data-sort") || prev.dataset.sort > key)) prev = prev.previousElementSibling;
    // Lines without a place of their own (New) stay above what they introduce.
    let next = prev ? prev.nextSibling : box.firstChild;
    while (next && next.nodeType === 1 && !next.hasAttribute("data-sort") && next !== el) next = next.nextSibling;
    if (next === el) next = el.nextSibling;
    if (el.parentNode === box && el.nextSibling === next) return;
    if (el.parentNode) move(box, el, next); else box.insertBefore(el, next);
  }

  function remove(el, old) {
    const how = el.dataset.remove;
    if (how === "event") old ||= $(`[data-event-id="${CSS.escape(el.dataset.eventId)}"]`);
    if (how === "pending" && old && old.dataset.state === "sent") return;
    if (!old) return;
    const box = old.parentNode;
    if (old.contains(document.activeElement)) (old.nextElementSibling?.querySelector("a") || $(".log"))?.focus?.();
    old.remove();
    if (box?.classList.contains("lines")) regroup(box);
  }

  function changed(el) {
    if (el.id === "connection") stream.show();
    if (el.id === "nav-unread" || el.id === "me") alerts.count();
    if (el.id.startsWith("with-")) colleagues.drawn(el);
    if (el.id.startsWith("foot-")) { composer.attach(); if (composer.form()) drafts.drawn(composer.form()); }
  }

  let timer = 0;
  /** The lists are narrowed: the server draws them again, not too often. */
  function later() {
    if (!timer) timer = setTimeout(() => { timer = 0; redraw(); }, 1000);
  }

  let again = 0;
  /** Draws the page again from the server, and tries until that has worked. */
  async function redraw() {
    clearTimeout(again);
    alerts.before(stream.gap());
    if (!body.matches(".inbox")) return refresh();
    if (!await visit(location.href, { push: false, quiet: true })) again = setTimeout(redraw, 2000 + Math.random() * 3000);
  }

  return { take, rebase, redraw, sortInto };
})();
