// Who does not use the desk for a while is set away, so that no customer waits for
// an empty chair: first a warning, a minute later it is done. With the next key or
// click it is undone. The desk does the same where no tab reports (upstream/idle.go).

(() => {
  const warning = 60e3, often = 30e3;
  let box = null, told = Date.now();
  const me = name => !!byId("me")?.hasAttribute(name);

  function check() {
    const left = tabs.used() + prefs.away * 60e3 + warning - Date.now();
    if (!prefs.away || me("data-away") || byId("me")?.dataset.status !== "accepting_chats" || left > warning) return hide();
    if (left > 0) return show(left);
    hide();
    tabs.claim(["away " + Math.round(tabs.used() / 1000)], () => post(base + "/away", fields({ on: "true", idle: 1 })));
  }

  function show(left) {
    if (box || left < 1000) return;
    const stay = make("button", { type: "button", class: "btn small" }, T("Stay"));
    box = make("p", { id: "idle", class: "toast undo" }, T("Nobody seems to be here. You will be set away in a minute."), " ",
      make("time", { "data-until": (Date.now() + left) / 1000, "aria-hidden": "true" }), " ", stay);
    byId("toasts")?.append(box);
    tick();
  }
  function hide() { box?.remove(); box = null; }

  /** Somebody is here: the tab where that is tells it, not too often. */
  function here() {
    const back = me("data-idle");
    if (!back && (!prefs.away || Date.now() - told < often) || Date.now() - told < 2000) return;
    told = Date.now();
    post(base + "/here", fields({}));
  }

  document.addEventListener("used", e => { hide(); if (e.detail) here(); });
  setInterval(check, 1000);
})();
