package configapi

import (
	"slices"
	"strconv"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// view is what an answer shows of something.
type view map[string]any

// only leaves of a view what is always shown and the fields asked for. Each must
// be one of those that can be asked for.
func (v view) only(fields, optional []string) (view, error) {
	if err := checkFields(fields, optional); err != nil {
		return nil, err
	}
	for _, f := range optional {
		if !slices.Contains(fields, f) {
			delete(v, f)
		}
	}
	return v, nil
}

func checkFields(fields, optional []string) error {
	for i, f := range fields {
		if !slices.Contains(optional, f) {
			return protocol.Fail(protocol.ErrValidation, "`fields."+strconv.Itoa(i)+"` names a field that cannot be asked for")
		}
	}
	return nil
}

// hours is a work scheduler in a version's shape: before 3.5 the first span of
// each day, by day.
func hours(s *store.WorkScheduler, v version.Version) any {
	if s == nil {
		s = &store.WorkScheduler{}
	}
	if v >= version.V35 {
		return store.WorkScheduler{Timezone: s.Timezone, Schedule: append([]store.WorkHours{}, s.Schedule...)}
	}
	out := map[string]span{}
	for _, h := range s.Schedule {
		if _, have := out[h.Day]; !have && h.Enabled {
			out[h.Day] = span{h.Start, h.End}
		}
	}
	return out
}

type span struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

// scheduler is a work scheduler in either shape: that of 3.5, or the days of
// before, which still stand in a sample of 3.6.
type scheduler struct {
	*store.WorkScheduler
	Sunday    *span `json:"sunday"`
	Monday    *span `json:"monday"`
	Tuesday   *span `json:"tuesday"`
	Wednesday *span `json:"wednesday"`
	Thursday  *span `json:"thursday"`
	Friday    *span `json:"friday"`
	Saturday  *span `json:"saturday"`
}

// canonical is the shape of 3.5. The days of before are of UTC.
func (s *scheduler) canonical() *store.WorkScheduler {
	if s == nil {
		return nil
	}
	out := store.WorkScheduler{}
	if s.WorkScheduler != nil {
		out = *s.WorkScheduler
	}
	for _, d := range []struct {
		name string
		at   *span
	}{
		{"sunday", s.Sunday}, {"monday", s.Monday}, {"tuesday", s.Tuesday}, {"wednesday", s.Wednesday},
		{"thursday", s.Thursday}, {"friday", s.Friday}, {"saturday", s.Saturday},
	} {
		if d.at == nil {
			continue
		}
		if out.Timezone == "" {
			out.Timezone = "UTC"
		}
		out.Schedule = append(out.Schedule, store.WorkHours{Day: d.name, Enabled: true, Start: d.at.Start, End: d.at.End})
	}
	return &out
}

// inAny reports whether groups have one of some; none asked for is every one.
func inAny(groups map[int]string, asked []int) bool {
	return len(asked) == 0 || slices.ContainsFunc(asked, func(g int) bool { _, in := groups[g]; return in })
}

// own reports whether a request is about the requester himself, or may be about
// anybody.
func own(by engine.Actor, id, scope string) bool { return id == by.ID || by.Scopes.Any(scope) }
