package main

import (
	"context"
	"crypto/rand"
	"strings"

	"agentdesk/chatserver/demo"
	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/views"
)

// demoAccounts are the demo's agents as the sign-in page offers them: those who
// answer customers first.
func demoAccounts() []views.DemoAccount {
	var agents, others []views.DemoAccount
	for _, a := range demo.Accounts {
		d := views.DemoAccount{Email: a.Email, Password: demo.Password, Role: a.JobTitle}
		if a.Role == "normal" {
			agents = append(agents, d)
		} else {
			others = append(others, d)
		}
	}
	return append(agents, others...)
}

// ownerEmail is the account that an embedded server without demo begins with.
const ownerEmail = "owner@localhost"

// seedOwner gives an empty embedded server a group and its first account, whose
// password the banner shows this one time.
func (a *App) seedOwner(ctx context.Context, e *engine.Engine) error {
	if err := e.SetLicense(ctx, store.License{ID: 1, OrganizationID: engine.NewCustomerID(), Plan: "embedded"}); err != nil {
		return err
	}
	if err := e.CreateGroup(ctx, store.Group{ID: 0, Name: "General", Language: "en"}); err != nil {
		return err
	}
	password := strings.ToLower(rand.Text()[:16])
	err := e.CreateAgent(ctx, store.Agent{
		ID: ownerEmail, Name: "Owner", Role: "owner", Password: engine.HashPassword(password), Groups: map[int]string{0: "normal"},
	})
	if err == nil {
		a.owner = password
	}
	return err
}
