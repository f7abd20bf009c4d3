package upstream

import (
	"bytes"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol/version"
)

// FuzzPushesOfEachVersion feeds frames to decoders of every version: none may
// stop the process or keep the buffer, whichever version a frame was made for.
func FuzzPushesOfEachVersion(f *testing.F) {
	for _, v := range tongues {
		w := newWorld(v)
		for range 100 {
			for _, p := range w.step() {
				f.Add(int(v), []byte(v.frame(p)))
			}
		}
		for _, p := range version.Pushes() {
			f.Add(int(v), []byte(v.frame(pushed{p.Name, `{"chat_id":"C1","id":"C1","chat":{"users":[{}],"thread":{"events":[null,{}]}},"event":{"order":-1},"properties":{"a":{"b":{"value":null}}}}`})))
			f.Add(int(v), []byte(v.frame(pushed{p.Name, `[{"chat_id":"C1","queue":null}]`})))
		}
	}
	f.Fuzz(func(t *testing.T, n int, data []byte) {
		v := version.Version(n)
		if !v.Valid() {
			return
		}
		data = bytes.Clone(data) // it is not ours to clear
		in, ok := bareAt(v).understand(data)
		if !ok {
			return
		}
		clear(data)
		b := desk.NewBoard(desk.Me{ID: me0}, time.Now)
		for _, p := range append(in.more, in.push) {
			if p != nil {
				b.Apply(p)
				b.Apply(p)
				b.Inbox(desk.Filter{})
				b.Chat(chatOf(p), "", 0)
				b.Expire()
				b.NeedLoad()
			}
		}
	})
}
