package version

import (
	"errors"
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// One target for each step: nothing may make it panic, no JSON is refused (pushes
// are not checked), and what comes out of JSON is JSON.
func FuzzStep31(f *testing.F) { fuzzStep(f, V31) }
func FuzzStep32(f *testing.F) { fuzzStep(f, V32) }
func FuzzStep33(f *testing.F) { fuzzStep(f, V33) }
func FuzzStep34(f *testing.F) { fuzzStep(f, V34) }
func FuzzStep35(f *testing.F) { fuzzStep(f, V35) }
func FuzzStep36(f *testing.F) { fuzzStep(f, V36) }
func FuzzStep37(f *testing.F) { fuzzStep(f, V37) }

// FuzzLadder takes the same from one end to the other.
func FuzzLadder(f *testing.F) {
	for _, name := range []string{"v31", "v32", "v33", "v34", "v35", "v36", "v37", "ladder"} {
		for _, doc := range documents(f, "testdata/"+name+".json") {
			f.Add(doc.Action, []byte(doc.Payload), []byte(doc.Request))
		}
	}
	f.Fuzz(func(t *testing.T, action string, payload, request []byte) {
		checkStep(t, Message{action, payload}, request, V30, V37)
		checkStep(t, Message{action, payload}, request, V37, V30)
	})
}

func fuzzStep(f *testing.F, upper Version) {
	for _, doc := range documents(f, "testdata/v"+upper.String()[:1]+upper.String()[2:]+".json") {
		f.Add(doc.Action, []byte(doc.Payload), []byte(doc.Request))
	}
	for _, bad := range []string{`{`, `{"event":`, `[`, `"`, `{"a":1,"a":2}`, "{\"a\":\"\xff\"}", `nul`} {
		f.Add("incoming_event", []byte(bad), []byte(bad))
	}
	f.Fuzz(func(t *testing.T, action string, payload, request []byte) {
		checkStep(t, Message{action, payload}, request, upper-1, upper)
		checkStep(t, Message{action, payload}, request, upper, upper-1)
	})
}

func checkStep(t *testing.T, m Message, request []byte, from, to Version) {
	valid := len(m.Payload) == 0 || m.Payload.IsValid()
	out, err := Request(m, from, to)
	checkOut(t, "request", out.Payload, err, valid)
	requestValid := len(request) == 0 || jsontext.Value(request).IsValid()
	payload, err := Response(Message{m.Action, request}, m.Payload, from, to)
	checkOut(t, "response", payload, err, valid && requestValid)
	for _, push := range Push(m, from, to) {
		if valid {
			checkOut(t, "push", push.Payload, nil, valid)
		}
	}
}

func checkOut(t *testing.T, kind string, payload jsontext.Value, err error, valid bool) {
	t.Helper()
	var pe *protocol.Error
	switch {
	case err != nil && !errors.As(err, &pe):
		t.Fatalf("%s: %v is no protocol error", kind, err)
	case err == nil && !valid:
		t.Fatalf("%s: bad JSON was taken", kind)
	case err == nil && len(payload) > 0 && !payload.IsValid():
		t.Fatalf("%s: bad JSON came out: %s", kind, payload)
	}
}
