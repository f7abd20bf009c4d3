package catalogue

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// Every way in which a script can hold a text is read: all quotes, several
// lines, insertions; comments and regular expressions are not.
func TestScripts(t *testing.T) {
	const source = "// \"no\"\n/* 'no' */ a = \"one\"; b = 'it\\'s \"two\"'; c = /[/\"']\\/`/.test(d) / 2;\n" +
		"say(T(\"key\"), T(x, \"no key\"), N(n, \"%d one\",\n  \"%d many\", \"extra\"), N(f({n: 1}), 'a', 'b'));\n" +
		"e = `first ${T('in') + `deep ${f}`} line\nsecond`; return /\"no\"/g; around('cut %s', n);\n"
	file := filepath.Join(t.TempDir(), "a.js")
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	var got [][2]string
	for _, u := range Scripts(t, file) {
		got = append(got, [2]string{u.Call, u.Text})
	}
	want := [][2]string{
		{"", "one"}, {"", `it's "two"`}, {"T", "key"}, {"", "no key"}, {"N", "%d one"}, {"N", "%d many"}, {"", "extra"}, {"", "a"}, {"", "b"},
		{"T", "in"}, {"", "deep %s"}, {"", "first %s line\nsecond"}, {"T", "cut %s"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// failing counts what a check finds.
type failing struct {
	testing.TB
	n int
}

func (f *failing) Helper()               {}
func (f *failing) Errorf(string, ...any) { f.n++ }

// Each fault that a catalogue can have is found.
func TestChecks(t *testing.T) {
	uses := []Use{{Call: "T", Text: "Hello %s"}, {Where: "a.js:1", Call: "N", Text: "%d thing"}, {Call: "N", Text: "%d things"}}
	good := map[string]string{
		"pl": `{"Hello %s":"Cześć %s","%d things":{"one":"%d rzecz","few":"%d rzeczy","many":"%d rzeczy","other":"%d rzeczy"}}`,
		"de": `{"Hello %s":"Hallo %s","%d things":{"one":"%d Ding","other":"%d Dinge"}}`,
		"es": `{"Hello %s":"Hola %s","%d things":{"one":"%d cosa","many":"%d cosas","other":"%d cosas"}}`,
		"ar": `{"Hello %s":"مرحبا %s","%d things":{"zero":"لا شيء","one":"شيء واحد","two":"شيئان","few":"%d أشياء","many":"%d شيئا","other":"%d شيء"}}`,
	}
	for name, c := range map[string]struct {
		german string
		faults int
	}{
		"nothing wrong": {good["de"], 0},
		"missing":       {`{"%d things":{"one":"%d Ding","other":"%d Dinge"}}`, 1},
		"unused":        {`{"Old":"Alt","Hello %s":"Hallo %s","%d things":{"one":"%d Ding","other":"%d Dinge"}}`, 1},
		"empty":         {`{"Hello %s":"","%d things":{"one":"%d Ding","other":"%d Dinge"}}`, 1},
		"a form":        {`{"Hello %s":"Hallo %s","%d things":{"other":"%d Dinge"}}`, 1},
		"one text":      {`{"Hello %s":"Hallo %s","%d things":"%d Dinge"}`, 1},
		"forms":         {`{"Hello %s":{"one":"Hallo %s","other":"Hallo %s"},"%d things":{"one":"%d Ding","other":"%d Dinge"}}`, 1},
		"a name":        {`{"Hello %s":"Hallo","%d things":{"one":"%d Ding","other":"%d Dinge"}}`, 1},
		"spaces":        {`{"Hello %s":"Hallo %s ","%d things":{"one":"%d Ding","other":"%d Dinge"}}`, 1},
	} {
		dir := t.TempDir()
		for tag, text := range good {
			if tag == "de" {
				text = c.german
			}
			if err := os.WriteFile(filepath.Join(dir, tag+".json"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		f := &failing{TB: t}
		CheckKeys(f, dir, Keys(uses), uses, false)
		CheckTranslations(f, dir, Keys(uses))
		if f.n != c.faults {
			t.Errorf("%s: %d faults, want %d", name, f.n, c.faults)
		}
	}
}

func TestStyles(t *testing.T) {
	for sheet, faults := range map[string]int{
		`a::before { content: ""; } b::after { content: "\2713 "; content: "→"; content: attr(title); }`: 0,
		`a::before { content: "new"; } b::after { content:'neu'; }`:                                      2,
	} {
		file := filepath.Join(t.TempDir(), "a.css")
		if err := os.WriteFile(file, []byte(sheet), 0o600); err != nil {
			t.Fatal(err)
		}
		f := &failing{TB: t}
		if CheckStyles(f, file); f.n != faults {
			t.Errorf("%d faults in %s", f.n, sheet)
		}
	}
}
