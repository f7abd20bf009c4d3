package upstream

import (
	"maps"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// person translates a user, with what is known of a customer.
func person(u *protocol.User) desk.Person {
	p := desk.Person{
		ID: u.ID, Agent: u.Type == protocol.UserAgent, Name: u.Name, Email: u.Email, Avatar: u.Avatar,
		Present: u.Present, SeenUpTo: u.SeenUpTo.Time(),
	}
	if p.Agent {
		p.AgentsOnly = u.Visibility == protocol.VisibilityAgents
		return p
	}
	c := &desk.Customer{
		EmailVerified: u.EmailVerified, Phone: u.PhoneNumber, CreatedAt: u.CreatedAt.Time(), Visit: visit(u.Visit), Fields: fields(u.SessionFields),
		Banned: u.Banned, Groups: u.GroupIDs, Online: u.Online, Followed: u.Followed, State: u.State,
	}
	if a := u.Address; a != nil {
		c.Postal = desk.Postal{Street: a.Address, Code: a.PostalCode, City: a.City, State: a.State, Country: a.Country}
	}
	if s := u.Statistics; s != nil {
		c.Chats, c.Threads, c.Visits, c.PageViews = s.Chats, s.Threads, s.Visits, s.PageViews
	}
	p.Customer = c
	return p
}

func people(list []protocol.User) []desk.Person {
	out := make([]desk.Person, 0, len(list))
	for i := range list {
		out = append(out, person(&list[i]))
	}
	return out
}

func visit(v *protocol.Visit) (out desk.Visit) {
	if v == nil {
		return out
	}
	out = desk.Visit{
		StartedAt: v.StartedAt.Time(), EndedAt: v.EndedAt.Time(), Referrer: v.Referrer, IP: v.IP, UserAgent: v.UserAgent,
	}
	if g := v.Geolocation; g != nil {
		out.Country, out.Region, out.City, out.Timezone = g.Country, g.Region, g.City, g.Timezone
	}
	for _, p := range v.LastPages {
		out.Pages = append(out.Pages, page(p))
	}
	slices.SortStableFunc(out.Pages, func(a, b desk.Page) int { return a.At.Compare(b.At) })
	return out
}

func page(p protocol.Page) desk.Page {
	return desk.Page{At: p.OpenedAt.Time(), URL: p.URL, Title: p.Title}
}

// fields flattens session fields, which come as a list of one-name objects. An
// empty list is none, nil is not told.
func fields(list []map[string]string) (out []desk.Field) {
	if list != nil {
		out = []desk.Field{}
	}
	for _, f := range list {
		for _, name := range slices.Sorted(maps.Keys(f)) {
			out = append(out, desk.Field{Name: name, Value: f[name]})
		}
	}
	return out
}

// me translates the profile and licence that login answers with.
func (d dialect) me(l *protocol.LoginResponse) desk.Me {
	p := &l.MyProfile
	return desk.Me{
		ID: p.ID, Name: p.Name, Email: p.Email, Avatar: p.Avatar, Status: desk.RoutingStatus(p.RoutingStatus),
		Permission: p.Permission, License: jsonText(l.License.ID), Organization: l.License.OrganizationID,
		Can: d.can(),
	}
}

// properties translates values: strings as they are, others as JSON.
func properties(in protocol.Properties) desk.Properties {
	if len(in) == 0 {
		return nil
	}
	out := make(desk.Properties, len(in))
	for space, values := range in {
		out[space] = make(map[string]string, len(values))
		for name, v := range values {
			out[space][name] = jsonText(v)
		}
	}
	return out
}

// jsonText is a JSON value as text: a string as it is, anything else as JSON.
func jsonText(v jsontext.Value) string {
	if v.Kind() == '"' {
		var s string
		if json.Unmarshal(v, &s) == nil {
			return s
		}
	}
	return string(v)
}

func customerUpdated(u *protocol.User) desk.Push {
	u.Type = protocol.UserCustomer
	return desk.CustomerUpdated{Customer: person(u)}
}

// cameCustomer is incoming_customer. Where it is the customer whole, session fields
// that it lacks ended with the last visit. Up to 3.2 it may also stand for
// customer_visit_started, which tells of the visit alone; and for
// customer_created, which without a visit tells of nobody who is there.
func cameCustomer(u *protocol.User) desk.Push {
	if u.SessionFields == nil && u.Statistics != nil {
		u.SessionFields = []map[string]string{}
	}
	if v := u.Visit; v != nil && !v.StartedAt.IsZero() && v.EndedAt.IsZero() {
		u.Online = true
	}
	return customerUpdated(u)
}

// incomingCustomers comes once after login, with everybody on the site.
func incomingCustomers(payload jsontext.Value) (in inbound, err error) {
	var p struct {
		Customers []protocol.User `json:"customers"`
	}
	if err := json.Unmarshal(payload, &p); err != nil {
		return inbound{}, err
	}
	for i := range p.Customers {
		if u := cameCustomer(&p.Customers[i]); in.push == nil {
			in.push = u
		} else {
			in.more = append(in.more, u)
		}
	}
	return in, nil
}

// pageUpdate is customer_page_updated. Documents show the page's fields both
// flat and in an object.
type pageUpdate struct {
	CustomerID string        `json:"customer_id"`
	Page       protocol.Page `json:"page"`
	OpenedAt   protocol.Time `json:"opened_at"`
	URL        string        `json:"url"`
	Title      string        `json:"title"`
}

func customerPage(p *pageUpdate) desk.Push {
	if p.Page.URL == "" {
		p.Page = protocol.Page{OpenedAt: p.OpenedAt, URL: p.URL, Title: p.Title}
	}
	return desk.CustomerPage{CustomerID: p.CustomerID, Page: page(p.Page)}
}

type customerGone struct {
	ID     string        `json:"id"`
	LeftAt protocol.Time `json:"left_at"`
}

func customerLeft(p *customerGone) desk.Push {
	return desk.CustomerLeft{CustomerID: p.ID, At: p.LeftAt.Time()}
}

func customerBanned(p *protocol.CustomerBanned) desk.Push {
	return desk.CustomerBanned{CustomerID: p.CustomerID, Days: p.Ban.Days}
}

// configAgent is an agent as the Configuration API lists them. Pages differ on
// the picture's name and on what a group's id is called.
type configAgent struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Avatar     string `json:"avatar"`
	AvatarPath string `json:"avatar_path"`
	Groups     []struct {
		ID      jsontext.Value `json:"id"`
		GroupID jsontext.Value `json:"group_id"`
	} `json:"groups"`
}

func (a *configAgent) agent() desk.Agent {
	out := desk.Agent{ID: a.ID, Name: a.Name, Avatar: a.Avatar}
	if out.Avatar == "" {
		out.Avatar = a.AvatarPath
	}
	for _, g := range a.Groups {
		id := g.ID
		if len(id) == 0 {
			id = g.GroupID
		}
		if n, err := strconv.Atoi(jsonText(id)); err == nil {
			out.Groups = append(out.Groups, n)
		}
	}
	return out
}
