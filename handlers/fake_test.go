package handlers

import (
	"context"
	"slices"
	"sync"
	"time"

	"agentdesk/desk"
)

// What the fakes know.
const (
	agentAnna = "anna@example.com"
	tokenAnna = "dal:demo-anna"
	chatOpen  = "CHATOPEN01"
	chatOther = "CHATOTHER1" // exists, but not for Anna
	threadOld = "THREADOLD1"
	customer  = "customer-1"
)

var moment = time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)

// fakeDesk is a desk with behaviour: a real Board, commands that change it, and
// a switch that takes the chat server away.
type fakeDesk struct {
	mu      sync.Mutex
	board   *desk.Board
	down    bool
	done    []desk.Command
	resent  []string
	uploads map[string]int // name → bytes
	tabs    int
	nudges  int
	fail    error // of the next command
	asked   desk.CustomerQuery
	rows    map[string]desk.Row                                                // open chats of customers who are listed
	opening func()                                                             // called as a chat is read
	past    []desk.Event                                                       // of the older thread, where it has others
	search  func(context.Context, desk.ArchiveQuery) (desk.ArchivePage, error) // in place of Archives
}

func newFakeDesk() *fakeDesk {
	d := &fakeDesk{uploads: map[string]int{}}
	d.board = desk.NewBoard(desk.Me{ID: agentAnna, Name: "Anna", Email: agentAnna, Status: desk.Accepting, Permission: desk.RoleAdministrator,
		Preferences: desk.Preferences{Language: "en"}}, func() time.Time { return moment })
	chat := desk.Chat{
		ID: chatOpen, Loaded: true, Groups: []int{0},
		Users: []desk.Person{
			{ID: customer, Name: "Carla <b>Customer</b>", Present: true},
			{ID: agentAnna, Agent: true, Name: "Anna", Present: true},
		},
		Thread: desk.Thread{ID: "THREADNEW1", Active: true, CreatedAt: moment, Groups: []int{0}, UserIDs: []string{agentAnna}, Previous: threadOld, Events: []desk.Event{
			{ID: "E1", Kind: desk.KindMessage, AuthorID: customer, At: moment, Text: "Where is my order?"},
		}},
	}
	d.board.Reset(desk.Snapshot{Me: d.board.Me(), Chats: []desk.Chat{chat}})
	d.board.SetConnection(desk.Connection{State: desk.Online, Since: moment})
	return d
}

var errDown = desk.Fail(desk.Unavailable, "Not connected to the chat server. Try again when the bar says so.")

func (d *fakeDesk) Me() desk.Me { return d.board.Me() }

func (d *fakeDesk) Inbox(_ context.Context, f desk.Filter) (desk.Inbox, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.board.Inbox(f), nil
}

func (d *fakeDesk) Count(_ context.Context, filters []desk.Filter) ([]int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.board.Count(filters), nil
}

func (d *fakeDesk) Find(_ context.Context, text string, limit int) ([]desk.Row, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.board.Find(text, limit), nil
}

func (d *fakeDesk) Chat(_ context.Context, chatID, before string, limit int) (desk.ChatView, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.opening != nil {
		d.opening()
	}
	v, ok := d.board.Chat(chatID, before, limit)
	if !ok {
		return v, desk.Fail(desk.NotFound, "This chat does not exist, or you may not see it.")
	}
	return v, nil
}

func (d *fakeDesk) Thread(_ context.Context, chatID, threadID string) (desk.ArchivedThread, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.down:
		return desk.ArchivedThread{}, errDown
	case chatID != chatOpen || threadID != threadOld:
		return desk.ArchivedThread{}, desk.Fail(desk.NotFound, "This does not exist any more.")
	}
	th := oldThread(1)
	if d.past != nil {
		th.Thread.Events = d.past
	}
	return th, nil
}

func oldThread(n int) desk.ArchivedThread {
	return desk.ArchivedThread{
		ChatID: chatOpen, Users: []desk.Person{{ID: customer, Name: "Carla"}},
		Thread: desk.Thread{ID: threadOld, CreatedAt: moment.AddDate(0, 0, -n), Events: []desk.Event{
			{ID: "O1", Kind: desk.KindMessage, AuthorID: customer, At: moment.AddDate(0, 0, -n), Text: "I forgot my " + desk.MarkStart + "password" + desk.MarkEnd},
		}},
	}
}

// Archives finds 25 threads on each of 60 pages.
func (d *fakeDesk) Archives(ctx context.Context, q desk.ArchiveQuery) (desk.ArchivePage, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.search != nil {
		return d.search(ctx, q)
	}
	if d.down {
		return desk.ArchivePage{}, errDown
	}
	if q.Text == "nothing" {
		return desk.ArchivePage{}, nil
	}
	p := desk.ArchivePage{Found: 1500, Next: q.Page + "x"}
	for i := range 25 {
		p.Threads = append(p.Threads, oldThread(i))
	}
	if len(q.Page) == 59 {
		p.Next = ""
	}
	return p, nil
}

func (d *fakeDesk) Customer(_ context.Context, id string) (desk.Person, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.down:
		return desk.Person{}, errDown
	case id != customer:
		return desk.Person{}, desk.Fail(desk.NotFound, "This customer does not exist.")
	}
	return desk.Person{ID: customer, Name: "Carla"}, nil
}

func (d *fakeDesk) Customers(_ context.Context, q desk.CustomerQuery) (desk.CustomerList, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = q
	if d.down {
		return desk.CustomerList{}, errDown
	}
	return desk.CustomerList{Live: true, Rows: d.rows, Customers: []desk.Person{{ID: customer, Name: "Carla"}}}, nil
}

func (d *fakeDesk) Team(context.Context) ([]desk.Colleague, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.board.Team(), nil
}

func (d *fakeDesk) Setup(context.Context) (desk.Setup, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.down {
		return desk.Setup{}, errDown
	}
	return desk.Setup{Agents: []desk.Account{{ID: agentAnna, Name: "Anna", Role: desk.RoleAdministrator}, {ID: "ben@example.com", Role: desk.RoleNormal}}, Groups: []desk.Group{{ID: 0, Name: "Everybody"}}, Canned: []desk.Canned{{ID: 7, Text: "Thank you", Tags: []string{"#thanks"}}}}, nil
}

func (d *fakeDesk) TransferTargets(context.Context, string) ([]desk.TransferTarget, error) {
	if d.down {
		return nil, errDown
	}
	return []desk.TransferTarget{{Agent: desk.Agent{ID: "ben@example.com", Name: "Ben"}}}, nil
}

func (d *fakeDesk) Reconnect() { d.mu.Lock(); d.nudges++; d.mu.Unlock() }
func (d *fakeDesk) Attach()    { d.mu.Lock(); d.tabs++; d.mu.Unlock() }
func (d *fakeDesk) Detach()    { d.mu.Lock(); d.tabs--; d.mu.Unlock() }

func (d *fakeDesk) commands() []desk.Command {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.done)
}

func (d *fakeDesk) set(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
}
