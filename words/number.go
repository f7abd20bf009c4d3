package words

import (
	"fmt"
	"strconv"
)

// grouped is a number whose digits are grouped already; a format prints it for
// any verb.
type grouped string

// Format writes the number as it is.
func (g grouped) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, string(g)) }

// marks are what a language puts between groups of three digits and before a
// fraction, and from how many digits on it groups (CLDR). Arabic is written
// with the digits of the other languages, as clocks and scripts of the page are.
func (l *Language) marks() (group, point string, from int) {
	switch l.Code() {
	case "pl":
		return "\u00a0", ",", 5
	case "de":
		return ".", ",", 4
	case "es":
		return ".", ",", 5
	}
	return ",", ".", 4
}

// Number writes a whole number, with groups of three digits where the language
// groups them.
func (l *Language) Number(n int) string {
	s := strconv.Itoa(n)
	group, _, from := l.marks()
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	if len(s) < from {
		return sign + s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + group + s[i:]
	}
	return sign + s
}

// Decimal writes a number with one digit behind the point.
func (l *Language) Decimal(x float64) string {
	_, point, _ := l.marks()
	s := strconv.FormatFloat(x, 'f', 1, 64)
	return s[:len(s)-2] + point + s[len(s)-1:]
}
