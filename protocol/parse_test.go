package protocol

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
)

func TestParseFrame(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want error // nil: taken
	}{
		"a request":                {`{"request_id":"1","action":"ping"}`, nil},
		"a response":               {`{"request_id":"1","action":"ping","type":"response","success":true,"payload":{}}`, nil},
		"a push with a version":    {`{"version":"3.6","action":"incoming_event","type":"push","payload":{}}`, nil},
		"an action nobody knows":   {`{"action":"incoming_teapot","type":"push","payload":{"hot":true}}`, nil},
		"a field nobody knows":     {`{"action":"ping","__priv_x":{"a":[1]}}`, nil},
		"another case of a key":    {`{"ACTION":"b","action":"a"}`, nil},
		"the same key twice":       {`{"action":"a","action":"b"}`, ErrNotJSON},
		"the same key twice, deep": {`{"action":"a","payload":{"x":1,"x":2}}`, ErrNotJSON},
		"broken text":              {"{\"action\":\"\xff\"}", ErrNotJSON},
		"two documents":            {`{"action":"a"}{"action":"b"}`, ErrNotJSON},
		"cut off":                  {`{"action":"a"`, ErrNotJSON},
		"nothing":                  {``, ErrNotJSON},
		"no action":                {`{"request_id":"1"}`, ErrNoAction},
		"an endless request id":    {`{"action":"a","request_id":"` + strings.Repeat("x", MaxID+1) + `"}`, ErrTooLarge},
		"too deep":                 {`{"action":"a","payload":` + strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth) + `}`, ErrTooDeep},
		"as deep as allowed":       {`{"action":"a","payload":` + strings.Repeat("[", MaxDepth-1) + strings.Repeat("]", MaxDepth-1) + `}`, nil},
		"brackets in text":         {`{"action":"a","payload":"` + strings.Repeat("[", MaxDepth+1) + `\"[["}`, nil},
		"too large":                {`{"action":"a","payload":"` + strings.Repeat("x", MaxFrame) + `"}`, ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseFrame([]byte(c.doc))
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// One key, one meaning: a reader that ignores case must not see another action
// than we do.
func TestKeysMatchByCase(t *testing.T) {
	f, err := ParseFrame([]byte(`{"action":"a","ACTION":"b","Type":"push"}`))
	if err != nil || f.Action != "a" || f.Type != "" {
		t.Errorf("action %q, type %q, %v", f.Action, f.Type, err)
	}
}

func TestWrongTypeNamesTheField(t *testing.T) {
	for doc, want := range map[string]string{
		`{"chat_id":1}`:                                      "/chat_id",
		`{"chat_id":"A","event":{"text":[]}}`:                "/event/text",
		`{"chat_id":"A","event":{"created_at":"yesterday"}}`: "/event/created_at",
	} {
		var r SendEventRequest
		err := Decode([]byte(doc), &r)
		var fe *FieldError
		if !errors.As(err, &fe) || fe.Pointer != want {
			t.Errorf("%s: got %v, want the field %s", doc, err, want)
		}
	}
}

// TestUnknownFieldsSurvive: what we do not know is data and is written back.
func TestUnknownFieldsSurvive(t *testing.T) {
	for _, c := range []struct {
		doc string
		v   any
	}{
		{`{"id":"E1","type":"teapot","hot":true,"lid":{"on":false},"created_at":"2026-11-01T09:00:00.000001Z","visibility":"all"}`, &Event{}},
		{`{"id":"c","type":"customer","present":true,"__priv_lc2_customer_id":"x","omnichannel":{"twilio":[]}}`, &User{}},
		{`{"id":"T","active":true,"created_at":"2026-11-01T09:00:00.000001Z","new_in_3_9":[1,2]}`, &Thread{}},
		{`{"action":"ping","shiny":1}`, &Frame{}},
		{`{"chat_id":"A","thread_id":"T","event":{"type":"message","text":"x"},"later":null}`, &IncomingEvent{}},
	} {
		if err := Decode([]byte(c.doc), c.v); err != nil {
			t.Fatalf("%s: %v", c.doc, err)
		}
		out, err := Encode(c.v)
		if err != nil {
			t.Fatal(err)
		}
		var want, got any
		if err := errors.Join(json.Unmarshal([]byte(c.doc), &want), json.Unmarshal(out, &got)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s came back as %s\n%s", c.doc, out, diff)
		}
	}
}

func TestErrorOfAResponse(t *testing.T) {
	for doc, want := range map[string]string{
		`{"action":"a","type":"response","success":true}`: "",
		`{"action":"a","type":"push"}`:                    "",
		`{"action":"a","type":"response","success":false,"payload":{"error":{"type":"validation","message":"no"}}}`: ErrValidation,
		`{"action":"a","type":"response","success":false}`:                                                          ErrInternal,
		`{"action":"a","type":"response","success":false,"payload":{"error":"no"}}`:                                 ErrInternal,
	} {
		f, err := ParseFrame([]byte(doc))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if e := f.Err(); e != nil {
			got = e.Type
		}
		if got != want {
			t.Errorf("%s: error type %q, want %q", doc, got, want)
		}
	}
}

func TestTime(t *testing.T) {
	for in, want := range map[string]string{
		"2020-05-07T07:11:28.288340Z":      "2020-05-07T07:11:28.288340Z",
		"2020-05-07T07:11:28Z":             "2020-05-07T07:11:28.000000Z",
		"2020-05-07T09:11:28.288340+02:00": "2020-05-07T07:11:28.288340Z",
		"0001-01-01T00:00:00Z":             "",
		"":                                 "",
	} {
		var got Time
		if err := got.UnmarshalText([]byte(in)); err != nil || got.String() != want {
			t.Errorf("%q became %q, %v; want %q", in, got, err, want)
		}
	}
	var bad Time
	if err := bad.UnmarshalText([]byte("yesterday")); err == nil {
		t.Error("yesterday is a time")
	}
}

// FuzzParseFrame: no frame crashes the parser, and what it takes can be written
// and read again to the same.
func FuzzParseFrame(f *testing.F) {
	for _, seed := range []string{`{"action":"ping"}`, `{"version":"3.6","action":"incoming_event","type":"push","payload":{"chat_id":"A"}}`,
		`{"action":"a","payload":[[[[]]]]}`, `{"action":"\ud83d\ude00"}`, `{"action":"a","x":1e999}`, `[]`, `"`, `{"action":"a","success":null}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		frame, err := ParseFrame(data)
		if err != nil {
			return
		}
		again, err := ParseFrame(MustEncode(frame))
		if err != nil {
			t.Fatalf("cannot read what was written: %v", err)
		}
		if diff := cmp.Diff(canonical(frame), canonical(again)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// FuzzDecodeEvent does the same for the structure that customers fill most.
func FuzzDecodeEvent(f *testing.F) {
	for _, seed := range []string{`{"type":"message","text":"hi"}`, `{"type":"rich_message","elements":[{"buttons":[{"text":"x"}]}]}`,
		`{"type":"filled_form","fields":[{"type":"checkbox","answers":[{"id":"1"}]}]}`, `{"type":"custom","content":{"a":{"b":[null]}}}`, `{"properties":{"a":{"b":1}}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var e, again Event
		if Decode(data, &e) != nil {
			return
		}
		if err := Decode(MustEncode(e), &again); err != nil {
			t.Fatalf("cannot read what was written: %v", err)
		}
		if diff := cmp.Diff(canonical(e), canonical(again)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// canonical is a value's JSON with white space and order of keys settled.
func canonical(v any) string {
	b := MustEncode(v)
	_ = b.Canonicalize(jsontext.CanonicalizeRawFloats(false))
	return string(b)
}
