package auth

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/securecookie"
)

// Options describe how browsers reach the dashboard and how long they stay.
type Options struct {
	Store          Store
	Keys           []string // at least 16 characters each; the first seals, all open
	PublicURL      *url.URL // scheme, host and base path as browsers see them
	FrameAncestors []string // origins that may frame the dashboard, or 'self'; none: nobody
	ImageOrigins   []string // further origins that pictures (avatars) may come from
	Idle           time.Duration
	Absolute       time.Duration
	Now            func() time.Time // default time.Now
	Logger         *slog.Logger     // default: none
	// OnEnd is called once for each session that ends, after it is gone from the
	// store, from whichever goroutine ended it.
	OnEnd func(s Session, reason string)
}

// The times a session lives where Options say nothing.
const (
	DefaultIdle     = 8 * time.Hour
	DefaultAbsolute = 24 * time.Hour
)

// minKey is the shortest key taken: 128 bits, if every character has eight.
const minKey = 16

// Manager answers who a browser is.
type Manager struct {
	store    Store
	log      *slog.Logger
	now      func() time.Time
	idle     time.Duration
	absolute time.Duration
	onEnd    func(Session, string)

	base      string // base path without the slash at its end: "" or "/desk"
	origin    string
	cookie    cookieMode
	codecs    []securecookie.Codec
	sealer    sealer
	cross     *http.CrossOriginProtection
	headers   http.Header
	clearData string
	warnings  []string
	limits    limits

	mu   sync.Mutex
	seen map[string]sighting // by session key
}

// New checks the options and makes a Manager. Its errors are sentences about
// settings.
func New(o Options) (*Manager, error) {
	if o.Store == nil {
		return nil, errors.New("auth: no store")
	}
	m := &Manager{store: o.Store, log: o.Logger, now: o.Now, idle: o.Idle, absolute: o.Absolute, onEnd: o.OnEnd, seen: map[string]sighting{}}
	if m.log == nil {
		m.log = slog.New(slog.DiscardHandler)
	}
	if m.now == nil {
		m.now = time.Now
	}
	if m.idle <= 0 {
		m.idle = DefaultIdle
	}
	if m.absolute <= 0 {
		m.absolute = DefaultAbsolute
	}
	if m.onEnd == nil {
		m.onEnd = func(Session, string) {}
	}
	if err := m.place(o.PublicURL); err != nil {
		return nil, err
	}
	if err := m.setKeys(o.Keys); err != nil {
		return nil, err
	}
	https := o.PublicURL.Scheme == "https"
	ancestors, err := checkAncestors(o.FrameAncestors, https)
	if err != nil {
		return nil, err
	}
	images, err := checkOrigins("image origin", o.ImageOrigins)
	if err != nil {
		return nil, err
	}
	m.cookie = cookieFor(https, o.PublicURL.Port(), m.base, len(ancestors) > 0, m.absolute)
	m.headers = pageHeaders(https, m.base, ancestors, images)
	if https && m.base == "" {
		m.clearData = `"storage"`
	}
	m.warn(https, o.PublicURL.Hostname(), len(ancestors) > 0)
	m.limits = newLimits()
	return m, nil
}

// place takes the public address apart.
func (m *Manager) place(u *url.URL) error {
	if u == nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return errors.New("the public address must begin with http:// or https:// and name a host")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("the public address may hold scheme, host and path only")
	}
	m.base = strings.TrimRight(u.EscapedPath(), "/")
	if m.base != "" && (m.base[0] != '/' || !plainPath(m.base)) {
		return fmt.Errorf("the public address has a path that cannot be served: %q", u.EscapedPath())
	}
	m.origin = originOf(u)
	m.cross = http.NewCrossOriginProtection()
	if err := m.cross.AddTrustedOrigin(m.origin); err != nil {
		return fmt.Errorf("the public address: %w", err)
	}
	return nil
}

// Warnings are sentences that whoever starts the program should read.
func (m *Manager) Warnings() []string { return m.warnings }

func (m *Manager) warn(https bool, host string, framed bool) {
	if https {
		return
	}
	if framed {
		m.warnings = append(m.warnings, "Framing over plain http works only for pages of the same site: browsers keep the session cookie from frames on other sites unless both use https.")
	}
	if host != "localhost" && !strings.HasPrefix(host, "127.") && host != "::1" {
		m.warnings = append(m.warnings, "The public address is plain http: sign-ins and chats can be read on the way. Put https in front of it.")
	}
}
