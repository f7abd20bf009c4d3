package auth

import (
	"net/http"
	"time"

	"github.com/gorilla/sessions"
)

// cookieMode is how the session's cookie is called and restricted. The name
// differs by mode, so that a changed setting never meets an old cookie with
// other attributes.
type cookieMode struct {
	name    string
	options sessions.Options
}

// cookieFor chooses the strictest cookie that works.
//
// With https at the root of a host the prefix __Host- lets no other host or path
// set it; below a base path __Secure- is the most there is. In a frame of
// another site the cookie must be SameSite=None, and Partitioned keeps it to
// that portal. Plain http cannot have either: there Lax serves frames of the
// same site.
//
// Cookies know no ports: two desks on one host, each with a port of its own,
// would sign each other out, so over plain http the port is part of the name.
func cookieFor(https bool, port, base string, framed bool, age time.Duration) cookieMode {
	c := cookieMode{name: "sid", options: sessions.Options{
		Path: base + "/", MaxAge: int(age / time.Second), HttpOnly: true, Secure: https, SameSite: http.SameSiteLaxMode,
	}}
	if !https {
		if port != "" {
			c.name += "-" + port
		}
		return c
	}
	c.name = "__Host-sid"
	if base != "" {
		c.name = "__Secure-sid"
	}
	if framed {
		c.name += "-emb"
		c.options.SameSite, c.options.Partitioned = http.SameSiteNoneMode, true
	}
	return c
}
