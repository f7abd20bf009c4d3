package handlers

import (
	"net/http"
	"testing"
	"time"
)

// TestLiveInspectorIsNoUse: a page that asks for new frames by itself does not
// keep somebody signed in who is not there.
func TestLiveInspectorIsNoUse(t *testing.T) {
	for name, c := range map[string]struct {
		headers []string
		then    int
	}{
		"the page's own script": {[]string{"X-Desk", "1"}, http.StatusUnauthorized},
		"a person":              {nil, http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, "").signIn()
			h.get("/inspector", c.headers...).want(t, http.StatusOK)
			h.later.Add(int64(5 * time.Hour))
			h.get("/inspector?after=1", c.headers...).want(t, http.StatusOK, "send_event")
			h.later.Add(int64(5 * time.Hour))
			h.get("/inspector?after=1", c.headers...).want(t, c.then)
		})
	}
}

// TestFramesAfter: the script is told how far it has read, and gets rows alone.
func TestFramesAfter(t *testing.T) {
	h := newHouse(t, "").signIn()
	r := h.get("/inspector?after=1", "X-Desk", "1")
	r.want(t, http.StatusOK, `id="f-2"`)
	if last := r.header.Get(lastFrame); last != "2" || len(r.body) > 4000 {
		t.Errorf("read to %q, with %d bytes", last, len(r.body))
	}
	if r := h.get("/inspector?after=2", "X-Desk", "1"); r.header.Get(lastFrame) != "2" || r.body != "" {
		t.Errorf("with nothing new it says %q: %s", r.header.Get(lastFrame), r.body)
	}
}

// TestResendIsForTheEmbeddedServer: no other server is sent anything by hand.
func TestResendIsForTheEmbeddedServer(t *testing.T) {
	for embedded, status := range map[bool]int{true: http.StatusSeeOther, false: http.StatusForbidden} {
		h := newHouse(t, "", func(o *Options) { o.Embedded = embedded }).signIn()
		h.post("/inspector/1/resend", "payload={}").want(t, status)
		if sent := len(h.desk.resent); embedded != (sent == 1) {
			t.Errorf("embedded %t: %d requests were sent", embedded, sent)
		}
		h.post("/inspector/2/resend", "payload={}").want(t, map[bool]int{true: http.StatusUnprocessableEntity, false: http.StatusForbidden}[embedded])
	}
}
