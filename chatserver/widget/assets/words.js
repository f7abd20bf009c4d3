// The widget's language: what the page around it asks for, else the browser's.
// T and N are those of the dashboard: the English text is the key, and the
// dictionary of another language (words/<tag>.json) is fetched before anything is
// drawn. Where it cannot be had, the widget speaks English.

const LANGUAGES = ['pl', 'de', 'es', 'ar'], SHOWN = ['aria-label', 'placeholder'];
const primary = (tag) => String(tag ?? '').split(/[-_]/)[0].toLowerCase();
const valid = (tag) => { try { return Intl.getCanonicalLocales(tag).length > 0; } catch { return false; } };

const wanted = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
let lang = wanted.map(primary).find((tag) => tag === 'en' || LANGUAGES.includes(tag)) ?? 'en';
let texts = {};
if (lang !== 'en') {
  try {
    texts = await (await fetch(new URL(`words/${lang}.json`, import.meta.url), { signal: AbortSignal.timeout(5000) })).json();
  } catch { lang = 'en'; }
}

// The browser's own kind of the language knows best how times are written; Arabic
// has the digits of the rest of the page.
const kind = [...navigator.languages, wanted[0]].find((tag) => primary(tag) === lang && valid(tag)) ?? lang;
export const locale = lang === 'ar' ? new Intl.Locale(kind, { numberingSystem: 'latn' }).toString() : kind;

const rtl = lang === 'ar', rules = new Intl.PluralRules(lang), numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
document.documentElement.lang = lang;
document.documentElement.dir = rtl ? 'rtl' : 'ltr';

// apart keeps a name from turning around the sentence it stands in.
const apart = (s) => (rtl ? `\u2068${s}\u2069` : String(s));

function fill(text, args) {
  let next = 0;
  return text.replace(/%(?:\[(\d)\])?([sd])/g, (_, at, verb) => {
    const a = args[at ? at - 1 : next++];
    return verb === 'd' ? numbers.format(a) : apart(a);
  });
}

// T is a text of the catalogue.
export function T(text, ...args) {
  const found = texts[text] || text;
  return args.length ? fill(found, args) : found;
}

// N is a text about n things: one and many are the English texts.
export function N(n, one, many, ...args) {
  const forms = texts[many];
  const text = forms ? forms[rules.select(n)] || forms.other : n === 1 ? one : many;
  return fill(text, /%d|%\[/.test(text) ? [n, ...args] : args);
}

// named puts variables into a text, null where one is missing.
export function named(text, vars) {
  let whole = true;
  const out = text.replace(/\{(\w+)\}/g, (_, name) => { whole &&= !!vars?.[name]; return apart(vars?.[name] ?? ''); });
  return whole ? out : null;
}

// list names several people or things in a row.
export const list = (names) => new Intl.ListFormat(locale).format(names);

// size is a file's size.
export function size(bytes) {
  const [n, unit] = bytes > 1e6 ? [bytes / 1e6, 'megabyte'] : [Math.max(1, Math.round(bytes / 1e3)), 'kilobyte'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(n);
}

// translate goes through the texts of the page as it was written.
export function translate(page) {
  document.title = T(document.title);
  for (const n of page.querySelectorAll('*')) {
    for (const name of SHOWN) if (n.hasAttribute(name)) n.setAttribute(name, T(n.getAttribute(name)));
    for (const part of n.childNodes) {
      const text = part.nodeType === Node.TEXT_NODE && part.data.trim();
      if (text) part.data = part.data.replace(text, () => T(text));
    }
  }
}
