package customerapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// api holds what the actions need.
type api struct{ e *engine.Engine }

// answers turns a function into an action's.
func answers[In, Out any](fn func(context.Context, engine.Actor, In) (Out, error)) transport.Handler {
	return func(ctx context.Context, r *transport.Request) (any, error) {
		var in In
		if err := r.Decode(&in); err != nil {
			return nil, err
		}
		out, err := fn(ctx, r.Actor, in)
		if err != nil {
			return nil, err
		}
		return out, nil
	}
}

// does is answers for methods without an answer.
func does[In any](fn func(context.Context, engine.Actor, In) error) transport.Handler {
	return answers(func(ctx context.Context, by engine.Actor, in In) (any, error) { return nil, fn(ctx, by, in) })
}

func both(do transport.Handler) transport.Action {
	return transport.Action{Do: do, RTM: true, Web: true}
}

func read(do transport.Handler) transport.Action {
	return transport.Action{Do: do, RTM: true, Web: true, Reads: true}
}

// Actions is the table of the Customer Chat API at 3.6. Customers have no
// scopes: a token allows everything about its own customer and nothing else.
func Actions(e *engine.Engine) map[string]transport.Action {
	a := api{e}
	return map[string]transport.Action{
		protocol.ActListChats:         read(answers(a.listChats)),
		protocol.ActGetChat:           read(answers(e.GetChat)),
		protocol.ActListThreads:       read(answers(a.listThreads)),
		protocol.ActGetCustomer:       read(answers(a.getCustomer)),
		protocol.ActListGroupStatuses: read(answers(a.listGroupStatuses)),
		protocol.ActGetPredictedAgent: read(answers(a.predictedAgent)),
		protocol.ActGetForm:           read(answers(a.getForm)),

		protocol.ActStartChat:        both(answers(a.startChat)),
		protocol.ActResumeChat:       both(answers(a.resumeChat)),
		protocol.ActDeactivateChat:   both(does(a.deactivateChat)),
		protocol.ActSendEvent:        both(answers(e.SendEvent)),
		protocol.ActSendPostback:     both(does(e.Postback)),
		protocol.ActDeleteEvent:      both(does(e.DeleteEvent)),
		protocol.ActSendSneakPeek:    both(does(e.SneakPeek)),
		protocol.ActMarkEventsAsSeen: both(does(e.MarkSeen)),
		protocol.ActUpdateCustomer:   both(does(a.updateCustomer)),

		protocol.ActSetCustomerSessionFields: both(does(a.setSessionFields)),
		protocol.ActUpdateCustomerPage:       {Do: does(a.updatePage), RTM: true},
		protocol.ActUploadFile:               {Web: true, Do: transport.Uploaded, File: "file"},

		protocol.ActUpdateChatProperties:   both(does(properties(e.UpdateProperties, ofChat))),
		protocol.ActDeleteChatProperties:   both(does(properties(e.DeleteProperties, ofChat))),
		protocol.ActUpdateThreadProperties: both(does(properties(e.UpdateProperties, ofThread))),
		protocol.ActDeleteThreadProperties: both(does(properties(e.DeleteProperties, ofThread))),
		protocol.ActUpdateEventProperties:  both(does(properties(e.UpdateProperties, ofEvent))),
		protocol.ActDeleteEventProperties:  both(does(properties(e.DeleteProperties, ofEvent))),
	}
}

// level is what a properties method is about.
type level int

const (
	ofChat level = iota
	ofThread
	ofEvent
)

// properties checks that a request names what its method is about and nothing
// beside it, so that one method cannot reach the objects of another.
func properties(do func(context.Context, engine.Actor, protocol.PropertiesRequest) error, about level) func(context.Context, engine.Actor, protocol.PropertiesRequest) error {
	return func(ctx context.Context, by engine.Actor, r protocol.PropertiesRequest) error {
		switch {
		case about == ofChat && r.ID == "":
			return needs("id")
		case about != ofChat && r.ChatID == "":
			return needs("chat_id")
		case about != ofChat && r.ThreadID == "":
			return needs("thread_id")
		case about == ofEvent && r.EventID == "":
			return needs("event_id")
		}
		if about == ofChat {
			r.ChatID, r.ThreadID = "", ""
		} else {
			r.ID = ""
		}
		if about != ofEvent {
			r.EventID = ""
		}
		return do(ctx, by, r)
	}
}

func needs(field string) error {
	return protocol.Fail(protocol.ErrValidation, "`"+field+"` is required")
}
