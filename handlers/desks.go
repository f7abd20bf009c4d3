package handlers

import (
	"context"
	"io"

	"agentdesk/desk"
)

// Desk is one agent's live desk, as handlers need it. All methods may be called
// from any goroutine; those with a context wait no longer than it lives.
type Desk interface {
	// Me returns the agent as last known.
	Me() desk.Me
	// Inbox returns the lists.
	Inbox(ctx context.Context, f desk.Filter) (desk.Inbox, error)
	// Count says how many chats each of some filters shows.
	Count(ctx context.Context, filters []desk.Filter) ([]int, error)
	// Find returns the chats of all lists that have a text, see desk.Board.Find.
	Find(ctx context.Context, text string, limit int) ([]desk.Row, error)
	// Chat opens a chat (loading it where needed) and returns its newest events,
	// or those before the event named by before. limit 0 gives 100.
	Chat(ctx context.Context, chatID, before string, limit int) (desk.ChatView, error)
	// Thread returns one older thread of a chat, straight from the server.
	Thread(ctx context.Context, chatID, threadID string) (desk.ArchivedThread, error)
	// Archives searches closed threads.
	Archives(ctx context.Context, q desk.ArchiveQuery) (desk.ArchivePage, error)
	// TransferTargets lists who can take a chat.
	TransferTargets(ctx context.Context, chatID string) ([]desk.TransferTarget, error)
	// Customer returns what is known of one customer.
	Customer(ctx context.Context, customerID string) (desk.Person, error)
	// Customers lists who is on the site, or who is known.
	Customers(ctx context.Context, q desk.CustomerQuery) (desk.CustomerList, error)
	// Team lists the agents with their work.
	Team(ctx context.Context) ([]desk.Colleague, error)
	// Setup reads what administrators set up at the chat server.
	Setup(ctx context.Context) (desk.Setup, error)
	// Do carries out a command. Send returns as soon as its outbox row is
	// committed and it is on its way; the outcome shows in the conversation.
	Do(ctx context.Context, c desk.Command) (desk.Result, error)
	// Upload stores a file at the chat server and returns its address for Send.
	Upload(ctx context.Context, name string, r io.Reader) (string, error)
	// UploadImage stores a picture of an agent and returns its address for
	// SetPicture.
	UploadImage(ctx context.Context, name string, r io.Reader) (string, error)
	// Frames returns the newest frames of this agent's connections after the one
	// with a number, oldest first, secrets masked. Administrators only.
	Frames(after int64) ([]desk.Frame, error)
	// Resend sends a request by hand. Administrators only.
	Resend(ctx context.Context, action string, payload []byte) error
	// Reconnect tries again now, where the connection is waiting or refused.
	Reconnect()
	// Attach tells that a tab was opened, Detach that it was closed: a desk
	// without tabs is put away after a while.
	Attach()
	Detach()
}
