package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
)

// maxEvents bounds the events of one page of a conversation.
const maxEvents = 400

// span says which of a thread's events a page shows. At most one field is set;
// none asks for the newest.
type span struct {
	before string // those before this event
	since  string // those after it
	at     string // those around it
	from   string // it and all after it, as far as a page goes
	start  bool   // the first ones
}

// spanOf reads a span from an address. An empty since asks for the beginning.
func spanOf(c echo.Context) (q span, err error) {
	in := c.QueryParams()
	for name, field := range map[string]*string{"before": &q.before, "since": &q.since, "at": &q.at, "from": &q.from} {
		if *field = in.Get(name); *field != "" && !validID(*field) {
			return q, badRequest("There is no such message.")
		}
	}
	q.start = in.Has("since") && q.since == ""
	return q, nil
}

// cut gives the part of a thread that is asked for, about n events, and whether
// there are earlier and later ones. An event that is not there asks for nothing.
func (q span) cut(events []desk.Event, n int) (page []desk.Event, older, newer bool) {
	low, high := max(0, len(events)-n), len(events)
	find := func(id string) int {
		return slices.IndexFunc(events, func(ev desk.Event) bool { return id != "" && ev.ID == id })
	}
	if i := find(q.before); i >= 0 {
		low, high = max(0, i-n), i
	} else if i := find(q.since); i >= 0 {
		low, high = i+1, min(len(events), i+1+n)
	} else if i := find(q.at); i >= 0 {
		low = max(0, min(i-n/2, len(events)-n))
		high = min(len(events), low+n)
	} else if i := find(q.from); i >= 0 {
		low = max(min(i, low), len(events)-maxEvents)
	} else if q.start {
		low, high = 0, min(len(events), n)
	}
	return events[low:high:high], low > 0, high < len(events)
}
