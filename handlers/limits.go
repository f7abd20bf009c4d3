package handlers

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
)

// Limits keeps from when on a wait is marked, by team. Implementations are safe
// for concurrent use, and durable when a method returns. Reading is so cheap that
// it is done with every page and every push.
type Limits interface {
	WaitLimits(ctx context.Context, team string) (desk.WaitLimits, error)
	PutWaitLimit(ctx context.Context, team string, l desk.WaitLimit) error
	DeleteWaitLimit(ctx context.Context, team string, group int) error
}

// limits are those of an agent's team, the common ones where they cannot be read.
func (s *Server) limits(ctx context.Context, me desk.Me) desk.WaitLimits {
	if s.Limits == nil || me.ID == "" {
		return nil
	}
	list, err := s.Limits.WaitLimits(ctx, me.Team())
	if err != nil {
		s.log.Error("read limits of waiting", "err", err)
	}
	return list
}

// maxSeconds bounds what a form may say in seconds; desk knows better.
const maxSeconds = 1 << 20

func (s *Server) setLimit(c echo.Context) error {
	return s.changeLimit(c, func(ctx context.Context, team string, f *form) error {
		const text = "Write how many seconds."
		l := desk.WaitLimit{
			Group: f.limitGroup(),
			Warn:  time.Duration(f.number("warn", 0, maxSeconds, text)) * time.Second,
			Late:  time.Duration(f.number("late", 0, maxSeconds, text)) * time.Second,
		}
		if f.err != nil {
			return f.err
		}
		if err := l.Check(); err != nil {
			return err
		}
		return s.Limits.PutWaitLimit(ctx, team, l)
	})
}

func (s *Server) dropLimit(c echo.Context) error {
	return s.changeLimit(c, func(ctx context.Context, team string, f *form) error {
		group := f.limitGroup()
		if f.err != nil {
			return f.err
		}
		return s.Limits.DeleteWaitLimit(ctx, team, group)
	})
}

func (f *form) limitGroup() int { return f.number("group", desk.EveryGroup, maxGroup, noGroup) }

// changeLimit lets an administrator change the limits. The pages of the whole team
// are drawn anew.
func (s *Server) changeLimit(c echo.Context, change func(context.Context, string, *form) error) error {
	if err := administer(c); err != nil {
		return err
	}
	f, err := postForm(c)
	if err != nil {
		return err
	}
	v, ctx := visitIn(c), c.Request().Context()
	if err := change(ctx, v.desk.Me().Team(), f); err != nil {
		return s.mistaken(c, err, s.settingsPage)
	}
	if err := s.redrawTeam(c); err != nil {
		return err
	}
	return s.done(c, s.path("settings")+"#waiting")
}
