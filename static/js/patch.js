// Patches: what the stream carries, put into the page. The rule is in
// views/doc.go.

const patches = (() => {
  // The positions at which the page and its lists were drawn. The lists may be
  // older: then only they get what came between.
  let queue = [], due = 0, floor = body.dataset.position || "", listed = floor;
  const ring = [], most = 400; // the newest patches, for a page that was drawn before them

  function take(html, id) {
    ring.push({ html, id, at: Date.now() });
    if (ring.length > most) ring.shift();
    // What only shows for a moment has the id of the event before it, so an
    // equal id is taken: a patch that the page had already does no harm.
    if (!news(id, listed)) return;
    queue.push({ html, id });
    if (due) return;
    due = setTimeout(flush, document.hidden ? 200 : 120);
    if (!document.hidden) requestAnimationFrame(flush);
  }

  const news = (id, since) => id === since || after(id, since);

  function flush() {
    clearTimeout(due);
    due = 0;
    if (!queue.length) return;
    const list = queue;
    queue = [];
    const held = document.activeElement;
    steady(() => { for (const p of list) apply(p.html, news(p.id, floor) ? null : true); });
    stay(held);
    settled();
  }

  /** Where what had the focus is gone, it goes to the open chat's name. From the lists,
   *  or from what lay over them, it goes to the chat's row. */
  function stay(held) {
    if (document.activeElement !== body || held === body) return;
    press.tear(held);
    attend(held && !held.closest(".row") ? null : rows.link(rows.of(openChat())), $(".head h2"), $(".over h1"));
  }

  /** Takes an element away that the focus may be in. */
  function out(el) {
    const held = document.activeElement;
    el.remove();
    stay(held);
  }

  /** A page drawn at a position now stands: what came later is put on top, and what
   *  only shows for a moment, where it came since the page was asked for. kept: its
   *  lists are those from before, and what waits for them still waits. A page that is
   *  older than all that is remembered is drawn again. */
  function rebase(position, since, kept) {
    floor = position || "";
    if (!kept) { listed = floor; queue = []; }
    if (!floor) return;
    if (ring.length === most && after(ring[0].id, floor)) return void setTimeout(redraw);
    const epoch = floor.slice(0, floor.lastIndexOf(".") + 1);
    for (const p of ring.filter(p => p.id.startsWith(epoch) && (after(p.id, floor) || p.id === floor && p.at >= since))) apply(p.html, kept ? false : null);
  }

  /** inLists: true for what stands in the lists only, false for all but that, null for all. */
  function apply(html, inLists) {
    for (const el of [...parse(html).children]) {
      if (el.dataset.alert) { alerts.take(el.dataset); continue; }
      const old = byId(el.id);
      if (!old && !el.dataset.into && el.dataset.remove === undefined || inLists !== null && inLists !== (el.id.startsWith("row-") || !!old?.closest("#list-pane"))) continue;
      localise(el);
      place(el);
    }
  }

  function place(el) {
    const old = byId(el.id);
    if (el.hasAttribute("data-remove")) return remove(el, old);
    const row = el.classList.contains("row");
    if (row && $("[data-narrowed]")) return later(el, old);
    if (el.id.startsWith("count-") && $("[data-narrowed]")) return; // they count all that there is
    const into = el.dataset.into;
    if (into === undefined) {
      if (old) changed(morph(old, el));
      return;
    }
    const box = byId(into);
    if (!box) {
      if (!old) return into === "log-" + safe(openChat()) && parts.detached() ? lines.below(el) : undefined;
      if (row) old.remove(); else { const now = morph(old, el); regroup(now.parentNode); }
      return;
    }
    if (!old && beyond(box, el, row)) return;
    if (row) return order.put(box, el, old);
    const now = old ? morph(old, el) : el;
    if (!now.closest(".lot")) sortInto(box, now);
    lines.arrived(box, now, !old);
    regroup(box);
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

  /** The element behind which one belongs, null for the first place. */
  function before(box, key, el) {
    let prev = box.lastElementChild;
    while (prev && (prev === el || !prev.hasAttribute("data-sort") || prev.dataset.sort > key)) prev = prev.previousElementSibling;
    return prev;
  }

  function sortInto(box, el) {
    const prev = before(box, el.dataset.sort, el);
    // Lines without a place of their own (New) stay above what they introduce.
    let next = prev ? prev.nextSibling : box.firstChild;
    while (next && next.nodeType === 1 && !next.hasAttribute("data-sort") && next !== el) next = next.nextSibling;
    if (next === el) next = el.nextSibling;
    if (el.parentNode === box && el.nextSibling === next) return;
    if (el.parentNode) move(box, el, next); else box.insertBefore(el, next);
  }

  function remove(el, old) {
    const how = el.dataset.remove;
    if (el.id.startsWith("row-") && order.drop(el.id, old)) return;
    if (how === "event") old ||= $(`[data-event-id="${CSS.escape(el.dataset.eventId)}"]`);
    if (how === "pending" && old && old.dataset.state === "sent") return;
    if (!old) return;
    if (old.matches(".row")) return rows.out(old);
    const box = old.parentNode;
    if (old.contains(document.activeElement)) (old.nextElementSibling?.querySelector("a") || $(".log"))?.focus?.();
    old.remove();
    regroup(box);
  }

  function changed(el) {
    if (el.id === "connection") stream.show();
    if (el.id === "nav-unread" || el.id === "me") alerts.count();
    if (el.id.startsWith("with-")) colleagues.drawn(el);
    if (el.id.startsWith("foot-")) { composer.attach(); if (composer.form()) drafts.drawn(composer.form()); }
  }

  let timer = 0, last = 0, stale = false;
  const marks = new Map(); // what was last known of a row that bears on filters and order
  const mark = row => [row.dataset.into, row.dataset.sort, row.dataset.unread, $(".a", row)?.textContent, $("[data-since]", row)?.dataset.since].join();

  /** The lists are narrowed: a row is drawn where it stands, and the server draws
   *  the lists again where that may matter, not too often, and not unseen. */
  function later(el, old) {
    const now = mark(el), was = marks.get(el.id) || old && mark(old);
    marks.set(el.id, now);
    if (old) {
      el.dataset.sort = old.dataset.sort;
      el.dataset.into = old.dataset.into;
      const before = { unread: +old.dataset.unread || 0, box: old.parentNode };
      rows.decorate(morph(old, el), before);
    }
    if (now === was && !new URLSearchParams(location.search).has("property")) return;
    stale = true;
    again_();
  }
  function again_() {
    if (document.hidden || !stale) return;
    timer ||= setTimeout(() => { timer = 0; stale = false; last = Date.now(); redraw(); }, Math.max(1000, last + 3000 - Date.now()));
  }
  addEventListener("visibilitychange", again_);

  let again = 0;
  /** Draws the page again from the server, and tries until that has worked. */
  async function redraw() {
    clearTimeout(again);
    alerts.before(stream.gap());
    if (!body.matches(".inbox")) return refresh();
    if (!await visit(location.href, { push: false, quiet: true })) again = setTimeout(redraw, 2000 + Math.random() * 3000);
  }

  return { take, rebase, redraw, sortInto, before, stay, out };
})();
