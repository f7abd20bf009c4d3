package handlers

import (
	"net/http"
	"net/url"
	"strings"
)

// StripBase takes the base path off a request, where it is there. A proxy may
// have done so already, so a path without it is taken as it is; both kinds of
// proxies work without a setting. Where the base path is also the name of a page
// ("/demo"), what begins with it may be either: ours tells which paths lead
// somewhere, and the base path is left on where only the whole one does. The
// request given is not changed.
func StripBase(r *http.Request, base string, ours func(path string) bool) *http.Request {
	if base == "" {
		return r
	}
	path, ok := cutBase(r.URL.Path, base)
	if !ok || ours(r.URL.Path) && (r.URL.Path == base || !ours(path)) {
		return r
	}
	stripped := *r
	stripped.URL = new(url.URL)
	*stripped.URL = *r.URL
	stripped.URL.Path = path
	if r.URL.RawPath != "" {
		raw, ok := cutBase(r.URL.RawPath, base)
		if !ok {
			raw = "" // the base was escaped; the plain path is enough
		}
		stripped.URL.RawPath = raw
	}
	return &stripped
}

func cutBase(path, base string) (string, bool) {
	rest, ok := strings.CutPrefix(path, base)
	switch {
	case !ok || rest != "" && rest[0] != '/':
		return path, false
	case rest == "":
		return "/", true
	}
	return rest, true
}
