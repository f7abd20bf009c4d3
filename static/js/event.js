// What can be done with one event: a small menu at its dots, which without scripts
// lead to a page. A long press opens it too.

const menus = (() => {
  let open = null, held = false; // {menu, from}; Enter is still down

  /** What an event says, as it would be sent. */
  function text(el) {
    const bub = $(".bub", el);
    if (!bub) return $(".file bdi, figcaption bdi, .card h3, .card p", el)?.textContent || (el.matches(".sys") ? el.innerText : "");
    return [...bub.childNodes].filter(n => !n.matches?.(".host")).map(n => n.nodeName === "BLOCKQUOTE" ? quoting(n.textContent) : n.textContent).join("").trim();
  }
  const quoting = s => s.split("\n").map(l => "> " + l).join("\n") + "\n";

  /** What was said, as views/quote.go draws it: quoted lines set apart. */
  function bubble(said) {
    const parts = said.split(/((?:^> .*\n?)+)/m).filter(Boolean);
    return make("div", { class: "bub", dir: "auto" }, ...parts.map((s, i) => s.startsWith("> ")
      ? make("blockquote", { dir: "auto" }, s.replace(/^> /gm, "").replace(/\n$/, "")) : parts[i + 1] ? s.replace(/\n$/, "") : s));
  }

  if (/[?&]quote=/.test(location.search)) history.replaceState(null, "", location.pathname); // once is enough

  /** Puts what was said into the composer, at the caret. A note is answered by a note. */
  function quote(el) {
    const f = composer.form(), ta = f.elements.text;
    const said = text(el).split("\n").filter(l => !l.startsWith("> ")).join("\n").trim();
    const short = [...said].length > 600 ? [...said].slice(0, 600).join("") + " …" : said;
    const by = el.dataset.by === body.dataset.me ? $("#me .whoami bdi")?.textContent : $(".who bdi", el)?.textContent;
    if (el.matches(".note")) composer.aim(f, true);
    const at = ta.selectionStart, lead = at && ta.value[at - 1] !== "\n" ? "\n" : "";
    ta.focus();
    ta.setRangeText(lead + quoting((by ? by + ": " : "") + short), at, ta.selectionEnd, "end");
    ta.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The page of an event's conversation, which stays good when that is over, asked for the event. */
  function address(el, as) {
    const chat = el.closest("[data-chat-id]")?.dataset.chatId, thread = el.dataset.thread || el.closest("[data-thread]")?.dataset.thread;
    const path = chat && thread ? chatPath(chat, "threads", encodeURIComponent(thread)) : location.pathname;
    return location.origin + path + "?" + as + "=" + encodeURIComponent(el.dataset.eventId);
  }

  async function copy(what, told) {
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(what);
      else { // plain http
        const ta = make("textarea", { class: "hidden" });
        ta.value = what;
        body.append(ta);
        ta.select();
        const ok = document.execCommand("copy");
        ta.remove();
        if (!ok) throw new Error();
      }
      toast(told);
    } catch { toast(T("The browser did not allow copying."), true); }
  }

  function show(from) {
    const el = from.closest("[data-event-id]"), said = text(el);
    close();
    const item = (word, fn) => {
      const b = make("button", { type: "button", class: "item", role: "menuitem", tabindex: "-1" }, word);
      b.onclick = () => { close(true); fn(); };
      return b;
    };
    const menu = make("div", { class: "menu", role: "menu", "aria-label": T("Message"), "data-local": "" },
      ...(said && el.matches(".msg") && composer.form() && el.closest(".chat") ? [item(T("Quote in the answer"), () => quote(el))] : []),
      ...(said ? [item(T("Copy the text"), () => copy(said, T("Text copied")))] : []),
      item(T("Copy a link to it"), () => copy(address(el, "at") + "#" + el.id, T("Link copied"))),
      item(T("Properties"), () => forms_.dialog(address(el, "event"))));
    el.append(menu);
    const room = el.closest(".log, main")?.getBoundingClientRect(), m = menu.getBoundingClientRect();
    menu.classList.toggle("up", !!room && m.bottom > room.bottom);
    from.setAttribute("aria-expanded", "true");
    open = { menu, from };
    $("button", menu).focus({ preventScroll: true });
  }

  function close(back) {
    if (!open) return;
    const { menu, from } = open;
    open = null;
    from.removeAttribute("aria-expanded");
    menu.remove();
    if (back && from.isConnected) from.focus({ preventScroll: true });
  }

  document.addEventListener("click", e => {
    const from = e.target.closest?.(".of");
    if (!from) { if (open && !open.menu.contains(e.target)) close(); return; }
    if (modified(e)) return;
    e.preventDefault();
    if (open?.from === from) close(true); else show(from);
  });
  for (const type of ["keypress", "keyup"]) document.addEventListener(type, e => { if (held) e.preventDefault(); if (type === "keyup") held = false; }, true);
  document.addEventListener("contextmenu", e => {
    const of = e.pointerType === "touch" && !e.target.closest("a, button") && $(".of", e.target.closest?.(".msg") || root);
    if (of && e.target.closest(".msg")) { e.preventDefault(); show(of); }
  });
  document.addEventListener("keydown", e => {
    // The key that opens it must not press the first entry too.
    if (e.key === "Enter" && (held || e.target.matches?.(".of") && !modified(e))) {
      e.preventDefault();
      if (!held) show(e.target);
      held = true;
      return;
    }
    if (!open || !open.menu.contains(document.activeElement)) return;
    const list = $$("button", open.menu), at = list.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + list.length, Home: 0, End: list.length - 1 }[e.key];
    if (to !== undefined) list[to % list.length].focus();
    else if (e.key === "Escape") close(true);
    else if (e.key === "Tab") return close(true);
    else if (e.key !== "Enter" && e.key !== " ") e.stopPropagation(); // no single keys here
    else return;
    if (to !== undefined || e.key === "Escape") { e.preventDefault(); e.stopPropagation(); }
  }, true);

  return { close, bubble };
})();
