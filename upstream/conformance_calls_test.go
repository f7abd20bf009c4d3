package upstream

import (
	"context"
	"maps"
	"strings"
	"time"

	"agentdesk/desk"
)

// calls are what a desk does in each case of calls_*.txt. Each returns in words
// what came of it.
var calls = func() map[string]func(context.Context, *stage) ([]string, error) {
	out := maps.Clone(readings)
	for name, c := range commands {
		out[name] = func(ctx context.Context, st *stage) ([]string, error) {
			res, err := st.s.Do(ctx, c)
			return resultWords(res), err
		}
	}
	return out
}()

var seenAt = time.Date(2026, 11, 21, 8, 0, 9, 123456000, time.UTC)

// commands are those that are one request.
var commands = map[string]desk.Command{
	"type":                       desk.ShowTyping{ChatID: "A", On: true, AgentsOnly: true},
	"see":                        desk.MarkSeen{ChatID: "A", UpTo: seenAt},
	"close":                      desk.Deactivate{ChatID: "A", IgnorePresence: true},
	"resume":                     desk.Resume{ChatID: "A"},
	"start":                      desk.StartChat{CustomerID: "cust-N"},
	"transfer to an agent":       desk.Transfer{ChatID: "A", AgentID: "ben@example.com"},
	"transfer to a group":        desk.Transfer{ChatID: "A", GroupID: 7, Force: true},
	"take":                       desk.Take{ChatID: "B"},
	"join":                       desk.AddUser{ChatID: "B", UserID: me0},
	"watch unseen":               desk.AddUser{ChatID: "B", UserID: me0, AgentsOnly: true},
	"leave":                      desk.RemoveUser{ChatID: "A", UserID: me0},
	"follow":                     desk.Follow{ChatID: "B"},
	"stop following":             desk.Unfollow{ChatID: "A"},
	"tag":                        desk.Tag{ChatID: "A", Tag: "vip"},
	"untag":                      desk.Untag{ChatID: "A", Tag: "vip"},
	"press a button":             desk.Postback{ChatID: "A", ThreadID: "A-2", EventID: "e3", PostbackID: "yes", Toggled: true},
	"let go of a button":         desk.Postback{ChatID: "A", ThreadID: "A-2", EventID: "e3", PostbackID: "yes"},
	"set a chat's property":      desk.SetProperties{ChatID: "A", Properties: desk.Properties{"ns": {"n": "x"}}},
	"set a thread's property":    desk.SetProperties{ChatID: "A", ThreadID: "A-2", Properties: desk.Properties{"ns": {"n": "x"}}},
	"delete a chat's property":   desk.DeleteProperty{ChatID: "A", Namespace: "ns", Name: "n"},
	"delete a thread's property": desk.DeleteProperty{ChatID: "A", ThreadID: "A-2", Namespace: "ns", Name: "n"},
	"set an event's property":    desk.SetProperties{ChatID: "A", ThreadID: "A-2", EventID: "e1", Properties: desk.Properties{"ns": {"n": "x"}}},
	"delete an event's property": desk.DeleteProperty{ChatID: "A", ThreadID: "A-2", EventID: "e1", Namespace: "lc2", Name: "greeting_id"},
	"set one's status":           desk.SetStatus{Status: desk.NotAccepting},
	"set another's status":       desk.SetStatus{AgentID: "ben@example.com", Status: desk.Accepting},
	"be away":                    desk.SetAway{Away: true},
	"add a customer":             desk.AddCustomer{Name: "Nia", Email: "nia@x.test", Fields: []desk.Field{{Name: "size", Value: "M"}}},
	"change a customer":          desk.UpdateCustomer{CustomerID: "cust-A", Name: "Zoe B.", Email: "zoe.b@x.test", Fields: []desk.Field{{Name: "size", Value: "M"}, {Name: "order", Value: "18"}}},
	"change a telephone":         desk.UpdateCustomer{CustomerID: "cust-A", Phone: "+4912345"},
	"ban a customer":             desk.BanCustomer{CustomerID: "cust-A", Days: 3},
	"follow a customer":          desk.FollowCustomer{CustomerID: "cust-A"},
	"stop following a customer":  desk.UnfollowCustomer{CustomerID: "cust-A"},
	"sum up":                     desk.RequestSummary{ChatID: "A"},
	"show thinking":              desk.ShowThinking{ChatID: "A", Title: "Orders", Text: "looking", AgentsOnly: true},
	"tell everybody":             desk.Tell{Text: "Hello"},
	"tell a group":               desk.Tell{Text: "Hello", Group: 7},
	"notify a telephone":         desk.NotifyPhone{Token: "8da", Platform: desk.PhoneIOS, On: true},
	"add a rule of access":       desk.AddAccessRule{URL: "/help", Group: 7},
	"delete a rule of access":    desk.DeleteAccessRule{ID: "r1"},
	"give all access to a group": desk.SetAccess{ChatID: "A", GroupID: 7},
	"tell programs":              desk.Multicast{Agents: []string{"ben@example.com"}, Groups: []int{7}, Content: []byte(`{"a":1}`), Type: "t"},
	"give access":                desk.GiveAccess{ChatID: "A", GroupID: 7},
	"take access":                desk.TakeAccess{ChatID: "A", GroupID: 7},
}

