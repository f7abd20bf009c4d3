// A conversation in parts: what is before or after the part shown is fetched when
// one comes near it, and what is far away is taken out again, so that a page stays
// small however long one reads.

const parts = (() => {
  const most = 300; // top-level lines that are kept
  let busy = false, rest = 0, found = "", trueAt = ""; // trueAt: the gap after which all was read again
  const box = () => $(".chat .log > .lines");
  const way = (b, up) => $(up ? "a[data-older]" : "a[data-newer]", b);
  const detached = () => !!box()?.id.startsWith("older-");
  const waits = el => /^(sending|failed)$/.test(el.dataset.state);

  /** The same page's conversation alone. */
  async function fetchPart(href) {
    const url = new URL(href, location);
    url.searchParams.set("part", "log");
    const r = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" }, cache: "no-store" });
    if (r.status === 401) { signIn(); return null; }
    if (!r.ok) throw new Error(await sentence(r));
    const part = parse(await r.text());
    localise(part);
    return part.firstElementChild;
  }

  /** Loads what is before (up) or after. */
  async function load(up) {
    const b = box(), a = b && way(b, up);
    if (!a || busy || Date.now() < rest) return;
    await during(b, async () => {
      const part = await fetchPart(a.href);
      if (!part || !b.isConnected || !a.isConnected) return;
      if ($(".log.past") && !part.id.startsWith("thread-")) { // what still goes on has a page of its own
        a.replaceWith(make("a", { class: "btn small", href: chatPath(openChat()) }, T("Back to now")));
      } else join(b, part, up);
    });
  }

  /** Runs something while the log says that it is busy, so that nobody hears all of it. */
  async function during(b, fn) {
    busy = true;
    hush(60e3);
    try {
      await fn();
    } catch (err) {
      rest = Date.now() + 5000;
      toast(err instanceof TypeError ? T("The desk cannot be reached right now.") : err.message, true);
    }
    busy = false;
    hush();
  }

  function join(b, part, up) {
    const [start, end] = $$(":scope > .start", b), [first, last] = $$(":scope > .start", part);
    steady(() => {
      const before = up ? start.nextSibling : [...b.children].find(waits) || end;
      for (const el of [...part.children]) {
        if (el === first || el === last || el.matches(".day:not(.over)")) continue;
        const old = el.id && byId(el.id);
        if (old && b.contains(old)) { morph(old, el); continue; }
        el.dataset.thread = part.dataset.thread;
        b.insertBefore(el, before);
      }
      if (up) start.replaceChildren(...first.children); else end.replaceChildren(...last.children);
      if (!up && detached() && part.id.startsWith("log-")) b.id = part.id;
      regroup(b);
      trim(b, !up);
      regroup(b);
    });
    settled();
  }

  /** Takes out what is far above (up) or below what is read. */
  function trim(b, up) {
    const el = b.parentNode, list = [...b.children].filter(x => x.dataset.eventId ? !waits(x) : x.matches(".lot, .over"));
    const extra = list.length - most;
    if (extra <= 0) return;
    const view = el.getBoundingClientRect(), far = 2 * view.height;
    const gone = up ? list.slice(0, extra) : list.slice(-extra);
    if (up ? gone.at(-1).getBoundingClientRect().bottom > view.top - far : gone[0].getBoundingClientRect().top < view.bottom + far) return;
    for (const x of gone) x.remove();
    const [start, end] = $$(":scope > .start", b), left = list.filter(x => x.isConnected && event(x));
    if (up) start.replaceChildren(link(b, left[0], true));
    else {
      const id = b.id.replace(/^log-/, "older-");
      if (id !== b.id) for (const x of $$(":scope > .seen", b)) x.remove();
      b.id = id;
      end.replaceChildren(link(b, left.at(-1), false));
    }
  }

  /** The way on from an event at the border. */
  function link(b, el, up) {
    const thread = el.dataset.thread || b.dataset.thread, live = thread === $("main").dataset.threadId && !$(".log.past");
    const ev = el.dataset.eventId ? el : $$("[data-event-id]", el).at(up ? 0 : -1);
    const path = live ? chatPath(openChat()) : chatPath(openChat(), "threads", encodeURIComponent(thread));
    return make("a", { class: "btn small", [up ? "data-older" : "data-newer"]: "", href: path + (up ? "?before=" : "?since=") + encodeURIComponent(ev.dataset.eventId) }, up ? T("Earlier messages") : T("Later messages"));
  }

  /** Shows the newest part again. What is on its way stays. */
  async function newest() {
    const b = box();
    if (!detached()) return;
    await during(b, async () => {
      const part = await fetchPart(chatPath(openChat()));
      if (!part || !b.isConnected) return;
      for (const el of [...b.children]) {
        if (waits(el) && !part.querySelector("#" + CSS.escape(el.id))) part.insertBefore(el, part.lastElementChild);
      }
      b.replaceChildren(...part.children);
      b.id = part.id;
      regroup(b);
      b.parentNode.scrollTop = 0;
    });
    settled();
  }

  /** Where the page is drawn again: as much of it as is shown. */
  function asked(url) {
    const b = box(), u = new URL(url, location);
    if (!b || detached() || $(".log.past") || u.pathname !== location.pathname) return url;
    for (const name of ["at", "before", "since"]) u.searchParams.delete(name); // what is shown now is the newest
    const first = [...b.children].find(x => x.dataset.sort && event(x) && (x.dataset.thread || b.dataset.thread) === b.dataset.thread && !waits(x));
    if (first && (first.dataset.thread || b.children.length >= 60)) u.searchParams.set("from", event(first).dataset.eventId);
    return u.href;
  }

  /** Before a page drawn again takes this one's place: what it does not show, but
   *  this one does, goes into it. */
  function keep(next) {
    const b = box(), fresh = $(".chat .log > .lines", next);
    if (!b || !fresh) return;
    setTimeout(renew);
    if (detached() || $(".log.past")) { fresh.replaceWith(b.cloneNode(true)); return; }
    if (b.id !== fresh.id) return;
    const first = event(fresh)?.dataset.sort, own = [...b.children].find(x => x.dataset.sort && event(x) && !x.dataset.thread);
    const old = [...b.children].filter(x => x.dataset.thread && x.dataset.thread !== b.dataset.thread);
    if (old.length && own && first && first <= own.dataset.sort) {
      const [start] = $$(":scope > .start", fresh);
      start.replaceChildren(...$(":scope > .start", b).cloneNode(true).childNodes);
      start.after(...old.map(x => x.cloneNode(true)));
    }
    const new_ = $(":scope > .day.new", b), at = new_ && event(new_.nextElementSibling || new_);
    for (const x of $$(":scope > .day.new", fresh)) x.remove();
    const place = at && fresh.querySelector("#" + CSS.escape(at.id));
    place?.before(new_.cloneNode(true)); // it stays until the chat is left
  }

  /** Reads again, after a gap, what stands far from the newest: nobody told of
   *  what happened there meanwhile. */
  async function renew() {
    const b = box(), gap = stream.gap(), by = new Map();
    if (!b || gap === trueAt) return;
    if (busy) return void setTimeout(renew, 500);
    for (const x of $$("[data-event-id]", b)) {
      const thread = x.closest(".lines > *").dataset.thread || b.dataset.thread;
      if (waits(x) || thread === b.dataset.thread && b.id.startsWith("log-")) continue;
      by.set(thread, [...by.get(thread) || [], x]);
    }
    await during(b, async () => {
      for (const [thread, list] of by) {
        const part = await fetchPart(chatPath(openChat(), "threads", encodeURIComponent(thread)) + "?between=" + [list[0], list.at(-1)].map(x => parseInt(x.dataset.sort, 10)));
        if (!part || !b.isConnected) return;
        steady(() => equalise(b, thread, list, $$("[data-event-id]", part)));
      }
      trueAt = gap;
    });
  }

  /** Makes the events of a thread equal to those that came. */
  function equalise(b, thread, list, fresh) {
    const ids = new Set(fresh.map(x => x.id));
    for (const x of list) if (!ids.has(x.id)) x.remove();
    for (const x of fresh) {
      const old = byId(x.id);
      if (!old?.closest(".lot")) x.dataset.thread = thread;
      if (old) morph(old, x); else patches.sortInto(b, x);
    }
    regroup(b);
  }

  /** Brings an event that the address names into view, once. */
  function show() {
    const el = $(".log [data-found]");
    if (!el || found === location.href) return;
    found = location.href;
    const lot = el.closest(".lot");
    if (lot) lot.open = true;
    el.scrollIntoView({ block: "center" });
    el.setAttribute("tabindex", "-1");
    el.focus({ preventScroll: true });
  }

  const above = el => el.scrollHeight - el.clientHeight + el.scrollTop;
  function near() {
    const el = log();
    if (!el || busy) return;
    if (above(el) < el.clientHeight) load(true);
    else if (-el.scrollTop < el.clientHeight) load(false);
  }
  document.addEventListener("scroll", e => { if (e.target === log()) near(); }, { capture: true, passive: true });
  // At the very beginning nothing scrolls, but one can still want more.
  document.addEventListener("wheel", e => { if (e.deltaY < 0 && e.target.closest?.(".chat .log") && above(log()) < 2) load(true); }, { passive: true });
  document.addEventListener("keydown", e => { if (/^(ArrowUp|PageUp|Home)$/.test(e.key) && e.target === log() && above(e.target) < 2) load(true); });
  document.addEventListener("click", e => {
    const a = e.target.closest?.(".chat a[data-older], .chat a[data-newer]");
    if (!a || modified(e)) return;
    e.preventDefault();
    rest = 0;
    const el = log();
    load(a.hasAttribute("data-older"));
    if (a === document.activeElement) el.focus({ preventScroll: true });
  });

  return { newest, detached, trim, asked, keep, show };
})();
