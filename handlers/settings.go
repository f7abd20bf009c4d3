package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// maxSetupName bounds names of groups and tags, in bytes; maxGroup the ids of
// groups.
const (
	maxSetupName = 100
	maxGroup     = 1 << 31
	noGroup      = "There is no such group."
)

// administer lets administrators on only. The chat server decides once more.
func administer(c echo.Context) error {
	if !visitIn(c).desk.Me().Administrator() {
		return desk.Fail(desk.Forbidden, "Only administrators change these settings.")
	}
	return nil
}

func (s *Server) showSettings(c echo.Context) error {
	return s.settingsPage(c, http.StatusOK, "")
}

// settingsPage draws the settings, with the sentence of what went wrong where
// there is one.
func (s *Server) settingsPage(c echo.Context, status int, mistake string) error {
	return s.settingsWith(c, status, func(p *views.SettingsPage) { p.Error = mistake })
}

func (s *Server) settingsWith(c echo.Context, status int, fill func(*views.SettingsPage)) error {
	if err := administer(c); err != nil {
		return err
	}
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	setup, err := visitIn(c).desk.Setup(c.Request().Context())
	if err != nil {
		return err
	}
	p := views.SettingsPage{Page: in.Page, Setup: setup}
	p.Active, p.Title = views.NavSettings, p.T("Settings")
	fill(&p)
	return s.render(c, status, views.Settings(p))
}

// set carries out what a form of the settings page asks for.
func (s *Server) set(read reader) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := administer(c); err != nil {
			return err
		}
		return s.carryOut(c, read, "settings", s.settingsPage)
	}
}

// setupName reads a name that a group or a tag may have.
func (f *form) setupName() string {
	name := strings.TrimSpace(f.text("name", maxSetupName))
	if name == "" {
		f.wrong("name", "Write a name.")
	}
	return name
}

func createTag(f *form) desk.Command {
	c := desk.CreateTag{Name: f.setupName()}
	if f.values.Get("group") != "" {
		c.Groups = []int{f.number("group", 0, maxGroup, noGroup)}
	}
	return c
}

func deleteTag(f *form) desk.Command   { return desk.DeleteTag{Name: f.setupName()} }
func createGroup(f *form) desk.Command { return desk.CreateGroup{Name: f.setupName()} }
func liftBan(f *form) desk.Command {
	return desk.LiftBan{CustomerID: f.id("customer_id", "This customer is not banned any more.")}
}

func addAccessRule(f *form) desk.Command {
	c := desk.AddAccessRule{URL: strings.TrimSpace(f.text("url", maxLabel)), Group: f.number("group", 0, maxGroup, noGroup)}
	if c.URL == "" {
		f.wrong("url", "Write a part of the address.")
	}
	return c
}

func deleteAccessRule(f *form) desk.Command {
	return desk.DeleteAccessRule{ID: f.id("id", "This rule is not there any more.")}
}

func renameGroup(f *form) desk.Command {
	return desk.RenameGroup{ID: f.number("id", 0, maxGroup, noGroup), Name: f.setupName()}
}

func deleteGroup(f *form) desk.Command {
	return desk.DeleteGroup{ID: f.number("id", 1, maxGroup, noGroup)}
}

func changeAgent(f *form) desk.Command {
	role := f.values.Get("role")
	if role != desk.RoleNormal && role != desk.RoleAdministrator {
		f.wrong("role", "Choose a role.")
	}
	return desk.ChangeAgent{AgentID: f.id("agent_id", "There is no such agent."), Role: role, ChatLimit: f.number("limit", 1, 20, "Write how many chats at once: 1 to 20.")}
}

func suspendAgent(f *form) desk.Command {
	id := f.id("agent_id", "There is no such agent.")
	switch f.values.Get("do") {
	case "approve":
		return desk.ApproveAgent{AgentID: id}
	case "suspend":
		return desk.SuspendAgent{AgentID: id}
	case "unsuspend":
		return desk.SuspendAgent{AgentID: id, Off: true}
	}
	f.wrong("do", "Choose what is to happen.")
	return nil
}
