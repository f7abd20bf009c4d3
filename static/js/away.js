// Who does not use the desk for a while is set away, so that no customer waits for
// an empty chair: first a warning, a minute later it is done. With the next key or
// click it is undone. The desk does the same where no tab reports (upstream/idle.go).
// Who does not use it for hours is signed out, ten minutes after a warning.

(() => {
  const warning = 60e3, farewell = 10 * 60e3;
  let box = null, told = Date.now();
  const me = name => !!byId("me")?.hasAttribute(name);

  function check() {
    const ends = tabs.used() + body.dataset.lasts * 1000 - Date.now();
    if (ends > 0 && ends < farewell) return show(ends, T("Nobody has used the desk for hours. You will be signed out."));
    const left = tabs.used() + prefs.away * 60e3 + warning - Date.now();
    if (!prefs.away || me("data-away") || byId("me")?.dataset.status !== "accepting_chats" || left > warning) return hide();
    if (left > 0) return show(left, T("Nobody seems to be here. You will be set away in a minute."));
    hide();
    tabs.claim(["away " + Math.round(tabs.used() / 1000)], () => post(base + "/away", fields({ on: "true", idle: 1 })));
  }

  function show(left, text) {
    if (box || left < 1000) return;
    const stay = make("button", { type: "button", class: "btn small" }, T("Stay"));
    box = make("p", { id: "idle", class: "toast undo" }, text, " ",
      make("time", { "data-until": (Date.now() + left) / 1000, "aria-hidden": "true" }), " ", stay);
    byId("toasts")?.append(box);
    tick();
  }
  function hide() { box?.remove(); box = null; }

  /** Somebody is here: the tab where that is tells it, not too often. It keeps the
   *  session too. */
  function here() {
    const often = prefs.away ? 30e3 : 5 * 60e3;
    if (Date.now() - told < (me("data-idle") ? 2000 : often)) return;
    told = Date.now();
    post(base + "/here", fields({}));
  }

  document.addEventListener("used", e => { hide(); if (e.detail) here(); });
  setInterval(check, 1000);
})();
