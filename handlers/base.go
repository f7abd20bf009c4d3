package handlers

import (
	"net/http"
	"net/url"
	"strings"
)

// StripBase takes the base path off a request, where it is there. A proxy may
// have done so already, so a path without it is taken as it is; both kinds of
// proxies work without a setting. The request given is not changed.
func StripBase(r *http.Request, base string) *http.Request {
	if base == "" {
		return r
	}
	path, ok := cutBase(r.URL.Path, base)
	if !ok {
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
