package auth

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

// home is where an agent lands without a wish.
const home = "/chats"

// maxNext is longer than any address of ours.
const maxNext = 2048

// SafeNext makes of a wish where to go after signing in a path below the base
// path, without it: "/chats/Q1?list=mine". The wish may come with the base path
// or without. Whatever could lead elsewhere, or nowhere useful, becomes
// "/chats".
func (m *Manager) SafeNext(next string) string {
	if next == "" || len(next) > maxNext || !utf8.ValidString(next) || !plainPath(next) {
		return home
	}
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Opaque != "" || u.User != nil || u.Host != "" {
		return home
	}
	u.Fragment, u.RawFragment = "", ""
	path := u.EscapedPath()
	if m.base != "" && (path == m.base || strings.HasPrefix(path, m.base+"/")) {
		path = strings.TrimPrefix(path, m.base)
	}
	if !plainPath(path) {
		return home
	}
	switch first, _, _ := strings.Cut(path[1:], "/"); first {
	case "", "login", "logout", "events": // nothing to see there
		return home
	}
	if u.RawQuery != "" {
		path += "?" + plainQuery(u.RawQuery)
	}
	return path
}

// plainQuery escapes what may not stand in a header.
func plainQuery(q string) string {
	var b strings.Builder
	for i := range len(q) {
		if c := q[i]; c <= ' ' || c > 0x7e {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// plainPath reports whether a path begins with one slash and holds nothing that
// a browser or proxy could read in another way: backslashes, control characters
// (plain or escaped), dot segments, double slashes.
func plainPath(s string) bool {
	if s == "" || s[0] != '/' {
		return false
	}
	path, _, _ := strings.Cut(s, "?")
	path, _, _ = strings.Cut(path, "#")
	plain, err := url.PathUnescape(path)
	if err != nil {
		return false
	}
	odd := func(r rune) bool { return r < 0x20 || r == 0x7f || r == '\\' || r == utf8.RuneError }
	if strings.ContainsFunc(s, odd) || strings.ContainsFunc(plain, odd) || strings.Contains(plain, "//") {
		return false
	}
	for seg := range strings.SplitSeq(plain, "/") {
		if seg == "." || seg == ".." {
			return false
		}
	}
	return true
}
