package catalogue

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

var (
	worded   = regexp.MustCompile(`^[A-Z][a-z’]+([ ,:].*)?$|[a-z]{2,}[,:]? [a-z“%{(]|%[sd] [a-z]{3,}`)
	wired    = regexp.MustCompile(`^noopener |^[a-z]+-[a-z]+: [a-z]+$|^[a-z]+-[a-z]+ [a-z]+-$|^(a|bdi|button|figcaption|h[1-3]|img|input|label|li|small|span|summary|time|ul)(,? (a|bdi|button|img|input|label|li|small|span|summary|time))+$`)
	markup   = regexp.MustCompile(`[<>]|="|;\s*$|^\W*$`)
	selector = regexp.MustCompile(`[\[\]{}=]|^[.(]|#[a-z]+[ .]|data-`)
	// keyNames are as keyboards and browsers name them.
	keyNames = regexp.MustCompile(`^(Mod|Enter|Escape|Esc|Tab|Arrow\w*|Home|End|Page(Up|Down)|Shift|Alt|Ctrl|Meta|Control)( .{1,3})?( .)?$`)
	class    = regexp.MustCompile(`\.([a-z][\w-]*)`)
)

// Classes are words that style sheets know.
type Classes map[string]bool

// ClassesOf are the classes of the style sheets that a pattern names.
func ClassesOf(glob string) Classes {
	out := Classes{}
	files, _ := filepath.Glob(glob)
	for _, f := range files {
		body, _ := os.ReadFile(f)
		for _, m := range class.FindAllStringSubmatch(string(body), -1) {
			out[m[1]] = true
		}
	}
	return out
}

// Wire reports whether a literal is for programs: markup, a format, a key.
func Wire(text string) bool {
	return markup.MatchString(text) || wired.MatchString(text) || keyNames.MatchString(text)
}

// Worded reports whether a literal reads like words for people, and is no list of
// classes.
func (c Classes) Worded(text string) bool {
	first, rest, _ := strings.Cut(text, " ")
	styled := c[first] && (rest == "" || !strings.ContainsAny(rest, "%,:…"))
	return worded.MatchString(text) && !styled
}

// Script reports whether a literal of a script is a text for people.
func (c Classes) Script(text string) bool {
	return !Wire(text) && !selector.MatchString(text) && c.Worded(text)
}

// written is a text that a style sheet writes, escapes included.
var written = regexp.MustCompile(`content:\s*(?:"([^"]*)"|'([^']*)')`)

var escape = regexp.MustCompile(`\\[0-9a-fA-F]{1,6} ?`)

// CheckStyles finds words that style sheets write themselves.
func CheckStyles(t testing.TB, glob string) {
	t.Helper()
	files, _ := filepath.Glob(glob)
	if len(files) == 0 {
		t.Fatalf("there are no style sheets at %s", glob)
	}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range written.FindAllStringSubmatch(string(body), -1) {
			if strings.ContainsFunc(escape.ReplaceAllString(m[1]+m[2], ""), unicode.IsLetter) {
				t.Errorf("%s writes %q", f, m[1]+m[2])
			}
		}
	}
}
