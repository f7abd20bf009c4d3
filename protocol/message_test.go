package protocol

import (
	"bytes"
	"strings"
	"testing"
)

// longWay reads a frame as every other frame is read.
func longWay(data []byte) (p MessagePush, plain bool, err error) {
	f, err := ParseFrame(data)
	if err != nil {
		return p, false, err
	}
	var in IncomingEvent
	if err := Decode(f.Payload, &in); err != nil {
		return p, false, err
	}
	e := &in.Event
	plain = f.IsPush() && f.Action == PushIncomingEvent && e.Type == EventMessage && in.ChatID != "" && len(in.Extra) == 0 && len(e.Extra) == 0
	return MessagePush{
		Version: f.Version, ChatID: in.ChatID, ThreadID: in.ThreadID, ID: e.ID, CustomID: e.CustomID, AuthorID: e.AuthorID,
		Text: e.Text, CreatedAt: e.CreatedAt, Visibility: e.Visibility,
	}, plain, nil
}

// plainPush is as servers send it.
const plainPush = `{"version":"3.6","request_id":"7","action":"incoming_event","type":"push","payload":{"chat_id":"C","thread_id":"T","event":{"id":"T_1","custom_id":"x","type":"message","author_id":"a","created_at":"2026-11-21T08:00:00.123456Z","visibility":"agents","text":"TEXT"}}}`

func TestMessagePushAsTheLongWay(t *testing.T) {
	for name, frame := range map[string]string{
		"all fields":       plainPush,
		"escapes":          strings.Replace(plainPush, "TEXT", `a\n\"b\"\\\/\t\r\b\f`, 1),
		"other letters":    strings.Replace(plainPush, "TEXT", "Grüße, 今日は 👋", 1),
		"markup":           strings.Replace(plainPush, "TEXT", `<script>alert(1)</script> {[1]}`, 1),
		"another zone":     strings.Replace(plainPush, "08:00:00.123456Z", "10:00:00+02:00", 1),
		"another order":    `{"type":"push","payload":{"event":{"text":"t","type":"message"},"chat_id":"C"},"action":"incoming_event"}`,
		"what must be":     `{"action":"incoming_event","type":"push","payload":{"chat_id":"C","event":{"type":"message"}}}`,
		"an escaped id":    strings.Replace(plainPush, `"id":"T_1"`, `"id":"T\/1"`, 1),
		"a long text":      strings.Replace(plainPush, "TEXT", strings.Repeat("x", MaxText), 1),
		"braces in a text": strings.Replace(plainPush, "TEXT", `}}}"{`[:3], 1),
	} {
		t.Run(name, func(t *testing.T) {
			data := []byte(frame)
			got, ok := ReadMessagePush(data)
			want, plain, err := longWay(data)
			if !ok || !plain || err != nil || got != want {
				t.Fatalf("got  %+v (%v)\nwant %+v (%v, %v)", got, ok, want, plain, err)
			}
			for i := range data {
				data[i] = '#' // the buffer is used again
			}
			if got != want {
				t.Error("the result points into the frame")
			}
		})
	}
}

func TestMessagePushLeavesTheRest(t *testing.T) {
	swap := func(old, by string) string { return strings.Replace(plainPush, old, by, 1) }
	for name, frame := range map[string]string{
		"nothing": "", "no object": `[]`, "null": `null`, "an empty object": `{}`, "a piece": plainPush[:len(plainPush)-1],
		"something behind":     plainPush + " ",
		"an answer":            swap(`"type":"push"`, `"type":"response"`),
		"another push":         swap(`incoming_event`, `event_updated`),
		"another kind":         swap(`"type":"message"`, `"type":"file"`),
		"an unknown field":     swap(`"text":`, `"postback":{"id":"p"},"text":`),
		"an unknown string":    swap(`"text":`, `"texts":"x","text":`),
		"a field that moved":   swap(`"chat_id":"C",`, `"chat_id":"C","text":"x",`),
		"a name in capitals":   swap(`"text":`, `"Text":`),
		"a name by escapes":    swap(`"text":`, `"te\/xt":`),
		"a number for text":    swap(`"TEXT"`, `17`),
		"null for text":        swap(`"TEXT"`, `null`),
		"a name twice":         swap(`"text":`, `"text":"x","text":`),
		"an action twice":      swap(`"action":`, `"action":"x","action":`),
		"an event twice":       swap(`"event":{`, `"event":{"type":"message"},"event":{`),
		"a payload twice":      swap(`"payload":`, `"payload":{"chat_id":"C"},"payload":`),
		"an event too high":    swap(`"payload":`, `"event":{"id":"x"},"payload":`),
		"no chat":              swap(`"chat_id":"C",`, ``),
		"an empty chat":        swap(`"chat_id":"C",`, `"chat_id":"",`),
		"not a time":           swap(`2026-11-21`, `yesterday`),
		"escapes by number":    swap(`TEXT`, `\u0041`),
		"an unknown escape":    swap(`TEXT`, `\x`),
		"an escaped end":       swap(`"TEXT"}}}`, `"TEXT\`),
		"a line end in text":   swap(`TEXT`, "a\nb"),
		"broken UTF-8":         swap(`TEXT`, "\xff"),
		"half a surrogate":     swap(`TEXT`, "\xed\xa0\x80"),
		"white space":          swap(`{"version"`, `{ "version"`),
		"a comma too many":     swap(`"TEXT"}`, `"TEXT",}`),
		"a comma too few":      swap(`"C","thread_id"`, `"C""thread_id"`),
		"a long request_id":    swap(`"request_id":"7"`, `"request_id":"`+strings.Repeat("7", MaxID+1)+`"`),
		"more than a document": swap(`TEXT`, strings.Repeat("x", MaxFrame)),
	} {
		if frame == plainPush {
			t.Fatalf("%s: nothing was changed", name)
		}
		if p, ok := ReadMessagePush([]byte(frame)); ok {
			t.Errorf("%s: read %+v", name, p)
		}
	}
}

func TestMessagePushAllocatesOnce(t *testing.T) {
	data := []byte(plainPush)
	if n := testing.AllocsPerRun(100, func() { _, _ = ReadMessagePush(data) }); n > 1 {
		t.Errorf("%.0f allocations", n)
	}
}

// FuzzMessagePush: what the short way takes, the long way takes and reads the
// same.
func FuzzMessagePush(f *testing.F) {
	f.Add([]byte(plainPush))
	f.Add(bytes.Replace([]byte(plainPush), []byte("TEXT"), []byte(`\"\\\n👋`), 1))
	f.Add([]byte(`{"action":"incoming_event","type":"push","payload":{"chat_id":"C","event":{"type":"message","type":"x"}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, ok := ReadMessagePush(data)
		if !ok {
			return
		}
		want, plain, err := longWay(data)
		if err != nil || !plain || got != want {
			t.Fatalf("%q\ngot  %+v\nwant %+v (%v, %v)", data, got, want, plain, err)
		}
	})
}

// BenchmarkReadMessagePush against the long way.
func BenchmarkReadMessagePush(b *testing.B) {
	data := []byte(strings.Replace(plainPush, "TEXT", "Hello, where is my parcel? It should have been here on Monday.", 1))
	b.Run("short", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = ReadMessagePush(data)
		}
	})
	b.Run("long", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _, _ = longWay(data)
		}
	})
}
