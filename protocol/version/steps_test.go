package version

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// document is one case of testdata/v3?.json, written by hand from the documents:
// what goes in, and fields that must come out or must not.
type document struct {
	Name     string         `json:"name"`
	Kind     string         `json:"kind"` // request, response or push
	From     string         `json:"from"`
	To       string         `json:"to"`
	Action   string         `json:"action"`
	Payload  jsontext.Value `json:"payload"`
	Request  jsontext.Value `json:"request"` // of a response
	Error    string         `json:"error"`   // the field or method that a refusal names
	Expected []expected     `json:"expected"`
}

// expected is one message that comes out. Has gives values by path, such as
// chats.0.id; Lacks has paths that must not be there.
type expected struct {
	Action string                    `json:"action"`
	Has    map[string]jsontext.Value `json:"has"`
	Lacks  []string                  `json:"lacks"`
}

func TestSteps(t *testing.T) {
	for _, file := range []string{"v31", "v32", "v33", "v34", "v35", "v36", "v37", "ladder"} {
		for _, doc := range documents(t, "testdata/"+file+".json") {
			t.Run(file+"/"+doc.Name, func(t *testing.T) { doc.run(t) })
		}
	}
}

func documents(t testing.TB, file string) []document {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var docs []document
	if err := json.Unmarshal(b, &docs, json.RejectUnknownMembers(true)); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return docs
}

func (doc document) run(t *testing.T) {
	from, to := mustParse(t, doc.From), mustParse(t, doc.To)
	before := bytes.Clone(doc.Payload)
	out, err := doc.convert(from, to)
	if !bytes.Equal(before, doc.Payload) {
		t.Errorf("the input was changed to %s", doc.Payload)
	}
	if doc.Error != "" {
		var pe *protocol.Error
		if !errors.As(err, &pe) || pe.Type != protocol.ErrValidation || !strings.Contains(pe.Message, "`"+doc.Error+"`") {
			t.Fatalf("error is %v, want one that names %s", err, doc.Error)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != len(doc.Expected) {
		t.Fatalf("got %d messages %s, want %d", len(out), out, len(doc.Expected))
	}
	for i, want := range doc.Expected {
		want.check(t, out[i])
	}
}

func (doc document) convert(from, to Version) ([]Message, error) {
	m := Message{doc.Action, doc.Payload}
	switch doc.Kind {
	case "request":
		m, err := Request(m, from, to)
		return []Message{m}, err
	case "response":
		payload, err := Response(Message{doc.Action, doc.Request}, doc.Payload, from, to)
		return []Message{{Payload: payload}}, err
	case "push":
		return Push(m, from, to), nil
	}
	return nil, errors.New("kind is " + doc.Kind)
}

func (want expected) check(t *testing.T, got Message) {
	t.Helper()
	if got.Action != want.Action {
		t.Errorf("action is %q, want %q", got.Action, want.Action)
	}
	if len(got.Payload) > 0 && !got.Payload.IsValid() {
		t.Fatalf("not JSON: %s", got.Payload)
	}
	for path, value := range want.Has {
		if found := lookup(t, got.Payload, path); canonical(t, found) != canonical(t, value) {
			t.Errorf("%s is %s, want %s in %s", path, found, value, got.Payload)
		}
	}
	for _, path := range want.Lacks {
		if found := lookup(t, got.Payload, path); found != nil {
			t.Errorf("%s is %s, want nothing", path, found)
		}
	}
}

// lookup finds a value by path with the JSON package, not with nodes. The empty
// path is the whole document.
func lookup(t *testing.T, doc jsontext.Value, path string) jsontext.Value {
	t.Helper()
	for name := range strings.SplitSeq(path, ".") {
		if path == "" {
			break
		}
		if i, err := strconv.Atoi(name); err == nil && doc.Kind() == '[' {
			var list []jsontext.Value
			if json.Unmarshal(doc, &list) != nil || i >= len(list) {
				return nil
			}
			doc = list[i]
			continue
		}
		var object map[string]jsontext.Value
		if json.Unmarshal(doc, &object) != nil {
			return nil
		}
		doc = object[name]
	}
	return doc
}

func canonical(t *testing.T, v jsontext.Value) string {
	t.Helper()
	if v == nil {
		return "nothing"
	}
	c := v.Clone()
	if err := c.Canonicalize(); err != nil {
		t.Fatalf("%s: %v", v, err)
	}
	return string(c)
}

func mustParse(t testing.TB, s string) Version {
	t.Helper()
	v, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
