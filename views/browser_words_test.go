package views

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"agentdesk/static"
	"agentdesk/words"
)

// The scripts say the same as the pages: with every plural form, with numbers and
// with names, in each language.
func TestScriptsSpeakAsPagesDo(t *testing.T) {
	browser := chrome(t)
	source, err := static.FS.ReadFile("js/words.js")
	if err != nil {
		t.Fatal(err)
	}
	const one, many = "%d conversation found", "%d conversations found"
	numbers := []int{0, 1, 2, 3, 5, 10, 11, 12, 21, 22, 25, 100, 101, 102, 999, 1000, 1234, 12345, 1234567}
	for _, l := range words.Languages() {
		var want []string
		for _, n := range numbers {
			want = append(want, l.N(n, one, many))
		}
		want = append(want, l.T("Not sent: %s", "Anna"), l.T("%d of %d", 3, 4000), l.T("Close"), l.T("No such text #here"))
		got, err := chromedp.Run(browser, chromedp.Evaluate[string](fmt.Sprintf(`(() => {
			document.documentElement.lang = %q; document.documentElement.dir = %q;
			globalThis.agentdeskWords = %s;
			%s
			return JSON.stringify([...%s.map(n => N(n, %q, %q)), T("Not sent: %%s", "Anna"), T("%%d of %%d", 3, 4000), T("Close"), T("No such text #here")]);
		})()`, l.Tag, l.Dir, l.JSON([]string{many, "Not sent: %s", "%d of %d", "Close"}), source, marshal(numbers), one, many)))
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		if err := json.Unmarshal([]byte(got), &list); err != nil || len(list) != len(want) {
			t.Fatalf("%s: %v, %q", l.Tag, err, got)
		}
		for i := range want {
			if list[i] != want[i] {
				t.Errorf("%s: scripts say %q, pages %q", l.Tag, list[i], want[i])
			}
		}
	}
}

func marshal(v any) string {
	var b strings.Builder
	_ = json.NewEncoder(&b).Encode(v) // into memory
	return b.String()
}
