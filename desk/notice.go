package desk

import "time"

// NoticeType tells a notice from what other programs send by multicast.
const NoticeType = "agentdesk.notice"

// NoticeFor is how long a notice stays on the desks it has reached.
const NoticeFor = 15 * time.Minute

// Notice is a sentence that a colleague told the team. The chat server does not
// keep it: who was away does not get it.
type Notice struct {
	ByID string
	By   string // the colleague's name; the Board fills it in
	Text string
	At   time.Time
}

// Tell sends a notice to every agent, or to those of one group.
type Tell struct {
	Text  string
	Group int // 0: everybody
}

func (Notice) push()  {}
func (Tell) command() {}

// Notice returns the newest notice, while it is worth showing.
func (b *Board) Notice() (Notice, bool) {
	if b.notice.Text == "" || b.now().Sub(b.notice.At) > NoticeFor {
		return Notice{}, false
	}
	return b.notice, true
}

func (b *Board) told(n Notice) {
	n.By, n.At = b.agentName(n.ByID), b.now()
	b.notice = n
	b.note("", RegionNotice)
}
