package upstream

import (
	"testing"

	"agentdesk/protocol/version"
)

// BenchmarkIncomingEventAtEachVersion is what one push costs before the board,
// steps up the ladder included.
func BenchmarkIncomingEventAtEachVersion(b *testing.B) {
	for _, v := range tongues {
		b.Run(v.String(), func(b *testing.B) {
			w := newWorld(v)
			c := w.open("PJ0MRSHTDG", me0)
			_, payload := w.say(c, "b7eff798-f8df-4364-8059-649c35c9ed0c", "Hello, where is my parcel? It should have been here on Monday.", "31-0C-1C-07-DB-16")
			r, data := bareAt(version.Version(v)), []byte(v.frame(pushed{"incoming_event", payload}))
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := r.understand(data); !ok {
					b.Fatal("not understood")
				}
			}
		})
	}
}
