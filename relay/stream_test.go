package relay

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"go.uber.org/goleak"

	"agentdesk/desk"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long a test waits for what must come.
const patience = 10 * time.Second

// heard is an event as a browser understands it.
type heard struct{ id, name, data string }

// scan reads a stream the way the HTML standard says (section 9.2.6): lines end
// with LF, CR or CRLF, one space after the colon is not part of the value, and
// only an empty line dispatches.
func scan(r io.Reader, emit func(heard)) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 64<<20)
	sc.Split(func(b []byte, eof bool) (int, []byte, error) {
		for i, c := range b {
			switch {
			case c == '\n':
				return i + 1, b[:i], nil
			case c == '\r' && i+1 < len(b) && b[i+1] == '\n':
				return i + 2, b[:i], nil
			case c == '\r' && (i+1 < len(b) || eof):
				return i + 1, b[:i], nil
			case c == '\r':
				return 0, nil, nil
			}
		}
		return 0, nil, nil
	})
	var ev heard
	var data []string
	id := ""
	for sc.Scan() {
		line := sc.Text()
		if line == "" {
			if data != nil {
				ev.id, ev.data = id, strings.Join(data, "\n")
				emit(ev)
			}
			ev, data = heard{}, nil
			continue
		}
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "id":
			id = value
		case "event":
			ev.name = value
		case "data":
			data = append(data, value)
		}
	}
	return sc.Err()
}

// rig is a hub behind a real server: echo, gzip that leaves the stream alone,
// and a connection with small kernel buffers. The query says who asks, which
// stands in for the session.
type rig struct {
	*Hub
	url  string
	addr string
	srv  *httptest.Server
}

func newRig(t testing.TB, opt Options) *rig {
	t.Helper()
	g := &rig{Hub: New(opt)}
	e := echo.New()
	e.Use(middleware.GzipWithConfig(middleware.GzipConfig{Skipper: func(c echo.Context) bool { return c.Path() == "/events" }}))
	e.GET("/events", func(c echo.Context) error {
		err := g.Serve(c.Response(), c.Request(), Tab{Topic: c.QueryParam("topic"), Session: c.QueryParam("session")})
		if err != nil {
			return c.String(http.StatusServiceUnavailable, desk.TextOf(err))
		}
		return nil
	})
	e.GET("/page", func(c echo.Context) error { return c.String(http.StatusOK, "page") })
	g.srv = httptest.NewUnstartedServer(e)
	g.srv.Config.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		_ = c.(*net.TCPConn).SetWriteBuffer(16 << 10)
		return ctx
	}
	g.srv.Start()
	g.url, g.addr = g.srv.URL, g.srv.Listener.Addr().String()
	t.Cleanup(func() {
		g.Close()
		g.srv.Close()
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := g.Wait(ctx); err != nil {
			t.Error(err)
		}
	})
	return g
}

// listener is a browser tab that reads.
type listener struct {
	t      testing.TB
	cancel func()
	events chan heard
	resp   *http.Response
}

func (g *rig) listen(t testing.TB, topic, session, last string) *listener {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, g.url+"/events?topic="+topic+"&session="+session, nil)
	if err != nil {
		t.Fatal(err)
	}
	if last != "" {
		req.Header.Set("Last-Event-ID", last)
	}
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	l := &listener{t: t, cancel: cancel, events: make(chan heard, 1<<14), resp: resp}
	go func() {
		defer close(l.events)
		defer resp.Body.Close()
		_ = scan(resp.Body, func(e heard) { l.events <- e })
	}()
	t.Cleanup(l.leave)
	return l
}

// leave closes the tab and waits until its reader has stopped.
func (l *listener) leave() {
	l.cancel()
	for range l.events {
	}
}

// next returns the next event that is not a heartbeat.
func (l *listener) next() heard {
	l.t.Helper()
	for {
		e, err := l.any()
		if err != nil {
			l.t.Fatal(err)
		}
		if e.name != "hb" {
			return e
		}
	}
}

var errEnd = errors.New("the stream has ended")

func (l *listener) any() (heard, error) {
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case e, ok := <-l.events:
		if !ok {
			return e, errEnd
		}
		return e, nil
	case <-late.C:
		return heard{}, errors.New("nothing came")
	}
}

// ended waits for the end of the stream and returns what came before.
func (l *listener) ended() (all []heard) {
	l.t.Helper()
	for {
		e, err := l.any()
		if errors.Is(err, errEnd) {
			return all
		}
		if err != nil {
			l.t.Fatal(err)
		}
		all = append(all, e)
	}
}

type greeting struct {
	Epoch   string
	Resumed bool
}

func (l *listener) hello() (heard, greeting) {
	l.t.Helper()
	e := l.next()
	return e, l.greeting(e)
}

func (l *listener) greeting(e heard) (g greeting) {
	l.t.Helper()
	if e.name != "hello" {
		l.t.Fatalf("got %.80v, want hello", e)
	}
	if err := json.Unmarshal([]byte(e.data), &g); err != nil {
		l.t.Fatal(err)
	}
	return g
}

// until waits for a state of the hub that its goroutines reach by themselves.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	late := time.After(patience)
	for !ok() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatal("never: " + what)
		}
	}
}
