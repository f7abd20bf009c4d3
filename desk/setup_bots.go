package desk

import "time"

// Bot is a program that chats as an agent. ClientID is the application's that
// owns it.
type Bot struct {
	ID       string
	Name     string
	Groups   []int
	ClientID string
}

// Canned is an answer that is kept for use again (3.7).
type Canned struct {
	ID    int64
	Text  string
	Tags  []string
	Group int
}

// License is what the chat server tells of the licence. What is empty is not
// known; Trial means nothing where ExpiresAt is zero.
type License struct {
	Number, Organization, Plan string
	CreatedAt, ExpiresAt       time.Time
	Trial                      bool
	LastSeen                   string // day on which the site was last heard of, as year-month-day
}

// What administrators do with bots and canned responses. IssueBotToken gives the
// bot a new secret, so that those who hold the old one get no tokens any more;
// the token is in the result.
type (
	CreateBot     struct{ Name string }
	DeleteBot     struct{ ID string }
	IssueBotToken struct{ ID string }
	AddCanned     struct {
		Text  string
		Tags  []string
		Group int
	}
	DeleteCanned struct{ ID int64 }
)

func (CreateBot) command()     {}
func (DeleteBot) command()     {}
func (IssueBotToken) command() {}
func (AddCanned) command()     {}
func (DeleteCanned) command()  {}
