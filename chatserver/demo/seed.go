package demo

import (
	"context"
	"fmt"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
)

// What the demo's server is called, and where its shop is, below the server's
// URL.
const (
	LicenseID      = 1
	OrganizationID = "390e44e6-f1e6-4368-b6dd-74a14508c2e0"
	Password       = "demo"
	ShopPath       = "/demo/shop"
)

// Groups of the demo.
const (
	GroupSupport = 1
	GroupSales   = 2
)

// Account is one of the demo's agents. Everybody's password is Password.
type Account struct {
	Email    string
	Name     string
	JobTitle string
	Role     string
	Token    string
	Groups   map[int]string // priority by group
}

// Accounts are the demo's agents. Nobody but the owner is given chats of Sales by
// the router: they wait, so that there is a queue to see, until somebody takes
// them. Anna is in Sales to see that queue.
var Accounts = []Account{
	{"olivia@example.com", "Olivia Reed", "Head of customer care", "owner", "dal:demo-olivia", map[int]string{GroupSupport: engine.PriorityLast, GroupSales: engine.PriorityLast}},
	{"sam@example.com", "Sam Osei", "Team lead", "administrator", "dal:demo-sam", map[int]string{0: engine.PrioritySupervisor, GroupSupport: engine.PrioritySupervisor, GroupSales: engine.PrioritySupervisor}},
	{"anna@example.com", "Anna Lindqvist", "Customer support", "normal", "dal:demo-anna", map[int]string{GroupSupport: engine.PriorityFirst, GroupSales: engine.PrioritySupervisor}},
	{"ben@example.com", "Ben Marsh", "Customer support", "normal", "dal:demo-ben", map[int]string{GroupSupport: engine.PriorityNormal}},
}

// Ids of the agents, for the history.
const (
	olivia = "olivia@example.com"
	sam    = "sam@example.com"
	anna   = "anna@example.com"
	ben    = "ben@example.com"
)

// accountIDs are fixed, so that a client's Basic credentials outlive the data.
const accountIDs = "7c1d4b7e-52a4-4c0e-9b6e-00000000000%d"

var tags = []string{
	"refund", "return", "order", "delivery", "size", "password", "voucher", "damaged", "complaint", "thanks", "urgent", "sales", "wholesale", "care", "vip", "spam",
}

// historySize is how many conversations the past has, and historyDays over how
// many days.
const (
	historySize = 2000
	historyDays = 60
)

// Seed fills an empty server: licence, groups, agents with passwords and tokens,
// tags, and the history up to now. It takes a second or two.
func Seed(ctx context.Context, e *engine.Engine) error {
	return seed(ctx, e, historySize, historyDays)
}

// seed is Seed with a past of n conversations in some days.
func seed(ctx context.Context, e *engine.Engine, n, days int) error {
	now := e.Now()
	if err := SeedAccounts(ctx, e); err != nil {
		return fmt.Errorf("demo accounts: %w", err)
	}
	files, err := upload(ctx, e)
	if err != nil {
		return err
	}
	h, err := newHistory(now, files)
	if err != nil {
		return fmt.Errorf("demo dialogues: %w", err)
	}
	customers, threads := h.generate(n, days)
	if err := e.ImportThreads(ctx, customers, threads); err != nil {
		return fmt.Errorf("demo history: %w", err)
	}
	return nil
}

// SeedAccounts is Seed without the history: licence, groups, agents and tags.
func SeedAccounts(ctx context.Context, e *engine.Engine) error {
	past := protocolTime(e.Now().AddDate(0, -14, 0))
	if err := e.SetLicense(ctx, store.License{ID: LicenseID, OrganizationID: OrganizationID, Plan: "demo", CreatedAt: past}); err != nil {
		return err
	}
	for _, g := range []store.Group{{ID: GroupSupport, Name: "Support", Language: "en"}, {ID: GroupSales, Name: "Sales", Language: "en"}} {
		if err := e.CreateGroup(ctx, g); err != nil {
			return err
		}
	}
	password := engine.HashPassword(Password)
	for i, a := range Accounts {
		err := e.CreateAgent(ctx, store.Agent{
			ID: a.Email, AccountID: fmt.Sprintf(accountIDs, i+1), Name: a.Name, JobTitle: a.JobTitle, Role: a.Role, Password: password, Groups: a.Groups, CreatedAt: past,
		})
		if err != nil {
			return err
		}
		if _, _, err := e.CreateToken(ctx, engine.TokenSpec{OwnerID: a.Email, ClientID: "demo", Token: a.Token, Lifetime: -1}); err != nil {
			return err
		}
	}
	for _, name := range tags {
		if err := e.CreateTag(ctx, store.Tag{Name: name, GroupIDs: []int{0}, AuthorID: olivia, CreatedAt: past}); err != nil {
			return err
		}
	}
	return nil
}
