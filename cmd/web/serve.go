package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"agentdesk/handlers"
)

// Times of the listener. There is no WriteTimeout and no ReadTimeout: both would
// end streams; what reads or writes has deadlines of its own.
const (
	headerTimeout = 5 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 32 << 10
	stopTimeout   = 10 * time.Second // for all of a graceful stop
)

// listen takes the address. The error says which one is taken.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("AGENTDESK_ADDR: the address %s is in use by another program; stop that one or choose another address", addr)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("AGENTDESK_ADDR: this user may not listen on %s; choose a port above 1023", addr)
	}
	return nil, fmt.Errorf("AGENTDESK_ADDR: cannot listen on %s (%w); choose another address", addr, err)
}

// newHTTPServer serves both halves on one listener.
func newHTTPServer(h http.Handler, log *slog.Logger) *http.Server {
	f := &fresh{conns: map[net.Conn]struct{}{}}
	srv := &http.Server{
		Handler: h, ConnState: f.state, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug), // broken TLS hellos and the like
	}
	srv.RegisterOnShutdown(f.close)
	return srv
}

// both sends a request to the embedded chat server or to the dashboard. The
// base path is taken off for both, where it is there.
func both(base string, dashboard *handlers.Server, chat http.Handler) http.Handler {
	if chat == nil {
		return dashboard
	}
	ours := func(path string) bool { return chatPath(path) || dashboard.Serves(path) }
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r := handlers.StripBase(r, base, ours); chatPath(r.URL.Path) {
			chat.ServeHTTP(w, r)
			return
		}
		dashboard.ServeHTTP(w, r)
	})
}

// chatPath reports whether a path belongs to the embedded chat server: the APIs
// (/v3.6/…, /v2/…, and those where a header names the version), uploaded files,
// the widget, the demo shop.
func chatPath(path string) bool {
	first, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "agent", "customer", "configuration", "token", "info", "files", "widget", "widget.js":
		return true
	case "demo":
		return rest != ""
	}
	return len(first) >= 2 && first[0] == 'v' && first[1] >= '0' && first[1] <= '9'
}

// serve runs the program until it is told to stop; told twice, it ends at once.
func serve(set *Settings) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	app, err := New(ctx, set, newLogger(set, os.Stderr))
	if err != nil {
		return err
	}
	app.banner(os.Stdout)
	return app.Run(ctx)
}

// Run serves until ctx ends, then stops gracefully: not ready any more, streams
// told to come back later, requests that run finished, agents' connections
// closed, then the embedded server and the databases.
func (a *App) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if a.chat != nil {
		a.chat.Start()
	}
	a.background(ctx)
	// Starting leaves some 20 MB of garbage behind (migrations, a demo's past),
	// a part of it in pools, which it takes two collections to empty. That is over
	// before the first request.
	runtime.GC()
	debug.FreeOSMemory()
	a.ready.Store(true)
	failed := make(chan error, 1)
	go func() { failed <- a.srv.Serve(a.listener) }()
	a.log.Info("listening", "addr", a.listener.Addr().String(), "url", a.url.String(), "upstream", a.set.Upstream)
	var err error
	select {
	case err = <-failed:
		err = fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	cancel()
	a.log.Info("stopping")
	err = errors.Join(err, a.Close())
	a.log.Info("stopped")
	return err
}

// Close stops everything, in no more than ten seconds. It may be called more
// than once.
func (a *App) Close() error {
	a.closing.Do(func() {
		a.ready.Store(false)
		ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		for i := len(a.closers) - 1; i >= 0; i-- {
			if err := a.closers[i].close(ctx); err != nil {
				a.log.Warn("stop", "part", a.closers[i].name, "err", err)
			}
		}
	})
	return nil
}
