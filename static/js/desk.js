// The start.

/** Makes what stands on the page live, at first and after each change of page.
 *  kept: the lists were not drawn. */
function ready(kept) {
  composer.attach();
  colleagues.look();
  rows.opened(kept);
  lines.opened();
  alerts.compare();
  alerts.count();
  alerts.hint();
  stream.show();
  panes.attach();
  blocks.attach();
}

/** Takes a picture of a person away that does not come: the letters below it show. */
function unpictured(img) {
  if (img instanceof HTMLImageElement && img.closest(".av")) img.remove();
}

document.addEventListener("error", event => unpictured(event.target), true);
for (const img of $$(".av img")) if (img.complete && !img.naturalWidth) unpictured(img);
localise(document);
setInterval(tick, 1000);
for (const el of $$("#toasts .toast")) { // what was there from the beginning is not read out
  setTimeout(say, 500, el.textContent);
  setTimeout(() => el.remove(), 5000);
}
// What stands for a while gets room of its own (base.css).
const room = new CSSStyleSheet();
document.adoptedStyleSheets.push(room);
if (byId("toasts")) new ResizeObserver(([e]) => steady(() => room.replaceSync(`:root { --toasts: ${e.contentRect.height}px }`))).observe(byId("toasts"));
if (body.dataset.me) {
  press.shown();
  hush();
  ready();
  addEventListener("focus", settled);
  addEventListener("visibilitychange", settled);
  stream.open();
  tabs.hello();
  alerts.start();
}
