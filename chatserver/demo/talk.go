package demo

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed talk
var talkFiles embed.FS

// language is what people of one language say, who they are and where they live.
type language struct {
	code    string
	words   map[string][]string // first, last, city, product, day, hello, welcome, …
	stories []story
}

// story is one dialogue with its choices.
type story struct {
	name  string
	group int
	tags  []string
	turns []turn
}

// Whose turn it is.
const (
	byCustomer  = "c"
	byAgent     = "a"
	bySecond    = "b"  // the agent a chat was transferred to
	noteByAgent = "n"  // for agents only
	noteByOther = "n2" // for agents only, a colleague's
	fileOfGuest = "f"
	fileOfAgent = "g"
	cardByAgent = "r"
	transfer    = "x"
)

// turn is one step: choices of text, one of which is said.
type turn struct {
	who     string
	maybe   bool // may be left out
	choices []string
}

// loadTalk reads all languages. A broken file is an error of this package, found
// by its tests.
func loadTalk() (map[string]*language, error) {
	out := map[string]*language{}
	list, err := talkFiles.ReadDir("talk")
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		b, err := talkFiles.ReadFile("talk/" + f.Name())
		if err != nil {
			return nil, err
		}
		l, err := parseTalk(string(b))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		out[l.code] = l
	}
	return out, nil
}

// parseTalk reads one file: "@key a / b" lists words, "== name | group | tags"
// begins a story, "who: text // text" is a turn, "?who:" one that may be left
// out.
func parseTalk(text string) (*language, error) {
	l := &language{words: map[string][]string{}}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		var err error
		switch {
		case line == "":
		case strings.HasPrefix(line, "@"):
			key, rest, _ := strings.Cut(line[1:], " ")
			l.words[key] = split(rest, " / ")
		case strings.HasPrefix(line, "=="):
			err = l.begin(line[2:])
		default:
			err = l.turn(line)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	if code := l.words["lang"]; len(code) == 1 {
		l.code = code[0]
		return l, nil
	}
	return nil, fmt.Errorf("no @lang")
}

func split(s, sep string) []string {
	parts := strings.Split(s, sep)
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

func (l *language) begin(head string) error {
	parts := split(head, "|")
	if len(parts) != 3 {
		return fmt.Errorf("a story needs name, group and tags")
	}
	s := story{name: parts[0], tags: split(parts[2], ",")}
	if _, err := fmt.Sscan(parts[1], &s.group); err != nil {
		return err
	}
	l.stories = append(l.stories, s)
	return nil
}

func (l *language) turn(line string) error {
	t := turn{maybe: strings.HasPrefix(line, "?")}
	who, text, ok := strings.Cut(strings.TrimPrefix(line, "?"), ":")
	if !ok || len(l.stories) == 0 {
		return fmt.Errorf("not a turn")
	}
	t.who, t.choices = who, split(text, " // ")
	s := &l.stories[len(l.stories)-1]
	s.turns = append(s.turns, t)
	return nil
}

// pick chooses one of a list, "" where there is none.
func pick[T any](r *rand.Rand, list []T) T {
	var none T
	if len(list) == 0 {
		return none
	}
	return list[r.IntN(len(list))]
}

// cast fills the gaps of a dialogue: who speaks about which order.
type cast map[string]string

// newCast chooses what a conversation is about.
func (l *language) newCast(r *rand.Rand, first, last, email, city string) cast {
	sizes := [][2]string{{"S", "M"}, {"M", "L"}, {"L", "XL"}, {"40", "42"}, {"42", "44"}}
	size := pick(r, sizes)
	product := r.IntN(len(l.words["product"]))
	other := (product + 1 + r.IntN(len(l.words["product"])-1)) % len(l.words["product"])
	return cast{
		"first": first, "last": last, "email": email, "city": city,
		"order": fmt.Sprintf("NB-%06d", 101000+r.IntN(88000)), "amount": "€" + pick(r, []string{"29", "34", "63", "89", "98", "127", "149", "179", "183", "247"}),
		"product": l.words["product"][product], "product2": l.words["product"][other], "size": size[0], "size2": size[1],
		"track":   fmt.Sprintf("JD%012d", r.Int64N(1e12)),
		"voucher": pick(r, []string{"WOOL10", "RAIN15", "HELLO10", "NORD20", "FJORD5"}),
	}
}

// say fills a text. {wait} and {day} are chosen anew each time.
func (l *language) say(r *rand.Rand, text string, c cast) string {
	for _, word := range []string{"wait", "day"} {
		for strings.Contains(text, "{"+word+"}") {
			text = strings.Replace(text, "{"+word+"}", pick(r, l.words[word]), 1)
		}
	}
	for k, v := range c {
		text = strings.ReplaceAll(text, "{"+k+"}", v)
	}
	return text
}

// greet puts a greeting before a text, with the capital that follows.
func greet(lang, hello, text string) string {
	first, n := utf8.DecodeRuneInString(text)
	switch {
	case strings.HasSuffix(hello, "!") || strings.HasSuffix(hello, "."):
		first = unicode.ToUpper(first)
	case lang == "en" && !strings.HasPrefix(text, "I "):
		first = unicode.ToLower(first)
	}
	return hello + " " + string(first) + text[n:]
}
