// The forms of the inbox, the rail and dialogs: sent without leaving the page,
// with the reason where one fails. All other pages, and browsers without scripts,
// do the same by loading a page.

const forms_ = (() => {
  const plain = new Set(["send", "login", "logout"]);

  document.addEventListener("submit", e => {
    const f = e.target, name = f.dataset?.action;
    if (!name || plain.has(name) || e.defaultPrevented) return;
    if (name !== "filter" && (f.method === "get" || !f.closest(".inbox, .rail, dialog"))) return;
    if (name === "filter") {
      e.preventDefault();
      f.closest("details").open = false;
      const q = new URLSearchParams([...new FormData(f)].filter(([, v]) => v));
      return visit(f.action + (q.size ? "?" + q : ""), { push: true });
    }
    e.preventDefault();
    submit(f, e.submitter, name);
  });

  async function submit(f, by, name) {
    if (f.getAttribute("aria-busy")) return;
    const data = new URLSearchParams(new FormData(f));
    if (by?.name) data.append(by.name, by.value);
    if (name === "deactivate") data.append("undo", "1");
    f.setAttribute("aria-busy", "true");
    const r = await post(f.getAttribute("action"), data);
    f.removeAttribute("aria-busy");
    if (!r.ok) return refused(f, name, r);
    done(f, name);
    if (!stream.online()) patches.redraw();
  }

  function refused(f, name, r) {
    const dialog = f.closest("dialog");
    if (!dialog) return wrong(fieldOf(f, r.field), r.text) || toast(r.text, true);
    $(".reason", dialog)?.remove();
    const box = make("p", { id: "refused", class: "reason", tabindex: -1 }, r.text), at = fieldOf(f, r.field);
    ($("header", f) || f).after(box);
    if (at?.matches?.(":not([type=hidden])")) { at.setAttribute("aria-describedby", box.id); at.focus(); } else box.focus();
    if (r.status === 409 && name === "transfer" && !$("[name=force]", f)) {
      box.after(make("label", { class: "check" }, make("input", { type: "checkbox", name: "force", value: "1" }), " " + T("Let the chat wait there until somebody is free")));
    }
  }

  /** The field of a name, or of "name:2" the third one of that name. */
  function fieldOf(f, name = "") {
    const [first, i] = name.split(":"), el = f.elements[first];
    return i ? el?.[i] || el : el;
  }

  /** Says beside a field what is wrong with it, until it is changed. */
  function wrong(field, text) {
    if (!field?.setCustomValidity || field.type === "hidden") return false;
    field.setCustomValidity(text);
    field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
    return !field.reportValidity();
  }

  /** Folds a form away. A focus in it goes to what unfolds it. */
  function fold(f) {
    const d = f.closest("details");
    if (d.contains(document.activeElement)) $("summary", d).focus({ preventScroll: true });
    d.open = false;
  }

  function done(f, name) {
    const chat = decodeURIComponent((f.getAttribute("action").split("/chats/")[1] || "").split("/")[0]);
    const dialog = f.closest("dialog");
    dialog?.close();
    const pop = f.closest("details.pop");
    switch (name) {
      case "tag": f.reset(); return;
      case "untag": case "give-access": case "take-access": case "set-access": return;
      case "delete-property": if (dialog) toast(T("Deleted")); return;
      case "set-property": f.reset(); toast(T("Saved")); return;
      case "take": case "resume":
        if (chat && (chat !== openChat() || name === "resume")) visit(chatPath(chat) + location.search, { push: chat !== openChat(), focus: true });
        break;
      case "deactivate":
        closing.offer(chat);
        break;
      case "unread": visit(base + "/chats" + location.search, { push: true }).then(() => attend(rows.link(rows.of(chat)))); break;
      case "keep-open": closing.keep(chat); break;
      case "save-view": toast(T("Saved")); patches.redraw(); break;
      case "transfer":
        toast(T("Transferred"));
        break;
      case "customer": case "fields": toast(T("Saved")); f.reset(); fold(f); break;
      case "note": f.reset(); break;
      case "change-note": fold(f); break;
      case "lift-ban": toast(T("The ban is lifted")); break;
      case "ban": toast(T("Banned")); fold(f); break;
      case "summary": toast(T("A summary is being made")); break;
      case "thinking": toast(T("Everybody in the chat sees it for half a minute")); break;
      case "reconnect": toast(T("Trying again")); break;
    }
    if (pop) { pop.open = false; $("summary", pop)?.focus({ preventScroll: true }); }
    if (name === "status" && $("[data-narrowed], .empty.small")) patches.redraw();
  }

  /** Shows a page's form in a dialog; without scripts it is a page of its own. */
  async function dialog(url) {
    let doc;
    try {
      const r = await fetch(url, { credentials: "same-origin" });
      if (!r.ok || r.redirected) return location.assign(url);
      doc = new DOMParser().parseFromString(await r.text(), "text/html");
    } catch { return toast(T("The desk cannot be reached right now."), true); }
    if ($("dialog[open]")) return; // it was asked for twice
    const part = $("main [data-sheet], main form", doc);
    if (!part) return location.assign(url);
    show(document.importNode(part, true), $("h1", part)?.textContent);
  }

  function show(content, name) {
    const d = make("dialog", { "aria-label": name || T("Dialog"), "data-local": "" }, content);
    const from = document.activeElement;
    body.append(d);
    d.addEventListener("close", () => { d.remove(); if (from?.isConnected) from.focus({ preventScroll: true }); else patches.stay(); });
    d.addEventListener("click", e => { if (e.target === d || e.target.closest("[data-close]")) { e.preventDefault(); d.close(); } });
    d.showModal();
    return d;
  }

  document.addEventListener("click", e => {
    const open = e.target.closest?.("[data-open]");
    if (open && open !== body && open.href && !modified(e)) { e.preventDefault(); dialog(open.href); }
    if (e.target.closest?.("[data-do=wake]")) stream.wake(true);
    if (e.target.closest?.(".jump")) lines.end();
    for (const pop of $$("details.pop[open]")) if (!pop.contains(e.target)) pop.open = false;
  });
  document.addEventListener("toggle", e => {
    if (e.target.matches?.(".views[open]")) visit(location.href, { quiet: true }); // counts its chats anew
    if (e.target.matches?.("details.pop[open]")) $("input:not([type=hidden]), select", $(".menu", e.target))?.focus();
  }, true);

  return { dialog, show };
})();

const modified = e => e.ctrlKey || e.metaKey || e.shiftKey || e.altKey || e.button > 0;
