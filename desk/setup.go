package desk

import "time"

// Setup is what administrators set up at the chat server.
type Setup struct {
	Agents []Account
	Groups []Group
	Tags   []TagSetup
	Bans   []Banned
	Access []AccessRule
	Bots   []Bot
	Canned []Canned

	License            License
	HasBots, HasCanned bool // the chat server has such a thing
}

// Account is an agent as administrators see one.
type Account struct {
	ID        string
	Name      string
	Avatar    string // address of a picture
	Role      string // owner, viceowner, administrator, normal
	JobTitle  string
	Groups    []int
	ChatLimit int // chats at the same time
	Suspended bool
	Waiting   bool // for approval
}

// TagSetup is a tag with the groups that use it.
type TagSetup struct {
	Name   string
	Groups []int
}

// Banned is a customer who is kept out.
type Banned struct {
	CustomerID string
	Name       string
	Until      time.Time
}

// AccessRule decides which groups see a new chat, mostly by the page it is
// started on.
type AccessRule struct {
	ID          string
	Description string
	Groups      []int
	URLs        []string // parts of addresses, any of which must fit
	More        bool     // it asks for other things too
}

// Roles an administrator can give.
const (
	RoleNormal        = "normal"
	RoleAdministrator = "administrator"
)

// What administrators do. Each is one request to the Configuration API.
type (
	CreateTag struct {
		Name   string
		Groups []int // none: every group
	}
	DeleteTag   struct{ Name string }
	CreateGroup struct{ Name string }
	RenameGroup struct {
		ID   int
		Name string
	}
	DeleteGroup  struct{ ID int }
	SuspendAgent struct {
		AgentID string
		Off     bool // take the suspension back
	}
	ApproveAgent struct{ AgentID string }
	ChangeAgent  struct {
		AgentID   string
		Role      string // empty: as it is
		ChatLimit int    // 0: as it is
	}
	LiftBan       struct{ CustomerID string }
	AddAccessRule struct {
		URL   string // part of the address a chat is started on
		Group int
	}
	DeleteAccessRule struct{ ID string }
)

func (CreateTag) command()    {}
func (DeleteTag) command()    {}
func (CreateGroup) command()  {}
func (RenameGroup) command()  {}
func (DeleteGroup) command()  {}
func (SuspendAgent) command() {}
func (ApproveAgent) command() {}
func (ChangeAgent) command()  {}
func (LiftBan) command()      {}

func (AddAccessRule) command()    {}
func (DeleteAccessRule) command() {}
