// Widths of the panes: a handle at the edge of each, for the pointer and for
// keys. Their steps are those of desk.Panes; the style sheet names them all.

const panes = (() => {
  const step = 40, least = 240, most = { list: 480, details: 520 }, usual = { list: 328, details: 304 };
  let timer = 0;
  const width = pane => +root.dataset[pane] || usual[pane];

  function set(pane, to) {
    const px = to && Math.min(most[pane], Math.max(least, Math.round(to / step) * step));
    if (px) root.dataset[pane] = px; else delete root.dataset[pane];
    byId("split-" + pane).setAttribute("aria-valuenow", width(pane));
    clearTimeout(timer);
    timer = setTimeout(save, 700);
  }
  async function save() {
    const r = await post(base + "/me", fields({ part: "panes", list: root.dataset.list || "", details: root.dataset.details || "" }));
    timer = 0;
    if (!r.ok) toast(r.text, true);
  }

  function handle(pane, name) {
    if (byId("split-" + pane)) return;
    const end = pane === "details" ? -1 : 1;
    const out = () => end * (root.dir === "rtl" ? -1 : 1); // the way of the screen that makes it wider
    const el = make("div", { id: "split-" + pane, class: "split", role: "separator", tabindex: 0, "aria-orientation": "vertical", "aria-label": name,
      "aria-valuemin": least, "aria-valuemax": most[pane], "aria-valuenow": width(pane), "data-local": "" });
    el.addEventListener("keydown", e => {
      const by = { ArrowLeft: -step, ArrowRight: step }[e.key];
      if (by) set(pane, width(pane) + by * out()); else if (e.key === "Home") set(pane, 0); else return;
      e.preventDefault();
    });
    let from = null;
    el.addEventListener("pointerdown", e => { from = { x: e.clientX, w: width(pane) }; el.setPointerCapture(e.pointerId); });
    el.addEventListener("pointermove", e => { if (from && Math.abs(e.clientX - from.x) > 4) set(pane, from.w + (e.clientX - from.x) * out()); });
    for (const name of ["pointerup", "pointercancel"]) el.addEventListener(name, () => { from = null; });
    el.addEventListener("dblclick", () => set(pane, 0));
    (byId("list-pane") || body).append(el); // inside a landmark
  }

  function attach() {
    if (!body.matches(".inbox")) return;
    handle("list", T("Width of the list"));
    if (body.matches(".has-chat") && $(".about")) handle("details", T("Width of the details")); else byId("split-details")?.remove();
  }
  return { attach, moving: () => !!timer };
})();
