// The open conversation: staying at the newest, day lines, groups, what is new,
// what has been seen. The log is a reversed column: scrollTop 0 is its end.

const log = () => $(".chat .log");
const atEnd = el => el.scrollTop > -48;

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
  const anchor = $$(".lines > *", el).find(c => c.getBoundingClientRect().bottom > top + 4);
  const y = anchor?.getBoundingClientRect().top;
  fn();
  if (anchor?.isConnected) el.scrollTop += anchor.getBoundingClientRect().top - y;
}

/** Day lines and groups of one author, as views/eventview.go lays them out. */
function regroup(box) {
  if (!box?.classList?.contains("lines")) return;
  let prev = null, day = "", line = null, broken = true;
  for (const el of [...box.children]) {
    if (el.classList.contains("day")) {
      broken = true;
      if (!el.classList.contains("new")) { line?.remove(); line = el; }
      continue;
    }
    const at = Number(el.dataset.at);
    if (!at || el.classList.contains("seen")) continue;
    const date = new Date(at), name = date.toDateString();
    if (name !== day) {
      if (!line) {
        line = make("div", { class: "day", role: "separator" }, make("time", { "data-f": "day" }));
        const new_ = el.previousElementSibling?.classList.contains("new") ? el.previousElementSibling : el;
        new_.before(line);
      }
      const t = $("time", line);
      t.dateTime = date.toISOString();
      t.textContent = forms.day(date);
      day = name;
      broken = true;
    } else line?.remove();
    line = null;
    const bubble = el.classList.contains("msg");
    const same = !broken && bubble && prev && prev.dataset.by === el.dataset.by && at - prev.dataset.at < 18e4 &&
      prev.classList.contains("note") === el.classList.contains("note");
    if (el.hasAttribute("data-cont") !== !!same) el.toggleAttribute("data-cont", !!same);
    prev = bubble ? el : null;
    broken = false;
  }
  line?.remove();
}

const lines = (() => {
  let missed = 0, sent = 0, timer = 0;
  const watching = () => !document.hidden && document.hasFocus();
  const mine = el => el.dataset.by === body.dataset.me;

  /** An event has come into the log. */
  function arrived(box, el, fresh) {
    if (!fresh || !el.classList.contains("msg") || mine(el)) return;
    if (!watching() || !atEnd(log())) {
      missed++;
      if (!$(".day.new", box)) el.before(make("div", { class: "day new", role: "separator" }, T("New")));
    }
    trim(box);
  }

  /** A long conversation keeps its newest part; the rest is one link away. */
  function trim(box) {
    const all = $$("[data-event-id]", box);
    if (all.length < 500 || !atEnd(log())) return;
    for (const el of all.slice(0, all.length - 300)) el.remove();
    const start = $(".start", box), first = $("[data-event-id]", box).dataset.eventId;
    start?.replaceChildren(make("a", { class: "btn small", "data-older": "", href: chatPath(openChat()) + "?before=" + encodeURIComponent(first) }, T("Earlier messages")));
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
      const theirs = $$(".msg[data-event-id]", el).filter(m => !mine(m)).pop();
      const upTo = theirs ? Number(theirs.dataset.sort.slice(0, 16)) : 0;
      if (!upTo || upTo <= sent) return;
      const row = rows.of(id);
      if (row && !row.dataset.unread && sent === 0) { sent = upTo; return; }
      sent = upTo;
      post(chatPath(id, "seen"), fields({ up_to: upTo })).then(r => { if (!r.ok) sent = 0; });
    }, 400);
  }

  function opened() {
    missed = sent = 0;
    const el = log();
    if (!el) return;
    $$(".lines", el).forEach(regroup);
    button();
    seen();
  }
  document.addEventListener("scroll", e => { if (e.target === log()) { button(); seen(); } }, { capture: true, passive: true });
  function end() { const el = log(); if (el) { el.scrollTop = 0; el.focus({ preventScroll: true }); } }

  return { arrived, opened, button, seen, end };
})();

/** Rows of the lists: what only this browser knows of them. */
const rows = (() => {
  let words = "";
  const of = id => $(`.row[data-chat-id="${CSS.escape(id)}"]`);
  const all = () => $$(".row").filter(r => !r.hidden);

  function decorate(row, before) {
    const id = row.dataset.chatId, a = $("a", row);
    if (id === openChat()) { a.setAttribute("aria-current", "true"); headWait(row); } else a.removeAttribute("aria-current");
    if (location.search && !a.search) { const q = query(); if (q) a.search = q; }
    row.hidden = !!words && !row.textContent.toLowerCase().includes(words);
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
    head.className = $(".wait", row).className;
  }

  function query() {
    const q = new URLSearchParams(location.search);
    q.delete("before"); q.delete("after");
    return q.toString();
  }

  function flash(row) {
    row.classList.add("fresh");
    setTimeout(() => row.classList.remove("fresh"), 1500);
  }

  function find(text) {
    words = text.trim().toLowerCase();
    for (const row of $$(".row")) row.hidden = !!words && !row.textContent.toLowerCase().includes(words);
  }

  /** Opens the chat some rows further; at an end it stays, but looks for one kind in a circle. */
  function step(by, only) {
    const list = all(), n = list.length, now = list.indexOf(of(openChat()));
    const start = now < 0 && by < 0 ? n : now;
    const row = only
      ? list.map((_, k) => list[(start + by * (k + 1) + 2 * n) % n]).find(r => r !== list[now] && only(r))
      : list[Math.max(0, Math.min(n - 1, start + by))];
    return go(row, list[now]);
  }
  function go(row, now) {
    if (!row || row === now) return false;
    row.scrollIntoView({ block: "nearest" });
    visit($("a", row).href, { push: true });
    return true;
  }

  /** Opens the next unread chat; without one the chat of mine that waits longest. */
  function urgent(by = 1) {
    const since = r => +$("[data-since]", r)?.dataset.since || Infinity, now = of(openChat());
    if (all().some(r => r !== now && r.dataset.unread)) return step(by, r => r.dataset.unread);
    const list = $$("#list-mine .row").filter(r => r !== now && !r.hidden && since(r) < Infinity);
    return go(list.sort((x, y) => since(x) - since(y))[0], now);
  }

  // A list does not change its order under the pointer: rows wait until it rests.
  let pointed = 0;
  const waiting = new Set();
  document.addEventListener("pointermove", e => { pointed = e.target.closest?.("#rows") ? Date.now() : 0; }, { passive: true });
  function hold(row) {
    if (Date.now() - pointed > 1500) return false;
    waiting.add(row.id);
    return true;
  }
  function settle() {
    if (!waiting.size || Date.now() - pointed <= 1500) return;
    for (const id of waiting) { const row = byId(id); if (row?.parentNode) patches.sortInto(row.parentNode, row); }
    waiting.clear();
  }

  function opened() { for (const row of $$(".row")) decorate(row, { unread: +row.dataset.unread || 0, box: row.parentNode }); }

  return { of, decorate, find, step, urgent, hold, settle, opened };
})();

/** After anything has changed on the page. */
function settled() {
  lines.button();
  lines.seen();
}
