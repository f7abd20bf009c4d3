package push

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"

	"agentdesk/desk"
)

// Store keeps the browsers of agents. It is safe for concurrent use.
type Store interface {
	Devices(ctx context.Context, agentID string) ([]desk.Device, error)
	DeleteDevice(ctx context.Context, agentID, endpoint string) error
}

// Options of a Sender. Store and Keys are required.
type Options struct {
	Store Store
	Keys  Keys
	// Contact is where the keepers of a push service may write to: an address with
	// https or mailto.
	Contact string
	Logger  *slog.Logger // default: none
	// Count is told of every message by its outcome: sent, gone, failed, dropped.
	Count func(outcome string)
	// Anywhere takes endpoints that are not https or in private networks. It is for
	// tests.
	Anywhere bool
}

// Sender sends messages in the background. It is safe for concurrent use.
type Sender struct {
	Options
	anywhere bool
	client   *http.Client
	queue    chan job
	ctx      context.Context
	cancel   context.CancelFunc
	running  sync.WaitGroup
}

// job is a message for all of an agent's browsers.
type job struct {
	agentID string
	draw    func(words bool) []byte
}

// Limits: messages that wait, those sent at once, and for how long a push
// service keeps one for a browser that is off.
const (
	queueLength = 256
	workers     = 4
	keepFor     = 5 * time.Minute
)

// New makes a Sender and starts its goroutines; Close ends them.
func New(o Options) *Sender {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Count == nil {
		o.Count = func(string) {}
	}
	s := &Sender{Options: o, anywhere: o.Anywhere, client: client(o.Anywhere), queue: make(chan job, queueLength)}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	for range workers {
		s.running.Go(s.work)
	}
	return s
}

// Close ends what is under way and waits for it.
func (s *Sender) Close() {
	s.cancel()
	s.running.Wait()
	s.client.CloseIdleConnections()
}

// Send queues a message for all browsers of an agent. It never blocks: where too
// much waits the message is dropped. draw makes the payload, at most 3 kB, with or
// without the words of customers; nil sends nothing.
func (s *Sender) Send(agentID string, draw func(words bool) []byte) {
	select {
	case s.queue <- job{agentID, draw}:
	default:
		s.Count("dropped")
	}
}

func (s *Sender) work() {
	for {
		select {
		case <-s.ctx.Done():
			return
		case j := <-s.queue:
			s.deliver(j)
		}
	}
}

func (s *Sender) deliver(j job) {
	list, err := s.Store.Devices(s.ctx, j.agentID)
	if err != nil {
		if s.ctx.Err() == nil {
			s.Logger.Error("devices not read", "err", err)
		}
		return
	}
	for _, d := range list {
		body := j.draw(d.Words)
		if body == nil || s.ctx.Err() != nil {
			return
		}
		outcome := s.one(d, body)
		if outcome == "gone" {
			if err := s.Store.DeleteDevice(s.ctx, j.agentID, d.Endpoint); err != nil {
				s.Logger.Error("device not deleted", "err", err)
			}
		}
		s.Count(outcome)
	}
}

// one sends to one browser. A push service says 404 or 410 where the browser has
// taken its wish back (RFC 8030, section 7.3).
func (s *Sender) one(d desk.Device, body []byte) (outcome string) {
	if s.Check(d.Endpoint) != nil {
		return "gone" // the rules have become stricter since
	}
	res, err := webpush.SendNotificationWithContext(s.ctx, body, &webpush.Subscription{
		Endpoint: d.Endpoint, Keys: webpush.Keys{Auth: d.Auth, P256dh: d.P256dh},
	}, &webpush.Options{
		HTTPClient: s.client, Subscriber: s.Contact, TTL: int(keepFor / time.Second), Urgency: webpush.UrgencyHigh,
		VAPIDPublicKey: s.Keys.Public, VAPIDPrivateKey: s.Keys.Private,
	})
	if err != nil {
		s.Logger.Warn("push not sent", "service", host(d.Endpoint), "err", cause(err))
		return "failed"
	}
	defer res.Body.Close()
	_, _ = io.CopyN(io.Discard, res.Body, 4<<10)
	switch {
	case res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusGone:
		return "gone"
	case res.StatusCode >= 300:
		s.Logger.Warn("push refused", "service", host(d.Endpoint), "status", res.StatusCode)
		return "failed"
	}
	return "sent"
}

// host is what may be logged of an endpoint: the rest of it is a secret.
func host(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil {
		return ""
	}
	return u.Host
}

// cause leaves the address out of an error, which holds the endpoint.
func cause(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
