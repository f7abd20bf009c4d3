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
	id, secret := "", ""
	if a, err := r.Cookie(cookieID); err == nil {
		if b, err := r.Cookie(cookieSecret); err == nil {
			id, secret = a.Value, b.Value
		}
	}
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

// setCookie: cross-site use needs SameSite=None, which needs Secure; over plain
// http both are relaxed, or a browser would keep nothing.
func (t *Tokens) setCookie(w http.ResponseWriter, r *http.Request, name, value string) {
	base, secure := "", r.TLS != nil
	if u, err := url.Parse(t.public()); err == nil && u.Scheme != "" {
		base, secure = strings.TrimSuffix(u.Path, "/"), u.Scheme == "https"
	}
	c := &http.Cookie{Name: name, Value: value, Path: base + servicePath(r.URL.Path), MaxAge: int(cookieLife / time.Second), HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if secure {
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
