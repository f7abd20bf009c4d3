package auth

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestSignInCurrentSignOut(t *testing.T) {
	d, b := newDesk(t, "https://desk.example"), newBrowser()
	if _, ok := b.current(d); ok {
		t.Fatal("a stranger has a session")
	}
	s := b.signIn(t, d, anna)
	got, ok := b.current(d)
	if !ok || got.Key != s.Key || got.AgentID != anna.AgentID || got.Name != "Anna" || got.Token.Reveal() != "Bearer canary-token" {
		t.Fatalf("%+v", got)
	}
	row := d.store.only(t)
	cookie := b.jar["__Host-sid"].Value
	if len(row.Key) != 64 || strings.Contains(cookie, row.Key) || strings.Contains(string(row.Token), "canary") {
		t.Errorf("row %+v, cookie %s", row, cookie)
	}
	// What the database holds signs nobody in.
	thief := newBrowser()
	thief.jar["__Host-sid"] = &http.Cookie{Name: "__Host-sid", Value: row.Key}
	if _, ok := thief.current(d); ok {
		t.Error("the store's key is as good as the cookie")
	}
	stolen := *b.jar["__Host-sid"]
	w := httptest.NewRecorder()
	if s, ok := d.SignOut(w, b.request("POST", "/logout")); !ok || s.AgentID != anna.AgentID {
		t.Error("SignOut found no session")
	}
	if w.Header().Get("Clear-Site-Data") != `"storage"` {
		t.Error(w.Header())
	}
	b.take(w.Header())
	if len(b.jar) != 0 || len(d.store.rows) != 0 {
		t.Error("cookie or row left")
	}
	b.jar[stolen.Name] = &stolen
	if _, ok := b.current(d); ok {
		t.Error("the old cookie still works")
	}
	if !slices.Equal(d.ended, []string{"anna@example.com signed-out"}) {
		t.Error(d.ended)
	}
	w = httptest.NewRecorder()
	if _, ok := d.SignOut(w, newBrowser().request("POST", "/logout")); ok || len(d.ended) != 1 {
		t.Error("a stranger was signed out")
	}
}

func TestSignInTakesANewID(t *testing.T) {
	d, b := newDesk(t, "http://localhost:8080"), newBrowser()
	first := b.signIn(t, d, anna)
	planted := *b.jar["sid-8080"]
	second := b.signIn(t, d, Identity{AgentID: "ben@example.com", Token: NewSecret("x")})
	if first.Key == second.Key {
		t.Fatal("the id was kept over a sign-in")
	}
	old := newBrowser()
	old.jar["sid-8080"] = &planted
	if _, ok := old.current(d); ok {
		t.Error("the id from before the sign-in still works")
	}
	if !slices.Equal(d.ended, []string{"anna@example.com signed-out"}) {
		t.Error(d.ended)
	}
	if s, _ := b.current(d); s.AgentID != "ben@example.com" {
		t.Error(s)
	}
	// Within one request too.
	r, w := newBrowser().request("POST", "/login"), httptest.NewRecorder()
	d.Current(r)
	if _, err := d.SignIn(w, r, anna); err != nil {
		t.Fatal(err)
	}
	if s, ok := d.Current(r); !ok || s.AgentID != anna.AgentID {
		t.Error("the request that signed in does not know it")
	}
}

func TestForgedAndDoubleCookies(t *testing.T) {
	d, b := newDesk(t, "http://localhost"), newBrowser()
	b.signIn(t, d, anna)
	good := b.jar["sid"].Value
	for _, bad := range []string{"", "x", good[1:], good + "A", strings.Repeat("A", 5000), good[:len(good)-4] + "AAAA"} {
		r := httptest.NewRequest("GET", "/", nil)
		r.AddCookie(&http.Cookie{Name: "sid", Value: bad})
		if _, ok := d.Current(r); ok {
			t.Errorf("%.30q was taken", bad)
		}
		r = httptest.NewRequest("GET", "/", nil)
		r.AddCookie(&http.Cookie{Name: "sid", Value: bad})
		r.AddCookie(&http.Cookie{Name: "sid", Value: good})
		if _, ok := d.Current(r); !ok {
			t.Errorf("%.30q hides the good one", bad)
		}
	}
}

