// Times in the browser's own zone, and the ones that run.

const format = options => { const f = new Intl.DateTimeFormat(lang, options); return d => f.format(d); };
/** A format with twelve hours or 24, as the agent chose. */
const hours = of => { const by = { false: format(of(false)), true: format(of(true)) }; return d => by[!!prefs.hour12](d); };
const clock = options => hours(h12 => ({ ...options, ...(h12 ? { hour: "numeric", hour12: true } : { hour: "2-digit", hourCycle: "h23" }) }));
const print = {
  hm: clock({ minute: "2-digit" }), hms: clock({ minute: "2-digit", second: "2-digit" }),
  weekday: format({ weekday: "short" }), short: format({ day: "numeric", month: "short" }),
  date: format({ day: "numeric", month: "short", year: "numeric" }), long: format({ weekday: "long", day: "numeric", month: "long" }),
  day: format({ day: "numeric", month: "long", year: "numeric" }),
  full: hours(h12 => ({ dateStyle: "long", timeStyle: "long", hourCycle: h12 ? "h12" : "h23" })),
};

const sameDay = (a, b) => a.toDateString() === b.toDateString();
const forms = {
  clock: d => print.hm(d),
  full: d => print.day(d) + " " + print.hm(d),
  date: d => print.date(d),
  stamp(d) {
    const now = new Date(), age = now - d;
    if (sameDay(d, now)) return print.hm(d);
    if (age > 0 && age < 6 * 864e5) return print.weekday(d) + " " + print.hm(d);
    return d.getFullYear() === now.getFullYear() ? print.short(d) : print.date(d);
  },
  left(d) {
    const m = Math.max(1, Math.floor((Date.now() - d) / 6e4));
    return m < 60 ? T("left %d min ago", m) : m < 1440 ? T("left %d h ago", Math.floor(m / 60)) : T("left %d d ago", Math.floor(m / 1440));
  },
  day(d) {
    const now = new Date();
    if (sameDay(d, now)) return T("Today");
    if (sameDay(d, new Date(now - 864e5))) return T("Yesterday");
    return d.getFullYear() === now.getFullYear() ? print.long(d) : print.day(d);
  },
};

document.addEventListener("prefs", () => localise(document));

function told(el) {
  const d = new Date(el.dateTime), how = el.dataset.f;
  if (isNaN(d)) return;
  const text = (forms[how] || forms.stamp)(d);
  if (el.textContent !== text) el.textContent = text;
  if (el.title || /stamp|full|left/.test(how)) el.title = print.full(d);
}

/** Redraws the times of a piece of page. */
function localise(from) {
  for (const el of $$("time[data-f]", from)) told(el);
  for (const el of $$("time[data-since]", from)) since(el, Date.now());
  keys.print(from);
}

const two = n => String(n).padStart(2, "0");
function span(s) {
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}

// Limits that are not the common ones stand at the wait (views/format.go).
function since(el, now) {
  const s = Math.max(0, Math.floor(now / 1000 - el.dataset.since));
  const text = span(s);
  if (el.textContent === text) return;
  el.textContent = text;
  const box = el.closest(".wait");
  if (box) {
    const warn = box.dataset.warn || 40, late = box.dataset.late || 120;
    box.classList.toggle("warn", s >= warn && s < late);
    box.classList.toggle("late", s >= late);
  }
}

function tick() {
  if (document.hidden) return;
  order.settle();
  typing();
  const now = Date.now();
  for (const el of $$("time[data-since]")) since(el, now);
  for (const el of $$("time[data-f=left]")) told(el);
  for (const el of $$("time[data-until]")) el.textContent = T("%d s", Math.max(0, Math.ceil(el.dataset.until - now / 1000)));
}
