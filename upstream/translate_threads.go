package upstream

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
)

func incomingThinking(p *protocol.IncomingThinking) desk.Push {
	return desk.Thinking{ChatID: p.ChatID, AuthorID: p.AuthorID, Title: p.Title, Text: p.Description}
}

func threadSummarySet(p *protocol.ThreadSummarySet) desk.Push {
	return desk.SummarySet{
		ChatID: p.ChatID, ThreadID: p.ThreadID, Text: p.Summary.Text, At: p.Summary.UpdatedAt.Time(),
		Failed: p.Summary.Status == protocol.SummaryError,
	}
}

// summaryAction is what incoming_error calls the making of a summary (v3.6
// "Incoming Error").
const summaryAction = "set_thread_summary"

// incomingError tells that something asked for earlier failed. Summaries are all
// that a board can show it of.
func incomingError(payload jsontext.Value) (in inbound, err error) {
	var p protocol.ThreadRequest
	if err := json.Unmarshal(payload, &p); err != nil {
		return inbound{}, err
	}
	if p.Action == summaryAction {
		in.push = desk.SummarySet{ChatID: p.ChatID, ThreadID: p.ThreadID, Failed: true}
	}
	return in, nil
}

func customerStatistics(p *protocol.CustomerStatistics) desk.Push {
	return customerUpdated(&protocol.User{ID: p.CustomerID, Statistics: &p.Statistics})
}

// customerTransferred tells that the customer is on the site for other groups
// now.
func customerTransferred(p *protocol.CustomerTransferred) desk.Push {
	return desk.CustomerFollowed{CustomerID: p.ID, On: p.Followed}
}
