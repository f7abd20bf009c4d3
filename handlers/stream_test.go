package handlers

import (
	"bufio"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"agentdesk/relay"
)

func TestStream(t *testing.T) {
	h := newHouse(t, "")
	h.get("/events").want(t, 401)
	h.ask(http.MethodHead, "/events", nil).want(t, 401)
	h.signIn()
	r := h.ask(http.MethodHead, "/events", nil)
	r.want(t, 200)
	if h.hub.Tabs(agentAnna) != 0 {
		t.Error("HEAD opened a stream")
	}
	for _, site := range []string{"cross-site", "same-site"} {
		h.get("/events", "Sec-Fetch-Site", site).want(t, 403)
	}

	res, leave := h.stream()
	for name, want := range map[string]string{"Content-Type": "text/event-stream", "X-Accel-Buffering": "no", "Cache-Control": "no-store", "Content-Encoding": ""} {
		if got := res.Header.Get(name); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	lines := bufio.NewReader(res.Body)
	readUntil(t, lines, "event: hello")
	h.hub.Publish(agentAnna, relay.Event{Name: "patch", Data: []byte("<p id=x>hi</p>")})
	readUntil(t, lines, "data: <p id=x>hi</p>")
	h.desk.set(func() {
		if h.desk.tabs != 1 {
			t.Errorf("the desk counts %d tabs", h.desk.tabs)
		}
	})
	leave()
}

func TestStreamGoesOnFromThePage(t *testing.T) {
	h := newHouse(t, "").signIn()
	page := h.get("/chats").body
	_, rest, _ := strings.Cut(page, `data-position="`)
	position, _, _ := strings.Cut(rest, `"`)
	if position == "" {
		t.Fatal("the page carries no position")
	}
	// What happens between drawing and connecting is not lost.
	h.hub.Publish(agentAnna, relay.Event{Name: "patch", Data: []byte("<p id=between>x</p>")})
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+"/events?last="+position, nil)
	res, err := h.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewReader(res.Body)
	readUntil(t, lines, `data: {"epoch":"`+position[:strings.Index(position, ".")]+`","resumed":true,`)
	readUntil(t, lines, "data: <p id=between>x</p>")
	h.hub.CloseTopic(agentAnna, relay.SignedOut)
}

func TestStreamWhileStopping(t *testing.T) {
	h := newHouse(t, "", func(o *Options) { o.Readiness = func() Readiness { return Readiness{} } }).signIn()
	h.ask(http.MethodHead, "/events", nil).want(t, 503)
	h.get("/readyz").want(t, 503, `"ready":false`)
	h.hub.Close()
	h.get("/events").want(t, 503)
}

func TestMetricsAreForOperators(t *testing.T) {
	numbers := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("numbers")) })
	home := netip.MustParsePrefix("127.0.0.0/8")
	h := newHouse(t, "", func(o *Options) { o.Metrics, o.MetricsFrom = numbers, []netip.Prefix{home} })
	h.get("/metrics").want(t, 200, "numbers")
	h.get("/metrics", "X-Forwarded-For", "203.0.113.7").want(t, 403) // a proxy on this machine brought it
	far := newHouse(t, "", func(o *Options) { o.Metrics = numbers })
	far.get("/metrics").want(t, 403)
	none := newHouse(t, "", func(o *Options) { o.MetricsFrom = []netip.Prefix{home} })
	none.get("/metrics").want(t, 404)
}

func TestPeer(t *testing.T) {
	trusting := &Server{Options: Options{Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8")}}}
	for _, c := range []struct {
		name, forwarded, want string
		s                     *Server
	}{
		{"nobody is trusted", "203.0.113.7", "127.0.0.1", &Server{}},
		{"one proxy", "203.0.113.7", "203.0.113.7", trusting},
		{"two proxies", "203.0.113.7, 10.1.2.3", "203.0.113.7", trusting},
		{"a forged beginning", "198.51.100.1, 203.0.113.7", "203.0.113.7", trusting},
		{"nonsense", "unknown", "127.0.0.1", trusting},
	} {
		r := &http.Request{RemoteAddr: "127.0.0.1:4000", Header: http.Header{"X-Forwarded-For": {c.forwarded}}}
		if got := c.s.peerOf(r); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
