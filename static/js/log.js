// The open conversation: staying at the newest, what is new, what has been seen.
// The log is a reversed column: scrollTop 0 is its end.

const log = () => $(".chat .log");
const atEnd = el => !parts.detached() && el.scrollTop > -48;

/** Says for a while that the conversation is being drawn, so that nobody has to hear
 *  all of it. The newest call counts. */
let hushed = 0;
function hush(ms = 300) {
  clearTimeout(hushed);
  log()?.setAttribute("aria-busy", "true");
  hushed = setTimeout(() => log()?.removeAttribute("aria-busy"), ms);
}

/** Runs a change without moving what is being read. */
function steady(fn) {
  const el = log();
  if (!el || atEnd(el)) {
    fn();
    const now = log();
    if (now && now === el) now.scrollTop = 0;
    return;
  }
  const top = el.getBoundingClientRect().top;
  const all = $$(".lines > :is([data-event-id], .lot)", el), first = all.findIndex(c => c.getBoundingClientRect().bottom > top + 4);
  const held = all.slice(first).slice(0, 9).map(c => [c, c.getBoundingClientRect().top]); // some may go
  fn();
  const [anchor, y] = held.find(([c]) => c.isConnected) || [];
  if (anchor) el.scrollTop += anchor.getBoundingClientRect().top - y;
}

const lines = (() => {
  let missed = 0, sent = 0, timer = 0, chat = "", cut = null, since = 0, counting = 0;
  const watching = () => !document.hidden && document.hasFocus();
  const mine = el => el.dataset.by === body.dataset.me;

  /** An event has come into the log. */
  function arrived(box, el, fresh) {
    back();
    if (!fresh || !el.classList.contains("msg") || mine(el)) return;
    if (!watching() || !atEnd(log())) {
      missed++;
      if (!$(".day.new", box)) el.before(make("div", { class: "day new", role: "separator" }, T("New")));
    }
    if (atEnd(log())) steady(() => parts.trim(box, true));
  }

  /** An event has come that belongs below what is shown. */
  function below(el) {
    if (!el.classList.contains("msg") || mine(el)) return;
    missed++;
    button();
  }

  function button() {
    const el = log(), jump = $(".jump");
    if (!el || !jump) return;
    if (atEnd(el)) missed = 0;
    jump.hidden = atEnd(el);
    $("span", jump).textContent = missed ? N(missed, "%d new", "%d new") : T("To the newest");
  }

  /** Tells the server what has been read: seen, in front of a person, at the end. */
  function seen() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const el = log(), id = openChat();
      if (!el || !id || !watching() || !atEnd(el) || !$("form[data-action=send]")) return;
      const row = rows.of(id), marked = row?.dataset.unread;
      // A chat that was marked may hold nothing but one's own words. A mark that comes
      // while it is open stays until one leaves and returns.
      const last = theirs().pop() || $$(".msg[data-event-id]", el).pop();
      const upTo = last ? Number(last.dataset.sort.slice(0, 16)) : 0;
      if (!upTo || upTo <= sent) return;
      if (row && !marked && sent === 0) { sent = upTo; return; }
      sent = upTo;
      post(chatPath(id, "seen"), fields({ up_to: upTo })).then(r => { if (!r.ok) sent = 0; });
    }, 400);
  }

  // What comes at once when the line is back is counted, not read out: until nothing
  // comes for a moment, or too much.
  const theirs = () => $$(".msg[data-event-id]", log() || body).filter(m => !mine(m));
  function lost() { cut ??= theirs().pop()?.dataset.sort || ""; }
  function back() {
    if (cut === null || (since ||= Date.now()) < Date.now() - 10e3) return;
    hush(1500);
    clearTimeout(counting);
    counting = setTimeout(count, 1400);
  }
  function count() {
    since = 0;
    const n = cut === null ? 0 : theirs().filter(m => m.dataset.sort > cut).length;
    cut = null;
    if (n) say(N(n, "%d message while you were disconnected", "%d messages while you were disconnected"));
  }

  function opened() {
    const fresh = chat !== openChat();
    if (fresh) { missed = sent = 0; cut = null; }
    if (stream.online()) count(); // drawn anew
    chat = openChat();
    const el = log();
    if (!el) return parts.show();
    $$(".lines", el).forEach(regroup);
    parts.show();
    if (!fresh || parts.detached()) button(); // a conversation that was just put in stands at its end
    seen();
  }
  document.addEventListener("scroll", e => { if (e.target === log()) { button(); seen(); } }, { capture: true, passive: true });
  function end() {
    const el = log();
    if (!el) return;
    el.scrollTop = 0;
    el.focus({ preventScroll: true });
    parts.newest();
  }

  return { arrived, below, opened, button, seen, end, lost, back };
})();

