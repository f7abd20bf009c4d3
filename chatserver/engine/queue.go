package engine

import (
	"fmt"
	"math"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// average follows a figure that drifts.
type average struct{ value float64 }

// add moves the average a tenth of the way to a new sample.
func (a *average) add(sample float64) { a.value += (sample - a.value) / 10 }

// joinQueue lets a chat wait. Who comes back unanswered has waited since he asked
// and keeps his turn.
func (w *work) joinQueue(d *draft) error {
	w.e.requeue = true
	t := d.Thread
	if t.QueuedAt != 0 {
		return nil
	}
	events, err := w.newestEvents(d)
	t.EnqueuedAt = w.e.tick()
	if t.QueuedAt = asked(d, events); t.QueuedAt == 0 {
		t.QueuedAt = t.EnqueuedAt
	}
	return err
}

// asked is when the customer began to wait for an answer: at the thread's start,
// or with his first message after an agent's. 0: everything is answered.
func asked(d *draft, events []protocol.Event) protocol.Time {
	from := d.Thread.CreatedAt
	for i := range events {
		ev := &events[i]
		if ev.AuthorID == "" || !store.Responds(ev) {
			continue
		}
		if ev.AuthorID != d.CustomerID {
			from = 0
		} else if from == 0 {
			from = ev.CreatedAt
		}
	}
	return from
}

// leaveQueue ends the waiting and counts it.
func (w *work) leaveQueue(d *draft) {
	t := d.Thread
	if t.QueuedAt == 0 {
		return
	}
	t.QueuesDuration += int(w.e.now().Sub(max(t.QueuedAt, t.EnqueuedAt).Time()).Seconds())
	t.QueuedAt, t.EnqueuedAt = 0, 0
	w.e.requeue = true
}

// waiting are the chats in queues, first come first. mu is held.
func (e *Engine) waiting() []*store.Chat {
	if len(e.queued) == 0 {
		return nil
	}
	out := make([]*store.Chat, 0, len(e.queued))
	for _, c := range e.queued {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b *store.Chat) int { return int(a.Thread.QueuedAt - b.Thread.QueuedAt) })
	return out
}

// estimate guesses in seconds how long the n-th of a group's queue will wait:
// the chats before it, at the usual length, spread over all places of the
// group's agents. mu is held.
func (e *Engine) estimate(group, position int) int {
	d := e.dir.Load()
	places := 0
	for id, p := range e.agents {
		if a := d.agents[id]; a != nil && p.available() {
			if pr, in := priority(a, group); in && pr != PrioritySupervisor {
				places += e.limit(a)
			}
		}
	}
	return int(math.Ceil(e.handling.value * float64(position) / float64(max(1, places))))
}

// queuePlace is where a waiting thread was last told to stand, or, when it has
// just begun to wait, the end of its group's queue.
func (e *Engine) queuePlace(t *store.Thread) protocol.Queue {
	e.view.RLock()
	q, ok := e.queue[t.ChatID]
	if !ok {
		q.Position = 1
		for _, c := range e.queued {
			if c.Thread.GroupID == t.GroupID && c.Thread.QueuedAt < t.QueuedAt {
				q.Position++
			}
		}
	}
	e.view.RUnlock()
	if q.WaitTime == 0 {
		q.WaitTime = int(e.set.HandlingTime.Seconds())
	}
	q.QueuedAt = t.QueuedAt
	return q
}

// tellQueue numbers the queues and pushes every place that changed: to agents as
// lists, to each customer his own. mu is held.
func (e *Engine) tellQueue() {
	e.requeue = false
	places, behind := map[string]protocol.Queue{}, map[int]int{}
	changed := map[string][]protocol.QueuePosition{} // by access
	reach := map[string]*store.Chat{}
	e.announce(Actor{}, func(w *work) {
		for _, c := range e.waiting() {
			behind[c.Thread.GroupID]++
			q := protocol.Queue{Position: behind[c.Thread.GroupID]}
			q.WaitTime = e.estimate(c.Thread.GroupID, q.Position)
			places[c.ID] = q
			if have, ok := e.queue[c.ID]; ok && have.Position == q.Position && have.WaitTime == q.WaitTime {
				continue
			}
			p := protocol.QueuePosition{ChatID: c.ID, ThreadID: c.Thread.ID, Queue: q}
			key := fmt.Sprint(c.Access)
			changed[key], reach[key] = append(changed[key], p), c
			w.push(protocol.PushQueuePositionUpdated, p, e.guests(c))
		}
		for key, list := range changed {
			w.push(protocol.PushQueuePositionsUpdated, list, e.watchers(reach[key]))
		}
		e.view.Lock()
		e.queue = places
		e.view.Unlock()
	})
}

// groupState is one element of groups_status_updated.
type groupState struct {
	ID     int    `json:"id"`
	Status string `json:"status"`
}

// guestStatus is a group's status as customers are told: online, offline, or
// online_for_queue where agents are there but all are busy.
func (e *Engine) guestStatus(group int) string {
	if e.groupStatus(group) != protocol.StatusAccepting {
		return protocol.GroupOffline
	}
	if e.pick(group) == "" {
		return protocol.GroupOnlineForQueue
	}
	return protocol.GroupOnline
}

// GroupStatuses gives every group's status as customers are told it: online,
// offline, or online_for_queue where agents are there but all are busy. Group 0
// is everybody.
func (e *Engine) GroupStatuses() map[int]string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.guestStatuses()
}

// tellGroups pushes the group statuses that changed. mu is held.
func (e *Engine) tellGroups() {
	var forAgents, forGuests []groupState
	ids := []int{0}
	for _, g := range e.dir.Load().groups {
		if g.ID != 0 {
			ids = append(ids, g.ID)
		}
	}
	for _, id := range ids {
		status, guest := e.groupStatus(id), e.guestStatus(id)
		if e.statuses[id] == status+guest {
			continue
		}
		e.statuses[id] = status + guest
		forAgents, forGuests = append(forAgents, groupState{id, status}), append(forGuests, groupState{id, guest})
	}
	if forAgents == nil {
		return
	}
	e.announce(Actor{}, func(w *work) {
		w.push(protocol.PushGroupsStatusUpdated, map[string]any{"groups": forAgents}, e.everyAgent("agents--all:ro"))
		for _, v := range e.visitors {
			w.push(protocol.PushGroupsStatusUpdated, map[string]any{"groups": forGuests}, v.sessions)
		}
	})
}
