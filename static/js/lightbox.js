// Pictures of a conversation, large: one after the other, whole or in their own
// size. Without scripts a picture is a link to its file.

(() => {
  const button = (word, name, fn) => {
    const b = make("button", { type: "button", class: "btn square", "aria-label": word, title: word }, icon(name));
    b.onclick = fn;
    return b;
  };
  function icon(name) {
    const svg = parse('<svg class="i" aria-hidden="true"><use/></svg>').firstChild;
    svg.firstChild.setAttribute("href", "#i-" + name);
    return svg;
  }

  function show(list, at) {
    const img = make("img", { referrerpolicy: "no-referrer" }), where = make("span", { class: "faint", "aria-live": "polite" });
    const name = make("bdi"), get = make("a", { class: "btn square", download: "", target: "_blank", rel: "noopener noreferrer nofollow ugc", "aria-label": T("Download"), title: T("Download") }, icon("download"));
    const size = make("button", { type: "button", class: "btn", "aria-pressed": "false" }, T("Actual size"));
    const many = list.length > 1;
    const go = by => {
      at = (at + by + list.length) % list.length;
      const a = list[at], small = $("img", a), to = a.href || small.src;
      img.src = to;
      img.alt = small.alt;
      get.href = to;
      name.textContent = $("figcaption bdi", a.closest(".shot"))?.textContent || small.alt;
      where.textContent = many ? T("%d of %d", at + 1, list.length) : "";
      zoom(false);
    };
    const zoom = on => { size.setAttribute("aria-pressed", on); view.classList.toggle("whole", on); };
    const view = make("div", { class: "view", tabindex: "0" }, img);
    size.onclick = () => zoom(size.getAttribute("aria-pressed") !== "true");
    img.onclick = size.onclick;
    const box = make("div", { class: "lightbox" },
      make("header", {}, name, where, ...(many ? [button(T("Previous picture"), "back", () => go(-1)), button(T("Next picture"), "forward", () => go(1))] : []), size, get,
        make("button", { type: "button", class: "btn square", "data-close": "", "aria-label": T("Close"), title: T("Close"), autofocus: true }, icon("close"))), view);
    box.onkeydown = e => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (by && many && !view.matches(".whole:focus")) go(root.dir === "rtl" ? -by : by);
      else if (e.key === "+" || e.key === "-") zoom(e.key === "+");
      else return;
      e.preventDefault();
    };
    forms_.show(box, T("Picture"));
    go(0);
  }

  document.addEventListener("click", e => {
    const a = e.target.closest?.(".log .shot a, .log .shot > img");
    if (!a || modified(e)) return;
    e.preventDefault();
    const list = $$(".shot a, .shot > img", a.closest(".log"));
    if (a.matches("a")) a.focus({ preventScroll: true });
    show(list, list.indexOf(a));
  });
})();