func TestKeyRotation(t *testing.T) {
	d, b := newDesk(t, "http://localhost"), newBrowser()
	b.signIn(t, d, anna)
	sealed := string(d.store.only(t).Token)
	with := func(keys ...string) *testDesk {
		return newDesk(t, "http://localhost", func(o *Options) { o.Store, o.Keys = d.store, keys })
	}
	if s, ok := b.current(with(otherKey, testKey)); !ok || s.Token.Reveal() != "Bearer canary-token" {
		t.Fatal("an old key no longer opens")
	}
	if string(d.store.only(t).Token) == sealed {
		t.Error("not sealed anew with the first key")
	}
	// The token is under the new key now, the cookie still under the old one.
	if _, ok := b.current(with(otherKey)); ok {
		t.Error("a cookie of a removed key was taken")
	}
	if s, ok := b.current(with(testKey, otherKey)); !ok || s.AgentID != anna.AgentID {
		t.Error("both keys are listed")
	}
	if _, ok := b.current(with("a third key, unrelated")); ok {
		t.Error("opened without a key")
	}
}

func TestTokenOpensOnlyInItsRow(t *testing.T) {
	d := newDesk(t, "http://localhost")
	blob := d.sealer.seal("anna", "key1", "token")
	for _, c := range []struct{ agent, key string }{{"ben", "key1"}, {"anna", "key2"}, {"annak", "ey1"}} {
		if _, _, err := d.sealer.open(c.agent, c.key, blob); err == nil {
			t.Errorf("opened for %v", c)
		}
	}
	for i := range blob {
		bad := slices.Clone(blob)
		bad[i] ^= 1
		if _, _, err := d.sealer.open("anna", "key1", bad); err == nil {
			t.Errorf("byte %d may be changed", i)
		}
		if _, _, err := d.sealer.open("anna", "key1", blob[:i]); err == nil {
			t.Errorf("opened after %d bytes", i)
		}
	}
	b := newBrowser()
	b.signIn(t, d, anna)
	row := d.store.only(t)
	row.AgentID = "olivia@example.com"
	d.store.rows[row.Key] = row
	if _, ok := b.current(d); ok {
		t.Error("a row whose agent was changed signs in")
	}
}

func TestExpiry(t *testing.T) {
	for _, tc := range []struct {
		name string
		use  time.Duration // how often the agent does something
		peek bool          // only the page does
		want time.Duration // when it ends
	}{
		{"idle", 0, false, 8 * time.Hour},
		{"only the stream comes back", time.Minute, true, 8 * time.Hour},
		{"used", 20 * time.Minute, false, 24 * time.Hour},
		{"used every second at first", time.Second, false, 24 * time.Hour},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var ended atomic.Int64
				d := newDesk(t, "http://localhost")
				d.onEnd = func(_ Session, reason string) {
					ended.Store(time.Now().UnixNano())
					if reason != Expired {
						t.Error(reason)
					}
				}
				ctx, cancel := context.WithCancel(context.Background())
				go d.Run(ctx)
				b := newBrowser()
				s := b.signIn(t, d, anna)
				start := time.Now()
				for n := 0; ended.Load() == 0 && time.Since(start) < 30*time.Hour; n++ {
					step := tc.use
					if step == 0 {
						step = time.Hour
					} else if step == time.Second && n > 100 {
						step = time.Hour
					}
					time.Sleep(step) // virtual
					synctest.Wait()
					switch {
					case tc.use == 0:
					case tc.peek:
						d.Peek(b.request("GET", "/events"))
					default:
						b.current(d)
					}
				}
				at := time.Unix(0, ended.Load())
				if off := at.Sub(start) - tc.want; off < 0 || off > 2*time.Second {
					t.Errorf("ended after %s, want %s", at.Sub(start), tc.want)
				}
				if d.Alive(ctx, s.Key) || len(d.store.rows) != 0 {
					t.Error("it is still there")
				}
				cancel()
				synctest.Wait()
			})
		})
	}
}

func TestExpiredWithoutSweeper(t *testing.T) {
	now := time.Now()
	d, b := newDesk(t, "http://localhost", func(o *Options) { o.Now = func() time.Time { return now } }), newBrowser()
	s := b.signIn(t, d, anna)
	now = now.Add(8*time.Hour - time.Millisecond)
	if _, ok := d.Peek(b.request("GET", "/")); !ok || !d.Alive(t.Context(), s.Key) {
		t.Fatal("too early")
	}
	now = now.Add(time.Millisecond)
	if _, ok := d.Peek(b.request("GET", "/")); ok {
		t.Fatal("idle for eight hours and still in")
	}
	if !slices.Equal(d.ended, []string{"anna@example.com expired"}) {
		t.Error(d.ended)
	}
}

