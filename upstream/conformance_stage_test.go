package upstream

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"agentdesk/internal/backoff"
)

// stage is a desk and a server of one version that says what a script tells it
// to, nothing else. It has its own clock and no network.
type stage struct {
	*rig
	t     *testing.T
	s     *Session
	scene script // what holds where the case says nothing

	mu    sync.Mutex
	at    script // the case that is played
	asked []said
	wires map[string]string // action → R or W
	lost  []string          // what could not be read
	pings int
}

// onStage signs in at a server of a version and plays.
func onStage(t *testing.T, v tongue, scene script, play func(st *stage)) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		st := &stage{t: t, scene: scene, wires: map[string]string{}}
		st.rig = newRig(t, serveOn(t, p, "http://server.test", v), func(o *Options) {
			o.Version, o.OrganizationID, o.Dial = v.String(), "org-1", p.dial
			o.Timing = Timing{Backoff: backoff.Policy{Rand: func() float64 { return 0.5 }}}
			o.Metrics.BadFrame = func() { st.lose("a frame") }
			o.Metrics.UnknownPush = func(action string) { st.lose(action) }
		})
		st.hook(anyAction, st.answerRTM)
		st.web[anyAction] = st.answerWeb
		var err error
		if st.s, err = st.reg.SignIn(context.Background(), token0); err != nil {
			t.Fatal(err)
		}
		st.s.Attach()
		pass(0)
		play(st)
	})
}

func (st *stage) lose(what string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.lost = append(st.lost, what)
}

// find notes a request and returns what is answered.
func (st *stage) find(wire, action, payload string) (reaction, bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if action == "ping" {
		st.pings++
	} else {
		st.asked = append(st.asked, said{action, payload})
	}
	st.wires[action] = wire
	for _, list := range [][]reaction{st.at.answers, st.scene.answers} {
		for _, a := range list {
			if a.action == action && strings.Contains(payload, a.in) {
				return a, true
			}
		}
	}
	return reaction{}, false
}

func (st *stage) answerRTM(c *conn, r request0) {
	st.checkFrame(r)
	a, ok := st.find("R", r.Action, string(r.Payload))
	switch {
	case !ok:
		st.t.Errorf("nobody told what to answer to %s %s", r.Action, r.Payload)
	case a.refused:
		c.fail(r, a.payload)
		return
	case r.Action == "login":
		st.server.mu.Lock()
		c.live = true
		st.logins++
		st.tokens = append(st.tokens, r.get("token"))
		st.server.mu.Unlock()
	}
	c.reply(r, cmp.Or(a.payload, "{}"))
}

// checkFrame: a request has an id, an action and perhaps a payload. A version
// would be that of the connection, and an author is for bots.
func (st *stage) checkFrame(r request0) {
	var frame map[string]json.RawMessage
	if err := json.Unmarshal(r.frame, &frame); err != nil {
		st.t.Error(err)
	}
	for name := range frame {
		if !slices.Contains([]string{"request_id", "action", "payload"}, name) {
			st.t.Errorf("%s was sent with %s", r.Action, name)
		}
	}
	if r.ID == "" && r.Action != "ping" {
		st.t.Errorf("%s has no request_id", r.Action)
	}
}

// answerWeb serves the Web API and what a desk needs of the Configuration API.
// A form with a file becomes {"field":"name:content", …}.
func (st *stage) answerWeb(w http.ResponseWriter, r *http.Request) {
	path, action := "/v"+st.v.String()+"/agent/action/", r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	if !strings.HasPrefix(r.URL.Path, path) {
		path = strings.Replace(path, "agent", "configuration", 1)
	}
	if r.URL.Path != path+action || r.Header.Get("Authorization") != "Bearer "+token0 {
		st.t.Errorf("asked for %s with %q", r.URL.Path, r.Header.Get("Authorization"))
	}
	wire := map[bool]string{true: "W", false: "C"}[strings.Contains(path, "agent")]
	a, ok := st.find(wire, action, st.body(r))
	if !ok || a.refused {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error":{"type":%q,"message":"no"}}`, cmp.Or(a.payload, "validation"))
		return
	}
	_, _ = io.WriteString(w, a.payload)
}

func (st *stage) body(r *http.Request) string {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data;") {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			st.t.Error(err)
		}
		return string(b)
	}
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		st.t.Error(err)
		return ""
	}
	parts := map[string]string{}
	for name, values := range r.MultipartForm.Value {
		parts[name] = strings.Join(values, " ")
	}
	for name, files := range r.MultipartForm.File {
		f, err := files[0].Open()
		if err != nil {
			st.t.Error(err)
			continue
		}
		content, _ := io.ReadAll(f)
		parts[name] = files[0].Filename + ":" + string(content)
	}
	b, _ := json.Marshal(parts)
	return string(b)
}

// requests are those of the Agent Chat API since the last time.
func (st *stage) requests() (out []said) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for _, a := range st.asked {
		if st.wires[a.action] != "C" {
			out = append(out, a)
		}
	}
	st.asked = nil
	return out
}

// begin takes up a case and returns what the desk says before it.
func (st *stage) begin(c script) []string {
	st.requests()
	st.mu.Lock()
	st.at = c
	st.mu.Unlock()
	return st.words(nil)
}

// push pushes what the case says, and gives the desk time to follow up.
func (st *stage) push() {
	st.server.mu.Lock()
	for _, p := range st.at.pushes {
		for c := range st.conns {
			if c.live {
				c.raw(st.v.frame(pushed(p)))
			}
		}
	}
	st.server.mu.Unlock()
	pass(3 * time.Second)
}
