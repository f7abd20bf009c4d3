package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"sync"
	"time"

	"agentdesk/desk"
	"agentdesk/handlers"
	"agentdesk/relay"
	"agentdesk/views"
	"agentdesk/words"
)

// renderer draws what changed on an agent's board, once per agent however many
// tabs are open, and hands it to the relay. It runs on the session's own
// goroutine, so a board is read while nothing else touches it.
type renderer struct {
	hub  *relay.Hub
	base string
	zone *time.Location
	// From when on a wait is marked.
	limits handlers.Limits
	log    *slog.Logger
}

// patchEvent is the stream's event that carries HTML.
const patchEvent = "patch"

// mostDrawn is how long a patch may be, in bytes: pages are shorter, and the relay
// keeps no more.
const mostDrawn = 256 << 10

// drawings are reused; an event gets a copy of its own that is as long as it is.
var drawings = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Changed draws and publishes what changed, and what the agent is called for. What only tells that somebody types may be lost
// on a slow line; everything else is logged by the relay.
func (r *renderer) Changed(agentID string, b *desk.Board, changes []desk.Change, alerts []desk.Alert) {
	var all desk.Regions
	for _, c := range changes {
		all |= c.What
	}
	switch {
	case all == 0:
		return
	case all&desk.RegionAll != 0 || !r.hub.Active(agentID):
		r.hub.Reset(agentID) // nobody looks, or everything changed: pages are drawn again
		changes, all = nil, 0
	}
	buf := drawings.Get().(*bytes.Buffer)
	defer drawings.Put(buf)
	buf.Reset()
	d := drawing{w: buf, b: b, env: r.env(b.Me()), quiet: true}
	for _, c := range changes {
		if d.change(c); buf.Len() > mostDrawn {
			r.hub.Reset(agentID)
			buf.Reset()
			all = 0
			break
		}
	}
	d.agent(all)
	for _, a := range alerts {
		d.do(views.AlertPatch(buf, a)) // with the rest, not as an event of its own: it would be one more write for each tab
	}
	if d.err != nil {
		r.log.Error("draw change", "agent", agentID, "err", d.err)
		r.hub.Reset(agentID) // the page can still be drawn whole
		return
	}
	if buf.Len() > 0 {
		r.hub.Publish(agentID, relay.Event{Name: patchEvent, Data: bytes.Clone(buf.Bytes()), Ephemeral: d.quiet})
	}
}

// env is what components need to know of an agent.
func (r *renderer) env(me desk.Me) views.Env {
	lang := words.Find(me.Preferences.Language)
	limits, err := r.limits.WaitLimits(context.Background(), me.Team()) // read once, then from memory
	if err != nil {
		r.log.Error("read limits of waiting", "err", err)
	}
	return views.Env{Base: r.base, MeID: me.ID, Zone: r.zone, Words: lang, Hour12: me.Preferences.TwelveHours(lang.Code()), Limits: limits}
}

// drawing is one event being drawn.
type drawing struct {
	w     io.Writer
	b     *desk.Board
	env   views.Env
	quiet bool // nothing but somebody's typing
	err   error
}

func (d *drawing) do(err error) {
	d.quiet = false
	d.note(err)
}

func (d *drawing) note(err error) {
	if d.err == nil {
		d.err = err
	}
}

// change draws what a change says of one chat.
func (d *drawing) change(c desk.Change) {
	has := func(r desk.Regions) bool { return c.What&r != 0 }
	if has(desk.RegionRow) {
		if row, ok := d.b.Row(c.ChatID); ok {
			d.do(views.RowPatch(d.w, d.env, row))
		} else {
			d.do(views.RowGonePatch(d.w, c.ChatID))
		}
	}
	if has(desk.RegionGone) {
		d.do(views.RowGonePatch(d.w, c.ChatID))
	}
	if has(desk.RegionEvent) {
		if ev, ok := d.b.Event(c.ChatID, c.EventID); ok {
			d.do(views.EventPatch(d.w, d.env, c.ChatID, d.b.ThreadID(c.ChatID), ev, d.b.Person(c.ChatID, ev.AuthorID)))
		}
	}
	if has(desk.RegionEventGone) {
		d.do(views.EventGonePatch(d.w, c.EventID))
	}
	if has(desk.RegionPending) {
		if o, ok := d.b.OutgoingOne(c.ChatID, c.CustomID); ok {
			d.do(views.PendingPatch(d.w, d.env, o))
		} else {
			d.do(views.PendingGonePatch(d.w, c.CustomID))
		}
	}
	if !has(desk.RegionHead | desk.RegionSeen | desk.RegionPeek | desk.RegionColleagues) {
		return
	}
	v, ok := d.b.Head(c.ChatID)
	if !ok {
		return
	}
	if has(desk.RegionHead) {
		d.do(views.HeadPatch(d.w, d.env, v, d.b.Tags()))
	}
	if has(desk.RegionSeen) {
		d.do(views.SeenPatch(d.w, d.env, v))
	}
	if has(desk.RegionColleagues) {
		d.do(views.ColleaguesPatch(d.w, d.env, v))
	}
	if has(desk.RegionPeek) {
		err := views.PeekPatch(d.w, d.env, v)
		if v.Peek == "" && len(v.Typing) == 0 && len(v.Thoughts) == 0 {
			d.do(err) // what clears the line must arrive
		} else {
			d.note(err)
		}
	}
}

// agent draws what belongs to no chat.
func (d *drawing) agent(all desk.Regions) {
	if all&desk.RegionCounts != 0 {
		d.do(views.CountsPatch(d.w, d.env, d.b.Sections()))
	}
	if all&desk.RegionNotice != 0 {
		n, _ := d.b.Notice()
		d.do(views.NoticePatch(d.w, d.env, n))
	}
	if all&desk.RegionMe != 0 {
		d.do(views.MePatch(d.w, d.env, d.b.Me()))
	}
	if all&(desk.RegionMe|desk.RegionTeam) != 0 {
		d.do(views.TeamPatch(d.w, d.env, d.b.Me(), d.b.Agents()))
	}
	if all&(desk.RegionConnection|desk.RegionPending) != 0 {
		sending, failed := d.b.Unsent()
		d.do(views.ConnectionPatch(d.w, d.env, d.b.Connection(), sending, failed))
	}
}
