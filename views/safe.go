package views

import (
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DOMID makes a foreign id fit for an element's id: itself where it is made of
// letters, digits, "_" and "-" and is at most 64 bytes long, else a hash.
func DOMID(s string) string {
	if plainID(s) {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return "x-" + hex.EncodeToString(sum[:12])
}

func plainID(s string) bool {
	if s == "" || len(s) > 64 || strings.HasPrefix(s, "x-") {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-':
		default:
			return false
		}
	}
	return true
}

// Link is an address that may be put into a page.
type Link struct {
	URL  string // normalized
	Host string // as it is shown; punycode where letters of several scripts could deceive
	Odd  bool   // the host is not what it may seem: international letters, or a bare address
}

// SafeLink checks a foreign address. Good are absolute http and https with a
// host and without a user part, and mailto with an address. Everything else,
// and whatever carries control or direction characters, is refused: it is shown
// as text, never as a link. This is the only way by which a foreign address gets
// into an attribute.
func SafeLink(s string) (Link, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 4096 || !utf8.ValidString(s) || strings.ContainsFunc(s, unsafeInURL) {
		return Link{}, false
	}
	u, err := url.Parse(s)
	if err != nil || u.User != nil {
		return Link{}, false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return webLink(u)
	case "mailto":
		if u.Host != "" || !strings.Contains(u.Opaque, "@") {
			return Link{}, false
		}
		return Link{URL: u.String(), Host: "e-mail"}, true
	}
	return Link{}, false
}

func webLink(u *url.URL) (Link, bool) {
	host := u.Hostname()
	if host == "" || u.Opaque != "" || strings.ContainsAny(host, `\<>"'%`) {
		return Link{}, false
	}
	l := Link{Host: host}
	ascii, ok := punycode(host)
	if !ok {
		return Link{}, false
	}
	if ascii != host || strings.Contains(strings.ToLower(host), "xn--") {
		l.Host, l.Odd = ascii, true
		if port := u.Port(); port != "" {
			u.Host = net.JoinHostPort(ascii, port)
		} else if u.Host = ascii; strings.Contains(ascii, ":") {
			u.Host = "[" + ascii + "]"
		}
	}
	if _, err := netip.ParseAddr(host); err == nil {
		l.Odd = true
	}
	l.URL = u.String()
	return l, true
}

// SafeImage checks the address of a picture: as SafeLink, but http and https
// alone. "" means that there is none to show.
func SafeImage(s string) string {
	l, ok := SafeLink(s)
	if !ok || !strings.HasPrefix(l.URL, "http") {
		return ""
	}
	return l.URL
}

func unsafeInURL(r rune) bool {
	return unicode.IsControl(r) || unicode.IsSpace(r) || direction(r) || r == '\\' || r == utf8.RuneError
}

// direction reports the characters that turn the direction of text around.
func direction(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C
}

// labelMax is how many characters of a foreign label are shown.
const labelMax = 200

// label makes foreign text fit for one line: names, titles, tags, file names.
// Direction characters and controls go, so that "annexe\u202egpj.exe" cannot
// pass for a picture; what is left of nothing is empty.
func label(s string) string {
	if plainLabel(s) {
		return s
	}
	var b strings.Builder
	n, marks, visible, space := 0, 0, false, false
	for _, r := range s {
		if marks++; !unicode.Is(unicode.Mn, r) {
			marks = 0
		} else if marks > 3 { // a flood of marks on one letter would cover the lines around
			continue
		}
		switch {
		case direction(r) || r == 0xFEFF || r == 0xE000 || r == 0xE001:
			continue
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if n++; n > labelMax {
			b.WriteString("…")
			break
		}
		visible = visible || unicode.IsGraphic(r) && !invisible(r)
		b.WriteRune(r)
	}
	if !visible {
		return ""
	}
	return b.String()
}

// plainLabel is the fast way out for what almost every label is.
func plainLabel(s string) bool {
	if len(s) > labelMax || s == "" || s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == 0x7F || c == ' ' && s[i-1] == ' ' {
			return false
		} else if c >= 0x80 {
			return plainLetters(s)
		}
	}
	return true
}

// plainLetters is plainLabel for other than ASCII: letters, marks of which not
// many follow each other, numbers, signs and single spaces.
func plainLetters(s string) bool {
	marks := 0
	for _, r := range s {
		switch {
		case r == ' ' || r > ' ' && r < 0x7F || r > 0xA0 && r < 0x300 && r != 0xAD || unicode.IsLetter(r) && !filler(r):
			// nothing more to ask of what most texts are made of
		case unicode.Is(unicode.Mn, r):
			if marks++; marks > 3 {
				return false
			}
			continue
		case r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.IsSpace(r) || direction(r) || invisible(r):
			return false
		}
		marks = 0
	}
	return true
}

// filler reports letters that show nothing.
func filler(r rune) bool { return r == 0x3164 || r == 0x115F || r == 0x1160 }

func invisible(r rune) bool {
	return r >= 0x200B && r <= 0x200D || r == 0x2060 || r == 0x00AD || filler(r) || r == 0x2800 || r == 0x034F || unicode.Is(unicode.Mn, r)
}
