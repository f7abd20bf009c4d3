// From chat to chat without loading a page: the next page is fetched and the
// present one made equal to it, so that lists stay where they are.

let visiting = 0, wanted = null; // the newest visit; the person's own one under way
let stale = false, drawn = Date.now(); // whether the lists have to be drawn again; when they were

/** Opens an inbox address. push: a new entry of the history; quiet: same page,
 *  drawn again. Tells whether a page was drawn, this one or a later one. */
async function visit(url, { push = false, quiet = false, focus = false } = {}) {
  const turn = ++visiting;
  if (!quiet) wanted = { url, push, focus };
  else stale = true;
  if (quiet && wanted) ({ url, push, focus } = wanted), quiet = false; // drawing again must not cancel a click
  const mine = wanted;
  try {
    return await fetchAndShow(url, push, quiet, focus, turn);
  } finally {
    if (wanted === mine && turn === visiting) wanted = null;
  }
}

/** quiet: nobody wanted it, so it does not tell that somebody is there. */
async function ask(url, kept, quiet) {
  const asked = Date.now();
  const r = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html", ...(kept ? { "X-Keep": "lists" } : {}), ...(quiet ? { "X-Quiet": 1 } : {}) }, cache: "no-store" });
  return { r, text: await r.text(), asked };
}

// A chat is asked for before it is wanted: when its row is pressed, before that has
// become a click, when its row has the focus, and where keys go from chat to chat.
// What happens until it is shown is put on top of it, as with every page.
let early = null; // {url, kept, till, answer}

/** Asks for the chat of a row, which is likely to be wanted within some time, in ms. */
function foresee(a, lasts) {
  if (!a || !stream.online() || a.getAttribute("aria-current") || timely(a.href)) return;
  const kept = keeps(a.href), mine = early = { url: a.href, kept, till: Date.now() + lasts, answer: ask(a.href, kept) };
  mine.answer.catch(() => { if (early === mine) early = null; }); // who waits for it is told
}
const timely = url => early?.url === url && early.kept === keeps(url) && Date.now() < early.till;

document.addEventListener("pointerdown", e => {
  const a = e.target.closest?.("#rows a[href]");
  if (a && !modified(e) && body.matches(".inbox")) foresee(a, 2000);
}, { passive: true });

let resting = 0;
document.addEventListener("focusin", e => {
  const a = e.target.closest?.("#rows .row > a");
  clearTimeout(resting);
  if (a && body.matches(".inbox")) resting = setTimeout(() => wanted || foresee(a, 20e3), 150);
});

/** The page that was asked for early, or a fresh one. */
function answerOf(url, quiet) {
  const answer = !quiet && timely(url) ? early.answer : ask(quiet ? parts.asked(url) : url, !quiet && keeps(url), quiet);
  early = null;
  return answer;
}

async function fetchAndShow(url, push, quiet, focus, turn) {
  let page, since;
  try {
    const { r, text, asked } = await answerOf(url, quiet);
    if (turn !== visiting) return true;
    if (r.status === 401 || r.redirected && new URL(r.url).pathname === base + "/login") { signIn(); return true; }
    page = new DOMParser().parseFromString(text, "text/html");
    since = asked;
    if (!page.body.matches(".inbox")) {
      if (!quiet) location.assign(url);
      return false;
    }
    if (r.redirected) url = r.url;
  } catch {
    if (turn === visiting && !quiet) toast(T("The desk cannot be reached right now."), true);
    return turn !== visiting;
  }
  if (push) history.pushState(null, "", url);
  show(page, quiet, focus, since);
  return true;
}

/** The lists of an address: what else stands in its query leaves them as they are. */
function lists(url) {
  const q = new URLSearchParams(url.split("?")[1]);
  for (const name of ["before", "since", "at", "select"]) q.delete(name);
  return q.toString();
}

/** Whether the lists of an address stand here, up to date by the stream, so that
 *  the server need not draw them. Filtered ones are not: what fits may have changed. */
const keeps = url => !stale && stream.online() && Date.now() - drawn < 5 * 60e3 && !$("[data-narrowed]") &&
  !/[?&]select=/.test(url + shown) && lists(url) === lists(shown);

function show(page, quiet, focus, since) {
  const next = page.body, same = next.dataset.open === body.dataset.open, kept = !!$("#list-pane[data-absent]", next), others = lists(shown) !== lists(location.search);
  const before = composer.form();
  if (before && !same) drafts.keep(composer.chatOf(before));
  adopt(page);
  localise(next);
  if (same && quiet) parts.keep(next);
  const was = log();
  hush();
  $(".chat .log", next)?.setAttribute("aria-busy", "true");
  if (!kept) order.keep(next, !others);
  // What goes gives its focus up first: taken out with it, it costs a layout.
  const held = document.activeElement, at = held.closest("#list-pane") ? null : held;
  if (!same && $("main")?.contains(held)) held.blur();
  const draw = () => {
    for (const name of ["data-open", "data-me", "data-base", "data-position"]) {
      if (next.hasAttribute(name)) body.setAttribute(name, next.getAttribute(name)); else body.removeAttribute(name);
    }
    body.className = next.className;
    document.title = page.title;
    children(body, next);
    if (!kept) { order.drawn(); stale = false; drawn = Date.now(); }
    patches.rebase(next.dataset.position, since, kept);
  };
  if (same && quiet) steady(draw); else draw();
  const el = log();
  if (el && el === was && !(same && quiet)) el.scrollTop = 0;
  ready(kept);
  if (others) rows.count();
  shown = location.pathname + location.search;
  if (!same && (focus || !quiet) && !$("[data-found]")) land(); else patches.stay(at);
  hush();
}

/** Where the person is after a chat was opened: in the composer, else at its
 *  name, which some prefer. */
function land() {
  const f = composer.form(), fine = !matchMedia("(pointer: coarse)").matches;
  if (f && fine && !prefs.heading) f.elements.text.focus({ preventScroll: true });
  else $(".head h2")?.focus({ preventScroll: true });
}

const inner = url => url.origin === location.origin && /^\/chats(\/[^/]+(\/threads\/[^/]+)?)?$/.test(url.pathname.slice(base.length)) && url.pathname.startsWith(base);

document.addEventListener("click", e => {
  const a = e.target.closest?.("a[href]");
  if (!a || e.defaultPrevented || modified(e) || a.target || a.hasAttribute("download") || !body.matches(".inbox")) return;
  const url = new URL(a.href);
  if (!inner(url) || url.hash && url.pathname === location.pathname) return;
  e.preventDefault();
  visit(a.href, { push: a.href !== location.href });
});
let shown = location.pathname + location.search;
addEventListener("popstate", () => {
  if (body.matches(".inbox") && location.pathname + location.search !== shown) visit(location.href, {});
});
