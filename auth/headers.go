package auth

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// SetHeaders gives a page, a form's answer or a fragment its security headers,
// Cache-Control: no-store among them. What may be cached overrides that one.
func (m *Manager) SetHeaders(h http.Header) { maps.Copy(h, m.headers) }

// Headers wraps handlers with SetHeaders.
func (m *Manager) Headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.SetHeaders(w.Header())
		next.ServeHTTP(w, r)
	})
}

// pageHeaders are the same for every page, sign-in included: an agent in a
// portal signs in inside its frame.
func pageHeaders(https bool, base string, ancestors, images []string) http.Header {
	framers := "'none'"
	if len(ancestors) > 0 {
		framers = strings.Join(ancestors, " ")
	}
	csp := []string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'",
		strings.TrimSpace("img-src 'self' data: " + strings.Join(images, " ")),
		"connect-src 'self'", "font-src 'self'", "media-src 'self'", "frame-src 'self'",
		"worker-src 'self'", "manifest-src 'self'", "form-action 'self'",
		"base-uri 'none'", "object-src 'none'", "frame-ancestors " + framers,
	}
	h := http.Header{}
	h.Set("Content-Security-Policy", strings.Join(csp, "; "))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin-allow-popups")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-store")
	if len(ancestors) == 0 {
		h.Set("X-Frame-Options", "DENY") // for what does not know frame-ancestors; it cannot express a list
	}
	if https && base == "" {
		// Below a path the host belongs to somebody else, who decides this.
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	return h
}

// checkAncestors takes 'self' and exact origins; with https only https ones,
// since others could not frame it anyway.
func checkAncestors(list []string, https bool) ([]string, error) {
	var self bool
	rest := slices.DeleteFunc(slices.Clone(list), func(s string) bool {
		is := s == "self" || s == "'self'"
		self = self || is
		return is
	})
	origins, err := checkOrigins("frame ancestor", rest)
	if err != nil {
		return nil, err
	}
	for _, o := range origins {
		if https && !strings.HasPrefix(o, "https://") {
			return nil, fmt.Errorf("frame ancestor %q: a page over http cannot frame one over https", o)
		}
	}
	if self {
		origins = append([]string{"'self'"}, origins...)
	}
	return origins, nil
}

func checkOrigins(what string, list []string) ([]string, error) {
	var out []string
	for _, s := range list {
		u, err := url.Parse(s)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || !plainHost(u.Host) ||
			u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
			return nil, fmt.Errorf("%s %q: want an origin like https://portal.example or https://portal.example:8443", what, s)
		}
		out = append(out, originOf(u))
	}
	return out, nil
}

// plainHost keeps wildcards and whatever would begin a new directive out of the
// policy.
func plainHost(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(".-:[]", r))
	})
}
