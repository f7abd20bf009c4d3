// The lists: what is folded, and rows that hold still. While the pointer is over
// the lists, or a row has the focus, no row moves. What has changed is drawn in
// its place, and a button tells of the rest and lets it go. A pointer that was left
// there and a focus that is not used hold for half a minute: who writes an answer
// meanwhile sees who waits.

const folds = (() => {
  const key = "folded " + body.dataset.me;
  let shut = new Set();
  try { shut = new Set((localStorage.getItem(key) || "").split(" ").filter(Boolean)); } catch { /* refused: all stay open */ }

  function draw() {
    for (const part of $$(".part")) {
      const name = part.dataset.list, head = $(".sec", part);
      const button = $(".folder", head) || head.appendChild(make("button", { type: "button", class: "folder", "data-local": "", "aria-labelledby": "count-" + name, "aria-controls": "list-" + name }));
      button.setAttribute("aria-expanded", String(!shut.has(name)));
      part.toggleAttribute("data-folded", shut.has(name));
    }
  }

  document.addEventListener("click", e => {
    const button = e.target.closest?.(".folder");
    if (!button) return;
    const name = button.closest(".part").dataset.list;
    if (!shut.delete(name)) shut.add(name);
    try { localStorage.setItem(key, [...shut].join(" ")); } catch { /* not kept */ }
    draw();
  });
  addEventListener("storage", e => { if (e.key === key) { shut = new Set((e.newValue || "").split(" ").filter(Boolean)); draw(); } });
  return { draw };
})();

const order = (() => {
  const fresh = new Map(), moved = new Set(); // rows that wait to come in, ids of those that wait to move or go
  const rest = 30e3;
  let spot = null, timer = 0, free = 0; // what the pointer is over, in the lists; until when nothing holds
  let stir = 0, resting = 0; // when pointer or focus were used there last

  const focused = () => document.activeElement?.closest?.(".row");
  const held = () => !document.hidden && Date.now() > free && Date.now() - stir < rest && !!(spot?.isConnected || focused());

  // A finger holds the lists while it is down, every other pointer while it is over them.
  for (const type of ["pointerover", "pointerdown", "pointermove", "pointerup", "pointercancel"]) {
    document.addEventListener(type, e => {
      const touch = e.pointerType === "touch", on = e.target.closest?.("#rows");
      if (touch && type === "pointerover") return;
      point(on && !(touch && /up|cancel/.test(type)) ? e.target.closest("#rows .row, .sec, .all") || on : null);
    }, { passive: true, capture: true });
  }
  root.addEventListener("pointerleave", () => point(null));
  document.addEventListener("focusout", () => point(spot, true));
  for (const type of ["focusin", "keydown"]) document.addEventListener(type, () => { if (focused()) stir = Date.now(); });
  addEventListener("visibilitychange", settle);
  function point(el, still) {
    spot = el;
    if (el) {
      if (!still) stir = Date.now();
      return clearTimeout(timer), timer = 0;
    }
    timer ||= setTimeout(() => { timer = 0; settle(); }, 400);
  }

  /** Whether a row can come in without moving what is looked at. */
  function room(box, el) {
    const above = patches.before(box, el.dataset.sort, el) || box.previousElementSibling;
    return [spot, focused()].every(a => !a || a === above || a.id !== "rows" && a.compareDocumentPosition(above) & Node.DOCUMENT_POSITION_FOLLOWING);
  }
  const misplaced = row => {
    const box = byId(row.dataset.into);
    return !box || row.parentNode !== box || patches.before(box, row.dataset.sort, row) !== row.previousElementSibling;
  };

  /** Puts a row where it belongs, or notes that it has to wait. */
  function put(box, el, old) {
    fresh.delete(el.id);
    const before = old ? { unread: +old.dataset.unread || 0, box: old.parentNode } : null;
    if (!old && held() && !room(box, el)) fresh.set(el.id, el);
    else {
      const now = old ? morph(old, el) : el;
      if (!old || !held()) patches.sortInto(box, now);
      else if (misplaced(now)) moved.add(now.id); else moved.delete(now.id);
      rows.decorate(now, before);
    }
    tell();
  }

  /** Takes a row out, or notes that it has to stay for a while. */
  function drop(id, row) {
    if (fresh.delete(id)) tell();
    if (!row) return true;
    if (!held()) return false;
    row.classList.add("gone");
    moved.add(id);
    tell();
    return true;
  }

  function tell() {
    const n = fresh.size + moved.size;
    let button = byId("order");
    if (!n) {
      if (button && button === document.activeElement) attend($(".over h1"));
      return button?.remove();
    }
    if (!button) $(".over")?.append(button = make("button", { type: "button", id: "order", class: "chip", "data-local": "" }));
    button.textContent = N(n, "Order changed, %d newer ↑", "Order changed, %d newer ↑");
    clearTimeout(resting);
    resting = setTimeout(() => held() ? tell() : settle(), stir + rest - Date.now());
  }

  function release() {
    for (const id of moved) {
      const row = byId(id), box = row && byId(row.dataset.into);
      if (box && !row.classList.contains("gone")) patches.sortInto(box, row); else if (row) rows.out(row);
    }
    for (const row of fresh.values()) {
      const box = byId(row.dataset.into);
      if (box && !byId(row.id)) { patches.sortInto(box, row); rows.decorate(row, null); }
    }
    fresh.clear();
    moved.clear();
    tell();
    settled();
  }
  /** The agent has done something to the lists himself: he wants to see it. */
  function loosen() { free = Date.now() + 3000; release(); }
  function settle() { if ((fresh.size || moved.size) && !held()) release(); }

  /** Before a page is drawn in place of this one: with the same lists their rows hold still. */
  function keep(next, same) {
    fresh.clear();
    moved.clear();
    const boxes = $$("#rows ul"), to = box => $(`#rows ul[id="${box.id}"]`, next);
    if (!held() || !same || !boxes.every(to)) return;
    const there = new Map($$("#rows .row", next).map(r => [r.id, r]));
    const stay = new Map(boxes.map(box => [box, [...box.children].map(old => {
      const row = there.get(old.id) || old.cloneNode(true);
      if (!there.delete(old.id)) row.classList.add("gone");
      return row;
    })]));
    for (const row of there.values()) { row.remove(); fresh.set(row.id, row); }
    for (const [box, list] of stay) to(box).replaceChildren(...list);
  }

  /** After it was drawn. */
  function drawn() {
    if (!held()) return tell();
    for (const row of $$("#rows .row")) if (row.classList.contains("gone") || misplaced(row)) moved.add(row.id);
    for (const row of [...fresh.values()]) put(byId(row.dataset.into), row);
    tell();
  }

  document.addEventListener("click", e => { if (e.target.closest?.("#order")) release(); });
  return { put, drop, settle, keep, drawn, loosen };
})();
