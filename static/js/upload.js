// Files: chosen, dropped or pasted, shown before they go, each its own message.

const uploads = (() => {
  const limit = 10 * 1000 * 1000; // the chat server's limit for one file
  const chosen = new Map(); // by chat: they are there when one comes back to it
  const of = f => chosen.get(composer.chatOf(f)) || [];

  function add(f, files) {
    const list = [...of(f), ...files].slice(0, 20);
    chosen.set(composer.chatOf(f), list);
    draw(f);
  }

  /** Files of a canned response, which the server has already. */
  const keep = (f, files) => add(f, files.map(k => ({ kept: k.id, name: k.name, size: k.size })));

  function clear(f) {
    chosen.delete(composer.chatOf(f));
    if (f.elements.file) f.elements.file.value = "";
    draw(f);
  }

  function draw(f) {
    const box = $(".files", f);
    box.replaceChildren(...of(f).map((file, i) => {
      const drop = make("button", { type: "button", "aria-label": T("Do not send %s", file.name) }, "×");
      drop.onclick = () => { chosen.set(composer.chatOf(f), of(f).filter((_, j) => j !== i)); draw(f); f.elements.text.focus(); };
      const big = file.size > limit;
      return make("li", {}, make("bdi", {}, file.name), make("small", { class: big ? "bad" : "" }, big ? T("too big, at most 10 MB") : size(file.size)), drop);
    }));
  }

  const size = n => n < 1000 ? T("%d B", n) : n < 1e6 ? T("%d kB", Math.round(n / 1000)) : T("%s MB", number(n / 1e6));

  /** Sends one file when its turn has come, and says how far it is. */
  function send(m) {
    const el = composer.draw(m, "sending");
    if (m.file.size > limit) return composer.fail(el, { ...m, file: null }, T("the file is bigger than 10 MB"));
    const cancel = make("button", { type: "button", class: "btn small" }, T("Cancel"));
    cancel.onclick = () => { m.gone = true; m.request?.abort(); composer.forget(m); patches.out(el); };
    if (el) $(".file", el).append(make("progress", { max: 100, "aria-label": T("Sending %s", m.name) }), cancel);
    composer.inTurn(m.chat, () => m.gone || new Promise(done => transmit(m, done)));
  }

  function transmit(m, done) {
    const data = new FormData();
    data.append("visibility", m.note ? "agents" : "all");
    data.append("custom_id", m.form);
    data.append("text", "");
    if (m.file.kept) data.append("canned_file", m.file.kept); else data.append("file", m.file, m.name);
    if (m.close) { data.append("close", "1"); data.append("undo", "1"); }
    const x = m.request = new XMLHttpRequest();
    const here = () => byId("e-c-" + m.id);
    x.open("POST", chatPath(m.chat, "events"));
    x.setRequestHeader("X-Desk", "1");
    x.upload.onprogress = e => {
      const small = $(".what small", here() || body), bar = $("progress", here() || body);
      if (bar && e.lengthComputable) bar.value = 100 * e.loaded / e.total;
      if (small && e.lengthComputable) small.textContent = e.loaded < e.total ? T("%s of %s", Math.floor(100 * e.loaded / e.total) + " %", size(e.total)) : T("Almost there");
    };
    x.onerror = () => { composer.fail(here(), m, T("The desk cannot be reached right now.")); stranded.keep(m); };
    x.onload = () => {
      if (x.status === 401) return signIn();
      if (x.status >= 200 && x.status < 300) {
        composer.forget(m);
        here()?.removeAttribute("data-local");
        if (m.close) closing.offer(m.chat);
        if (!stream.online()) patches.redraw();
        return;
      }
      const plain = (x.getResponseHeader("Content-Type") || "").startsWith("text/plain");
      composer.fail(here(), m, plain && x.responseText.length < 300 ? x.responseText.trim() : T("That did not work. Please try again."));
    };
    x.onloadend = done;
    x.send(data);
  }

  document.addEventListener("change", e => {
    const f = e.target.closest?.("form[data-action=send]");
    if (f && e.target.name === "file" && e.target.files.length) {
      add(f, e.target.files);
      e.target.value = "";
      f.elements.text.focus();
    }
  });
  document.addEventListener("paste", e => {
    const f = e.target.closest?.("form[data-action=send]");
    if (f && e.clipboardData?.files.length) { e.preventDefault(); add(f, e.clipboardData.files); }
  });
  const files = e => [...(e.dataTransfer?.types || [])].includes("Files");
  document.addEventListener("dragover", e => {
    if (!files(e)) return;
    e.preventDefault(); // a file dropped beside must not replace the page
    $(".chat")?.classList.toggle("drop", !!(composer.form() && e.target.closest?.(".chat")));
  });
  document.addEventListener("dragleave", e => { if (!e.relatedTarget) $(".chat")?.classList.remove("drop"); });
  document.addEventListener("drop", e => {
    if (!files(e)) return;
    e.preventDefault();
    $(".chat")?.classList.remove("drop");
    const f = composer.form();
    if (f && e.target.closest?.(".chat")) add(f, e.dataTransfer.files);
  });
  return { of, send, clear, keep, draw };
})();
