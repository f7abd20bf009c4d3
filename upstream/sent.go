package upstream

import (
	"hash/fnv"

	"agentdesk/desk"
)

// keepSent is how many messages sent last are remembered.
const keepSent = 64

// sentRing remembers the messages sent last, for forms that are posted again.
type sentRing struct {
	list []sentOne // grows up to keepSent: most agents at rest have none
	next int
}

type sentOne struct {
	chat, custom, event string
	text                uint64 // see sumOf
}

// sumOf tells texts apart without keeping them.
func sumOf(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // never fails
	return h.Sum64()
}

func (r *sentRing) add(m desk.Outgoing, event string) {
	one := sentOne{m.ChatID, m.CustomID, event, sumOf(m.Text)}
	if len(r.list) < keepSent {
		r.list = append(r.list, one)
		return
	}
	r.list[r.next%keepSent] = one
	r.next++
}

func (r *sentRing) find(chat, custom string) (one sentOne, ok bool) {
	for _, one := range r.list {
		if one.custom == custom && one.chat == chat {
			return one, true
		}
	}
	return sentOne{}, false
}
