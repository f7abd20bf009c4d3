package protocol

import "github.com/go-json-experiment/json/jsontext"

// ChatFilters of list_chats at 3.6. Active nil means both; WithoutThreads nil
// means true.
type ChatFilters struct {
	Active         *bool           `json:"active,omitzero"`
	WithoutThreads *bool           `json:"include_chats_without_threads,omitzero"`
	GroupIDs       []int           `json:"group_ids,omitempty"` // at most 200
	Properties     PropertyFilters `json:"properties,omitempty"`
	Extra          jsontext.Value  `json:",embed"`
}

// TimeRange of list_threads filters, both ends included; zero is open.
type TimeRange struct {
	From Time `json:"from,omitzero"`
	To   Time `json:"to,omitzero"`
}

// ArchiveFilters of list_archives at 3.6 (api guide, section 8). A thread has to
// fit every filter that is set. ThreadIDs excludes all others. Surveys is what
// some documents call Forms; both are read.
type ArchiveFilters struct {
	Query             string            `json:"query,omitzero"`
	From              Time              `json:"from,omitzero"`
	To                Time              `json:"to,omitzero"`
	ChatIDs           []string          `json:"chat_ids,omitempty"`   // at most 1,000
	ThreadIDs         []string          `json:"thread_ids,omitempty"` // at most 20
	GroupIDs          []int             `json:"group_ids,omitempty"`  // at most 200
	Properties        PropertyFilters   `json:"properties,omitempty"`
	Agents            *SetFilter        `json:"agents,omitzero"`
	Tags              *SetFilter        `json:"tags,omitzero"`
	Sales             *SetFilter        `json:"sales,omitzero"`
	Goals             *SetFilter        `json:"goals,omitzero"`
	Forms             []FormFilter      `json:"forms,omitempty"`
	Surveys           []FormFilter      `json:"surveys,omitempty"`
	EventTypes        *SetFilter        `json:"event_types,omitzero"` // without Exists
	Greetings         *GreetingFilter   `json:"greetings,omitzero"`
	AgentResponse     *ResponseFilter   `json:"agent_response,omitzero"`
	AgentTypes        *AgentTypesFilter `json:"agent_types,omitzero"`
	CustomerCountries *SetFilter        `json:"customer_countries,omitzero"` // ISO 3166-1 alpha-2
	CustomerID        string            `json:"customer_id,omitzero"`
	CustomerEmail     string            `json:"customer_email,omitzero"`
	Extra             jsontext.Value    `json:",embed"`
}

// SetFilter selects by membership. Exactly one of Exists, Values and
// ExcludeValues is set. RequireEvery (3.4+) asks for all of the values instead
// of any.
type SetFilter struct {
	Exists        *bool          `json:"exists,omitzero"`
	Values        []string       `json:"values,omitempty"`
	ExcludeValues []string       `json:"exclude_values,omitempty"`
	RequireEvery  bool           `json:"require_every_value,omitzero"`
	Extra         jsontext.Value `json:",embed"`
}

// PropertyFilters select by property, by namespace and name.
type PropertyFilters map[string]map[string]ValueFilter

// ValueFilter is SetFilter for one property. Values are strings, numbers or
// booleans, as JSON.
type ValueFilter struct {
	Exists        *bool            `json:"exists,omitzero"`
	Values        []jsontext.Value `json:"values,omitempty"`
	ExcludeValues []jsontext.Value `json:"exclude_values,omitempty"`
	Extra         jsontext.Value   `json:",embed"`
}

// NumberFilter selects by numbers; at most one of its fields is set.
type NumberFilter struct {
	Values        []int          `json:"values,omitempty"`
	ExcludeValues []int          `json:"exclude_values,omitempty"`
	Extra         jsontext.Value `json:",embed"`
}

// FormFilter selects by the answers of one kind of form. Type is pre_chat or
// post_chat. AnswerID and Values name answers by id; Groups is about the choice
// of a group. From and To bound the time of the answers.
type FormFilter struct {
	Type          string         `json:"type"`
	AnswerID      string         `json:"answer_id,omitzero"`
	From          Time           `json:"from,omitzero"`
	To            Time           `json:"to,omitzero"`
	Exists        *bool          `json:"exists,omitzero"`
	Values        []string       `json:"values,omitempty"`
	ExcludeValues []string       `json:"exclude_values,omitempty"`
	Groups        *NumberFilter  `json:"groups,omitzero"`
	Extra         jsontext.Value `json:",embed"`
}

// GreetingFilter selects by the greeting a thread began with. Groups is about
// the group it was shown for.
type GreetingFilter struct {
	From          Time           `json:"from,omitzero"`
	To            Time           `json:"to,omitzero"`
	Exists        *bool          `json:"exists,omitzero"`
	Values        []int          `json:"values,omitempty"`
	ExcludeValues []int          `json:"exclude_values,omitempty"`
	Groups        *NumberFilter  `json:"groups,omitzero"`
	Extra         jsontext.Value `json:",embed"`
}

// ResponseFilter selects by who answered the customer. First restricts Agents to
// the first answer of a thread.
type ResponseFilter struct {
	Exists *bool          `json:"exists,omitzero"`
	First  bool           `json:"first,omitzero"`
	Agents *SetFilter     `json:"agents,omitzero"` // without Exists
	Groups *NumberFilter  `json:"groups,omitzero"`
	Extra  jsontext.Value `json:",embed"`
}

// AgentTypesFilter selects by what answered: human, chatbot, ai_agent. A type
// may stand in one list only; the lists may be combined.
type AgentTypesFilter struct {
	AllValues     []string       `json:"all_values,omitempty"`
	AnyValues     []string       `json:"any_values,omitempty"`
	ExcludeValues []string       `json:"exclude_values,omitempty"`
	Extra         jsontext.Value `json:",embed"`
}