/** Rows of the lists: what only this browser knows of them. */
const rows = (() => {
  let words = "";
  const of = id => $(`.row[data-chat-id="${CSS.escape(id)}"]`);
  const link = row => row && $("a", row);
  const all = () => $$(".row").filter(r => !r.hidden && !r.closest("[data-folded]"));

  function decorate(row, before) {
    const id = row.dataset.chatId, a = $("a", row);
    if (id === openChat()) { a.setAttribute("aria-current", "true"); headWait(row); } else a.removeAttribute("aria-current");
    if (location.search && !a.search) { const q = query(); if (q) a.search = q; }
    row.hidden = !!words && !row.textContent.toLowerCase().includes(words);
    bulk.decorate(row);
    if (before && before.box !== row.parentNode || !before) flash(row);
  }

  /** The open chat's header says how long its customer waits, as its row does. */
  function headWait(row) {
    const head = $(".head .wait"), from = $(".wait [data-since]", row);
    if (!head) return;
    head.hidden = !from;
    const time = $("time", head);
    if (!from || !time || time.dataset.since === from.dataset.since) return;
    time.dataset.since = from.dataset.since;
    since(time, Date.now());
    const wait = $(".wait", row);
    head.className = wait.className;
    for (const name of ["data-warn", "data-late"]) if (wait.hasAttribute(name)) head.setAttribute(name, wait.getAttribute(name)); else head.removeAttribute(name);
  }

  /** Takes the focus from a chat that goes to the one behind it in its list, or before
   *  it, else to one of another list, else to the name of the lists. */
  function leave(id) {
    const list = all(), row = of(id), at = list.indexOf(row), near = [list[at + 1], list[at - 1]];
    attend(...[near.find(r => r?.parentNode === row?.parentNode), ...near].map(link), $(".over h1"), $(".head h2"));
  }
  /** Takes a row out. */
  function out(row) {
    if (row.contains(document.activeElement)) leave(row.dataset.chatId);
    row.remove();
  }

  function query() {
    const q = new URLSearchParams(location.search);
    for (const name of ["before", "since", "at", "after"]) q.delete(name);
    return q.toString();
  }

  function flash(row) {
    row.classList.add("fresh");
    setTimeout(() => row.classList.remove("fresh"), 1500);
  }

  function find(text) {
    words = text.trim().toLowerCase();
    for (const row of $$(".row")) row.hidden = !!words && !row.textContent.toLowerCase().includes(words);
    say(found($$(".row").filter(r => !r.hidden).length), 700);
  }
  const found = n => n ? N(n, "%d result", "%d results") : T("Nothing has these words.");

  /** The lists are others than before, as the agent wanted: how many chats they have. */
  function count() {
    const n = $$("#rows [data-total]").reduce((n, el) => n + +el.dataset.total, 0);
    say(n ? N(n, "%d chat", "%d chats") : T("No chat fits these filters."));
  }

  /** Opens the chat some rows further; at an end it stays, but looks for one kind in a circle. */
  function step(by, only) {
    const list = all(), n = list.length, now = list.indexOf(of(openChat()));
    const start = now < 0 && by < 0 ? n : now;
    const row = only
      ? list.map((_, k) => list[(start + by * (k + 1) + 2 * n) % n]).find(r => r !== list[now] && only(r))
      : list[Math.max(0, Math.min(n - 1, start + by))];
    return go(row, list[now], only ? null : list[start + 2 * by]);
  }
  /** then: the row that is likely to come behind it. */
  function go(row, now, then) {
    if (!row || row === now) return false;
    row.scrollIntoView({ block: "nearest" });
    visit($("a", row).href, { push: true }).then(() => then && setTimeout(() => wanted || foresee($("a", then), 20e3), 100));
    return true;
  }

  /** Opens the next unread chat; without one the chat of mine that waits longest. */
  function urgent(by = 1) {
    const since = r => +$("[data-since]", r)?.dataset.since || Infinity, now = of(openChat());
    if (all().some(r => r !== now && r.dataset.unread)) return step(by, r => r.dataset.unread);
    const list = $$("#list-mine .row").filter(r => r !== now && !r.hidden && since(r) < Infinity);
    return go(list.sort((x, y) => since(x) - since(y))[0], now);
  }

  function opened(kept) {
    if (kept) return marked();
    for (const row of $$(".row")) decorate(row, { unread: +row.dataset.unread || 0, box: row.parentNode });
    folds.draw();
    bulk.drawn();
    $$(".take[data-key]").forEach(keys.label);
  }

  /** Another chat is open beside the same lists: what in them depends on it. */
  function marked() {
    for (const a of $$("#rows [aria-current]")) a.removeAttribute("aria-current");
    const row = of(openChat()), here = openChat() ? chatPath(openChat()) : base + "/chats";
    if (row) decorate(row, { box: row.parentNode });
    for (const el of $$("#list-pane :is(a, form[method=get]):not(.row *)")) {
      const name = el.href ? "href" : "action", to = new URL(el.getAttribute(name), location);
      if (/^\/chats(\/[^/]+)?$/.test(to.pathname.slice(base.length))) el.setAttribute(name, here + to.search);
    }
  }

  return { of, link, leave, out, decorate, find, found, count, step, urgent, opened };
})();

/** After anything has changed on the page. */
function settled() {
  $$(".take[data-key]").forEach(keys.label); // which is the first
  lines.button();
  lines.seen();
}
