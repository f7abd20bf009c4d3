package extract

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// Limits of the work and of its result.
const (
	maxSentences = 500 // looked at, the newest; a thread may be endless
	maxPicked    = 2   // of each side
	maxLength    = 240 // runes of one sentence; the rest is cut off
)

// Label begins every summary: nobody shall take it for a text that was written
// about the conversation.
const Label = "Extract: sentences picked from the conversation by the server, not rewritten."

// Line is one message of a conversation.
type Line struct {
	Name  string // who said it, as people call him
	Text  string
	Agent bool
}

// sentence is a candidate.
type sentence struct {
	Line
	words []string
	score float64
}

// Summary picks up to two sentences of the customer's side and two of the
// agents', and gives them in the order in which they were said, below Label. ok
// is false where nobody said a sentence.
func Summary(lines []Line) (text string, ok bool) {
	all := candidates(lines)
	if len(all) == 0 {
		return "", false
	}
	rate(all)
	picked := append(best(all, false), best(all, true)...)
	slices.Sort(picked)
	var b strings.Builder
	b.WriteString(Label)
	for _, i := range picked {
		b.WriteString("\n" + all[i].Name + ": " + clip(all[i].Text))
	}
	return b.String(), true
}

func candidates(lines []Line) []sentence {
	var out []sentence
	for _, l := range lines {
		for _, s := range split(l.Text) {
			if w := words(s); len(w) > 0 {
				out = append(out, sentence{Line: Line{Name: l.Name, Text: s, Agent: l.Agent}, words: w})
			}
		}
	}
	return out[max(0, len(out)-maxSentences):]
}

// rate scores each sentence by how common its words are in the conversation,
// and prefers what usually matters: the customer's first sentence and his
// questions, and the agents' last sentence.
func rate(all []sentence) {
	count := map[string]int{}
	for _, s := range all {
		for _, w := range s.words {
			count[w]++
		}
	}
	opening, closing := true, -1
	for i := range all {
		s := &all[i]
		for _, w := range s.words {
			s.score += math.Log1p(float64(count[w]))
		}
		s.score /= math.Sqrt(float64(len(s.words)))
		if len(s.words) < 3 {
			s.score /= 2 // "Thank you." says little
		}
		if s.Agent {
			closing = i
			continue
		}
		if opening {
			s.score, opening = s.score*2, false
		}
		if strings.ContainsAny(s.Text, "?？؟") {
			s.score *= 1.5
		}
	}
	if closing >= 0 {
		all[closing].score *= 1.25
	}
}

// best are the indexes of the highest scores of one side; the earlier of two
// equals comes first, and no text is taken twice.
func best(all []sentence, agent bool) []int {
	var found []int
	for i := range all {
		if all[i].Agent == agent {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int {
		switch d := all[b].score - all[a].score; {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return 0
	})
	var out []int
	for _, i := range found {
		same := slices.ContainsFunc(out, func(j int) bool { return all[j].Text == all[i].Text })
		if !same && len(out) < maxPicked {
			out = append(out, i)
		}
	}
	return out
}

// split cuts a text after the marks that end a sentence in most scripts, and at
// line ends. A dot inside a number or an address ends nothing.
func split(text string) []string {
	var out []string
	start := 0
	add := func(end int) {
		if s := strings.Join(strings.Fields(text[start:end]), " "); s != "" {
			out = append(out, s)
		}
		start = end
	}
	for i, r := range text {
		next := i + len(string(r))
		switch r {
		case '\n':
			add(i)
		case '。', '？', '！', '؟':
			add(next)
		case '.', '!', '?', '…':
			if next == len(text) || text[next] == ' ' || text[next] == '\n' {
				add(next)
			}
		}
	}
	add(len(text))
	return out
}

// words are the words of four letters and more, in lower case: the short ones
// are mostly grammar. Scripts without spaces give long words, which is enough to
// compare by.
func words(s string) []string {
	fields := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return slices.DeleteFunc(fields, func(w string) bool { return len([]rune(w)) < 4 && !unicode.IsDigit(rune(w[0])) })
}

// clip shortens a sentence.
func clip(s string) string {
	r := []rune(s)
	if len(r) <= maxLength {
		return s
	}
	return string(r[:maxLength-1]) + "…"
}
