package handlers

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"agentdesk/auth"
	"agentdesk/desk"
	"agentdesk/views"
	"agentdesk/words"
)

// leaveTime is how long a sign-out waits for the chat server to hear of it.
const leaveTime = 3 * time.Second

// messages are why one is at the sign-in page, by the query's why.
var messages = map[string]string{
	"expired":    "Your session has ended. Sign in again to go on; what you were writing is kept in this browser.",
	"signed-out": "You are signed out.",
}

func (s *Server) showSignIn(c echo.Context) error {
	p := s.signInPage(c, c.QueryParam("next"))
	p.Message = p.T(messages[c.QueryParam("why")])
	return s.render(c, http.StatusOK, views.Login(p))
}

func (s *Server) signInPage(c echo.Context, next string) views.LoginPage {
	p := views.LoginPage{Env: s.env(c, desk.Me{}), Passwords: s.Passwords, Demo: s.Demo, DemoShop: s.DemoShop}
	if next = s.Auth.SafeNext(next); next != "/chats" {
		p.Next = next
	}
	return p
}

// signIn proves who somebody is and begins a session. Whatever is wrong comes
// back with the form, which never shows a password or a token again.
func (s *Server) signIn(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	token, email, password := f.line("token"), f.line("email"), f.text("password", maxLabel)
	next := s.Auth.SafeNext(f.values.Get("next"))
	err = f.err
	if err == nil {
		err = s.begin(c, token, email, password)
	}
	if err == nil {
		return c.Redirect(http.StatusSeeOther, s.Base+next)
	}
	p := problemOf(err)
	if p.status == http.StatusUnauthorized || p.status == http.StatusForbidden || p.status == http.StatusConflict {
		p.status = http.StatusUnprocessableEntity // the form was refused, not the browser
	}
	if p.status >= 500 {
		s.log.Warn("sign-in failed", "req", requestID(c), "code", p.code, "err", err)
	}
	if byScript(c.Request()) || !wantsHTML(c.Request()) {
		return c.String(p.status, s.told(c, p))
	}
	form := s.signInPage(c, next)
	form.Email, form.Reason, form.ShowToken = email, s.told(c, p), f.values.Has("token")
	form.Wrong = p.status == http.StatusUnprocessableEntity
	return s.render(c, p.status, views.Login(form))
}

// begin signs in with a token, or with what gives one.
func (s *Server) begin(c echo.Context, token, email, password string) error {
	r := c.Request()
	if token == "" && (email == "" || password == "") {
		return &desk.Error{Code: desk.Invalid, Text: "Enter your e-mail address and your password.", Field: "email"}
	}
	account := ""
	if token == "" {
		account = email
	}
	if wait, ok := s.Auth.AllowSignIn(account, c.RealIP()); !ok {
		seconds := int(math.Ceil(wait.Seconds()))
		c.Response().Header().Set("Retry-After", strconv.Itoa(seconds))
		return desk.Failf(desk.TooMany, "Too many sign-ins were tried. Try again in %d s.", seconds)
	}
	if token == "" {
		var err error
		if token, err = s.Desks.PasswordToken(r.Context(), email, password); err != nil {
			return err
		}
		s.Auth.SignInWorked(account)
	}
	secret := auth.NewSecret(token)
	d, err := s.Desks.SignIn(r.Context(), secret)
	if err != nil {
		return err
	}
	me := d.Me()
	if me.Preferences.Language == "" {
		s.keepLanguage(c, d, me.Preferences)
	}
	_, err = s.Auth.SignIn(c.Response(), r, auth.Identity{AgentID: me.ID, Name: me.Name, Token: secret})
	return err
}

// keepLanguage keeps the browser's language as the agent's at the first sign-in:
// what the stream draws is drawn once for all browsers of an agent.
func (s *Server) keepLanguage(c echo.Context, d Desk, p desk.Preferences) {
	p.Language = words.Match(c.Request().Header.Get("Accept-Language")).Tag
	if _, err := d.Do(c.Request().Context(), desk.SetPreferences{Part: desk.PartLook, Preferences: p}); err != nil {
		s.log.Warn("language not kept", "req", requestID(c), "err", err)
	}
}

// signOut ends the session and its streams, and with an agent's last session
// the connection to the chat server.
func (s *Server) signOut(c echo.Context) error {
	session, ok := s.Auth.SignOut(c.Response(), c.Request())
	if ok {
		s.leave(c.Request().Context(), session.AgentID)
	}
	if byScript(c.Request()) || !wantsHTML(c.Request()) {
		return c.NoContent(http.StatusNoContent)
	}
	return c.Redirect(http.StatusSeeOther, s.path("login")+"?why=signed-out")
}

func (s *Server) leave(ctx context.Context, agentID string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTime)
	defer cancel()
	rest, err := s.Auth.Sessions(ctx, agentID)
	if err != nil {
		s.log.Error("sessions not listed", "err", err)
		return
	}
	if len(rest) == 0 {
		s.Desks.SignOut(ctx, agentID)
	}
}
