// The service worker: shows what is pushed while the desk is open in no tab
// (internal/push), and brings whoever clicks it to the chat.

self.addEventListener("push", e => {
  let m = {};
  try { m = e.data.json(); } catch { /* then only the name of the program */ }
  const [from, to] = m.quiet || [], now = new Date().toTimeString().slice(0, 5);
  const quiet = !!from && (from <= to ? from <= now && now < to : now >= from || now < to);
  e.waitUntil(self.registration.showNotification(m.title || "agentdesk", { body: m.body || "", tag: m.chat, data: m.chat, silent: quiet }));
});

self.addEventListener("notificationclick", e => {
  e.notification.close();
  const chat = e.notification.data, open = async () => {
    const list = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const tab = list.find(c => c.url.startsWith(self.registration.scope));
    if (!tab) return self.clients.openWindow(self.registration.scope + "chats" + (chat ? "/" + encodeURIComponent(chat) : ""));
    await tab.focus();
    tab.postMessage({ show: chat });
  };
  e.waitUntil(open());
});
