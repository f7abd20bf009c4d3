package engine

import (
	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// form narrows by one kind of form: that there is one, what was answered, when,
// and which group was chosen.
func (a *archiveFilters) form(field string, f protocol.FormFilter) {
	name := map[string]string{"pre_chat": "prechat", "post_chat": "postchat"}[f.Type]
	switch {
	case name == "":
		a.check(invalid(field+".type", "must be pre_chat or post_chat"))
		return
	case f.AnswerID != "" && (f.Exists != nil || len(f.Values)+len(f.ExcludeValues) > 0):
		a.check(invalid(field+".answer_id", "cannot be combined with exists, values or exclude_values"))
	}
	a.check(unknown(field, f.Extra))
	answered := len(f.Values)+len(f.ExcludeValues) > 0
	if f.Exists != nil || answered {
		a.check(one(field, f.Exists, len(f.Values), len(f.ExcludeValues)))
	}
	a.check(checkNumbers(field+".groups", f.Groups))
	if a.err != nil {
		return
	}
	has := store.TermOf(store.KindForm, name)
	if f.Exists != nil && !*f.Exists {
		a.q.Exclude(has)
		return
	}
	a.q.All = append(a.q.All, []store.Term{has})
	if f.AnswerID != "" {
		f.Values = []string{f.AnswerID}
	}
	a.answers(store.KindAnswer, name, f.Values, f.ExcludeValues)
	if f.Groups != nil {
		a.answers(store.KindFormGroup, name, numbers(f.Groups.Values), numbers(f.Groups.ExcludeValues))
	}
	if f.From != 0 || f.To != 0 {
		a.q.Forms = append(a.q.Forms, store.FormSpan{Form: name, From: f.From, To: f.To})
	}
}

// answers narrows by what was chosen in a form.
func (a *archiveFilters) answers(k store.Kind, form string, values, exclude []string) {
	terms := func(list []string) []store.Term {
		out := make([]store.Term, len(list))
		for i, v := range list {
			out[i] = store.TermOf(k, form, v)
		}
		return out
	}
	if len(values) > 0 {
		a.q.All = append(a.q.All, terms(values))
	}
	a.q.Exclude(terms(exclude)...)
}
