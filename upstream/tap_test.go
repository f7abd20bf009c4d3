package upstream

import (
	"strings"
	"sync"
	"testing"
	"time"

	"agentdesk/desk"
)

func TestMask(t *testing.T) {
	own, err := newToken(token0)
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		`{"action":"login","payload":{"token":"Bearer dal:secret-anna","away":true}}`:      `{"action":"login","payload":{"token":"•••","away":true}}`,
		`{"payload":{"push_token":{"deep":["x"]},"access_token":7,"Cookie":["a","b"]}}`:    `{"payload":{"push_token":"•••","access_token":"•••","Cookie":"•••"}}`,
		`{"headers":{"Authorization":"Basic abc","X":"y"}}`:                                `{"headers":{"Authorization":"•••","X":"y"}}`,
		`{"payload":{"text":"it is dal:secret-anna, Bearer abc.def and Basic Zm9v"}}`:      `{"payload":{"text":"it is •••, Bearer ••• and Basic •••"}}`,
		`{"payload":{"text":"secret"}}`:                                                    `{"payload":{"text":"secret"}}`,
		`{"url":"https://a.example/?access_token=abc&x=1#t"}`:                              `{"url":"https://a.example/?access_token=•••&x=1#t"}`,
		`{"details":"{\"token\":\"abc\",\"n\":1}"}`:                                        `{"details":"{\"token\":\"•••\",\"n\":1}"}`,
		`{"list":[{"password":"p"},"fra:A0123456789",null,1.50,"ünï"],"page_id":"abc"}`:    `{"list":[{"password":"•••"},"fra:•••",null,1.50,"ünï"],"page_id":"abc"}`,
		`{"payload":{"properties":{"ns":{"api_key":{"value":"v"},"secret":true}}},"a":{}}`: `{"payload":{"properties":{"ns":{"api_key":"•••","secret":"•••"}}},"a":{}}`,
	} {
		m := masker{secrets: secretsOf(own)}
		got, err := m.mask([]byte(in))
		if err != nil || string(got) != want {
			t.Errorf("%s\n is shown as %s (%v)\n      want %s", in, got, err, want)
		}
	}
	m := masker{secrets: secretsOf(own)}
	if got, err := m.mask([]byte(`{"token":"abc"`)); err == nil {
		t.Errorf("half a frame is shown as %s", got)
	}
}

func TestTap(t *testing.T) {
	now := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	tp := &tap{now: func() time.Time { return now }}
	tp.sent([]byte(`{"request_id":"r1","action":"send_event","payload":{"text":"hi"}}`))
	now = now.Add(7 * time.Millisecond)
	tp.heard([]byte(`{"version":"3.6","action":"incoming_event","type":"push","payload":{"type":"response","action":"x"}}`))
	tp.heard([]byte(`{"request_id":"r1","action":"send_event","type":"response","success":true,"payload":{}}`))
	tp.heard([]byte(`{"request_id":"r2","action":"send_event","type":"response","success":false,"payload":{}}`))
	tp.heard([]byte(`not JSON, with the token abc`))
	tp.heard([]byte(`{"action":"list_chats","request_id":"r3","type":"response","success":true,"payload":{"x":"` + strings.Repeat("x", 3*tapBody) + `"}}`))
	type seen struct {
		kind   desk.FrameKind
		action string
		failed bool
		took   time.Duration
		body   bool
	}
	got := tp.after(0)
	for i, want := range []seen{
		{desk.FrameRequest, "send_event", false, 0, true},
		{desk.FramePush, "incoming_event", false, 0, true},
		{desk.FrameResponse, "send_event", false, 7 * time.Millisecond, true},
		{desk.FrameResponse, "send_event", true, 0, true},
		{desk.FramePush, "", false, 0, false},
		{desk.FrameResponse, "list_chats", false, 0, false},
	} {
		f := got[i]
		if is := (seen{f.Kind, f.Action, f.Failed, f.Took, f.Body != nil}); is != want || f.Seq != int64(i+1) || f.Size == 0 {
			t.Errorf("frame %d is %+v, want %+v", i+1, f, want)
		}
	}

	// The next connection of the same session goes on in the same list.
	next := &tap{now: tp.now}
	next.sent([]byte(`{"action":"login"}`))
	if joined := next.join(tp); joined != tp || joined.after(6)[0].Action != "login" {
		t.Error("a new connection begins a list of its own")
	}
	if (*tap)(nil).join(tp) != nil || next.join(nil) != next {
		t.Error("who is no administrator any more keeps looking, or a first tap is lost")
	}

	// It keeps the newest, and no more than so many.
	for range 3 * tapFrames {
		tp.sent([]byte(`{"action":"ping"}`))
	}
	if all := tp.after(0); len(all) != tapFrames || all[len(all)-1].Seq != tp.seq {
		t.Errorf("%d frames are kept", len(all))
	}
	big := []byte(`{"action":"send_event","payload":{"text":"` + strings.Repeat("x", tapBody-100) + `"}}`)
	for range 100 {
		tp.sent(big)
	}
	size := 0
	for _, f := range tp.after(0) {
		size += len(f.Body)
	}
	if size > tapBytes {
		t.Errorf("%d bytes are kept", size)
	}
	var none *tap
	none.sent(big)
	none.heard(big)
	none.loggedIn(big, "r", nil)
}

// TestTapJoinsWhileItHears: the reader of the old connection may still have a frame
// when the next connection brings its own token. For the race detector.
func TestTapJoinsWhileItHears(t *testing.T) {
	old := &tap{now: time.Now, secrets: []string{"first-token"}}
	var reader sync.WaitGroup
	reader.Go(func() {
		for range 100 {
			old.heard([]byte(`{"action":"x","payload":{"text":"first-token second-token"}}`))
		}
	})
	tp := (&tap{now: time.Now, secrets: []string{"second-token"}}).join(old)
	reader.Wait()
	tp.heard([]byte(`{"action":"y","payload":{"text":"second-token"}}`))
	list := tp.after(0)
	if last := string(list[len(list)-1].Body); len(list) != 101 || strings.Contains(last, "second-token") {
		t.Errorf("%d frames, the last is %s", len(list), last)
	}
}
