package upstream

import (
	"fmt"

	"agentdesk/desk"
)

func personWords(in string, p *desk.Person) []string {
	if p.Agent {
		return []string{say("Agent "+in+p.ID, "name", p.Name, "email", p.Email, "avatar", p.Avatar, "present", p.Present, "seen", p.SeenUpTo, "unseen", p.AgentsOnly)}
	}
	c := p.Customer
	out := []string{say("Customer "+in+p.ID, "name", p.Name, "email", p.Email, "avatar", p.Avatar, "present", p.Present, "seen", p.SeenUpTo,
		"verified", c.EmailVerified, "phone", c.Phone, "created", c.CreatedAt, "fields", c.Fields, "chats", c.Chats, "threads", c.Threads,
		"visits", c.Visits, "pages", c.PageViews, "groups", c.Groups, "online", c.Online, "followed", c.Followed)}
	if c.Banned {
		out = append(out, "Ban "+in+p.ID)
	}
	v := &c.Visit
	if v.IP != "" || len(v.Pages) > 0 || !v.EndedAt.IsZero() {
		line := say("Visit "+in+p.ID, "started", v.StartedAt, "ended", v.EndedAt, "referrer", v.Referrer, "ip", v.IP, "agent", v.UserAgent,
			"country", v.Country, "region", v.Region, "city", v.City, "timezone", v.Timezone)
		for _, page := range v.Pages {
			line += say(" page", "at", page.At, "url", page.URL, "title", page.Title)
		}
		out = append(out, line)
	}
	return out
}

// placeWords is what only a reading of the customer shows.
func placeWords(p *desk.Person) []string {
	c := p.Customer
	if c.State == "" && c.Postal == (desk.Postal{}) {
		return nil
	}
	return []string{say("Place "+p.ID, "state", c.State, "street", c.Postal.Street, "code", c.Postal.Code, "city", c.Postal.City, "region", c.Postal.State, "country", c.Postal.Country)}
}

func eventWords(e *desk.Event) []string {
	head := "Event." + e.Kind
	if e.Deleted {
		head = "DeletedEvent"
	}
	line := say(head+" "+e.ID, "custom", e.CustomID, "by", e.AuthorID, "at", e.At, "agents", e.AgentsOnly, "text", e.Text,
		"type", e.SystemType, "vars", len(e.Vars), "raw", string(e.Raw))
	if p := e.Postback; p != nil {
		line += say(" postback", "id", p.PostbackID, "event", p.EventID, "value", p.Value)
	}
	if f := e.File; f != nil {
		line += say(" file", "name", f.Name, "url", f.URL, "type", f.ContentType, "size", f.Size, "width", f.Width, "height", f.Height,
			"thumbnail", f.Thumbnail, "alt", f.Alt)
	}
	out := []string{line}
	if f := e.Form; f != nil {
		out[0] += say(" form", "type", f.Type)
		name := map[string]string{desk.KindForm: "FormFields ", desk.KindFilledForm: "FilledFormFields "}[e.Kind]
		for _, q := range f.Fields {
			out = append(out, say(name+e.ID, "type", q.Type, "label", q.Label, "options", q.Options, "answers", q.Answers))
		}
	}
	if r := e.Rich; r != nil {
		out[0] += say(" rich", "template", r.Template)
		for _, c := range r.Cards {
			card := say("Card "+e.ID, "title", c.Title, "subtitle", c.Subtitle, "image", c.Image, "alt", c.ImageAlt)
			for _, b := range c.Buttons {
				card += say(" button", "type", b.Type, "text", b.Text, "value", b.Value, "postback", b.PostbackID, "by", b.UserIDs)
			}
			out = append(out, card)
		}
	}
	return append(out, propertyWords(e.ID, e.Properties)...)
}

func resultWords(r desk.Result) []string {
	return []string{say("Result", "chat", r.ChatID, "thread", r.ThreadID, "event", r.EventID, "customer", r.CustomerID, "token", r.Token)}
}

func archivedWords(list ...desk.ArchivedThread) (out []string) {
	for i := range list {
		out = append(out, "Chat "+list[i].ChatID)
		for j := range list[i].Users {
			out = append(out, personWords(list[i].ChatID+"/", &list[i].Users[j])...)
		}
		out = append(out, threadWords(&list[i].Thread)...)
	}
	return out
}

func customerWords(l desk.CustomerList) []string {
	out := []string{say("Customers", "total", l.Total, "next", l.Next, "live", l.Live)}
	for i := range l.Customers {
		out = append(out, personWords("", &l.Customers[i])...)
		if row, ok := l.Rows[l.Customers[i].ID]; ok {
			out = append(out, say("Open "+row.ChatID, "list", row.List))
		}
	}
	return out
}

func targetWords(list []desk.TransferTarget) (out []string) {
	for _, a := range list {
		out = append(out, fmt.Sprintf("Target %s name=%s chats=%d", a.Agent.ID, a.Agent.Name, a.Active))
	}
	return out
}

func setupWords(s *desk.Setup) []string {
	l := &s.License
	out := []string{say("License "+l.Number, "organization", l.Organization, "plan", l.Plan, "created", l.CreatedAt, "expires", l.ExpiresAt,
		"trial", l.Trial, "seen", l.LastSeen)}
	for _, r := range s.Access {
		out = append(out, say("AccessRule "+r.ID, "description", r.Description, "groups", r.Groups, "urls", r.URLs, "more", r.More))
	}
	return out
}
