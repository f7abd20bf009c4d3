package customerapi

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// byCookie finds the browser's customer by its cookies, or makes one. The
// cookies are set anew either way.
func (t *Tokens) byCookie(w http.ResponseWriter, r *http.Request) (string, error) {
	id, secret := t.cookies(r)
	known := false
	if id != "" && len(id) <= protocol.MaxID && secret != "" {
		c, err := t.engine.Customer(r.Context(), id)
		var pe *protocol.Error
		if err != nil && !errors.As(err, &pe) {
			return "", err
		}
		known = err == nil && c.Secret != "" && subtle.ConstantTimeCompare([]byte(c.Secret), []byte(engine.HashToken(secret))) == 1
	}
	if !known {
		secret = engine.NewSecret()
		c, err := t.engine.CreateCustomer(r.Context(), "", engine.HashToken(secret), engine.CustomerChange{})
		if err != nil {
			return "", err
		}
		id = c.ID
	}
	t.setCookie(w, r, cookieID, id)
	t.setCookie(w, r, cookieSecret, secret)
	return id, nil
}

// cookies are the browser's: those named for this server, else those without a
// port in their name, which earlier releases set.
func (t *Tokens) cookies(r *http.Request) (id, secret string) {
	for _, end := range []string{portEnd(t.origin(r)), ""} {
		a, err := r.Cookie(cookieID + end)
		if err != nil {
			continue
		}
		if b, err := r.Cookie(cookieSecret + end); err == nil {
			return a.Value, b.Value
		}
	}
	return "", ""
}

// origin is the server's URL as browsers see it.
func (t *Tokens) origin(r *http.Request) *url.URL {
	if u, err := url.Parse(t.public()); err == nil && u.Scheme != "" {
		return u
	}
	u := &url.URL{Scheme: "http", Host: r.Host}
	if r.TLS != nil {
		u.Scheme = "https"
	}
	return u
}

// portEnd is added to the names of cookies, because browsers give the cookies of
// one port to all ports of the host.
func portEnd(u *url.URL) string {
	if p := u.Port(); p != "" {
		return "_" + p
	}
	return ""
}

// setCookie: cross-site use needs SameSite=None, which needs Secure; over plain
// http both are relaxed, or a browser would keep nothing.
func (t *Tokens) setCookie(w http.ResponseWriter, r *http.Request, name, value string) {
	u := t.origin(r)
	c := &http.Cookie{Name: name + portEnd(u), Value: value, Path: strings.TrimSuffix(u.Path, "/") + servicePath(r.URL.Path),
		MaxAge: int(cookieLife / time.Second), HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if u.Scheme == "https" {
		c.Secure, c.SameSite = true, http.SameSiteNoneMode
	}
	http.SetCookie(w, c)
}

// servicePath is where the cookies of a version of the service live.
func servicePath(path string) string {
	if strings.HasPrefix(path, "/v2/") {
		return "/v2/customer"
	}
	return "/customer"
}
