package version

import (
	"testing"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

const eventPush = `{"chat_id":"PJ0MRSHTDG","thread_id":"K600PKZON8","event":{"id":"Q20N9CKRX2_1","custom_id":"31-0C-1C-07-DB-16","created_at":"2024-05-14T15:19:21.010200Z","visibility":"all","type":"message","text":"Hello, I would like to know when my order number 4711 will leave your house.","author_id":"b7eff798-f8df-4364-8059-649c35c9ed0c","properties":{"lc2":{"welcome_message":false}}}}`

// push30 is eventPush as 3.0 says it.
const push30 = `{"chat_id":"PJ0MRSHTDG","thread_id":"K600PKZON8","event":{"id":"Q20N9CKRX2_1","custom_id":"31-0C-1C-07-DB-16","order":1715699961010200,"timestamp":1715699961,"recipients":"all","type":"message","text":"Hello, I would like to know when my order number 4711 will leave your house.","author_id":"b7eff798-f8df-4364-8059-649c35c9ed0c","properties":{"lc2":{"welcome_message":{"value":false}}}}}`

// BenchmarkPush36 and BenchmarkPush30 are the whole way of a push into the
// dashboard: read the frame, step it up, decode it. The second may cost twice
// the first.
func BenchmarkPush36(b *testing.B) { benchmarkPush(b, eventPush, V36) }
func BenchmarkPush30(b *testing.B) { benchmarkPush(b, push30, V30) }

func benchmarkPush(b *testing.B, payload string, from Version) {
	frame := []byte(`{"version":"` + from.String() + `","action":"incoming_event","type":"push","payload":` + payload + `}`)
	b.ReportAllocs()
	for b.Loop() {
		f, err := protocol.ParseFrame(frame)
		if err != nil {
			b.Fatal(err)
		}
		for _, m := range Push(Message{f.Action, f.Payload}, from, Canonical) {
			var event protocol.IncomingEvent
			if err := protocol.Decode(m.Payload, &event); err != nil || event.Event.CreatedAt == 0 {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkStepDown30 is the step alone, as the server takes it.
func BenchmarkStepDown30(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if len(Push(Message{"incoming_event", jsontext.Value(eventPush)}, V36, V30)) != 1 {
			b.Fatal("the push is gone")
		}
	}
}

func TestEqualVersionsCostNothing(t *testing.T) {
	m := Message{"incoming_event", jsontext.Value(`{"not JSON`)}
	count := 0
	got := testing.AllocsPerRun(100, func() {
		for _, p := range Push(m, V36, V36) {
			count += len(p.Payload)
		}
		r, err := Request(m, V36, V36)
		if err != nil {
			t.Fatal(err)
		}
		a, err := Response(m, m.Payload, V36, V36)
		if err != nil {
			t.Fatal(err)
		}
		count += len(r.Payload) + len(a)
	})
	if got != 0 || count == 0 {
		t.Errorf("%v allocations", got)
	}
}
