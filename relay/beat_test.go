package relay

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// Every sleep here is virtual: it passes inside a testing/synctest bubble and
// takes no time.

func TestHeartbeatCarriesThePosition(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{Heartbeat: 15 * time.Second})
		ctx, cancel := context.WithCancel(context.Background())
		recs := make([]*recorder, 40)
		for i := range recs {
			recs[i] = newRecorder()
			go func() { _ = h.Serve(recs[i], request(t, ctx), Tab{Topic: "anna", Session: string(rune('a' + i))}) }()
		}
		synctest.Wait()
		h.Publish("anna", Event{Name: "n", Data: []byte("x")})
		for range 10 {
			time.Sleep(20 * time.Second) // virtual
			synctest.Wait()
			for i, r := range recs {
				all := r.heard()
				r.buf.Reset()
				last := all[len(all)-1]
				if last.name != "hb" || last.data != last.id || last.id != h.Position("anna") {
					t.Fatalf("tab %d: no heartbeat in 20 s but %+v", i, all)
				}
			}
		}
		cancel()
		synctest.Wait()
		if n := h.Tabs("anna"); n != 0 {
			t.Errorf("%d tabs left", n)
		}
		h.Close()
	})
}

func TestTopicLingersAndIsThenForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{Linger: time.Minute})
		defer h.Close()
		if h.Active("anna") {
			t.Fatal("active before anything happened")
		}
		pos := h.Position("anna")
		time.Sleep(59 * time.Second) // virtual
		if !h.Active("anna") {
			t.Fatal("a page was drawn a moment ago")
		}
		ctx, cancel := context.WithCancel(context.Background())
		rec := newRecorder()
		go func() { _ = h.Serve(rec, request(t, ctx), Tab{Topic: "anna", Session: "s"}) }()
		time.Sleep(time.Hour) // virtual
		if !h.Active("anna") || h.Position("anna") != pos {
			t.Fatal("a tab is open")
		}
		cancel()
		synctest.Wait()
		time.Sleep(59 * time.Second) // virtual
		h.Publish("anna", Event{Name: "n", Data: []byte("logged")})
		if !h.Active("anna") {
			t.Fatal("the tab left a moment ago")
		}
		time.Sleep(2 * time.Second) // virtual
		if h.Active("anna") {
			t.Fatal("still active")
		}
		time.Sleep(20 * time.Second) // virtual
		synctest.Wait()
		h.mu.Lock()
		left := len(h.topics)
		h.mu.Unlock()
		if left != 0 {
			t.Errorf("%d topics kept", left)
		}
		if h.Position("anna") == pos {
			t.Error("an old position is good again")
		}
	})
}
