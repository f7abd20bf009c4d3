// Completion in the composer: canned responses by # or / and emoji by :, each at
// the beginning of a word. The text keeps the focus; the list only points.

const complete = (() => {
  const lead = /(?:^|\s)([#/:])([^\s#/:]{0,30})$/u;
  const unfilled = new Map(); // by chat: placeholders that came without a value
  let turn = 0, looking = false, pressedEnter = false; // a list is on its way, and Enter was pressed meanwhile
  let box = null, items = [], at = 0, from = 0, ta = null, byButton = false, known = { chat: "", at: 0, list: [] };

  /** The team's responses for a chat, with what is known of it filled in. */
  async function responses(chat) {
    if (known.chat === chat && Date.now() - known.at < 60000) return known.list;
    try {
      const r = await fetch(chatPath(chat, "canned"), { headers: { "X-Desk": "1" }, credentials: "same-origin" });
      if (r.ok) known = { chat, at: Date.now(), list: await r.json() };
    } catch { /* offline: those from before do */ }
    return known.chat === chat ? known.list : [];
  }

  /** Those whose words begin so first, then those with it in a word, then in the text. */
  function ranked(list, query) {
    const q = query.toLowerCase();
    const rank = r => r.words.some(w => w.startsWith(q)) ? 0 : r.words.some(w => w.includes(q)) ? 1 : q.length > 2 && r.text.toLowerCase().includes(q) ? 2 : 3;
    return list.map(r => [rank(r), r]).filter(([n]) => n < 3).sort((a, b) => a[0] - b[0]).map(([, r]) => r);
  }

  /** Looks at what stands before the caret, and shows what fits. */
  async function look(field) {
    const found = field.selectionStart === field.selectionEnd && field.value.slice(0, field.selectionStart).match(lead);
    if (!found || found[1] === ":" && found[2].length < 2 && !byButton) {
      turn++; // what is on its way is not wanted any more
      looking = pressedEnter = false;
      return close();
    }
    const [, sign, query] = found, caret = field.selectionStart, mine = ++turn;
    looking = true;
    const list = sign === ":" ? await emoji.find(query, byButton) : ranked(await responses(composer.chatOf(field.form)), query).slice(0, 50);
    if (mine !== turn) return; // a newer one, whichever comes first
    looking = false;
    const enter = pressedEnter;
    pressedEnter = false;
    if (field.selectionStart !== caret || document.activeElement !== field) return;
    if (list.length) {
      ta = field;
      from = caret - query.length - 1;
      show(list, sign === ":");
      if (enter) choose();
    } else {
      const asked = byButton;
      close();
      if (enter) field.form.requestSubmit();
      if (asked && !query) {
        put(field, caret - 1, caret, "");
        toast(sign === ":" ? T("The desk cannot be reached right now.") : T("No canned responses are kept yet. Add some by your menu."));
      }
    }
  }

  function show(list, small) {
    const was = byButton;
    close();
    byButton = was;
    items = list;
    box = make("ul", { id: "pick", class: small ? "suggest grid" : "suggest", role: "listbox", tabindex: 0, "aria-label": small ? T("Emoji") : T("Canned responses"), "data-local": "" }, ...list.map(option));
    ta.before(box);
    for (const [k, v] of [["aria-controls", "pick"], ["aria-autocomplete", "list"], ["aria-haspopup", "listbox"]]) ta.setAttribute(k, v);
    point(0);
    say(N(list.length, "%d suggestion", "%d suggestions"), 500);
  }

  function option(r, i) {
    const el = make("li", { id: "pick-" + i, role: "option" });
    if (r.sign) { el.title = r.name; el.setAttribute("aria-label", r.name); el.append(r.sign); }
    else el.append(make("b", {}, make("bdi", {}, "#" + r.words.join(" #")), r.files ? " · " + N(r.files.length, "%d file", "%d files") : ""), make("span", { dir: "auto" }, r.text));
    el.onpointerdown = e => { e.preventDefault(); point(i); choose(); };
    return el;
  }

  function point(i) {
    at = (i + items.length) % items.length;
    [...box.children].forEach((el, k) => el.setAttribute("aria-selected", k === at));
    ta.setAttribute("aria-activedescendant", "pick-" + at);
    box.children[at].scrollIntoView({ block: "nearest" });
  }

  function close() {
    if (box) for (const k of ["aria-controls", "aria-autocomplete", "aria-haspopup", "aria-activedescendant"]) ta.removeAttribute(k);
    box?.remove();
    box = null;
    byButton = false;
  }

  function choose() {
    const r = items[at], field = ta, f = field.form;
    close();
    put(field, from, field.selectionStart, r.sign || r.text);
    const chat = composer.chatOf(f);
    if (r.unfilled) unfilled.set(chat, [...(unfilled.get(chat) || []), ...r.unfilled]);
    if (r.files) uploads.keep(f, r.files);
  }

  /** Puts text in the place of some other, so that it can be undone. */
  function put(field, start, end, text) {
    field.focus();
    field.setSelectionRange(start, end);
    if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The placeholders that would be sent as they are, in a sentence. */
  function doubt(f) {
    const left = [...new Set(unfilled.get(composer.chatOf(f)) || [])].filter(name => f.elements.text.value.includes(name));
    return left.length ? T("%s is not filled in.", left.join(T(", "))) : "";
  }

  const row = step => { // one line further in the grid
    const top = box.children[0].offsetTop, columns = [...box.children].filter(el => el.offsetTop === top).length;
    return at + step * columns >= 0 && at + step * columns < items.length ? at + step * columns : at;
  };
  function pressed(e) {
    if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
    if (looking && !box && e.key === "Enter" && !e.shiftKey && !prefs.ctrl && e.target.name === "text") {
      e.preventDefault();
      e.stopPropagation();
      pressedEnter = true;
    }
    if (!box || e.target !== ta) return;
    const grid = box.classList.contains("grid"), on = root.dir === "rtl" ? -1 : 1;
    const does = {
      ArrowDown: () => point(grid ? row(1) : at + 1), ArrowUp: () => point(grid ? row(-1) : at - 1), Enter: choose, Tab: choose,
      Escape: () => { if (byButton && ta.selectionStart === from + 1) put(ta, from, from + 1, ""); close(); },
      ...(grid ? { ArrowRight: () => point(at + on), ArrowLeft: () => point(at - on) } : {}),
    }[e.key];
    if (!does || e.shiftKey) return;
    e.preventDefault();
    e.stopPropagation();
    does();
  }

  document.addEventListener("keydown", pressed, true);
  document.addEventListener("input", e => { if (e.target.matches?.("form[data-action=send] textarea")) look(e.target); });
  document.addEventListener("focusout", e => { if (e.target === ta) close(); });
  document.addEventListener("click", e => {
    const sign = e.target.closest?.("[data-pick]")?.dataset.pick, f = sign && e.target.closest("form");
    if (!f) { if (box && e.target === ta) look(ta); return; }
    const field = f.elements.text, start = field.selectionStart;
    put(field, start, field.selectionEnd, (start && /\S/.test(field.value[start - 1]) ? " " : "") + sign);
    byButton = true;
    look(field);
  });

  return { doubt };
})();
