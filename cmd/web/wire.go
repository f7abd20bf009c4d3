package main

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"agentdesk/auth"
	"agentdesk/chatserver/demo"
	"agentdesk/handlers"
	"agentdesk/internal/push"
	"agentdesk/internal/store"
	"agentdesk/relay"
	"agentdesk/upstream"
)

var (
	_ handlers.Desk   = (*upstream.Session)(nil)
	_ handlers.Desks  = (*desks)(nil)
	_ auth.Store      = (*store.DB)(nil)
	_ handlers.Canned = (*store.DB)(nil)
	_ upstream.Outbox = counted{}
	_ upstream.Sink   = (*desks)(nil)
)

// connect opens what the dashboard keeps and joins its parts. What it gives
// answers the dashboard's requests.
func (a *App) connect(ctx context.Context) (*handlers.Server, error) {
	db, err := store.Open(ctx, a.set.DataDir)
	if err != nil {
		return nil, err
	}
	a.opened("database", func(context.Context) error { return db.Close() })
	keys := a.set.SecretKeys
	if len(keys) == 0 {
		if keys, err = store.Keys(a.set.DataDir); err != nil {
			return nil, err
		}
	}
	a.hub = relay.New(relay.Options{Metrics: a.metrics.relay(), Logger: a.log.With("part", "relay")})
	a.opened("streams", func(context.Context) error { a.hub.Close(); return nil })

	a.desks = newDesks(a.log)
	a.opened("followers", func(context.Context) error { a.desks.wait(); return nil })
	if a.auth, err = auth.New(auth.Options{
		Store: db, Keys: keys, PublicURL: a.url, FrameAncestors: a.set.FrameAncestors,
		ImageOrigins: a.imageOrigins(), Logger: a.log.With("part", "auth"), OnEnd: a.sessionEnded,
	}); err != nil {
		return nil, err
	}
	for _, w := range a.auth.Warnings() {
		a.log.Warn(w)
	}
	if err := a.connectPush(db); err != nil {
		return nil, err
	}
	if err := a.connectUpstream(db); err != nil {
		return nil, err
	}
	return a.dashboard(db), nil
}

// connectPush starts what calls agents where no tab is open.
func (a *App) connectPush(db *store.DB) (err error) {
	o := push.Options{Store: db, Contact: "agentdesk@" + a.url.Hostname(), Logger: a.log.With("part", "push"), Anywhere: a.set.pushAnywhere,
		Count: func(outcome string) { a.metrics.pushed.WithLabelValues(outcome).Inc() }}
	if a.url.Scheme == "https" {
		o.Contact = a.url.String()
	}
	if o.Keys, err = push.LoadKeys(a.set.DataDir); err != nil {
		return err
	}
	a.push = push.New(o)
	a.opened("push", func(context.Context) error { a.push.Close(); return nil })
	return nil
}

func (a *App) connectUpstream(db *store.DB) error {
	o := upstream.Options{
		BaseURL: a.set.Upstream, Version: a.set.UpstreamVersion, OrganizationID: a.set.OrganizationID,
		Outbox: counted{db, a.metrics}, Shelf: db, Sink: a.desks, Metrics: a.metrics.upstream(), Logger: a.log.With("part", "upstream"), Timing: a.set.timing,
	}
	if a.chat != nil {
		// Over the socket like any other server, but past every proxy.
		o.BaseURL = a.ownOrigin()
		o.Dial = (&net.Dialer{Timeout: 10 * time.Second}).DialContext
	}
	registry, err := upstream.New(o)
	if err != nil {
		return fmt.Errorf("AGENTDESK_UPSTREAM: %w", err)
	}
	a.opened("upstream", registry.Close)
	a.desks.registry, a.desks.auth, a.desks.hub = registry, a.auth, a.hub
	a.desks.draw = &renderer{hub: a.hub, base: a.base(), zone: time.Local, limits: db, log: a.log}
	a.desks.call = &caller{push: a.push, draw: a.desks.draw, tabs: a.hub.Tabs, called: map[[2]string]time.Time{}}
	return nil
}

// dashboard builds the handlers.
func (a *App) dashboard(db *store.DB) *handlers.Server {
	o := handlers.Options{
		Push: handlers.Push{Key: a.push.Keys.Public, Devices: db, Check: a.push.Check},
		Base: a.base(), Auth: a.auth, Desks: a.desks, Hub: a.hub, Canned: db, Limits: db, Views: db, Notes: db,
		// The vendor's cloud takes no passwords from others; every other server
		// may be one of ours.
		Passwords: !strings.HasSuffix(a.set.Upstream, ".livechatinc.com"),
		Embedded:  a.set.Upstream == embedded,
		Readiness: a.readiness, Metrics: a.metrics.handler(), MetricsFrom: a.set.MetricsFrom,
		Proxies: a.set.TrustedProxies, Observe: a.metrics.observe, Zone: time.Local, Logger: a.log,
	}
	if a.set.Demo {
		o.Demo, o.DemoShop = demoAccounts(), demo.ShopPath
	}
	return handlers.New(o)
}

// imageOrigins adds the chat server's own origin, which serves the files of its
// chats, to those that are set.
func (a *App) imageOrigins() []string {
	if a.chat != nil {
		return a.set.ImageOrigins
	}
	return append([]string{a.set.Upstream}, a.set.ImageOrigins...)
}

// sessionEnded ends a browser session's streams at once, and an agent's desk
// with the last session.
func (a *App) sessionEnded(s auth.Session, _ string) {
	a.hub.CloseSession(s.Key, relay.SignedOut)
	a.desks.left(s.AgentID)
}

// readiness is what /readyz answers: pages are served also while the chat
// server is away.
func (a *App) readiness() handlers.Readiness {
	return handlers.Readiness{Ready: a.ready.Load(), Upstream: a.set.Upstream, Sessions: a.metrics.byState()}
}

// background starts what runs beside the requests.
func (a *App) background(ctx context.Context) {
	a.desks.start(func() { a.auth.Run(ctx) })
	if a.guests != nil {
		a.desks.start(func() { a.guests.Run(ctx) })
	}
}
