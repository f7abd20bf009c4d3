package relay

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// bare serves a hub without any framework, over what configure makes of the
// server.
func bare(t *testing.T, opt Options, configure func(*httptest.Server)) (*Hub, *httptest.Server) {
	t.Helper()
	h := New(opt)
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h.Serve(w, r, Tab{Topic: "anna", Session: r.URL.Query().Get("session")}); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	}))
	configure(srv)
	t.Cleanup(func() { h.Close(); srv.Close() })
	return h, srv
}

func open(t *testing.T, srv *httptest.Server, session string) *listener {
	t.Helper()
	resp, err := srv.Client().Get(srv.URL + "/?session=" + session)
	if err != nil {
		t.Fatal(err)
	}
	l := &listener{t: t, resp: resp, events: make(chan heard, 1<<14), cancel: func() { resp.Body.Close() }}
	go func() {
		defer close(l.events)
		defer resp.Body.Close()
		_ = scan(resp.Body, func(e heard) { l.events <- e })
	}()
	t.Cleanup(l.leave)
	return l
}

// Many tabs share one connection there, and the end of one stream must not
// touch the others.
func TestOverHTTP2(t *testing.T) {
	h, srv := bare(t, Options{}, func(s *httptest.Server) { s.EnableHTTP2 = true; s.StartTLS() })
	var tabs []*listener
	for i := range 8 {
		l := open(t, srv, fmt.Sprint("s", i))
		if l.resp.ProtoMajor != 2 {
			t.Fatal(l.resp.Proto)
		}
		l.hello()
		tabs = append(tabs, l)
	}
	big := strings.Repeat("x", 100<<10)
	h.Publish("anna", Event{Name: "n", Data: []byte(big)})
	h.CloseSession("s0", SignedOut)
	for i, l := range tabs[1:] {
		if e := l.next(); e.data != big {
			t.Fatalf("tab %d: %d bytes", i+1, len(e.data))
		}
	}
	if all := tabs[0].ended(); all[len(all)-1].data != SignedOut {
		t.Errorf("%.80v", all)
	}
	h.Publish("anna", Event{Name: "n", Data: []byte("after")})
	for _, l := range tabs[1:] {
		if e := l.next(); e.data != "after" {
			t.Fatalf("%.80v", e)
		}
	}
	tabs[1].leave()
	until(t, "one left", func() bool { return h.Tabs("anna") == 6 })
}

// A server's own timeouts are for requests that end.
func TestOutlivesTheServersTimeouts(t *testing.T) {
	const limit = 100 * time.Millisecond
	h, srv := bare(t, Options{Heartbeat: 3 * limit}, func(s *httptest.Server) {
		s.Config.ReadTimeout, s.Config.WriteTimeout, s.Config.IdleTimeout = limit, limit, limit
		s.Start()
	})
	l := open(t, srv, "s")
	start := time.Now()
	l.hello()
	for time.Since(start) < 5*limit {
		if e, err := l.any(); err != nil || e.name != "hb" {
			t.Fatalf("%+v %v", e, err)
		}
	}
	h.Publish("anna", Event{Name: "n", Data: []byte("x")})
	if e := l.next(); e.data != "x" {
		t.Fatalf("%+v", e)
	}
}
