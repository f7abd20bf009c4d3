package views

import (
	"strings"

	"agentdesk/desk"
)

func (e Env) botName(b desk.Bot) string {
	return e.nameOf(desk.Person{Agent: true, ID: b.ID, Name: b.Name})
}

// cannedNote says by which words a canned answer is found, and whose it is.
func (p SettingsPage) cannedNote(c desk.Canned) string {
	tags := make([]string, 0, len(c.Tags))
	for _, t := range c.Tags {
		tags = append(tags, label(t))
	}
	return strings.Join(filled(strings.Join(tags, " "), p.groupName(p.Setup.Groups, c.Group)), " · ")
}

// licence is what is known of the licence.
func (p SettingsPage) licence() []desk.Field {
	out := []desk.Field{{Name: p.T("Number"), Value: orDash(label(p.Me.License))}}
	if o := label(p.Me.Organization); o != "" {
		out = append(out, desk.Field{Name: p.T("Organization"), Value: o})
	}
	l := p.Setup.License
	if !l.CreatedAt.IsZero() {
		out = append(out, desk.Field{Name: p.T("Since"), Value: p.form("date", l.CreatedAt)})
	}
	if !l.ExpiresAt.IsZero() {
		out = append(out, desk.Field{Name: p.T("Until"), Value: p.form("date", l.ExpiresAt)})
	}
	if l.Trial {
		out = append(out, desk.Field{Name: p.T("Trial"), Value: p.T("yes")})
	}
	return out
}
