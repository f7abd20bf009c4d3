package store

import (
	"crypto/sha256"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Kind is a trait of closed threads, and of chats, that lists select by.
type Kind rune

// Kinds, with the parts of their values. What the index holds is written with
// their numbers: add new ones at the end.
const (
	KindAny           Kind = iota // everything
	KindGroup                     // id
	KindAgent                     // id
	KindTag                       // name
	KindSale                      // id
	KindGoal                      // id
	KindEventType                 // type
	KindAgentType                 // human, chatbot, ai_agent
	KindCountry                   // ISO 3166-1 alpha-2, in capitals
	KindProperty                  // namespace, name and, for one value, PropertyValue
	KindChat                      // id
	KindCustomer                  // id
	KindGreeting                  // id
	KindResponse                  // id of an agent who answered the customer
	KindFirstResponse             // id of the agent who answered first
	KindForm                      // prechat, postchat
	KindAnswer                    // form, id of the answer
	KindFormGroup                 // form, id of the group chosen
	KindActive                    // of chats; a mark
	KindThread                    // of chats; a mark
)

// Term is one trait of a thread as the search index has it, beside the words of
// its messages: a word of characters for private use, which no query of a person
// contains. So words and traits are intersected in one walk of one index, in the
// order of the answer, whatever is combined.
type Term string

// private is where terms take their characters from: one of the first hundred
// for a mark, four of the 4,096 that follow for a value.
const (
	private      = 0xE000
	privateValue = private + 0x100
	privateEnd   = privateValue + 0x1000
)

// Mark is the term of threads that have a value of a kind, or that have none.
func Mark(k Kind, has bool) Term {
	r := rune(private + 2*k)
	if has {
		r++
	}
	return Term(r)
}

// TermOf is the term of threads with one value of a kind: 48 bits of its hash.
func TermOf(k Kind, value ...string) Term {
	h := sha256.Sum256([]byte(string(rune(k)) + strings.Join(value, "\x00")))
	var bits uint64
	for _, b := range h[:6] {
		bits = bits<<8 | uint64(b)
	}
	var out [4]rune
	for i := range out {
		out[i] = rune(privateValue + bits>>(12*i)&0xFFF)
	}
	return Term(out[:])
}

// PropertyValue is a property's value as KindProperty compares it: 1 and 1.0 are
// one value, 1 and "1" are two.
func PropertyValue(v jsontext.Value) string {
	c := v.Clone()
	if c.Canonicalize() != nil {
		return string(v)
	}
	return string(c)
}

// plainText takes the characters of terms out of what people wrote.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= private && r < privateEnd {
			return ' '
		}
		return r
	}, s)
}
