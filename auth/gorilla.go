package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"
)

// idLen is the length of a session id: 256 random bits.
const idLen = 32

// valueKey is where a gorilla session holds our Session.
type valueKey struct{}

// cookieStore is the gorilla session store behind a Manager. The stock ones
// keep the session in the cookie, where it cannot be ended, and keep its id
// over a sign-in.
type cookieStore struct{ m *Manager }

var _ sessions.Store = cookieStore{}

func (m *Manager) gorilla(r *http.Request) (*sessions.Session, error) {
	return cookieStore{m}.Get(r, m.cookie.name)
}

// Get returns the request's session, looked up once per request.
func (s cookieStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New looks a session up. A cookie that is forged, old, or made with a key no
// longer listed is no error: the browser is a stranger.
func (s cookieStore) New(r *http.Request, name string) (*sessions.Session, error) {
	sess := sessions.NewSession(s, name)
	options := s.m.cookie.options
	sess.Options, sess.IsNew = &options, true
	// A neighbour on the same domain may have planted a second cookie of this
	// name; it must not hide ours.
	for _, c := range r.CookiesNamed(name) {
		var id []byte
		if securecookie.DecodeMulti(name, c.Value, &id, s.m.codecs...) != nil || len(id) != idLen {
			continue
		}
		found, ok, err := s.m.find(r.Context(), keyOf(id))
		if err != nil {
			return sess, err
		}
		if ok {
			sess.ID, sess.IsNew = string(id), false
			sess.Values[valueKey{}] = found
			return sess, nil
		}
	}
	return sess, nil
}

// Save writes a session without an id as a new one, and ends one whose MaxAge is
// negative. Others are as they were: nothing in a session changes by itself.
func (s cookieStore) Save(r *http.Request, w http.ResponseWriter, sess *sessions.Session) error {
	value := ""
	ctx := context.WithoutCancel(r.Context()) // a browser that gave up must not leave half of it
	switch {
	case sess.Options.MaxAge < 0:
		if sess.ID != "" {
			s.m.end(ctx, keyOf([]byte(sess.ID)), SignedOut)
		}
		sess.ID, sess.Values = "", map[any]any{}
	case sess.ID == "":
		who, ok := sess.Values[valueKey{}].(Session)
		if !ok {
			return errors.New("auth: a session without an agent is not kept")
		}
		id := make([]byte, idLen)
		_, _ = rand.Read(id) // never fails
		who.Key = keyOf(id)
		rec := Record{Key: who.Key, AgentID: who.AgentID, Name: who.Name, Device: who.Device, CreatedAt: who.CreatedAt, SeenAt: who.SeenAt}
		rec.Token = s.m.sealer.seal(who.AgentID, who.Key, who.Token.Reveal())
		var err error
		if value, err = securecookie.EncodeMulti(sess.Name(), id, s.m.codecs...); err != nil {
			return err
		}
		if err := s.m.store.PutSession(ctx, rec); err != nil {
			return err
		}
		sess.ID, sess.IsNew = string(id), false
		sess.Values[valueKey{}] = who
	default:
		return nil
	}
	http.SetCookie(w, sessions.NewCookie(sess.Name(), value, sess.Options))
	return nil
}

// keyOf is what the store knows of an id.
func keyOf(id []byte) string {
	sum := sha256.Sum256(id)
	return hex.EncodeToString(sum[:])
}
