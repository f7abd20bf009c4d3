package engine

import (
	"slices"
	"strconv"
	"strings"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// archiveFilters turns the filters of list_archives (api guide, section 8) into
// a query, one after the other, until one is wrong.
type archiveFilters struct {
	q   *store.ArchiveQuery
	err error
}

func (a *archiveFilters) apply(f protocol.ArchiveFilters) {
	if a.q.Words = store.Words(f.Query); f.Query != "" && len(a.q.Words) == 0 {
		a.q.All = append(a.q.All, nil) // a query of punctuation finds nothing
	}
	a.q.From, a.q.To = f.From, f.To
	if len(f.GroupIDs) > 0 {
		a.q.Groups(f.GroupIDs)
	}
	a.ids(store.KindChat, f.ChatIDs)
	if f.CustomerID != "" {
		a.ids(store.KindCustomer, []string{f.CustomerID})
	}
	a.set("filters.agents", store.KindAgent, f.Agents)
	a.set("filters.tags", store.KindTag, f.Tags)
	a.set("filters.sales", store.KindSale, f.Sales)
	a.set("filters.goals", store.KindGoal, f.Goals)
	a.members("filters.event_types", store.KindEventType, f.EventTypes)
	a.countries(f.CustomerCountries)
	if a.check(checkPropertyFilters("filters.properties", f.Properties)) {
		a.q.Properties(f.Properties)
	}
	for i, form := range slices.Concat(f.Forms, f.Surveys) {
		a.form("filters.forms."+strconv.Itoa(i), form)
	}
	a.greetings(f.Greetings)
	a.response(f.AgentResponse)
	a.agentTypes(f.AgentTypes)
}

// check keeps the first error and reports whether there is none.
func (a *archiveFilters) check(err error) bool {
	if a.err == nil {
		a.err = err
	}
	return a.err == nil
}

func (a *archiveFilters) ids(k store.Kind, ids []string) {
	if len(ids) > 0 {
		a.q.Filter(k, &protocol.SetFilter{Values: ids})
	}
}

func (a *archiveFilters) set(field string, k store.Kind, f *protocol.SetFilter) {
	if a.check(checkSet(field, f)) {
		a.q.Filter(k, f)
	}
}

// members is set for filters without exists.
func (a *archiveFilters) members(field string, k store.Kind, f *protocol.SetFilter) {
	if a.check(checkMembers(field, f)) {
		a.q.Filter(k, f)
	}
}

func (a *archiveFilters) countries(f *protocol.SetFilter) {
	const field = "filters.customer_countries"
	if f == nil || !a.check(checkSet(field, f)) {
		return
	}
	up := *f
	for _, list := range []*[]string{&up.Values, &up.ExcludeValues} {
		*list = slices.Clone(*list)
		for i, code := range *list {
			if len(code) != 2 {
				a.check(invalid(field, "must have codes of two letters"))
			}
			(*list)[i] = strings.ToUpper(code)
		}
	}
	a.q.Filter(store.KindCountry, &up)
}

// greetings selects by what a thread began with: its time is the thread's.
func (a *archiveFilters) greetings(f *protocol.GreetingFilter) {
	const field = "filters.greetings"
	if f == nil || !a.check(unknown(field, f.Extra)) {
		return
	}
	timed := f.From != 0 || f.To != 0 || f.Groups != nil
	if !timed || len(f.Values)+len(f.ExcludeValues) > 0 || f.Exists != nil {
		a.set(field, store.KindGreeting, &protocol.SetFilter{Exists: f.Exists, Values: numbers(f.Values), ExcludeValues: numbers(f.ExcludeValues)})
	}
	if !timed {
		return
	}
	if f.Exists == nil || *f.Exists {
		a.q.All = append(a.q.All, []store.Term{store.Mark(store.KindGreeting, true)})
	}
	a.q.From = max(a.q.From, f.From)
	if f.To != 0 && (a.q.To == 0 || f.To < a.q.To) {
		a.q.To = f.To
	}
	a.groups(field+".groups", store.KindGroup, f.Groups)
}

// response selects by the agents who answered the customer, and by the groups
// whose chat it was.
func (a *archiveFilters) response(f *protocol.ResponseFilter) {
	const field = "filters.agent_response"
	if f == nil || !a.check(unknown(field, f.Extra)) {
		return
	}
	switch {
	case f.Exists != nil:
		a.q.Filter(store.KindResponse, &protocol.SetFilter{Exists: f.Exists})
	case f.Agents == nil && f.Groups == nil:
		a.check(invalid(field, "must have exists, agents or groups"))
	}
	k := store.KindResponse
	if f.First {
		k = store.KindFirstResponse
	}
	a.members(field+".agents", k, f.Agents)
	if f.Groups != nil {
		a.q.Filter(store.KindResponse, &protocol.SetFilter{Exists: new(true)})
		a.groups(field+".groups", store.KindGroup, f.Groups)
	}
}

// groups narrows by numbers of a kind.
func (a *archiveFilters) groups(field string, k store.Kind, f *protocol.NumberFilter) {
	if f != nil && a.check(checkNumbers(field, f)) {
		a.q.Filter(k, &protocol.SetFilter{Values: numbers(f.Values), ExcludeValues: numbers(f.ExcludeValues)})
	}
}

func numbers(list []int) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return out
}

// agentTypes are combined: all of the first list, any of the second, none of the
// third.
func (a *archiveFilters) agentTypes(f *protocol.AgentTypesFilter) {
	const field = "filters.agent_types"
	if f == nil || !a.check(unknown(field, f.Extra)) {
		return
	}
	seen := map[string]bool{}
	for _, v := range slices.Concat(f.AllValues, f.AnyValues, f.ExcludeValues) {
		switch {
		case v != "human" && v != "chatbot" && v != "ai_agent":
			a.check(invalid(field, "knows human, chatbot and ai_agent"))
		case seen[v]:
			a.check(invalid(field, "names "+v+" twice"))
		}
		seen[v] = true
	}
	if len(seen) == 0 {
		a.check(invalid(field, "must have one of all_values, any_values and exclude_values"))
		return
	}
	for _, s := range []protocol.SetFilter{{Values: f.AllValues, RequireEvery: true}, {Values: f.AnyValues}, {ExcludeValues: f.ExcludeValues}} {
		a.q.Filter(store.KindAgentType, &s)
	}
}
