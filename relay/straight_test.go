package relay

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// What the library lays out and what goes straight must look the same, to the
// byte, for every event that may go straight.
func TestStraightLooksLikeTheLibrary(t *testing.T) {
	h := New(Options{})
	defer h.Close()
	for _, data := range []string{"<p>one line</p>", " ", ": not a comment", "ünï", strings.Repeat("x", 100<<10)} {
		ev := wire("patch", []byte(data), "E.1")
		if !oneLine(ev) {
			t.Fatalf("%.20q is one line", data)
		}
		rec := newRecorder()
		h.srv.CreateStream("s")
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			r := request(t, ctx)
			r.URL.RawQuery = "stream=s"
			h.srv.ServeHTTP(flusher{rec}, r)
		}()
		want := string(appendEvent(nil, ev))
		until(t, "the library's", func() bool {
			h.srv.TryPublish("s", ev) // lost until the subscriber is there
			rec.mu.Lock()
			defer rec.mu.Unlock()
			return strings.Contains(rec.buf.String(), want)
		})
		cancel()
		<-done
		h.srv.RemoveStream("s")
	}
	if oneLine(wire("patch", []byte("two\nlines"), "E.1")) {
		t.Error("lines are the library's to split")
	}
}

// flusher is what the library asks of a writer.
type flusher struct{ *recorder }

func (flusher) Flush() {}

// raw asks for a stream by hand.
func (g *rig) raw(t *testing.T, request string) (*http.Response, net.Conn) {
	t.Helper()
	c, err := net.Dial("tcp", g.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	fmt.Fprint(c, request)
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	return res, c
}

// A stream's connection ends with it, and says so.
func TestTakenOverConnection(t *testing.T) {
	g := newRig(t, Options{})
	res, _ := g.raw(t, "GET /events?topic=anna&session=s HTTP/1.1\r\nHost: x\r\n\r\n")
	if res.StatusCode != 200 || !res.Close || res.Header.Get("Date") == "" || len(res.TransferEncoding) != 1 {
		t.Errorf("%+v", res)
	}
	until(t, "attached", func() bool { g.mu.Lock(); defer g.mu.Unlock(); return attached(g.Hub) })
	g.Publish("anna", Event{Name: "n", Data: []byte("x")})
	body := bufio.NewReader(res.Body)
	for line := ""; line != "data: x\n"; {
		var err error
		if line, err = body.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	g.CloseSession("s", SignedOut)
	all, err := io.ReadAll(body)
	if err != nil || !strings.HasSuffix(string(all), "event: bye\n\n") {
		t.Errorf("%v %s", err, all)
	}
}

// Browsers of old and requests with a body keep the server's own handling.
func TestNotTakenOver(t *testing.T) {
	for name, request := range map[string]string{
		"HTTP/1.0": "GET /events?topic=anna&session=s HTTP/1.0\r\nHost: x\r\n\r\n",
		"a body":   "GET /events?topic=anna&session=s HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx",
	} {
		t.Run(name, func(t *testing.T) {
			g := newRig(t, Options{})
			res, _ := g.raw(t, request)
			until(t, "attached", func() bool { g.mu.Lock(); defer g.mu.Unlock(); return attached(g.Hub) })
			g.Publish("anna", Event{Name: "n", Data: []byte("x")})
			lines := bufio.NewReader(res.Body)
			for {
				line, err := lines.ReadString('\n')
				if err != nil {
					t.Fatal(err)
				}
				if line == "data: x\n" {
					return
				}
			}
		})
	}
}

// Whoever speaks on a stream is not a browser.
func TestSecondRequestOnAStream(t *testing.T) {
	g := newRig(t, Options{})
	res, c := g.raw(t, "GET /events?topic=anna&session=s HTTP/1.1\r\nHost: x\r\n\r\n")
	until(t, "the tab", func() bool { return g.Tabs("anna") == 1 })
	fmt.Fprint(c, "GET /page HTTP/1.1\r\nHost: x\r\n\r\n")
	until(t, "gone", func() bool { return g.Tabs("anna") == 0 })
	_, _ = io.Copy(io.Discard, res.Body)
}
