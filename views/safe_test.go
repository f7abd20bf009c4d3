package views

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestSafeLink(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example":                    "https://a.example",
		"  http://a.example/x?y=1&z#f ":        "http://a.example/x?y=1&z#f",
		"HTTPS://A.example/":                   "https://a.example/",
		"https://a.example:8443/x":             "https://a.example:8443/x",
		"https://[::1]:80/":                    "https://[::1]:80/",
		"https://аррӏе.com/":                   "https://xn--80ak6aa92e.com/",
		"https://пример.испытание:99/":         "https://xn--e1afmkfd.xn--80akhbyknj4f:99/",
		"mailto:a@b.example?subject=x":         "mailto:a@b.example?subject=x",
		"https://a.example/עברית":              "https://a.example/%D7%A2%D7%91%D7%A8%D7%99%D7%AA",
		"":                                     "",
		"a.example":                            "",
		"/path":                                "",
		"//a.example":                          "",
		"javascript:alert(1)":                  "",
		"JAVASCRIPT:alert(1)":                  "",
		"java\tscript:alert(1)":                "",
		"java\nscript:alert(1)":                "",
		"\x01javascript:alert(1)":              "",
		"javascript://a.example/%0aalert(1)":   "",
		"data:text/html,x":                     "",
		"vbscript:x":                           "",
		"file:///etc/passwd":                   "",
		"ftp://a.example":                      "",
		"blob:https://a.example/x":             "",
		"tel:112":                              "",
		"https:a.example":                      "",
		"https:///x":                           "",
		"https://":                             "",
		"https://user@a.example":               "",
		"https://user:pw@a.example":            "",
		"https://a.example\\@evil.example":     "",
		"https://a.example/\u202egpj.exe":      "",
		"https://a.exa mple":                   "",
		"https://a.example/\x00":               "",
		"https://%61.example":                  "",
		"https://a<b.example":                  "",
		"mailto:":                              "",
		"mailto://a@b":                         "",
		"https://" + strings.Repeat("a", 5000): "",
		"https://a.example/\xff":               "",
	} {
		got, ok := SafeLink(in)
		if ok != (want != "") || got.URL != want {
			t.Errorf("SafeLink(%q) = %q, %v; want %q", in, got.URL, ok, want)
		}
	}
	for in, odd := range map[string]bool{"https://a.example": false, "https://аррӏе.com": true, "https://xn--80ak6aa92e.com": true, "http://127.0.0.1": true, "http://[::1]/": true} {
		if l, _ := SafeLink(in); l.Odd != odd {
			t.Errorf("SafeLink(%q).Odd = %v", in, l.Odd)
		}
	}
	if SafeImage("mailto:a@b.example") != "" || SafeImage("https://a.example/x.png") == "" {
		t.Error("SafeImage takes other than pictures of the web")
	}
}

func TestLabel(t *testing.T) {
	for in, want := range map[string]string{
		"Anna": "Anna", "": "", " a  b\n\tc ": "a b c", "annexe\u202egpj.exe": "annexegpj.exe", "\u200b\u200d\u2060": "", "\u3164": "",
		"فاطمة": "فاطمة", "👩\u200d👧": "👩\u200d👧", "a\x00b": "a b", "\ue000x\ue001": "x", "e\u0301": "e\u0301",
		"z" + strings.Repeat("\u0337", 50): "z" + strings.Repeat("\u0337", 3), strings.Repeat("ж", 300): strings.Repeat("ж", 200) + "…", "\u2066x\u2069": "x",
	} {
		if got := label(in); got != want {
			t.Errorf("label(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDOMID(t *testing.T) {
	seen := map[string]string{}
	for _, in := range []string{"PJ0MRSHTDG", "a_b-c", "", " ", "a b", "ä", "x-1", `"><x`, strings.Repeat("a", 65), "a\x00", "A B"} {
		id := DOMID(in)
		for i := range len(id) {
			if c := id[i]; !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
				t.Errorf("DOMID(%q) = %q", in, id)
			}
		}
		if id == "" || seen[id] != "" {
			t.Errorf("DOMID(%q) = %q, as of %q", in, id, seen[id])
		}
		seen[id] = "of " + in
	}
}

func FuzzText(f *testing.F) {
	for _, p := range payloads {
		f.Add(p)
	}
	f.Add("see https://a.example/\ue000x\ue001, ok")
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range spans(s) {
			if !utf8.ValidString(p.text) {
				t.Errorf("%q: a piece is not UTF-8", s)
			}
			if p.link.URL != "" {
				if l, ok := SafeLink(p.link.URL); !ok || l.URL != p.link.URL {
					t.Errorf("%q links to %q", s, p.link.URL)
				}
			}
		}
		if l := label(s); strings.ContainsAny(l, "\n\r\x00\u202e") || utf8.RuneCountInString(l) > labelMax+1 {
			t.Errorf("label(%q) = %q", s, l)
		}
		m := &markup{}
		m.text(s)
		if strings.ContainsAny(string(m.b), "<>\"'\r\n\x00") {
			t.Errorf("text(%q) = %q", s, m.b)
		}
	})
}

// TestPlainLetters holds the shortcut for common letters against what is asked of
// every other.
func TestPlainLetters(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		want := r == ' ' || unicode.Is(unicode.Mn, r) ||
			r != utf8.RuneError && unicode.IsGraphic(r) && !unicode.IsSpace(r) && !direction(r) && !invisible(r)
		if got := plainLetters(string(r)); got != want && utf8.ValidRune(r) {
			t.Errorf("%U: %v", r, got)
		}
	}
}
