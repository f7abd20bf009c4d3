package handlers

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
)

// maxEvents bounds the events of one page of a conversation. partEvents is how
// many come at once when one scrolls through it: more than a page begins with, so
// that a long conversation is read in few steps. maxBetween bounds what is read
// again at once.
const (
	maxEvents  = 400
	partEvents = 120
	maxBetween = 1000
)

// eventsOf is how many events a request gets.
func eventsOf(c echo.Context) int {
	if byPart(c) {
		return partEvents
	}
	return pageEvents
}

// span says which of a thread's events a page shows. At most one field is set;
// none asks for the newest.
type span struct {
	before string // those before this event
	since  string // those after it
	at     string // those around it
	from   string // it and all after it, as far as a page goes
	start  bool   // the first ones

	first, last int64 // those between two moments, both included, in microseconds
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
	if s := in.Get("between"); s != "" {
		from, to, _ := strings.Cut(s, ",")
		q.first, err = strconv.ParseInt(from, 10, 64)
		if err == nil {
			q.last, err = strconv.ParseInt(to, 10, 64)
		}
		if err != nil || q.first <= 0 {
			return q, badRequest("There is no such message.")
		}
	}
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
	} else if q.first > 0 {
		low, high = q.between(events)
	} else if q.start {
		low, high = 0, min(len(events), n)
	}
	return events[low:high:high], low > 0, high < len(events)
}

// between finds the events between two moments. What is shown far from the newest
// is asked for by time: its first and its last event may be gone.
func (q span) between(events []desk.Event) (low, high int) {
	behind := func(us int64) int {
		return sort.Search(len(events), func(i int) bool { return events[i].At.UnixMicro() > us })
	}
	low = behind(q.first - 1)
	return low, min(max(low, behind(q.last)), low+maxBetween)
}
