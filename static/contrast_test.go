package static

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// token gives a colour token's value in the light (0) and the dark (1) theme.
func token(t *testing.T, css, name string) [2]string {
	t.Helper()
	m := regexp.MustCompile(`--` + name + `: (?:light-dark\()?(#[0-9a-f]{3,6})(?:, ?(#[0-9a-f]{3,6})\))?`).FindStringSubmatch(css)
	if m == nil {
		t.Fatalf("no token --%s", name)
	}
	if m[2] == "" {
		m[2] = m[1]
	}
	return [2]string{m[1], m[2]}
}

func luminance(hex string) float64 {
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = fmt.Sprintf("%c%c%c%c%c%c", hex[0], hex[0], hex[1], hex[1], hex[2], hex[2])
	}
	n, _ := strconv.ParseUint(hex, 16, 32)
	part := func(shift int) float64 {
		c := float64(n>>shift&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func ratio(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Text has 4.5:1 and edges of fields 3:1 on everything they stand on, in both
// themes (WCAG 2.2, 1.4.3 and 1.4.11).
func TestContrast(t *testing.T) {
	body, _ := FS.ReadFile("css/tokens.css")
	css := string(body)
	for _, c := range []struct {
		ink  string
		on   string
		want float64
	}{
		{"ink", "paper sheet sunk raise mine theirs note accent-wash mark late-wash", 4.5},
		{"ink-2", "paper sheet sunk raise theirs accent-wash", 4.5},
		{"ink-3", "paper sheet sunk raise", 4.5},
		{"accent", "paper sheet sunk raise accent-wash mine", 4.5},
		{"accent-ink", "accent accent-deep", 4.5},
		{"warn", "paper sheet sunk warn-wash", 4.5},
		{"late", "paper sheet late-wash warn-wash", 4.5},
		{"good", "sunk", 4.5},
		{"note-ink", "note sheet", 4.5},
		{"edge", "paper sheet", 3},
		{"note-line", "note", 3},
		{"focus", "paper sheet sunk", 3},
		{"good", "paper sheet", 3},
	} {
		for _, on := range strings.Fields(c.on) {
			for theme, name := range []string{"light", "dark"} {
				if r := ratio(token(t, css, c.ink)[theme], token(t, css, on)[theme]); r < c.want {
					t.Errorf("%s: %s on %s is %.2f:1, wants %.1f", name, c.ink, on, r, c.want)
				}
			}
		}
	}
	for i := range 12 {
		m := regexp.MustCompile(fmt.Sprintf(`\[data-h="%d"\] \{ --h: (#[0-9a-f]{6})`, i)).FindStringSubmatch(css)
		if m == nil {
			t.Fatalf("no avatar colour h%d", i)
		}
		if r := ratio(m[1], "#ffffff"); r < 4.5 {
			t.Errorf("white on h%d is %.2f:1", i, r)
		}
	}
}
