package handlers

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// Notes keeps what a team writes down about customers. Implementations are safe
// for concurrent use, and durable when a method returns.
type Notes interface {
	// CustomerNotes returns the notes about a customer, newest first.
	CustomerNotes(ctx context.Context, team, customerID string) ([]desk.CustomerNote, error)
	// AddCustomerNote keeps a new note; desk.TooMany where there are MaxNotes.
	AddCustomerNote(ctx context.Context, team string, n desk.CustomerNote) error
	// ChangeCustomerNote gives a note another text.
	ChangeCustomerNote(ctx context.Context, team string, n desk.CustomerNote) error
	// DeleteCustomerNote forgets a note.
	DeleteCustomerNote(ctx context.Context, team, id string) error
}

const noNote = "This note is not there any more."

// notesOf are the notes about a customer beside a chat, or with chatID "" on her
// page. They are nil where none are kept.
func (s *Server) notesOf(c echo.Context, customerID, chatID string) (*views.NotesPane, error) {
	if s.Notes == nil || customerID == "" {
		return nil, nil
	}
	list, err := s.Notes.CustomerNotes(c.Request().Context(), visitIn(c).desk.Me().Team(), customerID)
	return &views.NotesPane{CustomerID: customerID, ChatID: chatID, List: list}, err
}

// saveNote keeps a new note, or changes the one that is named.
func (s *Server) saveNote(c echo.Context) error {
	return s.changeNotes(c, func(ctx context.Context, me desk.Me, p *views.NotesPane, f *form) error {
		n := desk.CustomerNote{ID: rand.Text(), CustomerID: p.CustomerID, Author: me.ID, Name: me.Name, At: s.Now()}
		save := s.Notes.AddCustomerNote
		if f.values.Get("id") != "" {
			old, err := f.note(p)
			switch {
			case err != nil:
				return err
			case !old.EditedBy(me):
				return desk.Fail(desk.Forbidden, "Only the one who wrote a note changes it.")
			}
			n, save = old, s.Notes.ChangeCustomerNote
			n.Changed = s.Now()
		}
		n.Text = strings.TrimSpace(strings.ReplaceAll(f.values.Get("text"), "\r\n", "\n"))
		if err := n.Check(); err != nil {
			return err
		}
		return save(ctx, me.Team(), n)
	})
}

func (s *Server) deleteNote(c echo.Context) error {
	return s.changeNotes(c, func(ctx context.Context, me desk.Me, p *views.NotesPane, f *form) error {
		n, err := f.note(p)
		switch {
		case err != nil:
			return err
		case !n.DeletedBy(me):
			return desk.Fail(desk.Forbidden, "Only administrators and the one who wrote a note delete it.")
		}
		return s.Notes.DeleteCustomerNote(ctx, me.Team(), n.ID)
	})
}

// note finds the note that a form is about.
func (f *form) note(p *views.NotesPane) (desk.CustomerNote, error) {
	i := slices.IndexFunc(p.List, func(n desk.CustomerNote) bool { return n.ID == f.values.Get("id") })
	if i < 0 {
		return desk.CustomerNote{}, desk.Fail(desk.NotFound, noNote)
	}
	return p.List[i], nil
}

// changeNotes does what a form asks for and goes on to where it was sent from: a
// chat with the customer, or her page. The agent has to see the customer there.
// Pages of the whole team are drawn anew.
func (s *Server) changeNotes(c echo.Context, change func(context.Context, desk.Me, *views.NotesPane, *form) error) error {
	if s.Notes == nil {
		return echo.ErrNotFound
	}
	customerID, chatID, f, err := s.ofCustomer(c)
	if err != nil {
		return err
	}
	p, err := s.notesOf(c, customerID, chatID)
	if err != nil {
		return err
	}
	if err := change(c.Request().Context(), visitIn(c).desk.Me(), p, f); err != nil {
		return s.refuseNote(c, chatID, err, f)
	}
	if err := s.redrawTeam(c); err != nil {
		return err
	}
	return s.done(c, s.besides(customerID, chatID))
}

// meets reports as an error that the agent does not see a customer, in a chat
// where one is named.
func (s *Server) meets(c echo.Context, customerID, chatID string) error {
	d, ctx := visitIn(c).desk, c.Request().Context()
	if chatID == "" {
		_, err := d.Customer(ctx, customerID)
		return err
	}
	view, err := d.Chat(ctx, chatID, "", 1)
	if err == nil && view.Chat.Customer().ID != customerID {
		err = desk.Fail(desk.NotFound, "This customer is not part of this chat.")
	}
	return err
}

// refuseNote gives a refused form back beside what it is about.
func (s *Server) refuseNote(c echo.Context, chatID string, err error, f *form) error {
	return s.refuseAbout(c, chatID, err, func(p *views.ChatPane) {
		if n := p.Notes; n != nil && fieldOf(err) != "" {
			n.Text, n.Edit, n.Error = f.values.Get("text"), f.values.Get("id"), p.Error
			p.Error = ""
		}
	})
}

// redrawTeam draws the pages of all agents of the team anew.
func (s *Server) redrawTeam(c echo.Context) error {
	v := visitIn(c)
	in, err := v.desk.Inbox(c.Request().Context(), desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	s.Hub.Reset(v.agent())
	for _, a := range in.Agents {
		s.Hub.Reset(a.ID)
	}
	return nil
}
