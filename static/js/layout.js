// How a conversation is laid out after a change: day lines, groups of one author,
// and lines about what happened put together, as views/eventview.go does it.

/** The first event of a line or of a fold. */
const event = el => el.dataset.eventId ? el : $("[data-event-id]", el);

/** Lays the parts of a conversation out anew. */
function regroup(box) {
  box = box?.closest?.(".lines");
  if (!box) return;
  lots(box);
  let prev = null, day = "", line = null, broken = true;
  for (const el of [...box.children]) {
    if (el.classList.contains("day")) {
      broken = true;
      if (el.classList.contains("over")) { line?.remove(); line = null; day = ""; }
      else if (!el.classList.contains("new")) { line?.remove(); line = el; }
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
      const t = $("time", line), says = forms.day(date);
      t.dateTime = date.toISOString();
      if (t.textContent !== says) t.textContent = says; // put in anew it is read out anew
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

/** Folds lines in a row where something follows them: what comes in stands open
 *  as long as it is the newest. */
function lots(box) {
  let run = [], day = "";
  for (const el of [...box.children]) {
    if (el.matches(".seen, .start")) continue;
    const line = el.matches(".lot, .sys[data-event-id]:not(.form, .rated)") && !$(".summary", el);
    const on = line && new Date(+el.dataset.at).toDateString();
    if (!line || on !== day) { lot(box, run); run = []; }
    day = on;
    if (line) run.push(el);
  }
}

function lot(box, run) {
  const n = run.reduce((n, el) => n + (el.matches(".lot") ? el.children.length - 1 : 1), 0);
  let all = run.find(el => el.matches(".lot"));
  if (!n) return all?.remove();
  if (n < 3 && !all) return;
  const first = event(run.find(event));
  if (all && run.length === 1 && all.dataset.n === String(n)) return;
  if (!all) {
    all = make("details", { class: "sys lot", "data-keep": "open" }, make("summary"));
    box.insertBefore(all, run[0]);
    all.open = run.some(el => el.contains(document.activeElement));
  }
  for (const el of run.flatMap(x => x === all ? [] : x.matches(".lot") ? $$(":scope > [data-event-id]", x) : [x])) {
    const next = $$(":scope > [data-event-id]", all).find(x => x.dataset.sort > el.dataset.sort);
    move(all, el, next || null);
  }
  for (const el of run) if (el !== all && el.matches(".lot")) el.remove();
  all.id = "lot-" + first.id;
  Object.assign(all.dataset, { n, sort: first.dataset.sort, at: first.dataset.at });
  if (first.dataset.thread) all.dataset.thread = first.dataset.thread;
  $("summary", all).textContent = N(n, "%d event", "%d events");
}
