// Notifications of this browser: may it show any, and shall it also be called
// while no tab is open. The place is on the page of one's own settings.

(() => {
  const box = () => byId("push"), fit = window.isSecureContext && navigator.serviceWorker && window.PushManager;
  const scope = base + "/";
  const current = async () => fit ? (await navigator.serviceWorker.getRegistration(scope))?.pushManager.getSubscription() : null;
  const button = (text, act) => { const b = make("button", { type: "button", class: "btn" }, text); b.onclick = act; return b; };

  async function draw() {
    if (!box()) return;
    const allowed = window.Notification?.permission, sub = await current();
    const parts = [];
    if (!allowed) parts.push(make("p", { class: "help" }, T("This browser shows no notifications of the desktop.")));
    else if (allowed === "denied") parts.push(make("p", { class: "help" }, T("This browser was told to show no notifications of this page. Its settings can change that.")));
    else if (allowed === "default") parts.push(button(T("Allow notifications in this browser"), () => Notification.requestPermission().then(draw)));
    else if (sub) parts.push(make("p", { class: "help" }, T("This browser calls you also while no tab is open.")), button(T("Call me in open tabs only"), () => off(sub)));
    else if (fit) {
      const words = make("input", { type: "checkbox" });
      parts.push(button(T("Call me also while no tab is open"), () => on(words.checked)), make("label", { class: "check" }, words, " " + T("with the customer's name and words")));
    }
    box().replaceChildren(...parts);
  }

  async function on(words) {
    try {
      const { key } = await (await fetch(base + "/me/devices", { credentials: "same-origin" })).json();
      const reg = await navigator.serviceWorker.register(base + "/sw.js", { scope });
      await navigator.serviceWorker.ready;
      const sub = await reg.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
      const { endpoint, keys: { p256dh, auth } } = sub.toJSON();
      const r = await post(base + "/me/devices", fields({ endpoint, p256dh, auth, ...(words ? { words: 1 } : {}) }));
      if (!r.ok) { await sub.unsubscribe(); toast(r.text, true); }
    } catch { toast(T("This browser could not be signed up for notifications."), true); }
    draw();
  }

  async function off(sub) {
    await post(base + "/me/devices/remove", fields({ endpoint: sub.endpoint }));
    await sub.unsubscribe();
    draw();
  }

  draw();
})();
