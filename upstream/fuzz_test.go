package upstream

import (
	"bytes"
	"testing"
	"time"

	"agentdesk/desk"
)

// FuzzFrames feeds frames to the decoder and what comes out to a board: nothing
// that a server sends may stop the process, and the buffer is never kept.
func FuzzFrames(f *testing.F) {
	w := newWorld(36)
	for range 200 {
		for _, p := range w.step() {
			f.Add([]byte(w.v.frame(p)))
		}
	}
	for action := range pushes {
		f.Add([]byte(pushFrame(action, `{"chat_id":"C1","thread_id":"C1-1","user":{},"event":{},"chat":{},"properties":{"a":{"b":null}}}`)))
		f.Add([]byte(pushFrame(action, `[{"chat_id":"C1","queue":null}]`)))
	}
	f.Add([]byte(pushFrame("agent_disconnected", `{"reason":null}`)))
	f.Add([]byte(`{"request_id":"1","type":"response","success":false,"payload":{"error":[]}}`))
	r := bare()
	f.Fuzz(func(t *testing.T, data []byte) {
		data = bytes.Clone(data) // it is not ours to clear
		in, ok := r.understand(data)
		if !ok {
			return
		}
		clear(data)
		b := desk.NewBoard(desk.Me{ID: me0}, time.Now)
		for _, p := range append(in.more, in.push) {
			if p == nil {
				continue
			}
			b.Apply(p)
			b.Apply(p)
			b.Inbox(desk.Filter{})
			b.Chat(chatOf(p), "", 0)
			b.NeedLoad()
		}
	})
}
