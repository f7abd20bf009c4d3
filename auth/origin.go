package auth

import (
	"net"
	"net/http"
	"net/url"
	"strings"

	"agentdesk/desk"
)

// CheckForm refuses what another site may have made the browser send: any
// unsafe request that does not come from our own pages. A program without a
// browser's headers is let through only where it does not carry our cookie; one
// that has a session sends Origin. The error is a desk.Error, Forbidden.
func (m *Manager) CheckForm(r *http.Request) error {
	if safe(r.Method) {
		return nil
	}
	if err := m.cross.Check(r); err != nil {
		return desk.Wrap(desk.Forbidden, "This request came from another site, so it was not carried out.", err)
	}
	if r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == "" && len(r.CookiesNamed(m.cookie.name)) > 0 {
		return desk.Fail(desk.Forbidden, "This request does not say which page it came from, so it was not carried out.")
	}
	return nil
}

// CheckRead refuses to read out to other sites what only our own pages ask for,
// such as the stream.
func (m *Manager) CheckRead(r *http.Request) error {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return nil
	case "": // plain http beyond localhost: browsers say less there
		origin := r.Header.Get("Origin")
		if origin == "" || origin == m.origin {
			return nil
		}
		if u, err := url.Parse(origin); err == nil && u.Host != "" && u.Host == r.Host {
			return nil
		}
	}
	return desk.Fail(desk.Forbidden, "This is only for the dashboard's own pages.")
}

func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// originOf is an address's origin as browsers write it: lower case, without the
// scheme's own port.
func originOf(u *url.URL) string {
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port == "" || u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		return u.Scheme + "://" + host
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.Trim(host, "[]"), port)
}
