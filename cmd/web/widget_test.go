package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// The page that carries the widget says which language it speaks: by an option of
// the script's tag, by its own lang, else the browser does.
func TestWidgetFindsItsLanguage(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang=%q dir=%q><title>A site</title><link rel="icon" href="data:,"><body><script async src="%s/widget.js" data-lang=%q></script>`,
			q.Get("page"), q.Get("dir"), p.URL(), q.Get("option"))
	}))
	t.Cleanup(site.Close)
	const button = `document.querySelector("[data-agentdesk-widget]")?.shadowRoot.querySelector("button")`
	c := newChrome(t, site.URL, true)
	for query, label := range map[string]string{
		"?page=de":           "Chatten Sie mit uns",
		"?page=de&option=es": "Chatea con nosotros",
		"?page=pl-PL":        "Napisz do nas",
		"?page=fr":           "Chat with us", // the browser's
		"?page=ar&dir=rtl":   "تحدث معنا",
	} {
		c.open("/" + query)
		c.until(query+" to say "+label, button+`?.getAttribute("aria-label") === `+quote(label))
	}
	c.open("/?page=ar&dir=rtl")
	c.until("the button on the left", button+`?.getBoundingClientRect().left < 100`)
}

// dictionary is the widget's catalogue of a language, without what has forms.
func dictionary(t *testing.T, tag string) map[string]string {
	t.Helper()
	body, err := os.ReadFile("../../chatserver/widget/assets/words/" + tag + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for key, v := range all {
		if text, ok := v.(string); ok {
			out[key] = text
		}
	}
	return out
}

// The widget's page, a chat and its end are in the customer's language, nothing
// is left in English, and numbers, lists and sizes follow the language's rules.
func TestWidgetSpeaksItsLanguages(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	c := newChrome(t, p.URL(), true)
	for _, row := range [][2]string{
		{"en", "ltr en: Ada and Bo / 2.5 MB / Waiting time: about 0 minutes | Waiting time: about 1 minute | Waiting time: about 2 minutes"},
		{"pl", "ltr pl: Ada i Bo / 2,5 MB / Czas oczekiwania: około 0 minut | Czas oczekiwania: około minuty | Czas oczekiwania: około 2 minut"},
		{"de", "ltr de: Ada und Bo / 2,5 MB / Wartezeit: etwa 0 Minuten | Wartezeit: etwa eine Minute | Wartezeit: etwa 2 Minuten"},
		{"es", "ltr es: Ada y Bo / 2,5 MB / Tiempo de espera: alrededor de 0 minutos | Tiempo de espera: alrededor de un minuto | Tiempo de espera: alrededor de 2 minutos"},
		{"ar", "rtl ar: Ada وBo / 2.5 م.ب / مدة الانتظار: أقل من دقيقة | مدة الانتظار: نحو دقيقة | مدة الانتظار: نحو دقيقتين"},
	} {
		tag, want := row[0], row[1]
		c.open("/widget?lang=" + tag)
		c.until("the first fields", `document.querySelector("#hello")?.checkVisibility({visibilityProperty: true})`)
		c.js(`import("/widget/words.js").then(w => { window.got = [document.documentElement.dir + " " + document.documentElement.lang + ": " + w.list(["Ada", "Bo"]), w.size(2.5e6),
			[0, 1, 2].map(n => w.N(n, "Waiting time: about %d minute", "Waiting time: about %d minutes")).join(" | ")].join(" / ") }), ""`)
		c.until("the language's rules", `window.got`)
		if got := c.js(`window.got`); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", tag, got, want)
		}
		if tag != "en" {
			leftovers(t, c, dictionary(t, tag))
		}
	}
	arabic := dictionary(t, "ar")
	c.write("#text", "1 + 1\r")
	c.until("the sent message", `document.querySelector("#log [data-event-id]")`)
	leftovers(t, c, arabic)
	c.js(`document.querySelector("#end").click(), document.querySelector("#end").click(), ""`)
	c.text("#log .system", arabic["You closed the chat"])
	c.until("the end", `!document.querySelector("#closed").hidden`)
	leftovers(t, c, arabic)
	c.shoot("widget")
}

// The demo shop speaks a language as a whole: its page, what its script draws, and the
// widget that it carries.
func TestShopSpeaksALanguage(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	c := newChrome(t, p.URL(), true)
	for tag, want := range map[string]string{
		"en": "ltr: Everything we make / Fjord rain jacket / €149 / Chat with Nordby",
		"de": "ltr: Alles, was wir machen / Regenjacke Fjord / 149 € / Mit Nordby chatten",
		"ar": "rtl: كل ما نصنعه / سترة المطر Fjord / 149 € / تحدث مع Nordby",
	} {
		c.open("/demo/shop?lang=" + tag)
		c.until("the widget", `document.querySelector("[data-agentdesk-widget]")?.shadowRoot.querySelector("iframe").src.includes("lang=`+tag+`")`)
		got := c.js(`(q => document.documentElement.dir + ": " + [q("h2"), q("#grid .name"), q("#grid .price")].map(n => n.textContent).join(" / ") + " / " + q("[data-agentdesk-widget]").shadowRoot.querySelector("button").getAttribute("aria-label"))(s => document.querySelector(s))`)
		if plain := strings.NewReplacer("\u00a0", " ", "\u200f", "", "\u061c", "").Replace(got); plain != want {
			t.Errorf("%s:\ngot  %q\nwant %q", tag, plain, want)
		}
		c.js(`document.querySelector("#grid a").click(), ""`)
		c.until("the product", `location.hash === "#/p/fjord-jacket" && !document.querySelector("#detail").parentElement.hidden`)
		if got := c.js(`document.documentElement.scrollWidth <= innerWidth ? "" : "wide"`); got != "" {
			t.Errorf("%s: the page is wider than the window", tag)
		}
	}
}

// What a customer fills in before the chat is kept with the labels that she saw, for
// her and for the agents.
func TestWidgetKeepsTheLabelsItShowed(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	anna := newBrowser(t, p.URL())
	anna.signIn("anna@example.com")
	c := newChrome(t, p.URL(), true)
	c.open("/widget?lang=de")
	c.until("the first fields", `document.querySelector("#hello")?.checkVisibility({visibilityProperty: true})`)
	c.write("#name", "Zebrella")
	c.write("#email", "zebrella@x.example")
	c.write("#text", "Guten Tag\r")
	c.until("the sent form", `document.querySelector("#log").textContent.includes("Ihr Name")`)
	until(t, "the form as she saw it", func() bool {
		_, list := anna.get("/chats")
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(list))
		if err != nil {
			t.Fatal(err)
		}
		href, _ := doc.Find(".row:contains(Zebrella) a").First().Attr("href")
		_, page := anna.get(href)
		return strings.Contains(page, "Ihr Name") && strings.Contains(page, "E-Mail") && !strings.Contains(page, "Your name")
	})
}

// leftovers finds English texts of the catalogue on a page in another language.
func leftovers(t *testing.T, c *chrome, words map[string]string) {
	t.Helper()
	var shown []string
	if err := json.Unmarshal([]byte(c.js(`JSON.stringify([...document.querySelectorAll("main *")].flatMap(n =>
		[n.getAttribute("aria-label"), n.getAttribute("placeholder"), ...[...n.childNodes].filter(c => c.nodeType === 3).map(c => c.data.trim())]).filter(Boolean))`)), &shown); err != nil {
		t.Fatal(err)
	}
	for _, text := range shown {
		if other, ok := words[text]; ok && other != text {
			t.Errorf("%q stands on the page for %q", text, other)
		}
	}
}