// readings are those that are answered with more than a yes, or take more than
// one request.
var readings = map[string]func(context.Context, *stage) ([]string, error){
	"read a chat": func(ctx context.Context, st *stage) ([]string, error) {
		_, err := st.s.Chat(ctx, "B", "", 0)
		return nil, err
	},
	"read a chat that no list holds": func(ctx context.Context, st *stage) ([]string, error) {
		_, err := st.s.Chat(ctx, "X", "", 0)
		return nil, err
	},
	"read an earlier thread": func(ctx context.Context, st *stage) ([]string, error) {
		th, err := st.s.Thread(ctx, "A", "A-1")
		return archivedWords(th), err
	},
	"read a thread that is withheld": func(ctx context.Context, st *stage) ([]string, error) {
		th, err := st.s.Thread(ctx, "A", "A-1")
		return archivedWords(th), err
	},
	"search": func(ctx context.Context, st *stage) ([]string, error) { return search(ctx, st, searched) },
	"turn the page": func(ctx context.Context, st *stage) ([]string, error) {
		page, err := st.s.Archives(ctx, searched)
		if err != nil {
			return nil, err
		}
		st.requests()
		next := searched
		next.Page = page.Next
		return search(ctx, st, next)
	},
	"search by tag": func(ctx context.Context, st *stage) ([]string, error) {
		return search(ctx, st, desk.ArchiveQuery{Tags: []string{"vip"}})
	},
	"list who can take a chat": func(ctx context.Context, st *stage) ([]string, error) {
		list, err := st.s.TransferTargets(ctx, "A")
		return targetWords(list), err
	},
	"read a customer": func(ctx context.Context, st *stage) ([]string, error) {
		p, err := st.s.Customer(ctx, "cust-A")
		if err != nil {
			return nil, err
		}
		return append(personWords("read/", &p), placeWords(&p)...), nil
	},
	"list customers": func(ctx context.Context, st *stage) ([]string, error) {
		list, err := st.s.Customers(ctx, desk.CustomerQuery{Email: "zoe@x.test", Groups: []int{7}})
		return customerWords(list), err
	},
	"list those who came often": func(ctx context.Context, st *stage) ([]string, error) {
		list, err := st.s.Customers(ctx, desk.CustomerQuery{Country: "Poland", Visits: 2, Sort: desk.ByVisits})
		return customerWords(list), err
	},
	"list who waits": func(ctx context.Context, st *stage) ([]string, error) {
		list, err := st.s.Customers(ctx, desk.CustomerQuery{Stage: desk.StageWaiting, From: "search", Limit: 10})
		return customerWords(list), err
	},
	"read what is set up": func(ctx context.Context, st *stage) ([]string, error) {
		setup, err := st.s.Setup(ctx)
		return setupWords(&setup), err
	},
	"keep a picture": func(ctx context.Context, st *stage) ([]string, error) {
		url, err := st.s.UploadImage(ctx, "anna.png", strings.NewReader("pixels"))
		return []string{"Picture " + url}, err
	},
	"show what is being written": func(ctx context.Context, st *stage) ([]string, error) {
		if _, err := st.s.Do(ctx, desk.SetPreview{On: true}); err != nil {
			return nil, err
		}
		res, err := st.s.Do(ctx, desk.ShowPreview{ChatID: "A", Text: "half a wo"})
		return resultWords(res), err
	},
	"send a message": func(ctx context.Context, st *stage) ([]string, error) {
		return sendTwice(ctx, st, desk.Send{ChatID: "A", CustomID: "m1", Text: "hi", AgentsOnly: true})
	},
	"send a file": func(ctx context.Context, st *stage) ([]string, error) {
		url, err := st.s.Upload(ctx, "x.png", strings.NewReader("pixels"))
		if err != nil {
			return nil, err
		}
		return sendTwice(ctx, st, desk.Send{ChatID: "A", CustomID: "f1", FileURL: url, FileName: "x.png"})
	},
	"keep the line up": func(_ context.Context, st *stage) ([]string, error) {
		pass(20 * time.Second)
		st.mu.Lock()
		defer st.mu.Unlock()
		return []string{say("Pings", "n", st.pings)}, nil
	},
	"look for a lost message": lose,
	"renew the token":         renew,
	"sign out": func(ctx context.Context, st *stage) ([]string, error) {
		st.reg.SignOut(ctx, me0)
		return nil, nil
	},
	"meet the second document": func(ctx context.Context, st *stage) ([]string, error) {
		st.cut()
		pass(10 * time.Second)
		return nil, nil
	},
}

var searched = desk.ArchiveQuery{
	Text: "refund", From: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC),
	Agents: []string{"ben@example.com"}, Groups: []int{0, 7}, Limit: 50,
}

func search(ctx context.Context, st *stage, q desk.ArchiveQuery) ([]string, error) {
	page, err := st.s.Archives(ctx, q)
	if err != nil {
		return nil, err
	}
	return append([]string{say("Archives", "found", page.Found, "next", page.Next != "", "previous", page.Previous != "")}, archivedWords(page.Threads...)...), nil
}

// sendTwice sends a message whose event is never pushed. Sent again it is known
// by the event that the answer named.
func sendTwice(ctx context.Context, st *stage, m desk.Send) ([]string, error) {
	if _, err := st.s.Do(ctx, m); err != nil {
		return nil, err
	}
	pass(time.Minute)
	res, err := st.s.Do(ctx, m)
	return resultWords(res), err
}

// lose cuts the line before a message is answered. In the conversations that
// were before the newest one it is found again.
func lose(ctx context.Context, st *stage) ([]string, error) {
	m := desk.Send{ChatID: "A", CustomID: "m0", Text: "hi"}
	st.hook("send_event", func(c *conn, _ request0) { c.drop() })
	if _, err := st.s.Do(ctx, m); err != nil {
		return nil, err
	}
	pass(time.Minute)
	res, err := st.s.Do(ctx, m)
	return resultWords(res), err
}

func renew(ctx context.Context, st *stage) ([]string, error) {
	_, err := st.reg.SignIn(ctx, "dal:fresh")
	pass(time.Second)
	return []string{say("Token", "fresh", st.s.live.Load().equal(Token{"dal:fresh"}))}, err
}
