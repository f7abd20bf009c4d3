package upstream

import (
	"github.com/go-json-experiment/json"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// noticeContent is what a notice of this program is as a multicast.
type noticeContent struct {
	Text string `json:"text"`
}

// tell sends a notice to the desks of a group, or of everybody.
func tell(c desk.Tell) (plan, error) {
	content, err := protocol.Encode(noticeContent{c.Text})
	if err != nil {
		return plan{}, &desk.Error{Code: desk.Invalid, Text: "This holds characters that cannot be sent.", Field: "text"}
	}
	m := desk.Multicast{All: c.Group == 0, Content: content, Type: desk.NoticeType}
	if c.Group != 0 {
		m.Groups = []int{c.Group}
	}
	return multicast(m)
}

// incomingMulticast takes notices. What other programs send to each other is
// theirs.
func incomingMulticast(p *protocol.IncomingMulticast) desk.Push {
	var content noticeContent
	if p.Type != desk.NoticeType || json.Unmarshal(p.Content, &content) != nil || content.Text == "" {
		return nil
	}
	return desk.Notice{ByID: p.AuthorID, Text: content.Text}
}
