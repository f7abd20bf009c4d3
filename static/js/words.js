// The page's language. T and N are Env.T and Env.N of the pages: the English
// text is the key, and the dictionary of another language is a script of its own
// (static/words.go) that runs before this one.

const { T, N, around, lang, number } = (() => {
  const texts = globalThis.agentdeskWords || {};
  const page = document.documentElement, tongue = page.lang || "en", rtl = page.dir === "rtl";
  // Europe's dates in English; in Arabic the digits that the rest of the page has.
  const lang = { en: "en-GB", ar: "ar-u-nu-latn" }[tongue] || tongue;
  const rules = new Intl.PluralRules(tongue), numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  const plain = text => text.split(" #")[0];

  /** Puts arguments into a text: %s, %d, %[2]s. Texts stand isolated in Arabic. */
  function fill(text, args) {
    let next = 0;
    return text.replace(/%(?:\[(\d)\])?([sd])/g, (_, at, verb) => {
      const a = args[at ? at - 1 : next++];
      return verb === "d" ? numbers.format(a) : rtl ? "\u2068" + a + "\u2069" : String(a);
    });
  }

  /** A text of the catalogue. */
  function T(text, ...args) {
    const found = texts[text] || plain(text);
    return args.length ? fill(found, args) : found;
  }

  /** A text about n things: one and many are the English texts. */
  function N(n, one, many, ...args) {
    const forms = texts[many];
    const text = forms ? forms[rules.select(n)] || forms.other : plain(n === 1 ? one : many);
    return fill(text, text.includes("%d") || text.includes("%[") ? [n, ...args] : args);
  }

  /** The pieces of a text around what stands for %s in it, an element. */
  function around(text, inner) {
    const [before, after] = T(text).split("%s");
    return [before, inner, after];
  }

  return { T, N, around, lang, number: n => numbers.format(n) };
})();
