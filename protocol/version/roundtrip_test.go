package version

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// TestRoundTrip takes every hand-written document, and cut-down forms of it, to
// every other version. What arrived there is what that version can express: taken
// home and back again it must arrive the same.
func TestRoundTrip(t *testing.T) {
	for _, file := range []string{"v31", "v32", "v33", "v34", "v35", "v36", "v37", "ladder"} {
		for seed, doc := range documents(t, "testdata/"+file+".json") {
			check := roundTrip
			if doc.Kind == "response" {
				check = responseRoundTrip
			}
			t.Run(file+"/"+doc.Name, func(t *testing.T) {
				rng := rand.New(rand.NewPCG(uint64(seed), 2))
				whole := doc.Payload
				for range 12 {
					check(t, doc)
					doc.Payload = pruned(t, rng, whole)
				}
			})
		}
	}
}

func roundTrip(t *testing.T, doc document) {
	t.Helper()
	home := mustParse(t, doc.From)
	for _, v := range All() {
		there := doc.through(doc.Action, doc.Payload, home, v)
		for _, m := range there {
			back := doc.through(m.Action, m.Payload, v, home)
			if len(back) != 1 {
				continue // a name that ended before it came home, or took several
			}
			again := doc.through(back[0].Action, back[0].Payload, home, v)
			if len(again) == 0 || !contains(t, again, m) {
				t.Errorf("%s %s at %s: %s\nhome: %s\nagain: %s", doc.From, doc.Payload, v, show(m), show(back...), show(again...))
			}
		}
	}
}

// responseRoundTrip is roundTrip for an answer, which goes with its request.
func responseRoundTrip(t *testing.T, doc document) {
	t.Helper()
	home := mustParse(t, doc.From)
	asked := Message{doc.Action, doc.Request}
	for _, v := range All() {
		askedThere, err := Request(asked, home, v)
		if err != nil {
			continue // v cannot ask this
		}
		there := answer(t, asked, doc.Payload, home, v)
		back := answer(t, askedThere, there, v, home)
		again := answer(t, asked, back, home, v)
		if !within(value(t, there), value(t, again)) {
			t.Errorf("%s %s at %s: %s\nhome: %s\nagain: %s", doc.From, doc.Payload, v, there, back, again)
		}
	}
}

func answer(t *testing.T, asked Message, payload jsontext.Value, from, to Version) jsontext.Value {
	t.Helper()
	out, err := Response(asked, payload, from, to)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (doc document) through(action string, payload jsontext.Value, from, to Version) []Message {
	if doc.Kind == "push" {
		return Push(Message{action, payload}, from, to)
	}
	m, err := Request(Message{action, payload}, from, to)
	if err != nil {
		return nil
	}
	return []Message{m}
}

// contains reports whether a message of the list says all that want says; it may
// say a default besides.
func contains(t *testing.T, list []Message, want Message) bool {
	for _, m := range list {
		if m.Action == want.Action && within(value(t, want.Payload), value(t, m.Payload)) {
			return true
		}
	}
	return false
}

func within(part, whole any) bool {
	switch part := part.(type) {
	case map[string]any:
		object, ok := whole.(map[string]any)
		for name := range part {
			ok = ok && within(part[name], object[name])
		}
		return ok
	case []any:
		array, ok := whole.([]any)
		ok = ok && len(array) == len(part)
		for i := range part {
			ok = ok && within(part[i], array[i])
		}
		return ok
	}
	return part == whole
}

func value(t *testing.T, doc jsontext.Value) (v any) {
	t.Helper()
	if len(doc) == 0 {
		return nil
	}
	if err := json.Unmarshal(doc, &v); err != nil {
		t.Fatalf("%s: %v", doc, err)
	}
	return v
}

func show(list ...Message) string {
	var b strings.Builder
	for _, m := range list {
		fmt.Fprintf(&b, "%s %s ", m.Action, m.Payload)
	}
	return b.String()
}

// pruned leaves some members out.
func pruned(t *testing.T, rng *rand.Rand, doc jsontext.Value) jsontext.Value {
	if len(doc) == 0 {
		return doc
	}
	b, err := json.Marshal(prune(rng, value(t, doc)), json.Deterministic(true))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func prune(rng *rand.Rand, v any) any {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if rng.IntN(12) == 0 {
				delete(v, name)
				continue
			}
			v[name] = prune(rng, v[name])
		}
	case []any:
		for i := range v {
			v[i] = prune(rng, v[i])
		}
	}
	return v
}

// TestUnknownSurvives sends fields that nobody knows, and numbers that no float
// can hold, through the whole ladder and back.
func TestUnknownSurvives(t *testing.T) {
	const payload = `{"chat_id":"C","x_root":12345678901234567890,"thread_id":"T","event":{"id":"T_1","type":"message","x_event":{"deep":[1.10,{"recipients":"x"}]},"created_at":"2016-09-09T15:05:00.123456Z","visibility":"all","properties":{"n":{"m":1e2,"x":0.10}}},"__priv_x":null}`
	for _, v := range All() {
		down := Push(Message{"incoming_event", jsontext.Value(payload)}, V36, v)
		if len(down) != 1 {
			t.Fatalf("%s: %d pushes", v, len(down))
		}
		for _, part := range []string{`"x_root":12345678901234567890`, `"x_event":{"deep":[1.10,{"recipients":"x"}]}`, `"__priv_x":null`, `1e2`, `0.10`} {
			if !strings.Contains(string(down[0].Payload), part) {
				t.Errorf("%s lost %s: %s", v, part, down[0].Payload)
			}
		}
		up := Push(down[0], v, V36)
		if len(up) != 1 || canonical(t, up[0].Payload) != canonical(t, jsontext.Value(payload)) {
			t.Errorf("from %s: %s", v, show(up...))
		}
	}
}

// TestOrderSurvives: events of 3.0 sort by created_at as they sorted by order,
// whatever numbers a server counts with.
func TestOrderSurvives(t *testing.T) {
	var last string
	for order := range 5 {
		payload := fmt.Sprintf(`{"event":{"type":"message","order":%d,"timestamp":1473433500}}`, 112057129857+order*3)
		up := Push(Message{"incoming_event", jsontext.Value(payload)}, V30, V36)
		at := string(lookup(t, up[0].Payload, "event.created_at"))
		if at <= last {
			t.Errorf("order %d: %s is not after %s", order, at, last)
		}
		last = at
	}
}
