package push

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"agentdesk/desk"
)

// browser is the other end of a subscription: it has the keys that open messages.
type browser struct {
	key  *ecdh.PrivateKey
	auth []byte
}

func newBrowser(t *testing.T) browser {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := browser{key, make([]byte, 16)}
	_, _ = rand.Read(b.auth)
	return b
}

func (b browser) device(endpoint string) desk.Device {
	enc := base64.RawURLEncoding.EncodeToString
	return desk.Device{Endpoint: endpoint, P256dh: enc(b.key.PublicKey().Bytes()), Auth: enc(b.auth)}
}

// open decrypts a message (RFC 8291, section 3.4, and RFC 8188, section 2).
func (b browser) open(body []byte) (string, error) {
	if len(body) < 21+65 {
		return "", fmt.Errorf("%d bytes are no message", len(body))
	}
	salt, size, sender := body[:16], binary.BigEndian.Uint32(body[16:20]), body[21:21+65]
	if int(body[20]) != 65 || int(size) < len(body)-86 {
		return "", fmt.Errorf("key of %d bytes, record of %d", body[20], size)
	}
	theirs, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return "", err
	}
	shared, err := b.key.ECDH(theirs)
	if err != nil {
		return "", err
	}
	info := "WebPush: info\x00" + string(b.key.PublicKey().Bytes()) + string(sender)
	ikm, _ := hkdf.Key(sha256.New, shared, b.auth, info, 32)
	key, _ := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	nonce, _ := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return "", err
	}
	plain, err := gcm.Open(nil, nonce, body[86:], nil)
	if err != nil {
		return "", err
	}
	text, ok := strings.CutSuffix(strings.TrimRight(string(plain), "\x00"), "\x02")
	if !ok {
		return "", fmt.Errorf("no end of the last record: %q", plain)
	}
	return text, nil
}

// service is a push service.
type service struct {
	*httptest.Server
	status int
	got    chan *http.Request
	bodies chan []byte
}

func newService(t *testing.T, status int) *service {
	s := &service{status: status, got: make(chan *http.Request, 8), bodies: make(chan []byte, 8)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(s.status)
		s.bodies <- body
		s.got <- r
	}))
	t.Cleanup(s.Close)
	return s
}

type memory struct {
	mu   sync.Mutex
	list []desk.Device
}

func (m *memory) Devices(context.Context, string) ([]desk.Device, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]desk.Device(nil), m.list...), nil
}

func (m *memory) DeleteDevice(_ context.Context, _, endpoint string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept := m.list[:0:0]
	for _, d := range m.list {
		if d.Endpoint != endpoint {
			kept = append(kept, d)
		}
	}
	m.list = kept
	return nil
}

// sender gives a Sender and what became of its messages.
func sender(t *testing.T, store Store, anywhere bool) (*Sender, chan string) {
	t.Helper()
	keys, err := LoadKeys(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	outcomes := make(chan string, 16)
	s := New(Options{Store: store, Keys: keys, Contact: "https://desk.example", Anywhere: anywhere, Count: func(o string) { outcomes <- o }})
	t.Cleanup(s.Close)
	return s, outcomes
}

func next[T any](t *testing.T, ch chan T) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-time.After(30 * time.Second):
		t.Fatal("nothing happened")
		panic("")
	}
}

func draw(words bool) []byte {
	if words {
		return []byte(`{"title":"Marta wrote","body":"hello"}`)
	}
	return []byte(`{"title":"A customer wrote"}`)
}

