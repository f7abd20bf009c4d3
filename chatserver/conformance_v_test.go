package chatserver_test

// The conformance suite of the older and newer versions, 3.0 to 3.7: every
// method of every version, over both transports, with documents written by hand
// after the documents of each version. What was called and what came is noted,
// for the tables of docs/protocol.md. Like the rest of the suite it does not use
// package protocol.

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// patience is how long a client waits for a frame: long, for a busy machine.
const patience = 30 * time.Second

// tongue is a client of version 3.v.
type tongue struct {
	*wire
	s     *server
	v     int
	web   bool // calls go over the Web API where it has the method
	token string
	notes *notes
	came  []doc // pushes, as far as read
	last  string
}

// speak signs an agent in over a websocket of a version; more is added to the
// login.
func (s *server) speak(v int, name string, web bool, n *notes, more string) *tongue {
	s.t.Helper()
	k := &tongue{wire: s.dial(fmt.Sprintf("/v3.%d/agent/rtm/ws?organization_id=%s", v, org)), s: s, v: v, web: web, token: "dal:demo-" + name, notes: n}
	k.name = fmt.Sprintf("%s at 3.%d", name, v)
	k.checkLogin(k.rtm("login", `{"token":"Bearer `+k.token+`"`+more+`}`))
	return k
}

// pick gives the word of the tongue's version: words holds pairs of the last
// version that has a word, and the word.
func (k *tongue) pick(words ...any) string {
	for i := 0; i < len(words); i += 2 {
		if k.v <= words[i].(int) {
			return words[i+1].(string)
		}
	}
	k.t.Fatalf("no word for 3.%d in %v", k.v, words)
	return ""
}

// do performs a method that must succeed and returns the payload, whatever it
// is, as the field "list" of a document where it is an array.
func (k *tongue) do(method, payload string) doc {
	k.t.Helper()
	if k.web && k.notes.takes(method, k.v, "W") || !k.notes.takes(method, k.v, "R") {
		code, d := k.post(method, payload)
		if code != 200 {
			k.t.Fatalf("%s over the Web: %s %s: %d %s", k.name, method, payload, code, d)
		}
		k.notes.called(method, k.v, "W")
		k.shape(d)
		return d
	}
	return k.rtm(method, payload)
}

// rtm is do over the websocket.
func (k *tongue) rtm(method, payload string) doc {
	k.t.Helper()
	d := k.ask(method, payload)
	if d["success"] != true {
		k.t.Fatalf("%s: %s %s: %s", k.name, method, payload, d)
	}
	k.notes.called(method, k.v, "R")
	k.shape(d.sub("payload"))
	if list, ok := d["payload"].([]any); ok {
		return doc{"list": list}
	}
	return d.sub("payload")
}

// ask sends a request over the websocket and returns the frame that answers it.
func (k *tongue) ask(method, payload string) doc {
	k.t.Helper()
	k.n++
	k.last = fmt.Sprintf("%s#%d", method, k.n)
	k.raw(fmt.Sprintf(`{"request_id":%q,"action":%q,"payload":%s}`, k.last, method, payload))
	id := k.last
	d := k.wait("response to "+method, func(d doc) bool { return d["type"] == "response" && d["request_id"] == id })
	d.is(k.t, "action", method)
	d.lacks(k.t, "version")
	return d
}

// post calls the Web API as the version wants it: 3.0 wraps the payload.
func (k *tongue) post(method, payload string) (int, doc) {
	k.t.Helper()
	if k.v == 0 {
		payload = `{"payload":` + payload + `}`
	}
	code, d := k.s.postList(fmt.Sprintf("/v3.%d/agent/action/%s", k.v, method), "Bearer "+k.token, payload)
	return code, d
}

