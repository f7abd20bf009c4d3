package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"agentdesk/auth"
	"agentdesk/chatserver"
	"agentdesk/chatserver/demo"
	"agentdesk/internal/push"
	"agentdesk/relay"
)

// App is the whole program as a value. New builds it, Run serves until its
// context ends, Close stops it. Several may live in one process.
type App struct {
	set      *Settings
	log      *slog.Logger
	listener net.Listener
	url      *url.URL // how browsers reach it, base path included, no slash at the end
	srv      *http.Server
	hub      *relay.Hub
	metrics  *metrics
	auth     *auth.Manager
	desks    *desks
	push     *push.Sender
	chat     *chatserver.Server // nil where another server is used
	guests   *demo.Simulation   // nil without demo
	owner    string             // the first account's password, made at this start
	ready    atomic.Bool

	closing sync.Once
	closers []closer // in the order they were opened
}

type closer struct {
	name  string
	close func(context.Context) error
}

// opened notes how a part is closed again.
func (a *App) opened(name string, close func(context.Context) error) {
	a.closers = append(a.closers, closer{name, close})
}

// New listens, opens the data folder and the databases, and connects the parts.
// Its errors are lines for the person who started the program.
func New(ctx context.Context, set *Settings, log *slog.Logger) (*App, error) {
	a := &App{set: set, log: log, metrics: newMetrics()}
	if err := a.build(ctx); err != nil {
		_ = a.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) build(ctx context.Context) (err error) {
	if a.listener, err = listen(a.set.Addr); err != nil {
		return err
	}
	a.opened("listener", func(context.Context) error {
		_ = a.listener.Close() // the HTTP server has done so already, if it ran
		return nil
	})
	a.url = publicURL(a.set, a.listener.Addr())
	if err := prepareFolder(a.set.DataDir); err != nil {
		return err
	}
	unlock, err := lockFolder(a.set.DataDir)
	if err != nil {
		return err
	}
	a.opened("folder", func(context.Context) error { return unlock() })
	if a.set.Embedded() {
		if err := a.openChatServer(ctx); err != nil {
			return err
		}
	}
	dashboard, err := a.connect(ctx)
	if err != nil {
		return err
	}
	var chat http.Handler
	if a.chat != nil {
		chat = a.chat.Handler()
	}
	a.srv = newHTTPServer(both(a.base(), dashboard, chat), a.log)
	a.srv.RegisterOnShutdown(a.hub.Close)
	a.opened("http", func(ctx context.Context) error {
		err := a.srv.Shutdown(ctx)
		if err != nil {
			err = a.srv.Close()
		}
		a.hub.Close()
		return errors.Join(err, a.hub.Wait(ctx)) // the server knows nothing of streams any more
	})
	return nil
}

// URL is how browsers reach the dashboard, without a slash at the end.
func (a *App) URL() string { return a.url.String() }

func (a *App) base() string { return a.url.Path }

// publicURL is what is set, or what follows from the address listened on.
func publicURL(set *Settings, addr net.Addr) *url.URL {
	if set.PublicURL != nil {
		return set.PublicURL
	}
	host, _, err := net.SplitHostPort(set.Addr)
	if ip := net.ParseIP(host); err != nil || host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return &url.URL{Scheme: "http", Host: net.JoinHostPort(host, portOf(addr))}
}

func portOf(addr net.Addr) string {
	_, port, _ := net.SplitHostPort(addr.String())
	return port
}

// ownOrigin is where this process reaches its own listener.
func (a *App) ownOrigin() string {
	host, port, _ := net.SplitHostPort(a.listener.Addr().String())
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// prepareFolder makes the data folder and sees whether it can be written.
func prepareFolder(dir string) error {
	fail := func(err error) error {
		return fmt.Errorf("AGENTDESK_DATA_DIR: the folder %s cannot be written (%w); make it writable for this user or choose another", dir, cause(err))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fail(err)
	}
	f, err := os.CreateTemp(dir, ".writable-*")
	if err != nil {
		return fail(err)
	}
	f.Close()
	if err := os.Remove(f.Name()); err != nil {
		return fail(err)
	}
	return nil
}

// cause leaves the path out of an error of the file system: the line names it
// already.
func cause(err error) error {
	if pe, ok := err.(*os.PathError); ok {
		return pe.Err
	}
	return err
}

// openChatServer opens the embedded server in the data folder.
func (a *App) openChatServer(ctx context.Context) error {
	o := chatserver.Options{DataDir: a.set.DataDir, PublicURL: a.URL, Logger: a.log.With("part", "chatserver")}
	o.Seed = a.seedOwner
	if a.set.Demo {
		o.Demo, o.Seed = true, demo.Seed
	}
	if a.set.seed != nil {
		o.Seed = a.set.seed
	}
	chat, err := chatserver.New(ctx, o)
	if err != nil {
		return err
	}
	a.chat = chat
	a.opened("chat server", chat.Close)
	if a.set.Demo && !a.set.quiet {
		a.guests, err = demo.NewSimulation(chat.Engine(), demo.Options{Logger: o.Logger})
	}
	return err
}

// banner tells where everything is, once, on standard output.
func (a *App) banner(w io.Writer) {
	var b strings.Builder
	fmt.Fprintf(&b, "agentdesk is at %s\n", a.URL())
	if a.chat == nil {
		fmt.Fprintf(&b, "  chat server        %s\n", a.set.Upstream)
	}
	if a.set.Demo {
		fmt.Fprintf(&b, "  chat as a customer %s%s\n  sign in as        ", a.URL(), demo.ShopPath)
		for i, d := range demoAccounts() {
			if i > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(&b, " %s", d.Email)
		}
		fmt.Fprintf(&b, "\n  password           %s\n", demo.Password)
	}
	if a.owner != "" {
		fmt.Fprintf(&b, "  first account      %s, password %s (shown only now)\n", ownerEmail, a.owner)
	}
	if data, err := filepath.Abs(a.set.DataDir); err == nil {
		fmt.Fprintf(&b, "  data               %s\n", data)
	}
	_, _ = io.WriteString(w, b.String())
}

// newLogger makes the program's log, and first notes misspelt settings in it.
func newLogger(set *Settings, w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: set.LogLevel}
	log := slog.New(slog.NewTextHandler(w, o))
	if set.LogFormat == "json" {
		log = slog.New(slog.NewJSONHandler(w, o))
	}
	for _, name := range strangers(os.Environ()) {
		log.Warn("no such setting; -help lists all", "name", name)
	}
	return log
}
