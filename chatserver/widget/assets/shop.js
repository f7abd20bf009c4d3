// The demo shop: six products, some pages behind the hash, a cart in this tab.
(() => {
  // The page comes in a language, and with the texts of it.
  const lang = document.documentElement.lang, words = JSON.parse(document.getElementById('content').dataset.words), T = (text) => words[text] || text;
  const money = new Intl.NumberFormat(lang === 'ar' ? 'ar-u-nu-latn' : lang, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
  const art = {
    jacket: '<path class="a" d="M70 42 46 56 26 112l22 10 10-22v62h64v-62l10 22 22-10-20-56-24-14-20 12z"/><path class="b" d="M70 42c4 14 36 14 40 0l-6-12H76z"/><path class="l" d="M90 54v108M62 128h18M100 128h18"/>',
    sweater: '<path class="a" d="M68 40 40 54 22 120l22 8 12-32v66h68V96l12 32 22-8-18-66-28-14c-6 12-38 12-44 0z"/><path class="k" d="m56 92 8 8 8-8 8 8 8-8 8 8 8-8 8 8 8-8M56 108l8 8 8-8 8 8 8-8 8 8 8-8 8 8 8-8"/><path class="l" d="M56 152h68"/>',
    boots: '<path class="a" d="M52 40h44v66c0 10 10 14 26 18s24 10 24 24H52z"/><path class="b" d="M48 148h100v12H48z"/><path class="l" d="M62 58h34M62 72h34M62 86h34"/><path class="k" d="M52 40h44v10H52z"/>',
    pack: '<path class="b" d="M66 44c0-22 48-22 48 0"/><rect class="a" x="46" y="40" width="88" height="122" rx="26"/><rect class="b" x="58" y="96" width="64" height="50" rx="10"/><path class="l" d="M58 112h64M72 60h36M90 112v10"/>',
    beanie: '<circle class="b" cx="90" cy="38" r="16"/><path class="a" d="M40 122c0-52 22-74 50-74s50 22 50 74z"/><rect class="b" x="34" y="116" width="112" height="32" rx="14"/><path class="l" d="M58 122v20M74 122v20M90 122v20M106 122v20M122 122v20"/>',
    flask: '<rect class="b" x="70" y="26" width="40" height="24" rx="6"/><path class="a" d="M64 58c0-6 4-8 8-8h36c4 0 8 2 8 8v94c0 8-4 12-12 12H76c-8 0-12-4-12-12z"/><path class="k" d="M64 84h52v22H64z"/><path class="l" d="M76 120v30"/>',
  };
  const products = [
    { id: 'fjord-jacket', art: 'jacket', name: T('Fjord rain jacket'), price: 149, note: T('Three layers, taped seams, a hood that turns with the head.'), tone: 't1', sizes: ['S', 'M', 'L', 'XL'] },
    { id: 'lofoten-sweater', art: 'sweater', name: T('Lofoten wool sweater'), price: 98, note: T('Norwegian wool, knitted whole, without a seam at the side.'), tone: 't2', sizes: ['S', 'M', 'L'] },
    { id: 'tind-boots', art: 'boots', name: T('Tind boots'), price: 179, note: T('Waxed leather and a sole that can be replaced.'), tone: 't3', sizes: ['38', '40', '42', '44'] },
    { id: 'vidda-backpack', art: 'pack', name: T('Vidda backpack 24 l'), price: 89, note: T('Rolls shut, carries a laptop, does not mind the rain.'), tone: 't4', sizes: ['24 l'] },
    { id: 'skog-beanie', art: 'beanie', name: T('Skog beanie'), price: 29, note: T('Merino with a bobble. The bobble comes off for interviews.'), tone: 't5', sizes: ['One size'] },
    { id: 'kaffe-flask', art: 'flask', name: T('Kaffe flask 0.7 l'), price: 34, note: T('Hot for ten hours, and it fits the backpack.'), tone: 't6', sizes: ['0.7 l'] },
  ];
  const $ = (id) => document.getElementById(id);
  const picture = (p) => `<svg class="art ${p.tone}" viewBox="0 0 180 190" aria-hidden="true">${art[p.art]}</svg>`;
  const euro = (n) => money.format(n), size = (s) => (s === 'One size' ? T('One size') : s);
  let cart = [];
  try { cart = JSON.parse(sessionStorage.getItem('nordby-cart')) ?? []; } catch { /* an empty cart then */ }

  $('grid').innerHTML = products.map((p) => `<li><a href="#/p/${p.id}">${picture(p)}<span class="name">${p.name}</span><span class="price">${euro(p.price)}</span></a></li>`).join('');

  function detail(p) {
    $('detail').innerHTML = `${picture(p)}<div><p class="crumb"><a href="#/">${T('All products')}</a></p><h1>${p.name}</h1><p class="price">${euro(p.price)}</p><p>${p.note}</p>
      <form><fieldset><legend>${T('Size')}</legend>${p.sizes.map((s, i) => `<label><input type="radio" name="size" value="${s}" ${i ? '' : 'checked'}><span>${size(s)}</span></label>`).join('')}</fieldset>
      <button class="buy">${T('Put into the cart')}</button><p role="status" class="done"></p></form>
      <p class="note">${T('Questions about sizes or delivery? We are in the chat at the corner.')}</p></div>`;
    const form = $('detail').querySelector('form');
    form.onsubmit = (e) => {
      e.preventDefault();
      cart.push({ id: p.id, size: new FormData(form).get('size') });
      try { sessionStorage.setItem('nordby-cart', JSON.stringify(cart)); } catch { /* kept for this page only */ }
      form.querySelector('.done').textContent = T('It is in your cart.');
      count();
    };
  }

  function count() {
    $('cart-count').textContent = cart.length;
    const lines = cart.map((c) => [c, products.find((p) => p.id === c.id)]).filter(([, p]) => p);
    $('cart').replaceChildren(...lines.map(([c, p]) => Object.assign(document.createElement('li'), { textContent: `${p.name}, ${size(c.size)} — ${euro(p.price)}` })));
    $('cart-sum').textContent = lines.length ? T('Together %s').replace('%s', euro(lines.reduce((n, [, p]) => n + p.price, 0))) : T('It is empty so far.');
  }

  function show(first) {
    const path = location.hash.startsWith('#/') ? location.hash.slice(1) : '/';
    const p = products.find((x) => path === `/p/${x.id}`);
    if (p) detail(p);
    const wanted = p ? '/p' : path;
    const known = document.querySelector(`[data-page="${CSS.escape(wanted)}"]`) ? wanted : '/';
    for (const s of document.querySelectorAll('[data-page]')) {
      s.hidden = s.dataset.page !== known;
      if (!s.hidden) document.title = p ? `${p.name} — Nordby` : s.dataset.title;
    }
    for (const a of document.querySelectorAll('nav a')) a.toggleAttribute('aria-current', a.hash === `#${path}`);
    if (first !== true) { scrollTo(0, 0); $('content').focus({ preventScroll: true }); }
  }

  addEventListener('hashchange', show);
  count();
  show(true);
})();
