package widget

import (
	"bytes"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

// languages are those that widget and shop speak, English first.
var languages = [...]string{"en", "pl", "de", "es", "ar"}

// shopPage draws the demo shop in a language. What is not in its catalogue
// (assets/shop) stays English.
func shopPage(lang string) ([]byte, error) {
	page, err := assets.ReadFile("assets/shop.html")
	if err != nil {
		return nil, err
	}
	list, words := []byte("{}"), map[string]string{}
	if lang != languages[0] {
		if list, err = assets.ReadFile("assets/shop/" + lang + ".json"); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(list, &words); err != nil {
			return nil, err
		}
	}
	said := func(text string) string {
		if t := words[text]; t != "" {
			return t
		}
		return text
	}
	t, err := template.New("shop").Funcs(template.FuncMap{"T": said}).Parse(string(page))
	if err != nil {
		return nil, err
	}
	dir := "ltr"
	if lang == "ar" {
		dir = "rtl"
	}
	var b bytes.Buffer
	err = t.Execute(&b, struct {
		Lang, Dir, Words string // Words are for the page's script
	}{lang, dir, string(list)})
	return b.Bytes(), err
}

// languageFor is the language that a request asks for: by ?lang=, else the first of
// the browser's that is spoken here.
func languageFor(r *http.Request) string {
	asked := strings.Split(r.URL.Query().Get("lang")+","+r.Header.Get("Accept-Language"), ",")
	for _, tag := range asked {
		tag, _, _ = strings.Cut(strings.TrimSpace(tag), ";")
		tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
		if slices.Contains(languages[:], tag) {
			return tag
		}
	}
	return languages[0]
}
