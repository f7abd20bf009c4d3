// The blocks of the panel: what is folded is remembered for every chat, and parts
// that are long in coming are put in when they are asked for.

const blocks = (() => {
  const key = "blocks " + body.dataset.me;
  let open = {};
  try { open = JSON.parse(localStorage.getItem(key)) || {}; } catch { /* refused, or not ours */ }

  /** Folds as they were left. What says that something is wrong stays open. */
  function attach() {
    for (const el of $$("details[data-fold]")) if (el.dataset.fold in open && !$("[aria-invalid]", el)) el.open = open[el.dataset.fold];
  }

  /** The time of day where customers are. A zone that is not known here stays as it was told. */
  function zones() {
    for (const el of document.hidden ? [] : $$("time[data-zone]")) {
      try { el.textContent = clock({ minute: "2-digit", timeZone: el.dataset.zone })(Date.now()); } catch { delete el.dataset.zone; }
    }
  }
  setInterval(zones, 10_000);

  async function fill(a) {
    const from = a.closest("p");
    if (from.getAttribute("aria-busy")) return;
    from.setAttribute("aria-busy", "true");
    try {
      const r = await fetch(a.href, { credentials: "same-origin" });
      const part = r.ok && !r.redirected && $(`[data-part="${a.dataset.fill}"]`, new DOMParser().parseFromString(await r.text(), "text/html"));
      if (!part) throw r;
      localise(part);
      const box = from.parentNode, after = from.previousSibling;
      from.replaceWith(...part.childNodes);
      const next = $$("a", box).find(el => !after || after.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (next) next.focus({ preventScroll: true });
    } catch { location.assign(a.href); }
  }

  document.addEventListener("click", e => {
    const el = e.target.closest?.("details[data-fold] > summary");
    if (el) setTimeout(() => {
      open[el.parentNode.dataset.fold] = el.parentNode.open;
      try { localStorage.setItem(key, JSON.stringify(open)); } catch { /* not kept */ }
    });
    const a = e.target.closest?.("a[data-fill]");
    if (!a || modified(e)) return;
    e.preventDefault();
    fill(a);
  });
  return { attach };
})();
