package widget

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"agentdesk/internal/catalogue"
)

// shopDir holds the shop's catalogues.
const shopDir = "assets/shop"

var templateText = regexp.MustCompile(`\{\{T "([^"]+)"\}\}`)

// TestShopWords holds the shop's catalogues to the texts of its page and script.
func TestShopWords(t *testing.T) {
	body, err := assets.ReadFile("assets/shop.html")
	if err != nil {
		t.Fatal(err)
	}
	all := catalogue.Scripts(t, "assets/shop.js")
	for _, m := range templateText.FindAllStringSubmatch(string(body), -1) {
		all = append(all, catalogue.Use{Where: "shop.html", Call: "T", Text: m[1]})
	}
	keys := catalogue.Keys(all)
	if len(keys) < 40 {
		t.Fatalf("only %d texts were found", len(keys))
	}
	catalogue.CheckKeys(t, shopDir, keys, all, *update)
	catalogue.CheckTranslations(t, shopDir, keys)
}

// TestShopIsTranslated finds texts of the page that are the same in Arabic: all but
// the shop's name, and what is made of numbers and letters of sizes.
func TestShopIsTranslated(t *testing.T) {
	same := regexp.MustCompile(`^(Nordby|[SMLX]+|[\d–]+( cm)?)$`)
	for _, lang := range languages[1:] {
		body, err := shopPage(lang)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		english := catalogue.Entries(t, shopDir, lang)
		for n := range doc.Descendants() {
			text := strings.TrimSpace(n.Data)
			if n.Type != html.TextNode || text == "" || n.Parent.Data == "script" || same.MatchString(text) {
				continue
			}
			if _, key := english[text]; key && english[text] != text || lang == "ar" && !strings.ContainsFunc(text, isArabic) {
				t.Errorf("%s: %q stands on the page", lang, text)
			}
		}
	}
}

func TestShopLanguage(t *testing.T) {
	for _, c := range []struct{ query, accept, want string }{
		{"", "", `lang="en" dir="ltr"`},
		{"", "de-AT,de;q=0.9,en;q=0.8", `lang="de" dir="ltr"`},
		{"", "fr, ar-EG;q=0.5", `lang="ar" dir="rtl"`},
		{"?lang=pl", "de", `lang="pl" dir="ltr"`},
		{"?lang=%22%3E%3Cscript%3E", "es", `lang="es" dir="ltr"`},
	} {
		r := httptest.NewRequest("GET", "/demo/shop"+c.query, nil)
		r.Header.Set("Accept-Language", c.accept)
		w := httptest.NewRecorder()
		Handler(Options{Demo: true}).ServeHTTP(w, r)
		if !strings.Contains(w.Body.String(), c.want) || w.Header().Get("Vary") != "Accept-Language" {
			t.Errorf("%+v: %.80s", c, w.Body.String())
		}
	}
}

func isArabic(r rune) bool { return unicode.Is(unicode.Arabic, r) }
