package engine

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

var weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// maxHours bounds the spans of a work scheduler.
const maxHours = 100

func checkScheduler(s *store.WorkScheduler) error {
	if len(s.Schedule) > maxHours {
		return invalid("work_scheduler.schedule", "has more than 100 elements")
	}
	if _, err := time.LoadLocation(s.Timezone); err != nil || s.Timezone == "Local" {
		return invalid("work_scheduler.timezone", "is not the name of a time zone")
	}
	if s.Timezone == "" && len(s.Schedule) > 0 {
		return invalid("work_scheduler.timezone", "is required")
	}
	for i, h := range s.Schedule {
		at := "work_scheduler.schedule." + strconv.Itoa(i)
		if !slices.Contains(weekdays, h.Day) {
			return invalid(at+".day", "must be "+strings.Join(weekdays, ", "))
		}
		from, ok := clock(h.Start)
		if !ok {
			return invalid(at+".start", "must be a time like 08:30")
		}
		if to, ok := clock(h.End); !ok || to <= from {
			return invalid(at+".end", "must be a time like 16:00, later than the start")
		}
	}
	return nil
}

// clock reads "08:30" as minutes after midnight; "24:00" is the end of a day.
func clock(s string) (int, bool) {
	if s == "24:00" {
		return 24 * 60, true
	}
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err == nil && len(s) == 5
}

// works reports whether an agent's hours include a moment. planned is false
// where the agent has no hours: then nothing follows from them.
func works(a *store.Agent, at time.Time) (on, planned bool) {
	s := a.Details.WorkScheduler
	if s == nil {
		return false, false
	}
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil {
		return false, false
	}
	at = at.In(zone)
	now := at.Hour()*60 + at.Minute()
	for _, h := range s.Schedule {
		if !h.Enabled {
			continue
		}
		planned = true
		from, _ := clock(h.Start)
		to, _ := clock(h.End)
		if h.Day == weekdays[at.Weekday()] && from <= now && now < to {
			on = true
		}
	}
	return on, planned
}

// firstStatus is the routing status of an agent who has just come: what his
// settings say, but none that takes chats outside his hours.
func (e *Engine) firstStatus(a *store.Agent) string {
	on, planned := works(a, e.now())
	if a.Details.LoginStatus == LoginNotAccepting || planned && !on {
		return protocol.StatusNotAccepting
	}
	return protocol.StatusAccepting
}

// keepHours lets agents who are here accept chats when their hours begin, and
// no more when they end. In between everybody may choose. It looks once a
// minute. mu is held.
func (e *Engine) keepHours(ctx context.Context, now time.Time) {
	last := e.hours
	if now.Truncate(time.Minute).Equal(last.Truncate(time.Minute)) {
		return
	}
	if e.hours = now; last.IsZero() {
		return
	}
	for id, p := range e.agents {
		a := e.dir.Load().agents[id]
		if a == nil || !p.online() {
			continue
		}
		was, _ := works(a, last)
		switch on, planned := works(a, now); {
		case !planned || was == on:
		case on:
			e.setStatus(ctx, Actor{}, id, protocol.StatusAccepting)
		default:
			e.setStatus(ctx, Actor{}, id, protocol.StatusNotAccepting)
		}
	}
}
