package upstream

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// customerRef names a customer in follow_customer and unfollow_customer.
type customerRef struct {
	ID string `json:"id"`
}

func (s *Session) planMore(c desk.Command) (plan, error) {
	switch c := c.(type) {
	case desk.FollowCustomer:
		return plan{protocol.ActFollowCustomer, customerRef{c.CustomerID}, "",
			func() { s.apply(desk.CustomerFollowed{CustomerID: c.CustomerID, On: true}) }}, nil
	case desk.UnfollowCustomer:
		return plan{protocol.ActUnfollowCustomer, customerRef{c.CustomerID}, "",
			func() { s.apply(desk.CustomerFollowed{CustomerID: c.CustomerID}) }}, nil
	case desk.ShowThinking:
		return plan{protocol.ActSendThinking, protocol.ThinkingRequest{
			ChatID: c.ChatID, Title: c.Title, Description: c.Text, Visibility: visibility(c.AgentsOnly),
		}, c.ChatID, nil}, nil
	case desk.DeleteProperty:
		return s.deleteProperty(c), nil
	case desk.GiveAccess:
		return s.reg.dialect.shareChat("grant", c.ChatID, c.GroupID)
	case desk.TakeAccess:
		return s.reg.dialect.shareChat("revoke", c.ChatID, c.GroupID)
	case desk.SetAccess:
		return s.reg.dialect.setAccess(c)
	case desk.NotifyPhone:
		return s.reg.dialect.notifyPhone(c)
	case desk.Tell:
		return tell(c)
	case desk.Multicast:
		return multicast(c)
	}
	return plan{}, desk.Wrap(desk.Invalid, "This desk does not know how to do this.", fmt.Errorf("command %T", c))
}

func multicast(c desk.Multicast) (plan, error) {
	if !c.All && len(c.Agents)+len(c.Groups) == 0 {
		return plan{}, desk.Fail(desk.Invalid, "Choose who this is for.")
	}
	if !jsontext.Value(c.Content).IsValid() {
		return plan{}, &desk.Error{Code: desk.Invalid, Text: "The content is not JSON.", Field: "content"}
	}
	type agents struct {
		All    bool     `json:"all,omitzero"`
		IDs    []string `json:"ids,omitempty"`
		Groups []int    `json:"groups,omitempty"`
	}
	type recipients struct {
		Agents agents `json:"agents"`
	}
	return plan{protocol.ActMulticast, struct {
		Recipients recipients     `json:"recipients"`
		Content    jsontext.Value `json:"content"`
		Type       string         `json:"type,omitzero"`
	}{recipients{agents{c.All, c.Agents, c.Groups}}, c.Content, c.Type}, "", nil}, nil
}

func transfer(c desk.Transfer) (plan, error) {
	q := protocol.TransferChatRequest{ID: c.ChatID, IgnoreAgents: c.Force, IgnorePresence: true}
	switch {
	case c.AgentID != "":
		q.Target = &protocol.TransferTarget{Type: "agent", IDs: list(c.AgentID)}
	case c.GroupID != 0:
		q.Target = &protocol.TransferTarget{Type: "group", IDs: list(c.GroupID)}
	}
	return plan{protocol.ActTransferChat, q, c.ChatID, nil}, nil
}

// postback names the state of the button in either case (v3.6 "Send Rich Message
// Postback": toggled is required); a message's postback leaves it out.
func postback(c desk.Postback) plan {
	p := protocol.Postback{ID: c.PostbackID, Toggled: c.Toggled}
	if !c.Toggled {
		p.Extra = jsontext.Value(`{"toggled":false}`)
	}
	return plan{protocol.ActSendPostback, protocol.PostbackRequest{ChatID: c.ChatID, ThreadID: c.ThreadID, EventID: c.EventID, Postback: p}, c.ChatID, nil}
}

// list is a JSON array of one. Agents' ids are strings, groups' are numbers.
func list[T string | int](v T) jsontext.Value { return protocol.MustEncode([]T{v}) }

// setProperties sends values as text. Where the server wants another type it
// says so, and what reads as a number or a truth value is sent as that.
func (s *Session) setProperties(ctx context.Context, c desk.SetProperties) error {
	action, q := propertiesOf("update", c.ChatID, c.ThreadID, c.EventID)
	q.Properties, _ = encodeProperties(c.Properties, false)
	err := s.command(ctx, action, q, nil)
	if typed, differs := encodeProperties(c.Properties, true); differs && wireType(err) == protocol.ErrValidation {
		q.Properties = typed
		err = s.ask(ctx, nil, action, q, nil)
	}
	if err == nil { // the page that is drawn next shows it, whether or not its push was faster
		s.post(func() {
			s.apply(desk.PropertiesChanged{ChatID: c.ChatID, ThreadID: c.ThreadID, EventID: c.EventID, Set: c.Properties})
		})
	}
	return err
}

// encodeProperties makes JSON of properties. With typed, values that read as
// JSON numbers or truth values become those; differs says that there are any.
func encodeProperties(p desk.Properties, typed bool) (out jsontext.Value, differs bool) {
	values := protocol.Properties{}
	for space, names := range p {
		values[space] = map[string]jsontext.Value{}
		for name, text := range names {
			number := json.Unmarshal([]byte(text), new(float64)) == nil
			if typed && (number || text == "true" || text == "false") {
				values[space][name], differs = jsontext.Value(text), true
				continue
			}
			values[space][name] = protocol.MustEncode(strings.ToValidUTF8(text, "\uFFFD"))
		}
	}
	return protocol.MustEncode(values), differs
}
