package engine

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Options of New. Store is required; everything else has a default.
type Options struct {
	Store     *store.Store
	Settings  Settings
	PublicURL func() string // where files are served: PublicURL() + "/files/…"
	FilesDir  string        // where uploads are kept
	Logger    *slog.Logger
	Now       func() time.Time
}

// Engine is the chat server's state and rules. All methods are safe for
// concurrent use.
type Engine struct {
	store    *store.Store
	set      Settings
	began    time.Time
	log      *slog.Logger
	clock    func() time.Time
	public   func() string
	filesDir string
	hashing  chan struct{} // places for checking passwords
	drawing  chan struct{} // places for drawing thumbnails

	dir atomic.Pointer[directory]

	// mu is held by whoever changes anything: changes happen one at a time, and
	// pushes leave in the order of the commits.
	mu         sync.Mutex
	lastTick   int64
	agents     map[string]*agentPresence
	visitors   map[string]*visitor
	loads      map[string]int    // active chats by agent
	statuses   map[int]string    // group statuses as last told
	byCustomer map[string]string // the active chat of a customer
	requeue    bool              // the queue changed since it was last told
	handling   *average          // length of closed chats
	refresh    time.Time         // next estimate of waiting times
	sweep      time.Time         // next look at unused files and tokens
	hours      time.Time         // when the agents' hours were looked at last

	// view guards the two maps below for readers, who do not take mu. What the
	// maps hold is never changed, only replaced.
	view      sync.RWMutex
	live      map[string]*store.Chat // every active chat
	customers map[string]*store.Customer
	queued    map[string]*store.Chat    // the active chats that wait
	queue     map[string]protocol.Queue // places as last told, by chat
}

// New loads what is active from the store.
func New(ctx context.Context, o Options) (*Engine, error) {
	if o.Store == nil {
		return nil, errors.New("engine: no store")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.PublicURL == nil {
		o.PublicURL = func() string { return "" }
	}
	e := &Engine{
		store: o.Store, set: o.Settings.withDefaults(), log: o.Logger, clock: o.Now, public: o.PublicURL, filesDir: o.FilesDir, hashing: make(chan struct{}, hashSlots), drawing: make(chan struct{}, 1),
		agents: map[string]*agentPresence{}, visitors: map[string]*visitor{}, queue: map[string]protocol.Queue{},
		live: map[string]*store.Chat{}, customers: map[string]*store.Customer{}, queued: map[string]*store.Chat{},
		loads: map[string]int{}, byCustomer: map[string]string{}, statuses: map[int]string{},
	}
	e.began = e.now()
	e.handling = &average{value: e.set.HandlingTime.Seconds()}
	return e, e.load(ctx)
}

func (e *Engine) load(ctx context.Context) error {
	if err := e.loadDirectory(ctx); err != nil {
		return err
	}
	last, err := e.store.LastSeq(ctx)
	if err != nil {
		return err
	}
	e.lastTick = last
	chats, err := e.store.ActiveChats(ctx)
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(chats))
	for _, c := range chats {
		e.track(c.ID, c)
		ids = append(ids, c.CustomerID)
	}
	found, err := e.store.Customers(ctx, ids)
	for id, c := range found {
		e.customers[id] = &c
	}
	e.requeue = true
	e.wakeBots()
	// Agents of active chats are offline until they come back.
	now := e.now()
	for _, c := range chats {
		for _, m := range c.Users {
			if m.Type == protocol.UserAgent && m.Present && e.bot(m.UserID) == nil {
				e.presence(m.UserID).leftAt = now
			}
		}
	}
	return err
}

func (e *Engine) now() time.Time { return e.clock() }

// Now is the engine's clock.
func (e *Engine) Now() time.Time { return e.clock() }

// Settings returns the figures in force.
func (e *Engine) Settings() Settings { return e.set }

// Store gives access to the records, for queries that have no rules.
func (e *Engine) Store() *store.Store { return e.store }

// tick returns a moment later than every one returned before: events and threads
// have distinct times, which order them. mu is held.
func (e *Engine) tick() protocol.Time {
	t := e.now().UnixMicro()
	if t <= e.lastTick {
		t = e.lastTick + 1
	}
	e.lastTick = t
	return protocol.Time(t)
}

// chatNow returns a chat as it is now. The result must not be changed.
func (e *Engine) chatNow(ctx context.Context, id string) (*store.Chat, error) {
	e.view.RLock()
	c := e.live[id]
	e.view.RUnlock()
	if c != nil {
		return c, nil
	}
	c, err := e.store.Chat(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, notFound("chat")
	}
	return c, err
}

// customerNow returns a customer as it is now. The result must not be changed.
func (e *Engine) customerNow(ctx context.Context, id string) (*store.Customer, error) {
	e.view.RLock()
	c := e.customers[id]
	e.view.RUnlock()
	if c != nil {
		return c, nil
	}
	found, err := e.store.Customer(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, notFound("customer")
	}
	return &found, err
}

// Run keeps time: grace periods, idle chats, waiting times, expiring tokens. It
// returns when ctx ends.
func (e *Engine) Run(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			e.Tick(ctx)
		}
	}
}
