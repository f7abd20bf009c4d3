package upstream

import (
	"context"
	"strings"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// Do carries out a command. Send, Retry and Discard return as soon as the
// outbox is committed; every other waits for the chat server's answer, no
// longer than ctx lives. The error is a *desk.Error.
func (s *Session) Do(ctx context.Context, c desk.Command) (desk.Result, error) {
	s.expect(c)
	switch c := c.(type) {
	case desk.Send:
		return s.send(ctx, c)
	case desk.Retry:
		return s.retry(ctx, c)
	case desk.Discard:
		return s.discard(ctx, c)
	case desk.Take:
		return desk.Result{ChatID: c.ChatID}, s.take(ctx, c)
	case desk.SetProperties:
		return desk.Result{ChatID: c.ChatID}, s.setProperties(ctx, c)
	case desk.StartChat:
		return s.startChat(ctx, c)
	case desk.Resume:
		return s.resume(ctx, c)
	case desk.AddCustomer:
		return s.addCustomer(ctx, c)
	case desk.ShowTyping:
		return desk.Result{ChatID: c.ChatID}, s.showTyping(ctx, c)
	case desk.ShowPreview:
		return desk.Result{ChatID: c.ChatID}, s.showPreview(ctx, c)
	case desk.SetAway:
		return desk.Result{}, s.setAway(ctx, c)
	case desk.Here:
		return desk.Result{}, s.do(ctx, s.inUse)
	case desk.SetPreview:
		return desk.Result{}, s.setPreview(ctx, c)
	case desk.CreateTag, desk.DeleteTag, desk.CreateGroup, desk.RenameGroup, desk.DeleteGroup,
		desk.SuspendAgent, desk.ApproveAgent, desk.ChangeAgent, desk.LiftBan,
		desk.AddAccessRule, desk.DeleteAccessRule, desk.CreateBot, desk.DeleteBot, desk.AddCanned, desk.DeleteCanned:
		return desk.Result{}, s.setUp(ctx, c)
	case desk.SetPreferences:
		return desk.Result{}, s.setPreferences(ctx, c)
	case desk.MarkUnread:
		return desk.Result{ChatID: c.ChatID}, s.markUnread(ctx, c.ChatID)
	case desk.CloseSoon:
		return desk.Result{ChatID: c.ChatID}, s.closeSoon(ctx, c)
	case desk.KeepOpen:
		return desk.Result{ChatID: c.ChatID}, s.keepOpen(ctx, c)
	case desk.Look:
		return desk.Result{ChatID: c.ChatID}, s.lookAt(ctx, c)
	case desk.KeepDraft:
		return desk.Result{ChatID: c.ChatID}, s.keepDraft(ctx, c)
	case desk.SetPicture:
		return desk.Result{}, s.setPicture(ctx, c)
	case desk.IssueBotToken:
		return s.issueBotToken(ctx, c.ID)
	}
	plan, err := s.plan(ctx, c)
	if err != nil {
		return desk.Result{}, err
	}
	if err := s.command(ctx, plan.action, plan.payload, nil); err != nil {
		return desk.Result{}, inWordsOf(c, err)
	}
	if plan.then != nil {
		s.post(plan.then)
	}
	return desk.Result{ChatID: plan.chat}, nil
}

// command is ask on behalf of the agent: it counts as use of the desk.
func (s *Session) command(ctx context.Context, action string, payload, result any) error {
	s.post(s.used)
	return s.ask(ctx, nil, action, payload, result)
}

// plan is a command that is one request.
type plan struct {
	action  string
	payload any
	chat    string
	then    func() // on the session's goroutine, after success: what a push will say too
}

func (s *Session) plan(ctx context.Context, c desk.Command) (plan, error) {
	switch c := c.(type) {
	case desk.MarkSeen:
		return plan{protocol.ActMarkEventsAsSeen, protocol.SeenRequest{ChatID: c.ChatID, SeenUpTo: protocol.At(c.UpTo)}, c.ChatID,
			func() {
				s.apply(desk.Seen{ChatID: c.ChatID, UserID: s.id, UpTo: c.UpTo})
				s.publish(s.board.MarkRead(c.ChatID))
			}}, nil
	case desk.Deactivate:
		return plan{protocol.ActDeactivateChat, protocol.ChatIDRequest{ID: c.ChatID, IgnorePresence: c.IgnorePresence}, c.ChatID, nil}, nil
	case desk.Follow:
		return plan{protocol.ActFollowChat, protocol.ChatIDRequest{ID: c.ChatID}, c.ChatID,
			func() { s.setFollowed(c.ChatID, true); s.reload(c.ChatID) }}, nil
	case desk.Unfollow:
		return plan{protocol.ActUnfollowChat, protocol.ChatIDRequest{ID: c.ChatID}, c.ChatID,
			func() { s.setFollowed(c.ChatID, false); s.apply(desk.ChatUnfollowed(c)) }}, nil
	case desk.Transfer:
		return transfer(c)
	case desk.AddUser:
		if c.AgentsOnly && !s.reg.dialect.can().JoinUnseen {
			return plan{}, errTooOld // the customer would see it
		}
		return plan{protocol.ActAddUserToChat, protocol.ChatUserRequest{
			ChatID: c.ChatID, UserID: c.UserID, UserType: protocol.UserAgent, Visibility: visibility(c.AgentsOnly), IgnorePresence: true,
		}, c.ChatID, nil}, nil
	case desk.RemoveUser:
		return plan{protocol.ActRemoveUserFromChat, protocol.ChatUserRequest{
			ChatID: c.ChatID, UserID: c.UserID, UserType: protocol.UserAgent, IgnorePresence: true,
		}, c.ChatID, nil}, nil
	case desk.Postback:
		return postback(c), nil
	case desk.Tag:
		return s.tag(ctx, protocol.ActTagThread, c.ChatID, c.ThreadID, c.Tag)
	case desk.Untag:
		return s.tag(ctx, protocol.ActUntagThread, c.ChatID, c.ThreadID, c.Tag)
	case desk.RequestSummary:
		thread, err := s.newest(ctx, c.ChatID, c.ThreadID)
		return plan{protocol.ActRequestThreadSummary, protocol.ThreadRequest{ChatID: c.ChatID, ThreadID: thread}, c.ChatID, nil}, err
	}
	return s.planPeople(c)
}

func (s *Session) planPeople(c desk.Command) (plan, error) {
	switch c := c.(type) {
	case desk.SetStatus:
		agent := c.AgentID
		if agent == "" {
			agent = s.id
		}
		if c.AgentID == s.id {
			c.AgentID = "" // one's own needs no right over others
		}
		return plan{protocol.ActSetRoutingStatus, protocol.RoutingStatusRequest{AgentID: c.AgentID, Status: string(c.Status)}, "",
			func() { s.apply(desk.StatusSet{AgentID: agent, Status: c.Status}) }}, nil
	case desk.UpdateCustomer:
		return s.updateCustomer(c)
	case desk.BanCustomer:
		if c.Days < 1 {
			return plan{}, &desk.Error{Code: desk.Invalid, Text: "A ban lasts at least one day.", Field: "days"}
		}
		return plan{protocol.ActBanCustomer, protocol.CustomerRequest{ID: c.CustomerID, Ban: &protocol.Ban{Days: c.Days}}, "",
			func() { s.apply(desk.CustomerBanned{CustomerID: c.CustomerID, Days: c.Days}) }}, nil
	}
	return s.planMore(c)
}

func (s *Session) tag(ctx context.Context, action, chat, thread, tag string) (plan, error) {
	tag = strings.TrimSpace(tag)
	if tag == "" {
		return plan{}, &desk.Error{Code: desk.Invalid, Text: "Choose a tag.", Field: "tag"}
	}
	thread, err := s.newest(ctx, chat, thread)
	return plan{action, protocol.TagRequest{ChatID: chat, ThreadID: thread, Tag: tag}, chat, nil}, err
}

// newest names the newest thread of a chat where a command names none.
func (s *Session) newest(ctx context.Context, chat, thread string) (string, error) {
	if thread != "" {
		return thread, nil
	}
	if err := s.do(ctx, func() { thread = s.board.ThreadID(chat) }); err != nil {
		return "", err
	}
	if thread == "" {
		return "", desk.Fail(desk.NotFound, "This chat is not open here. Open it first.")
	}
	return thread, nil
}

// take assigns a chat to this agent. Where the server does not transfer a chat
// to the one who asks, joining it is the same to the agent.
func (s *Session) take(ctx context.Context, c desk.Take) error {
	err := s.command(ctx, protocol.ActTransferChat, protocol.TransferChatRequest{
		ID: c.ChatID, Target: &protocol.TransferTarget{Type: "agent", IDs: list(s.id)}, IgnorePresence: true,
	}, nil)
	if wireType(err) == "" || unknownOutcome(err) || desk.CodeOf(err) == desk.TooMany {
		return err
	}
	if s.ask(ctx, nil, protocol.ActAddUserToChat, protocol.ChatUserRequest{
		ChatID: c.ChatID, UserID: s.id, UserType: protocol.UserAgent, Visibility: protocol.VisibilityAll, IgnorePresence: true,
	}, nil) == nil {
		return nil
	}
	return err // the refusal of the transfer says more
}

// showTyping tells the others that the agent types. It is the first thing to be
// left out when much is going on.
func (s *Session) showTyping(ctx context.Context, c desk.ShowTyping) error {
	busy := false
	if err := s.do(ctx, func() { busy = s.busy() }); err != nil || busy {
		return err
	}
	return s.command(ctx, protocol.ActSendTyping, protocol.TypingRequest{
		ChatID: c.ChatID, IsTyping: c.On, Visibility: visibility(c.AgentsOnly),
	}, nil)
}

// startChat opens the chat with a customer. A customer has one chat, so where it
// is on the board it is that one, begun again if it was closed.
func (s *Session) startChat(ctx context.Context, c desk.StartChat) (desk.Result, error) {
	var chatID string
	var active bool
	if err := s.do(ctx, func() { chatID, active = s.board.ChatOf(c.CustomerID) }); err != nil {
		return desk.Result{}, err
	}
	switch {
	case active:
		return desk.Result{ChatID: chatID}, nil
	case chatID != "":
		return s.resume(ctx, desk.Resume{ChatID: chatID})
	}
	var res protocol.StartChatResponse
	err := s.command(ctx, protocol.ActStartChat, protocol.StartChatRequest{
		Chat: &protocol.Chat{Users: []protocol.User{{ID: c.CustomerID, Type: protocol.UserCustomer}}},
	}, &res)
	return desk.Result{ChatID: res.ChatID, ThreadID: res.ThreadID}, err
}

func (s *Session) resume(ctx context.Context, c desk.Resume) (desk.Result, error) {
	var res protocol.StartChatResponse
	err := s.command(ctx, protocol.ActResumeChat, protocol.StartChatRequest{Chat: &protocol.Chat{ID: c.ChatID}}, &res)
	return desk.Result{ChatID: c.ChatID, ThreadID: res.ThreadID}, err
}

// signOutFor is how long a sign-out waits for the server. Whoever signs out
// sees their streams end, so it is short.
const signOutFor = time.Second

// signOut tells the server and ends the session.
func (s *Session) signOut(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, signOutFor)
	defer cancel()
	s.closeAll(ctx)
	if err := s.ask(ctx, nil, protocol.ActLogout, nil, nil); err != nil {
		s.log.Debug("logout", "err", err)
	}
	s.stop(desk.Connection{State: desk.Closed, Reason: reasonSignedOut, Text: "You are signed out.", Action: desk.ActSignIn})
}