func TestMessageCanBeRead(t *testing.T) {
	svc, b := newService(t, http.StatusCreated), newBrowser(t)
	store := &memory{list: []desk.Device{b.device(svc.URL + "/a"), b.device(svc.URL + "/b")}}
	store.list[1].Words = true
	s, outcomes := sender(t, store, true)
	s.Send("anna", draw)
	for _, want := range []string{`{"title":"A customer wrote"}`, `{"title":"Marta wrote","body":"hello"}`} {
		if got, err := b.open(next(t, svc.bodies)); err != nil || got != want {
			t.Errorf("the browser reads %q (%v), want %q", got, err, want)
		}
		r := next(t, svc.got)
		if !strings.HasPrefix(r.Header.Get("Authorization"), "vapid t=") || r.Header.Get("Urgency") != "high" || r.Header.Get("TTL") != "300" || r.Header.Get("Content-Encoding") != "aes128gcm" {
			t.Errorf("headers %v", r.Header)
		}
		if o := next(t, outcomes); o != "sent" {
			t.Errorf("outcome %s", o)
		}
	}
}

// A push service that says the browser is gone is not asked again; one that has
// trouble is, and none is followed elsewhere.
func TestAnswers(t *testing.T) {
	for status, want := range map[int]struct {
		outcome string
		left    int
	}{201: {"sent", 1}, 404: {"gone", 0}, 410: {"gone", 0}, 429: {"failed", 1}, 500: {"failed", 1}, 302: {"failed", 1}} {
		svc, b := newService(t, status), newBrowser(t)
		store := &memory{list: []desk.Device{b.device(svc.URL)}}
		s, outcomes := sender(t, store, true)
		s.Send("anna", draw)
		if o := next(t, outcomes); o != want.outcome || len(store.list) != want.left || len(svc.got) > 1 {
			t.Errorf("%d: %s, %d devices left, %d requests", status, o, len(store.list), len(svc.got))
		}
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	svc, b := newService(t, http.StatusCreated), newBrowser(t)
	s, outcomes := sender(t, &memory{list: []desk.Device{b.device(svc.URL)}}, false)
	for address, ok := range map[string]bool{
		"https://fcm.googleapis.com/fcm/send/x": true, "https://93.184.216.34/x": true, "https://[2606:4700::1]/x": true,
		"http://fcm.googleapis.com/x": false, "https://127.0.0.1/x": false, "https://[::1]/x": false, "https://10.1.2.3/x": false, "https://192.168.0.1": false,
		"https://169.254.169.254/latest": false, "https://[::ffff:127.0.0.1]/x": false, "https://100.64.1.1/x": false, "https://[fd00::1]/x": false, "https://0.0.0.0/x": false,
		"https://user@push.example/x": false, "": false, "https://": false, "https://push.example/" + strings.Repeat("x", 2000): false,
	} {
		if err := s.Check(address); (err == nil) != ok {
			t.Errorf("%.60s: %v", address, err)
		}
	}
	// A name that leads inside is refused when it is dialled.
	if _, err := s.client.Get("http://localhost:1/"); err == nil || !strings.Contains(err.Error(), errPrivate.Error()) {
		t.Errorf("localhost: %v", err)
	}
	s.Send("anna", draw)
	if o := next(t, outcomes); o != "gone" || len(svc.got) > 0 {
		t.Errorf("%s, %d requests", o, len(svc.got))
	}
}

// Who asks for too much at once is not waited for.
func TestSendNeverBlocks(t *testing.T) {
	stuck := make(chan struct{})
	s, outcomes := sender(t, stopped{stuck}, true)
	for range queueLength + workers + 1 {
		s.Send("anna", draw)
	}
	if o := next(t, outcomes); o != "dropped" {
		t.Errorf("outcome %s", o)
	}
	close(stuck)
}

type stopped struct{ until chan struct{} }

func (s stopped) Devices(context.Context, string) ([]desk.Device, error) { <-s.until; return nil, nil }
func (stopped) DeleteDevice(context.Context, string, string) error       { return nil }

func TestKeysAreKept(t *testing.T) {
	dir := t.TempDir()
	one, err := LoadKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	two, err := LoadKeys(dir)
	if err != nil || one != two || one.Private == "" || one.Public == "" {
		t.Errorf("%+v then %+v (%v)", one, two, err)
	}
}
