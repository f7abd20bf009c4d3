// Small words of the whole script. All files share one scope (see static.go).

const root = document.documentElement, body = document.body;
root.classList.add("js"); // styles hide what only works with scripts
const base = body.dataset.base || "";
const $ = (sel, from = document) => from.querySelector(sel);
const $$ = (sel, from = document) => [...from.querySelectorAll(sel)];
const byId = id => document.getElementById(id);
const openChat = () => body.dataset.open || "";
const chatPath = (id, ...rest) => [base + "/chats", encodeURIComponent(id), ...rest].join("/");

/** Gives the focus to the first of some elements that takes it. */
const attend = (...els) => els.some(el => { el?.focus({ preventScroll: true }); return el && el === document.activeElement; });

/** Markup to nodes. Scripts in it never run, and the server sends none. */
function parse(html) {
  const t = document.createElement("template");
  t.innerHTML = html;
  return t.content;
}

/** An element with attributes and children; text stays text. */
function make(tag, attrs = {}, ...children) {
  const el = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs)) if (v !== false && v != null) el.setAttribute(k, v === true ? "" : v);
  el.append(...children);
  return el;
}

/** A form's POST. Never throws: {ok, status, text}; status 0 is no answer. */
async function post(url, data, keepalive = false) {
  try {
    const r = await fetch(url, { method: "POST", body: data, headers: { "X-Desk": "1" }, credentials: "same-origin", keepalive });
    if (r.status === 401) { signIn(); return { ok: false, status: 401, text: T("Please sign in again.") }; }
    return { ok: r.ok, status: r.status, field: r.headers.get("X-Field") || "", text: r.ok ? "" : (await sentence(r)) };
  } catch {
    return { ok: false, status: 0, text: T("The desk cannot be reached right now.") };
  }
}

/** The server's reason, where it sent a plain one. */
async function sentence(r) {
  const text = (r.headers.get("Content-Type") || "").startsWith("text/plain") ? (await r.text()).trim() : "";
  return text && text.length < 300 ? text : T("That did not work. Please try again.");
}

const fields = pairs => new URLSearchParams(pairs);

/** To the sign-in page and back here. What is written stays in this tab. */
function signIn() {
  stream.stop();
  location.assign(base + "/login?next=" + encodeURIComponent(location.pathname + location.search));
}

/** A sentence that stands for a while; bad ones stand longer. "alert" breaks into
 *  what is being read out. */
function toast(text, bad) {
  const el = make("p", { class: bad ? "toast bad" : "toast", role: bad === "alert" && bad }, text);
  byId("toasts")?.append(el);
  setTimeout(() => el.remove(), bad ? 9000 : 4000);
  return el;
}

/** Says something to those who listen instead of looking. Each sentence is a line of
 *  its own, so that none takes the place of one that was not yet read out. With wait,
 *  in ms, only the newest is said, when nothing else has come for so long. */
let saying = 0;
function say(text, wait) {
  if (wait) {
    clearTimeout(saying);
    saying = setTimeout(say, wait, text);
    return;
  }
  const live = byId("live"), p = make("p", {}, text);
  live?.append(p);
  if (live?.children.length > 9) live.firstChild.remove();
  setTimeout(() => p.remove(), 5000);
}

/** A message id: 32 hex digits. randomUUID is missing on plain http. */
function mint() {
  if (crypto.randomUUID) return crypto.randomUUID().replaceAll("-", "");
  return [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");
}

/** Storage of this tab; a browser may refuse it, then nothing is kept. */
const kept = {
  get(key) { try { return sessionStorage.getItem(key) || ""; } catch { return ""; } },
  set(key, value) { try { value ? sessionStorage.setItem(key, value) : sessionStorage.removeItem(key); } catch { /* full or refused */ } },
};
