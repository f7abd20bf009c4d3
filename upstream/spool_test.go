package upstream

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// TestFileIsSentOnceAt30 spoils send_file at every boundary.
func TestFileIsSentOnceAt30(t *testing.T) {
	take := func(g *rig, r *http.Request) {
		g.do(func(w *world) {
			_, p := w.say(w.chats["A"], me0, "the file", r.FormValue("payload.custom_id"))
			g.push("incoming_event", p)
		})
	}
	for name, spoil := range map[string]func(g *rig, w http.ResponseWriter, r *http.Request){
		"cut before it is taken": func(*rig, http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"cut after it is taken":  func(g *rig, _ http.ResponseWriter, r *http.Request) { take(g, r); panic(http.ErrAbortHandler) },
		"a fault after it is taken": func(g *rig, w http.ResponseWriter, r *http.Request) {
			take(g, r)
			http.Error(w, `{"error":{"type":"internal","message":"no"}}`, http.StatusInternalServerError)
		},
		"taken, and the line is cut": func(g *rig, w http.ResponseWriter, r *http.Request) {
			g.do(func(w *world) { w.say(w.chats["A"], me0, "the file", r.FormValue("payload.custom_id")) })
			g.cut()
			_, _ = w.Write([]byte(`{"url":"https://cdn/x"}`))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newRig(t, newServerAt(t, 30), func(o *Options) { o.Version = "3.0" })
			var later atomic.Bool
			g.web["send_file"] = func(w http.ResponseWriter, r *http.Request) {
				if err := r.ParseMultipartForm(1 << 20); err != nil {
					t.Error(err)
				}
				if !later.Swap(true) {
					spoil(g, w, r)
					return
				}
				take(g, r)
				_, _ = w.Write([]byte(`{"url":"https://cdn/x"}`))
			}
			s := withA(t, g)
			url, err := s.Upload(context.Background(), "x.png", strings.NewReader("pixels"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Do(context.Background(), desk.Send{ChatID: "A", CustomID: "f1", FileURL: url, FileName: "x.png"}); err != nil {
				t.Fatal(err)
			}
			g.settled(t, s, "f1")
		})
	}
}

// TestFileLeftBehindAt30: after a restart the file is not here any more.
func TestFileLeftBehindAt30(t *testing.T) {
	b := newBox()
	b.rows["f1"] = desk.Outgoing{CustomID: "f1", ChatID: "A", FileURL: spoolOrigin + "x/x.png", FileName: "x.png", At: time.Now(), State: desk.Sending}
	g := newRig(t, newServerAt(t, 30), func(o *Options) { o.Version, o.Outbox = "3.0", b })
	s := withA(t, g)
	g.sink.until(t, "failed", func() bool { return pending(t, s, "f1").State == desk.Failed })
	if o := pending(t, s, "f1"); !strings.Contains(o.Reason, "no longer here") {
		t.Errorf("it failed because %q", o.Reason)
	}
}

func TestSpool(t *testing.T) {
	var p spool
	defer p.close()
	now := time.Now()
	address, err := p.put(`dir/a b.txt`, strings.NewReader("words"), now)
	if err != nil || !isSpooled(address) || !strings.HasSuffix(address, "/a%20b.txt") {
		t.Fatalf("%q, %v", address, err)
	}
	f, name, ok := p.open(address)
	if !ok || name != "a b.txt" {
		t.Fatalf("%q, %v", name, ok)
	}
	f.Close()
	if _, err := p.put("big", strings.NewReader(strings.Repeat("x", protocol.MaxFile+1)), now); !errors.Is(err, errTooLarge) {
		t.Errorf("10 MB and a byte give %v", err)
	}
	if _, err := p.put("later", strings.NewReader("x"), now.Add(2*spoolFor)); err != nil {
		t.Fatal(err)
	}
	if _, _, ok := p.open(address); ok {
		t.Error("a file that nobody asked for stays")
	}
	p.size = spoolSize + 1
	if _, err := p.put("one more", strings.NewReader("x"), now); !errors.Is(err, errBusy) {
		t.Errorf("a full spool gives %v", err)
	}
	dir := p.dir
	p.close()
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("files are left behind: %v", err)
	}
}
