package views

import (
	"cmp"

	"agentdesk/desk"
)

// licence is what is known of the licence. Number and organization are known
// from the sign-in too.
func (p SettingsPage) licence() (out []desk.Field) {
	add := func(name, value string) {
		if value != "" {
			out = append(out, desk.Field{Name: name, Value: value})
		}
	}
	l := p.Setup.License
	add(p.T("Number"), orDash(label(cmp.Or(l.Number, p.Me.License))))
	add(p.T("Organization"), label(cmp.Or(l.Organization, p.Me.Organization)))
	add(p.T("Plan"), label(l.Plan))
	if !l.CreatedAt.IsZero() {
		add(p.T("Since"), p.form("date", l.CreatedAt))
	}
	if l.ExpiresAt.IsZero() {
		return out
	}
	until := p.form("date", l.ExpiresAt)
	if l.ExpiresAt.Before(p.now()) {
		until = p.T("%s, which is over", until)
	}
	add(p.T("Until"), until)
	trial := p.T("no")
	if l.Trial {
		trial = p.T("yes")
	}
	add(p.T("Trial"), trial)
	add(p.T("Last heard of the site"), label(l.LastSeen))
	return out
}
