// The start.

/** Makes what stands on the page live, at first and after each change of page. */
function ready() {
  composer.attach();
  rows.opened();
  lines.opened();
  retitle();
  stream.show();
}

localise(document);
setInterval(tick, 1000);
for (const el of $$("#toasts .toast")) setTimeout(() => el.remove(), 5000);
if (body.dataset.me) {
  ready();
  addEventListener("focus", settled);
  addEventListener("visibilitychange", settled);
  stream.open();
  tabs.hello();
}
