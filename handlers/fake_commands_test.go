package handlers

import (
	"context"
	"io"
	"slices"

	"agentdesk/desk"
)

func (d *fakeDesk) Do(_ context.Context, c desk.Command) (desk.Result, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fail != nil {
		return desk.Result{}, d.fail
	}
	if d.down {
		return desk.Result{}, errDown
	}
	if chatID := chatOf(c); chatID != "" && !d.board.Has(chatID) {
		return desk.Result{}, desk.Fail(desk.NotFound, "This chat does not exist, or you may not see it.")
	}
	if m, ok := c.(desk.Send); ok && slices.ContainsFunc(d.done, func(o desk.Command) bool {
		old, same := o.(desk.Send)
		return same && old.CustomID == m.CustomID
	}) {
		return desk.Result{}, nil
	}
	if p, ok := c.(desk.SetPreferences); ok {
		now, err := d.board.Me().Preferences.With(p.Part, p.Preferences).Normal()
		if err != nil {
			return desk.Result{}, err
		}
		d.board.SetPreferences(now)
	}
	d.done = append(d.done, c)
	return desk.Result{}, nil
}

// chatOf is the chat that a command is about.
func chatOf(c desk.Command) string {
	switch c := c.(type) {
	case desk.Send:
		return c.ChatID
	case desk.Retry:
		return c.ChatID
	case desk.Discard:
		return c.ChatID
	case desk.ShowTyping:
		return c.ChatID
	case desk.Look:
		return c.ChatID
	case desk.CloseSoon:
		return c.ChatID
	case desk.KeepOpen:
		return c.ChatID
	case desk.KeepDraft:
		return c.ChatID
	case desk.MarkSeen:
		return c.ChatID
	case desk.MarkUnread:
		return c.ChatID
	case desk.Deactivate:
		return c.ChatID
	case desk.Resume:
		return c.ChatID
	case desk.Take:
		return c.ChatID
	case desk.Transfer:
		return c.ChatID
	case desk.AddUser:
		return c.ChatID
	case desk.RemoveUser:
		return c.ChatID
	case desk.Follow:
		return c.ChatID
	case desk.Unfollow:
		return c.ChatID
	case desk.Postback:
		return c.ChatID
	case desk.Tag:
		return c.ChatID
	case desk.Untag:
		return c.ChatID
	case desk.SetProperties:
		return c.ChatID
	case desk.DeleteProperty:
		return c.ChatID
	case desk.GiveAccess:
		return c.ChatID
	case desk.TakeAccess:
		return c.ChatID
	case desk.SetAccess:
		return c.ChatID
	case desk.ShowPreview:
		return c.ChatID
	case desk.RequestSummary:
		return c.ChatID
	case desk.ShowThinking:
		return c.ChatID
	}
	return ""
}

func (d *fakeDesk) Upload(_ context.Context, name string, r io.Reader) (string, error) {
	n, err := io.Copy(io.Discard, r)
	if err != nil {
		return "", desk.Wrap(desk.Unavailable, "The file could not be sent.", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.uploads[name] = int(n)
	return "https://files.example/" + name, nil
}

func (d *fakeDesk) UploadImage(ctx context.Context, name string, r io.Reader) (string, error) {
	return d.Upload(ctx, name, r)
}