// refused performs a method that must be refused over both transports, with one
// of the error types and a message that has a text.
func (k *tongue) refused(method, payload, text string, types ...string) {
	k.t.Helper()
	check := func(how string, d doc) {
		if typ, msg := d.str("error.type"), d.str("error.message"); !slices.Contains(types, typ) || !strings.Contains(msg, text) {
			k.t.Errorf("%s over %s: %s %s: want %v with %q, got %s", k.name, how, method, payload, types, text, d)
		}
	}
	if k.notes.takes(method, k.v, "R") {
		d := k.ask(method, payload)
		d.is(k.t, "success", false)
		check("RTM", d.sub("payload"))
	}
	if k.notes.takes(method, k.v, "W") {
		code, d := k.post(method, payload)
		if code == http.StatusOK {
			k.t.Errorf("%s: %s %s over the Web succeeded", k.name, method, payload)
		}
		check("the Web", d)
	}
}

// wait reads until a frame fits; the others are kept in order. Each push is
// checked when it comes.
func (k *tongue) wait(what string, fits func(doc) bool) doc {
	k.t.Helper()
	for i, d := range k.held {
		if fits(d) {
			k.held = append(k.held[:i:i], k.held[i+1:]...)
			return d
		}
	}
	deadline := time.After(patience)
	for {
		select {
		case d, open := <-k.frames:
			if !open {
				k.t.Fatalf("%s: the connection ended before %s; held %v", k.name, what, k.held)
			}
			k.arrived(d)
			if fits(d) {
				return d
			}
			k.held = append(k.held, d)
		case <-deadline:
			k.t.Fatalf("%s: no %s came; held %v", k.name, what, k.held)
		}
	}
}

// arrived checks and notes what every push must have.
func (k *tongue) arrived(d doc) {
	k.t.Helper()
	if d["type"] != "push" {
		return
	}
	if k.v < 3 {
		d.lacks(k.t, "version")
	} else {
		d.is(k.t, "version", fmt.Sprintf("3.%d", k.v))
	}
	k.came = append(k.came, d)
	k.notes.pushed(k.t, d.str("action"), k.v)
	k.shape(d.sub("payload"))
	if strings.HasSuffix(d.str("action"), "_properties_updated") {
		k.properties(d.sub("payload"))
	}
	if d["action"] == "incoming_customer" || d["action"] == "customer_updated" && k.v != 1 && k.v != 2 {
		k.customer(d.sub("payload"))
	}
}

// hears waits for a push with all the fields in has, and without those in lacks.
func (k *tongue) hears(action, has, lacks string) doc {
	k.t.Helper()
	d := k.wait("push "+action, func(d doc) bool { return d["type"] == "push" && d["action"] == action })
	p := d.sub("payload")
	p.has(k.t, strings.Fields(has)...)
	p.lacks(k.t, strings.Fields(lacks)...)
	return p
}

// own is hears for a push that the last request caused: over a websocket it
// carries the request's id.
func (k *tongue) own(action, has, lacks string) doc {
	k.t.Helper()
	id := k.last
	if k.web {
		return k.hears(action, has, lacks)
	}
	d := k.wait("push "+action+" with request_id "+id, func(d doc) bool {
		return d["type"] == "push" && d["action"] == action && d["request_id"] == id
	})
	p := d.sub("payload")
	p.has(k.t, strings.Fields(has)...)
	p.lacks(k.t, strings.Fields(lacks)...)
	return p
}

// forget drops what came up to now, after a round trip.
func (k *tongue) forget() {
	k.t.Helper()
	k.rtm("ping", `{}`)
	k.held = nil
}

// postList is post for answers that may be an array.
func (s *server) postList(path, auth, body string) (int, doc) {
	s.t.Helper()
	r, b := s.send("POST", path, auth, "application/json", []byte(body))
	return r.StatusCode, docOf(b)
}

// postAs is post with more headers.
func (s *server) postAs(path, auth, body string, more map[string]string) (int, doc) {
	s.t.Helper()
	r, err := http.NewRequest("POST", s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", auth)
	for k, v := range more {
		r.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode, readDoc(s.t, resp)
}