func TestSessionsOfAnAgent(t *testing.T) {
	ctx := context.Background()
	now := time.Now()
	d := newDesk(t, "http://localhost", func(o *Options) { o.Now = func() time.Time { now = now.Add(time.Second); return now } })
	b1, b2, b3 := newBrowser(), newBrowser(), newBrowser()
	s1 := b1.signIn(t, d, anna)
	b2.signIn(t, d, anna)
	ben := b3.signIn(t, d, Identity{AgentID: "ben@example.com"})
	list, err := d.Sessions(ctx, anna.AgentID)
	if err != nil || len(list) != 2 || list[0].Key != s1.Key || list[0].Token.Reveal() != "" {
		t.Fatalf("%+v %v", list, err)
	}
	if ok, _ := d.End(ctx, anna.AgentID, ben.Key); ok {
		t.Error("Anna ended a session of Ben's")
	}
	if ok, _ := d.End(ctx, anna.AgentID, s1.Key); !ok {
		t.Error("not ended")
	}
	if _, ok := b1.current(d); ok {
		t.Error("still in")
	}
	if err := d.SignOutAgent(ctx, anna.AgentID); err != nil {
		t.Fatal(err)
	}
	if _, ok := b2.current(d); ok {
		t.Error("still in")
	}
	if _, ok := b3.current(d); !ok {
		t.Error("Ben is out")
	}
	if len(d.ended) != 2 {
		t.Error(d.ended)
	}
}

func TestOtherSessionsEnd(t *testing.T) {
	d, ctx := newDesk(t, "http://localhost:8080"), t.Context()
	here, there, bens := newBrowser(), newBrowser(), newBrowser()
	mine := here.signIn(t, d, anna)
	there.signIn(t, d, anna)
	bens.signIn(t, d, Identity{AgentID: "ben@example.com", Token: NewSecret("x")})
	if err := d.EndOthers(ctx, anna.AgentID, mine.Key); err != nil {
		t.Fatal(err)
	}
	if _, ok := there.current(d); ok {
		t.Error("the other session goes on")
	}
	for name, b := range map[string]*browser{"this one": here, "another agent's": bens} {
		if _, ok := b.current(d); !ok {
			t.Errorf("%s has ended", name)
		}
	}
	if !slices.Equal(d.ended, []string{"anna@example.com signed-out"}) {
		t.Error(d.ended)
	}
	d.store.err = errors.New("disk")
	if err := d.EndOthers(ctx, anna.AgentID, mine.Key); err == nil {
		t.Error("nothing ended, and nothing was said")
	}
}

// What a browser calls itself is kept with its session, cut and clean.
func TestDeviceOfASession(t *testing.T) {
	for ua, want := range map[string]string{
		"": "", "Mozilla/5.0 Firefox/150.0": "Mozilla/5.0 Firefox/150.0", "a\x00b\u0085c\xffd": "abcd",
		strings.Repeat("ż", 200): strings.Repeat("ż", 150), strings.Repeat("x", 301): strings.Repeat("x", 300), "x" + strings.Repeat("ż", 200): "x" + strings.Repeat("ż", 149),
	} {
		d, b := newDesk(t, "http://localhost:8080"), newBrowser()
		r := b.request("POST", "/login")
		r.Header.Set("User-Agent", ua)
		if _, err := d.SignIn(httptest.NewRecorder(), r, anna); err != nil {
			t.Fatal(err)
		}
		list, err := d.Sessions(t.Context(), anna.AgentID)
		if err != nil || len(list) != 1 || list[0].Device != want {
			t.Errorf("%q: %+v, %v", ua, list, err)
		}
	}
}

func TestStoreThatFails(t *testing.T) {
	d, b := newDesk(t, "http://localhost"), newBrowser()
	b.signIn(t, d, anna)
	d.store.err = errors.New("disk")
	if _, ok := b.current(d); ok {
		t.Error("a session without a store")
	}
	if _, err := d.SignIn(httptest.NewRecorder(), newBrowser().request("POST", "/login"), anna); err == nil {
		t.Error("a sign-in that was not kept")
	}
}
